"""`manage.py worker`: keeps the search index level with the database, and does what editors change in bulk."""

from django.core.management import BaseCommand

from archive.curation.bulk import do_slice
from archive.management.errors import told_in_one_line
from archive.search.worker import Stop, run


class Command(BaseCommand):
    requires_system_checks = ()  # they load the whole web site, which has no part in this
    help = (
        "Keep the search index level with the database until Ctrl-C or SIGTERM: what changes is found within a second. "
        "Between, do the large changes that editors make of all that a search finds, slice by slice. "
        "Builds the index where it is missing, damaged or of an older version, or where rebuild_index asks for it. "
        "Waits while the database is away or another process writes the index."
    )

    def handle(self, *args, **options):
        stop = Stop()
        stop.listen_to_signals()
        with told_in_one_line():
            run(stop, do_slice)
