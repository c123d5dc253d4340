"""The command that verifies: what it finds, keeps, prints, and the status it ends with."""

import subprocess
import sys

import pytest
from django.core.management import CommandError
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive.curation.articles import revise_text
from archive.management.commands import verify as command
from archive.models import (
    OutboxEntry,
    Quote,
    Reading,
    Verification,
    VerificationFailure,
    VerificationRun,
    Version,
)
from archive.reading import READER_VERSION
from archive.verifying import run
from tests.commands.verifying import ALL_WELL, PROJECT, called, damage, file_of, lose
from tests.factories import TEXT, import_report, make_original, make_quote

WORDS = '"We counted nine shells before dawn"'
ONE_FAILED = "texts 1: verified 0, without an original 0, failed 1"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_originals")]


def failures() -> list[tuple[str, int | None]]:
    return list(VerificationFailure.objects.order_by("pk").values_list("kind", "quote"))


def test_what_is_as_it_came_is_verified_and_what_was_checked_is_kept():
    article = import_report()
    OutboxEntry.objects.all().delete()
    before = timezone.now()
    assert called() == ([ALL_WELL], [], 0)
    verification = Verification.objects.get()
    reading = Reading.objects.get()
    assert (verification.version, verification.outcome) == (article.shown_version, "verified")
    assert before < verification.checked < timezone.now()
    assert (verification.reader_version, verification.compared) == (READER_VERSION, 1)
    assert verification.readings == [reading.pk]
    assert verification.quotes == [[quote.pk, quote.start, quote.end] for quote in Quote.objects.order_by("start")]
    assert len(verification.quotes) == 2
    assert not OutboxEntry.objects.exists()


def change_a_byte(article):
    damage(article, file_of(article).read_bytes().replace(b"nine", b"nice"))


def cut_off(article):
    damage(article, file_of(article).read_bytes()[:20])


def put_a_folder_there(article):
    path = file_of(article)
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("harm", "kind", "said"),
    [
        (lose, "missing", "original missing: report.txt: the file is not there"),
        (change_a_byte, "damaged", "original damaged: report.txt: its bytes are not those that came"),
        (cut_off, "damaged", "original damaged: report.txt: its bytes are not those that came"),
        (put_a_folder_there, "damaged", "original damaged: report.txt: its file cannot be read: Is a directory"),
    ],
)
def test_originals_that_are_missing_and_damaged_are_told_apart(harm, kind, said):
    other, article = import_report("Another"), import_report()
    harm(article)
    out, err, status = called()
    assert (out[0], status) == ("texts 2: verified 1, without an original 0, failed 1", 1)
    assert err[0].startswith(f"failed: report {article.pk}, Bridge shelled at Harrow Ford: {said}")
    assert failures() == [(kind, None)]
    assert Verification.objects.get(version__article=article).compared == 0
    assert Verification.objects.get(version__article=other).outcome == "verified"


def test_a_reading_that_can_no_longer_be_made_is_told():
    article = import_report()
    original = make_original(b"\x89PNG\r\n no text", "picture.txt")
    Reading.objects.update(original=original)
    out, err, status = called()
    assert (out, status) == ([ONE_FAILED, "original no longer readable: 1"], 1)
    assert err == [
        f"failed: report {article.pk}, Bridge shelled at Harrow Ford: original no longer readable: picture.txt: is a "
        "picture, not plain text; save it as plain text first"
    ]


def test_a_reading_that_gives_another_text_is_told_and_its_quotations_one_by_one():
    import_report()
    quote = Quote.objects.spoken().get()
    other = f"Bridge shelled at Harrow Ford\n\n{TEXT}".replace("nine shells", "nine mines").encode()
    Reading.objects.update(original=make_original(other, "other.txt"))
    out, err, status = called()
    assert (out, status) == ([ONE_FAILED, "original gives another text: 1", "quotation not found: 1"], 1)
    assert failures() == [("other_text", None), ("not_found", quote.pk)]
    assert f"quotation not found: quote {quote.pk}, other.txt: the original does not have these words" in err[1]


def test_a_changed_map_has_moved_the_quotations():
    import_report()
    reading = Reading.objects.get()
    [[start, end, original_start, original_end]] = reading.runs
    Reading.objects.update(runs=[[start, end, original_start + 2, original_end + 2]])
    out, err, status = called()
    assert (out, status) == ([ONE_FAILED, "quotation at another place: 2"], 1)
    failure = VerificationFailure.objects.get(quote=Quote.objects.spoken().get())
    assert (failure.start, failure.end) == (failure.quote.start, failure.quote.end)
    place = failure.quote.start + original_start
    assert failure.detail.endswith(f"found at {place} to {place + len(WORDS)}")


def test_a_quote_outside_its_text_is_not_found():
    import_report()
    with connection.cursor() as cursor:
        cursor.execute('UPDATE archive_quote SET "end" = 9000 WHERE kind = %s', ["direct"])
    out, _, status = called()
    assert (out, status) == ([ONE_FAILED, "quotation not found: 1"], 1)


def test_a_quote_that_an_editor_has_rejected_is_not_looked_for():
    import_report()
    Quote.objects.spoken().update(state=Quote.State.REJECTED)
    called()
    assert [key for key, *_ in Verification.objects.get().quotes] == [Quote.objects.standing().get().pk]


def test_a_version_that_was_read_from_nothing_is_told():
    import_report()
    Reading.objects.all().delete()
    assert called()[0] == [ONE_FAILED, "no original recorded: 1"]


def test_the_next_one_keeps_what_it_has_checked_in_place_of_what_the_one_before_had():
    article = import_report()
    called()
    Verification.objects.update(reader_version=READER_VERSION + 1)
    before = Verification.objects.get()
    reading = Reading.objects.get()
    reading.delete()
    reading.save()  # with a key of its own
    quote = make_quote(article, "did not answer questions")
    assert called() == ([ALL_WELL], [], 0)
    verification = Verification.objects.get()
    assert verification.checked > before.checked
    assert verification.reader_version == READER_VERSION
    assert verification.readings == [reading.pk] != before.readings
    assert (verification.covers(quote), before.covers(quote)) == (True, False)


def test_what_is_mended_is_verified_again_and_no_failure_stays():
    article = import_report()
    data = file_of(article).read_bytes()
    damage(article, b"something else")
    assert called()[2] == 1
    damage(article, data)
    assert called("--only-failed") == ([ALL_WELL], [], 0)
    assert failures() == []
    assert called("--only-failed") == (["texts 0: verified 0, without an original 0, failed 0"], [], 0)


def test_an_editors_revision_has_no_original_and_the_version_before_it_has():
    article = import_report()
    revise_text(article, TEXT.replace("Monday", "Tuesday"), based_on=1)
    assert called() == (["texts 2: verified 1, without an original 1, failed 0"], [], 0)


def test_an_original_that_was_read_anew_is_held_against_its_newest_text_only():
    article = import_report()
    version = article.shown_version
    Version.objects.update(shown=False)
    newer = Version.objects.create(
        article=article, number=2, title=version.title, text=version.text, text_sha256="", shown=True
    )
    old = Reading.objects.get()
    Reading.objects.create(
        version=newer, original=old.original, reader_version=READER_VERSION, encoding="utf-8", runs=old.runs
    )
    assert called()[0] == ["texts 2: verified 1, without an original 1, failed 0"]
    assert Verification.objects.get(version=newer).outcome == "verified"
    assert Verification.objects.get(version=version).readings == [old.pk]


def test_the_first_failures_are_named_and_where_the_rest_is(settings):
    settings.SITE_URL = "https://archive.example.org"
    articles = [import_report(f"Report {number}") for number in range(13)]
    for article in articles[1:]:
        lose(article)
    out, err, status = called()
    assert (out[1:], status) == (["original missing: 12"], 1)
    assert [line.split(",")[0] for line in err[:10]] == [f"failed: report {one.pk}" for one in articles[1:11]]
    assert err[10:] == ["and 2 more: https://archive.example.org/admin/archive/verificationfailure/"]


def test_originals_that_are_all_away_are_a_disk_that_is_not_there(own_originals):
    import_report()
    called()
    own_originals.rename(own_originals.parent / "elsewhere")
    for problem in (": No such file or directory. Name the right one in ARCHIVE_DATA_DIR, or mount", ", is empty."):
        with pytest.raises(CommandError, match=f"the folder of the originals, {own_originals}{problem}") as raised:
            called()
        assert raised.value.returncode == 2
        own_originals.mkdir(exist_ok=True)
    assert Verification.objects.get().outcome == "verified"


def test_some_reports_and_what_was_not_verified_since():
    articles = [import_report(f"Report {number}") for number in range(3)]
    assert called(articles[1].pk)[0] == [ALL_WELL]
    assert not VerificationRun.objects.exists()
    assert Verification.objects.get().version.article == articles[1]
    moment = timezone.now().isoformat()
    assert called("--since", "2020-01-01")[0][0].startswith("texts 2:")
    assert called("--since", moment)[0][0].startswith("texts 1:")
    assert called(articles[1].pk, "--since", moment)[0][0].startswith("texts 0:")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("999",), "There is no report of the number 999. Nothing was done."),
        (("--anew", "--only-failed"), "--anew is for the whole archive"),
        (("--since", "yesterday"), "'yesterday' is no day or moment: write it as 2026-05-30"),
        (("--since", "2999-01-01"), "'2999-01-01' is in the future"),
        (("x",), "invalid int value"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_line(arguments, message):
    import_report()
    with pytest.raises(CommandError, match=message) as raised:
        called(*arguments)
    assert "\n" not in str(raised.value)
    assert not Verification.objects.exists()


def test_each_run_that_was_finished_is_followed_by_one_over_all():
    import_report()
    called()
    assert called() == ([ALL_WELL], [], 0)
    assert VerificationRun.objects.filter(finished__isnull=False).count() == 2


def test_several_processes_find_the_same_as_one():
    for number in range(40):
        article = import_report(f"Report {number}")
    lose(article)
    out, _, status = called(jobs=2)
    assert (out[0], status) == ("texts 40: verified 39, without an original 0, failed 1", 1)


def test_it_asks_as_often_for_many_reports_as_for_one():
    import_report()
    with CaptureQueriesContext(connection) as one:
        called()
    for number in range(run.READ - 2):
        import_report(f"Report {number}")
    with CaptureQueriesContext(connection) as many:
        called()
    assert len(many) == len(one)


def test_a_database_without_tables_cannot_be_verified():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE archive_verificationrun RENAME TO hidden")
    try:
        with pytest.raises(CommandError, match="manage.py migrate") as raised:
            called()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE hidden RENAME TO archive_verificationrun")
    assert raised.value.returncode == 2


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (
            OperationalError("connection refused\nis it running?"),
            2,
            "The database cannot be reached: connection refused",
        ),
        (OperationalError(), 2, "The database cannot be reached: OperationalError"),
        (KeyboardInterrupt(), 130, "Stopped before anything was verified."),
    ],
)
def test_what_ends_it_before_it_begins_is_told_in_one_line(monkeypatch, error, status, message):
    def begun(**options):
        raise error

    monkeypatch.setattr(command, "begun", begun)
    with pytest.raises(CommandError) as raised:
        called()
    assert (str(raised.value), raised.value.returncode) == (message, status)


def test_what_the_shell_is_told(live_environment):
    def status(*arguments):
        command = [sys.executable, "manage.py", "verify", *arguments]
        result = subprocess.run(command, cwd=PROJECT, env=live_environment, capture_output=True, text=True, timeout=60)
        assert "Traceback" not in result.stderr
        return result.returncode

    article = import_report()
    assert status() == 0
    lose(article)
    import_report("Another")
    assert status() == 1
    assert status("--since", "never") == 2
    assert status("999") == 2
    assert status("99999999999999999999") == 2
