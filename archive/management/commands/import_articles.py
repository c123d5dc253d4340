"""Imports reports from files, folders or standard input."""

import argparse
import shlex
import sys
from concurrent.futures.process import BrokenProcessPool

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from tqdm import tqdm

from archive.importing.articles import Outcome
from archive.importing.description import Defaults
from archive.importing.documents import documents, others, size_on_disk
from archive.importing.run import dry_run, run_import
from archive.management.arguments import add_jobs
from archive.management.errors import told_in_one_line
from archive.reading import UnusableDate, parse_date
from archive.search import sync

STOPPED = "Stopped. What is counted here is in the archive; run the command again to go on."
PROCESS_KILLED = (
    "A process that reads was killed, perhaps for want of memory. What is counted here is in the archive; run the "
    "command again with --jobs 1 to go on."
)
DATABASE_AWAY = (
    "The database went away ({}). What is counted here is in the archive; start the database and run the command again "
    "to go on."
)


class Command(BaseCommand):
    help = (
        "Import reports: .txt files, .jsonl and .jsonl.gz files (one JSON object a line with title, body, date, "
        "source, url, author, id, language), folders of them, or - for standard input. Each report is imported whole "
        "or not at all; stopped at any moment, the next run goes on. Exit status: 0 all well, 1 some failed, "
        "2 wrong usage."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
        parser.add_argument("--source", default="", help="who published the reports that do not say it themselves")
        parser.add_argument(
            "--date",
            type=stated_date,
            help="when the reports that do not say it themselves were published: 2018-05-30, 2018-05 or 2018",
        )
        parser.add_argument("--dry-run", action="store_true", help="read and tell, but write nothing")
        add_jobs(parser, "read")

    def handle(self, *args, paths, source, date, jobs, **options):
        counts = dict.fromkeys(Outcome, 0)
        told = self.import_all(paths, Defaults(source.strip(), date), options["dry_run"], jobs)
        stopped = None
        with tqdm(total=size_on_disk(paths), unit="B", unit_scale=True, disable=None, file=sys.stderr) as progress:
            try:
                for document, result in told:
                    counts[result.outcome] += 1
                    progress.update(document.consumed)
                    if result.reason:
                        self.tell(result)
            except KeyboardInterrupt:
                connection.close()  # it may be in the middle of a query
                stopped = CommandError(STOPPED, returncode=130)
            except BrokenProcessPool:
                stopped = CommandError(PROCESS_KILLED)
            except OperationalError as error:
                self.summarise(counts, paths, options["dry_run"])
                raise CommandError(DATABASE_AWAY.format(str(error).splitlines()[0])) from None
        self.summarise(counts, paths, options["dry_run"])
        if not options["dry_run"]:
            # Also what an earlier run left, stopped before it came here.
            with told_in_one_line():
                sync.drain_if_nobody_does()
        if stopped:
            raise stopped
        if counts[Outcome.FAILED]:
            sys.exit(1)

    def tell(self, result):
        with tqdm.external_write_mode(file=sys.stderr):
            if result.outcome in (Outcome.FAILED, Outcome.REFUSED):
                self.stderr.write(f"{result.outcome}: {result.name}: {result.reason}")
            else:
                self.stdout.write(f"note: {result.name}: {result.reason}")

    def import_all(self, paths, defaults, is_dry_run, jobs):
        found = documents(paths, sys.stdin.buffer)
        if is_dry_run:
            return dry_run(found, jobs)
        command = shlex.join(["import_articles", *sys.argv[2:]])
        return run_import(found, command=command, defaults=defaults, jobs=jobs)

    def summarise(self, counts, paths, is_dry_run):
        passed_over = others(paths)
        if passed_over:
            names = ", ".join(passed_over[:3]) + (", …" if len(passed_over) > 3 else "")
            self.stdout.write(f"passed over, for they are no reports by their names: {len(passed_over)} ({names})")
        written = "nothing was written; would be: " if is_dry_run else ""
        told = [f"{outcome} {count:,}" for outcome, count in counts.items() if count or outcome != Outcome.REFUSED]
        self.stdout.write(written + ", ".join(told))


def stated_date(value: str):
    try:
        published = parse_date(value)
    except UnusableDate as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if published is None:
        raise argparse.ArgumentTypeError(f"{value!r} is no date: write it as 2018-05-30, 2018-05 or 2018")
    return published
