"""Looks for what editors should decide on, for their review queue."""

import sys

import pghistory
from django.core.management.base import BaseCommand
from tqdm import tqdm

from archive.proposing.run import SEARCHES, propose


class Command(BaseCommand):
    help = (
        "Looks through what is new for records that may be of one person, records that may be of two people, and "
        "reports that may be one, and proposes them to editors. What they have decided is not proposed again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--anew", action="store_true", help="look through everything again")

    def handle(self, *args, anew, **options):
        with pghistory.context(command="propose"):
            for search in SEARCHES:
                made = 0
                with tqdm(unit=" rows", disable=not sys.stderr.isatty()) as bar:
                    for rows, new in propose(search, anew=anew):
                        bar.update(rows)
                        made += new
                self.stdout.write(f"New {search.label}: {made:,}")
