"""`manage.py sync_index`: brings the search index level with the database once."""

from django.core.management import BaseCommand

from archive.management.errors import told_in_one_line
from archive.search.sync import drain_if_nobody_does


class Command(BaseCommand):
    requires_system_checks = ()  # they load the whole web site, which has no part in this
    help = (
        "Bring the search index level with the database once, and build it where need be. "
        "Not needed while `manage.py worker` runs, which does so all the time."
    )

    def handle(self, *args, **options):
        with told_in_one_line():
            drained = drain_if_nobody_does()
        if drained:
            self.stdout.write("The search index is level with the database.")
        else:
            self.stdout.write("A worker, or another process, is keeping the search index: nothing to do.")
