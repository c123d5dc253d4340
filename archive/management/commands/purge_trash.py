"""`manage.py purge_trash`: removes reports that have been in the trash for long, for good."""

import sys

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError

from archive.curation.purging import KEPT, Purged, delete_files, due, in_trash, purge
from archive.importing.run import is_away, persistently
from archive.management.errors import told_in_one_line
from archive.search import sync

DATABASE_AWAY = "The database went away ({}). What is told here is done; run the command again to go on."


class Command(BaseCommand):
    requires_system_checks = ()  # they load the whole web site, which has no part in this
    help = (
        f"Remove for good the reports that have been in the trash for {KEPT.days} days, with their originals, "
        "versions, quotes and history; a tombstone stays of each. Asks for nothing, so it can be run every night. "
        "Each report is removed whole or not at all; stopped at any moment, the next run goes on. Exit status: 0 all "
        "well, 1 some failed, 2 wrong usage."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="tell what would be removed, but remove nothing")
        parser.add_argument(
            "--now",
            nargs="+",
            type=int,
            metavar="ID",
            help="the reports of these numbers alone, which must be in the trash, however long they have been there",
        )

    def handle(self, *args, now, dry_run, **options):
        with told_in_one_line(), pghistory.context(command="purge_trash"):
            reports = self.named(now) if now else due()
            keys = list(reports.values_list("pk", flat=True))
            try:
                removed, failed = self.purge_all(reports, keys, dry_run)
                files = 0 if dry_run else self.delete_files()
            except OperationalError as error:
                raise CommandError(DATABASE_AWAY.format(str(error).splitlines()[0])) from None
            written = "nothing was removed; would be: " if dry_run else ""
            self.stdout.write(f"{written}reports {removed:,}" + ("" if dry_run else f", files {files:,}"))
            if not dry_run:
                sync.drain_if_nobody_does()
        if failed:
            sys.exit(1)

    def named(self, numbers):
        reports = in_trash().filter(pk__in=numbers)
        missing = sorted(set(numbers) - set(reports.values_list("pk", flat=True)))
        if missing:
            raise CommandError(f"Not in the trash: {', '.join(map(str, missing))}. Nothing was done.")
        return reports

    def purge_all(self, reports, keys, dry_run) -> tuple[int, int]:
        """How many were removed, and how many could not be."""
        removed = failed = 0
        for key in keys:
            try:
                purged = persistently(lambda key=key: purge(reports, key, dry_run=dry_run))
            except DatabaseError as error:
                if is_away(error):
                    raise
                self.stderr.write(f"failed: report {key}: the database refuses it: {str(error).splitlines()[0]}")
                failed += 1
            else:
                if purged:
                    removed += 1
                    self.stdout.write(told(purged))
        return removed, failed

    def delete_files(self) -> int:
        try:
            return sum(1 for _ in delete_files())
        except OSError as error:
            raise CommandError(
                f"A file cannot be deleted: {error}. Its report is removed; run the command again when it can be."
            ) from error


def told(purged: Purged) -> str:
    """What goes with a report, in one line."""
    parts = [
        f"originals {purged.originals}" + (f" (and {purged.shared} that others need stay)" if purged.shared else ""),
        f"versions {purged.versions}",
        f"quotes {purged.quotes}",
        f"changes in its history {purged.events}",
    ]
    if purged.removed:
        parts.append(f"named nowhere else: {', '.join(purged.removed)}")
    return f"report {purged.number}, {' '.join(purged.title.split())}: {', '.join(parts)} ({purged.reason})"
