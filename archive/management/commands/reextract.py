"""`manage.py reextract`: brings the archive's quotes to what the present extraction finds in its reports."""

import sys
from collections import Counter
from concurrent.futures.process import BrokenProcessPool

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from tqdm import tqdm

from archive.importing.reextracting import outdated, reextract, shown
from archive.importing.requoting import Change, Changes, What
from archive.management.arguments import add_jobs
from archive.management.errors import told_in_one_line
from archive.search import sync

STOPPED = "Stopped. What is counted here is done; run the command again to go on."
PROCESS_KILLED = (
    "A process that extracts was killed, perhaps for want of memory. What is counted here is done; run the command "
    "again with --jobs 1 to go on."
)
DATABASE_AWAY = (
    "The database went away ({}). What is counted here is done; start the database and run the command again to go on."
)
LONGEST = 70  # characters of a quote that are enough to know it by


class Command(BaseCommand):
    requires_system_checks = ()  # they load the whole web site, which has no part in this
    help = (
        "Extract anew from the reports that an older extraction has read: quotes keep their ids and addresses, and "
        "what an editor decided stays. Each report is done whole or not at all; stopped at any moment, the next run "
        "goes on. Exit status: 0 all well, 1 some failed, 2 wrong usage."
    )

    def add_arguments(self, parser):
        parser.add_argument("reports", nargs="*", type=int, metavar="ID", help="only the reports of these numbers")
        parser.add_argument("--all", action="store_true", help="also the reports that this extraction has read")
        parser.add_argument("--dry-run", action="store_true", help="tell what would change, but write nothing")
        add_jobs(parser, "extract")

    def handle(self, *args, reports, jobs, **options):
        with told_in_one_line():
            versions = self.versions(reports, options["all"])
            total = versions.count()
        counts = Counter()
        stopped = None
        told = reextract(versions, jobs=jobs, dry_run=options["dry_run"])
        with tqdm(total=total, unit=" reports", disable=None, file=sys.stderr) as progress:
            try:
                for result in told:
                    progress.update()
                    counts += self.count(result)
                    with tqdm.external_write_mode(file=sys.stderr):
                        self.tell(result, options["dry_run"])
            except KeyboardInterrupt:
                connection.close()  # it may be in the middle of a query
                stopped = CommandError(STOPPED, returncode=130)
            except BrokenProcessPool:
                stopped = CommandError(PROCESS_KILLED)
            except OperationalError as error:
                self.summarise(counts, options["dry_run"])
                raise CommandError(DATABASE_AWAY.format(str(error).splitlines()[0])) from None
        self.summarise(counts, options["dry_run"])
        if not options["dry_run"]:
            with told_in_one_line():
                sync.drain_if_nobody_does()
        if stopped:
            raise stopped
        if counts["failed"]:
            sys.exit(1)

    def versions(self, reports, every):
        if not reports:
            return shown() if every else outdated()
        if every:
            raise CommandError("Name reports or say --all, not both.", returncode=2)
        versions = shown().filter(article__in=reports)
        missing = sorted(set(reports) - set(versions.values_list("article", flat=True)))
        if missing:
            numbers = ", ".join(map(str, missing))
            raise CommandError(f"There is no report of the number {numbers}. Nothing was done.")
        return versions

    def count(self, result) -> Counter:
        if result.problem:
            return Counter(failed=1)
        if result.changes is None:
            return Counter()
        changes = result.changes
        return Counter(
            {
                "reports": 1,
                "changed": bool(changes.quotes or changes.new_people or changes.removed_people),
                "kept": changes.kept,
                "new people": len(changes.new_people),
                "removed people": len(changes.removed_people),
            }
        ) + Counter(change.what for change in changes.quotes)

    def tell(self, result, is_dry_run):
        if result.problem:
            self.stderr.write(f"failed: report {result.article}: {result.problem}")
        elif is_dry_run and result.changes:
            for line in lines(result.changes):
                self.stdout.write(line)

    def summarise(self, counts, is_dry_run):
        written = "nothing was written; would be: " if is_dry_run else ""
        whats = ", ".join(f"{what} {counts[what]:,}" for what in What)
        self.stdout.write(
            f"{written}reports {counts['reports']:,}, changed {counts['changed']:,}, failed {counts['failed']:,}\n"
            f"quotes: as before {counts['kept']:,}, {whats}\n"
            f"people: new {counts['new people']:,}, removed {counts['removed people']:,}"
        )


def lines(changes: Changes) -> list[str]:
    """What changes in a report: its number and title with the counts, then each change; nothing where nothing does."""
    counts = Counter(change.what for change in changes.quotes)
    summary = [f"{counts[what]} {what}" for what in What if what in counts]
    told = [f"  {line_of(change)}" for change in changes.quotes]
    for what, names in (("new person", changes.new_people), ("removed person", changes.removed_people)):
        if names:
            summary.append(f"{len(names)} {what}")
            told += [f"  {what}: {name}" for name in names]
    title = f"report {changes.article.pk}, {shortened(changes.article.title)}"
    return [f"{title}: {', '.join(summary)}", *told] if told else []


def line_of(change: Change) -> str:
    words = shortened(change.words)
    if change.what == What.SPAN:
        return f"{change.what}: {shortened(change.before)} -> {words}"
    if change.before:
        return f"{change.what}: {words}: {change.before} -> {change.after}"
    return f"{change.what}: {words}" + (f" ({' '.join(change.after.split())})" if change.after else "")


def shortened(words: str) -> str:
    """In one line, and the middle left out where it is long: what changes of a quote is mostly one of its ends."""
    folded = " ".join(words.split())
    half = LONGEST // 2
    return folded if len(folded) <= LONGEST else f"{folded[:half]} … {folded[-half:]}"
