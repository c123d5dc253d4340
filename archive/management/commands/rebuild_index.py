"""`manage.py rebuild_index`: builds the search index anew."""

import sys
import time

from django.core.management import BaseCommand
from tqdm import tqdm

from archive.management.errors import told_in_one_line
from archive.models import Article
from archive.search.sync import ask_for_rebuild, rebuild, rebuild_asked_for

LOOK_AGAIN = 0.5


class Command(BaseCommand):
    requires_system_checks = ()  # they load the whole web site, which has no part in this
    help = (
        "Build the search index anew from the database, beside the one in use, which answers until the new one takes "
        "its place. Where `manage.py worker` runs, it is asked to do so, and this command waits for it."
    )

    def handle(self, *args, **options):
        with told_in_one_line():
            if self.rebuild_here():
                self.stdout.write("The search index is built anew.")
                return
            self.stdout.write("A worker keeps the search index and was asked to build it anew; waiting for it.")
            ask_for_rebuild()
            while rebuild_asked_for():
                time.sleep(LOOK_AGAIN)
                # The worker may have ended before it came to it.
                if rebuild_asked_for() and self.rebuild_here():
                    break
            self.stdout.write("The search index is built anew.")

    def rebuild_here(self) -> bool:
        """False where another process holds the writer's lock."""
        with tqdm(
            total=Article.objects.visible().count(), unit=" articles", disable=not sys.stderr.isatty(), leave=False
        ) as bar:
            return rebuild(bar.update)
