"""`manage.py verify`: holds the archive's texts and quotations against the originals."""

import argparse
import sys
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection
from django.urls import reverse
from django.utils import timezone
from tqdm import tqdm

from archive.management.arguments import add_jobs
from archive.management.errors import first_line
from archive.models import VerificationFailure, Version
from archive.search.lock import DATABASE_AWAY
from archive.verifying.passes import Tally, begun, failed, finish, not_verified_since
from archive.verifying.run import OriginalsAway, verify

COULD_NOT = 2  # the exit status of a verification that could not be made
STOPPED = "Stopped. What is counted here is verified; run the command again to go on."
PROCESS_KILLED = (
    "A process that reads has died, perhaps for want of memory. What is counted here is verified; run the command "
    "again with --jobs 1 to go on."
)
AWAY = "The database went away ({}). What is counted here is verified; start it and run the command again to go on."
NO_TABLES = "The database has not the tables for this. Run `manage.py migrate` first."
NO_ORIGINALS = "Nothing more can be verified: {}. Name the right one in ARCHIVE_DATA_DIR, or mount its disk."


class Command(BaseCommand):
    requires_system_checks = ()  # they load the whole web site, which has no part in this
    help = (
        "Verify that every original is kept byte for byte as it came, that it still gives the text of its report, and "
        "that every quotation stands at its place in it. What is found is kept, and shown with the report and the "
        "quotation. Stopped at any moment, the next run goes on. Exit status: 0 all verified, 1 something was not, "
        "2 it could not be done."
    )

    def add_arguments(self, parser):
        parser.add_argument("reports", nargs="*", type=int, metavar="ID", help="only the reports of these numbers")
        parser.add_argument("--only-failed", action="store_true", help="only those with which something was wrong")
        parser.add_argument(
            "--since",
            type=stated_moment,
            metavar="WHEN",
            help="only what was not verified since that day or moment: 2026-05-30 or 2026-05-30T03:00",
        )
        parser.add_argument("--anew", action="store_true", help="begin anew, where a run before was stopped")
        add_jobs(parser, "read")

    def handle(self, *args, reports, only_failed, since, anew, jobs, **options):
        narrowed = bool(reports or only_failed or since)
        if narrowed and anew:
            raise CommandError("--anew is for the whole archive: leave it out, or all else.", returncode=COULD_NOT)
        run, tally = None, Tally()
        try:
            if narrowed:
                versions = self.chosen(reports, only_failed, since)
            else:
                run = begun(anew=anew)
                versions = not_verified_since(run.started, Version.objects.all())
                tally = self.so_far(run)
            total = versions.count()
        except ProgrammingError:
            raise CommandError(NO_TABLES, returncode=COULD_NOT) from None
        except DATABASE_AWAY as error:
            raise CommandError(f"The database cannot be reached: {first_line(error)}", returncode=COULD_NOT) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped before anything was verified.", returncode=130) from None
        self.go_over(versions, total, tally, run, jobs)
        self.summarise(tally)
        if not tally.is_well:
            sys.exit(1)

    def chosen(self, reports, only_failed, since):
        versions = Version.objects.all()
        if reports:
            versions = versions.filter(article__in=reports)
            missing = sorted(set(reports) - set(versions.values_list("article", flat=True)))
            if missing:
                numbers = ", ".join(map(str, missing))
                raise CommandError(
                    f"There is no report of the number {numbers}. Nothing was done.", returncode=COULD_NOT
                )
        if only_failed:
            versions = failed(versions)
        return not_verified_since(since, versions) if since else versions

    def so_far(self, run):
        tally = Tally.since(run.started)
        if tally.total:
            began = timezone.localtime(run.started)
            self.stdout.write(
                f"Going on with the verification of {began:%Y-%m-%d %H:%M} (texts done: {tally.total:,}); "
                "--anew begins anew."
            )
        return tally

    def go_over(self, versions, total, tally, run, jobs):
        """Raises CommandError where it is stopped, after what was done by then is told."""
        stopped = None
        with tqdm(total=total, unit=" texts", disable=None, file=sys.stderr) as progress:
            try:
                for batch in verify(versions, jobs=jobs):
                    for one in batch:
                        tally.add(one)
                    progress.update(len(batch))
                if run:
                    finish(run)
            except KeyboardInterrupt:
                connection.close()  # it may be in the middle of a query
                stopped = CommandError(STOPPED, returncode=130)
            except (BrokenProcessPool, MemoryError):
                stopped = CommandError(PROCESS_KILLED, returncode=COULD_NOT)
            except OriginalsAway as error:
                stopped = CommandError(NO_ORIGINALS.format(error), returncode=COULD_NOT)
            except DATABASE_AWAY as error:
                self.count(tally)
                raise CommandError(AWAY.format(first_line(error)), returncode=COULD_NOT) from None
        if stopped:
            self.summarise(tally)
            raise stopped

    def count(self, tally):
        outcomes = tally.outcomes
        self.stdout.write(
            f"texts {tally.total:,}: verified {outcomes['verified']:,}, without an original {outcomes['nothing']:,}, "
            f"failed {outcomes['failed']:,}"
        )

    def summarise(self, tally):
        """What was found: in numbers, by kind, and the first few failures."""
        self.count(tally)
        for kind in VerificationFailure.Kind:
            if tally.kinds[kind]:
                self.stdout.write(f"{kind.label}: {tally.kinds[kind]:,}")
        if tally.changed:
            self.stdout.write(f"changed while they were verified, and to be verified again: {tally.changed:,}")
        named = tally.first_failures()
        for failure in named:
            article = failure.verification.version.article
            self.stderr.write(f"failed: report {article.pk}, {article}: {failure}")
        more = tally.kinds.total() - len(named)
        if more > 0:
            address = settings.SITE_URL + reverse("admin:archive_verificationfailure_changelist")
            self.stderr.write(f"and {more:,} more: {address}")


def stated_moment(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{value!r} is no day or moment: write it as 2026-05-30 or 2026-05-30T03:00"
        ) from None
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    if moment > timezone.now():
        raise argparse.ArgumentTypeError(f"{value!r} is in the future")
    return moment
