"""The process that imports uploads, killed and gone on with by the worker."""

import json
import signal
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from archive.importing import uploads
from archive.models import Article, ImportLine, ImportRun
from tests.commands.test_worker import process, until
from tests.factories import TEXT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]
REPORTS = 120


@pytest.fixture
def run(live_environment, settings, monkeypatch):
    """A run that waits, with nobody at it."""
    live_environment["ARCHIVE_DATA_DIR"] = str(settings.DATA_DIR)  # where this process keeps uploads, too
    monkeypatch.setattr(uploads, "start_importing", lambda: None)
    wire = b"".join(
        json.dumps({"title": f"Report {number}", "body": f"{TEXT} {number}"}).encode() + b"\n"
        for number in range(REPORTS)
    )
    return uploads.ask_for_import([SimpleUploadedFile("wire.jsonl", wire)], source="", date="", user=None)


def test_what_was_killed_is_gone_on_with_by_the_worker(run, live_environment):
    with process(live_environment, "import_uploads", "--jobs", "1") as importing:
        until(lambda: run.lines.count() > 10, seconds=120)
        importing.send_signal(signal.SIGKILL)
        importing.wait()
    assert run.lines.count() < REPORTS
    with process(live_environment, "worker"):
        until(lambda: ImportRun.objects.filter(finished__isnull=False).exists(), seconds=240)
        until(lambda: not uploads.is_at_work(), seconds=60)
    assert Article.objects.count() == REPORTS
    assert run.lines.filter(outcome=ImportLine.Outcome.IMPORTED).count() == REPORTS
    assert run.uploads.get().file.name == ""


def test_the_command_says_what_it_did(run):
    told = StringIO()
    call_command("import_uploads", jobs=1, stdout=told)
    call_command("import_uploads", jobs=1, stdout=told)
    assert told.getvalue() == "Imports finished: 1.\nNothing waits, or another process is at it.\n"
