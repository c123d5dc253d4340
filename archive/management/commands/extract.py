"""`manage.py extract`: the quotations in reports from standard input, as JSON lines; needs no database."""

import os
import sys
from concurrent.futures.process import BrokenProcessPool

from django.core.management.base import BaseCommand, CommandError

from archive.importing.documents import LARGEST, json_lines
from archive.json_lines import UnusableLine, answer, answered_for, text_of
from archive.management.arguments import add_jobs
from archive.processes import as_they_come

INTERRUPTED = 130  # what a shell makes of a process that SIGINT ended
NOBODY_READS = 141  # and SIGPIPE
PROCESS_KILLED = (
    "A process that extracts was killed, perhaps for want of memory. What was written is whole; run the command again "
    "with --jobs 1."
)


class Command(BaseCommand):
    requires_system_checks = ()  # they load the whole web site, which has no part in this
    help = (
        "Read reports from standard input, JSON lines with id and text, and write their quotations with speaker and "
        "evidence, one JSON line a report, in the same order and each as soon as it is ready. No database is needed. "
        "Exit status: 0 all well, 1 some lines were unusable, 2 wrong usage, 130 interrupted, 141 nobody reads the "
        "output any more."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--text", action="store_true", help="standard input is the plain text of one report; its id is null"
        )
        add_jobs(parser, "extract")

    def handle(self, *args, text, jobs, **options):
        if sys.stdin is None or sys.stdout is None:
            raise CommandError("Standard input or output is closed: give it reports, and somewhere to write.")
        # Not sys.stdin, and never closed: a thread may still be waiting for a line when the process ends.
        reports = open(sys.stdin.fileno(), "rb", closefd=False)  # noqa: PTH123, SIM115
        try:
            failed = self.extract_one(reports) if text else self.extract_all(reports, jobs)
        except BrokenPipeError:
            stop_writing()
            sys.exit(NOBODY_READS)
        except KeyboardInterrupt:
            stop_writing()
            sys.exit(INTERRUPTED)
        except BrokenProcessPool:
            raise CommandError(PROCESS_KILLED) from None
        except OSError as error:
            stop_writing()
            raise CommandError(f"Reading or writing failed: {error.strerror or error}") from None
        if failed:
            sys.exit(1)

    def extract_one(self, report) -> int:
        data = report.read(LARGEST + 1)
        try:
            if len(data) > LARGEST:
                raise UnusableLine(f"is larger than {LARGEST // 1024**2} MB")
            write(answered_for(None, text_of(data)))
        except UnusableLine as error:
            self.stderr.write(f"standard input {error}")
            return 1
        return 0

    def extract_all(self, reports, jobs) -> int:
        """How many lines were unusable."""
        failed = 0
        for one in as_they_come(answer, json_lines(reports, "", None), jobs):
            if one.problem:
                self.stderr.write(f"{one.name}: {one.problem}")
                failed += 1
            else:
                write(one.line)
        return failed


def write(line: str) -> None:
    sys.stdout.buffer.write(line.encode() + b"\n")
    sys.stdout.buffer.flush()


def stop_writing() -> None:
    """What may still lie in the buffer goes nowhere, so that closing it at the end cannot fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
