"""`manage.py import_uploads`: imports what was uploaded in the admin."""

from concurrent.futures.process import BrokenProcessPool

from django.core.management import BaseCommand, CommandError

from archive.importing.uploads import import_waiting
from archive.management.arguments import add_jobs
from archive.management.errors import told_in_one_line
from archive.search import sync

KILLED = "A process that reads was killed, perhaps for want of memory."


class Command(BaseCommand):
    requires_system_checks = ()  # they load the whole web site, which has no part in this
    help = (
        "Import what was uploaded in the admin and is not imported yet. The admin starts this by itself, and so does "
        "`manage.py worker` where an import was stopped; it can be called at any time."
    )

    def add_arguments(self, parser):
        add_jobs(parser, "read")

    def handle(self, *args, jobs, **options):
        with told_in_one_line():
            try:
                count = import_waiting(jobs)
            except BrokenProcessPool:
                raise CommandError(f"{KILLED} It goes on in one process when this is called again.") from None
            if count:
                sync.drain_if_nobody_does()
        self.stdout.write(f"Imports finished: {count}." if count else "Nothing waits, or another process is at it.")
