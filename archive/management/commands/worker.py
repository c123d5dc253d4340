"""`manage.py worker`: keeps the search index level with the database, does what editors change in bulk, and sees that
what was uploaded is imported."""

from django.core.management import BaseCommand

from archive.curation.bulk import do_slice
from archive.importing.uploads import go_on
from archive.management.errors import told_in_one_line
from archive.search.worker import Stop, run


class Command(BaseCommand):
    requires_system_checks = ()  # they load the whole web site, which has no part in this
    help = (
        "Keep the search index level with the database until Ctrl-C or SIGTERM: what changes is found within a second. "
        "Between, do the large changes that editors make of all that a search finds, slice by slice. "
        "Builds the index where it is missing, damaged or of an older version, or where rebuild_index asks for it. "
        "Waits while the database is away or another process writes the index. Goes on with imports of "
        "uploads that were stopped."
    )

    def handle(self, *args, **options):
        stop = Stop()
        stop.listen_to_signals()
        with told_in_one_line():
            run(stop, work=do_slice, look_after=go_on)
