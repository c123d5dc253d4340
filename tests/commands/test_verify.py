"""The command that verifies: what it finds, keeps, prints, and the status it ends with; stopped, it goes on."""

import io
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive.curation.articles import revise_text
from archive.management.commands import verify as command
from archive.models import (
    Original,
    OutboxEntry,
    Quote,
    Reading,
    Verification,
    VerificationFailure,
    VerificationRun,
    Version,
)
from archive.models.original import originals
from archive.reading import READER_VERSION
from archive.verifying import run
from archive.verifying.checking import check
from tests.factories import TEXT, import_report, make_original, make_quote

PROJECT = Path(__file__).resolve().parent.parent.parent
WORDS = '"We counted nine shells before dawn"'
ALL_WELL = "texts 1: verified 1, without an original 0, failed 0"
ONE_FAILED = "texts 1: verified 0, without an original 0, failed 1"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_originals(monkeypatch, index_directory):
    """The originals lie where a test may damage them, and where processes of their own look for them."""
    folder = index_directory.parent / "originals"
    # Those of the field were made when it was: where a test has changed the settings, they are no more these.
    for storage in (originals(), Original._meta.get_field("file").storage):
        monkeypatch.setitem(vars(storage), "location", str(folder))
    return folder


def called(*arguments, **options):
    """What the command printed and the status it ended with."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify", *map(str, arguments), stdout=out, stderr=err, **{"jobs": 1} | options)
    except SystemExit as exit:
        return out.getvalue().splitlines(), err.getvalue().splitlines(), exit.code
    return out.getvalue().splitlines(), err.getvalue().splitlines(), 0


def file_of(article) -> Path:
    return Path(Original.objects.get(readings__version__article=article).file.path)


def damage(article, data: bytes) -> None:
    path = file_of(article)
    path.chmod(0o644)
    path.write_bytes(data)


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


def lose(article):
    file_of(article).unlink()


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


def test_a_version_that_was_read_from_nothing_is_told():
    import_report()
    Reading.objects.all().delete()
    assert called()[0] == [ONE_FAILED, "no original recorded: 1"]


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


def test_a_disk_that_goes_away_meanwhile_is_no_lost_original(own_originals, monkeypatch):
    import_report()

    def unmounted(reading):
        own_originals.rename(own_originals.parent / "elsewhere")
        return kept(reading)

    kept = run._kept
    monkeypatch.setattr(run, "_kept", unmounted)
    with pytest.raises(CommandError, match="mount its disk"):
        called()
    assert not Verification.objects.exists()


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


def stopped_after_one_batch(monkeypatch, error):
    """The first call of the command writes one report and breaks off."""
    write = run._write
    monkeypatch.setattr(run, "BATCH", 1)
    monkeypatch.setattr(run, "KEYS", 1)

    def once(batch):
        if Verification.objects.exists():
            raise error
        return write(batch)

    monkeypatch.setattr(run, "_write", once)
    with pytest.raises(CommandError) as raised:
        called()
    monkeypatch.setattr(run, "_write", write)
    return raised.value


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (KeyboardInterrupt(), 130, "Stopped. What is counted here is verified; run the command again to go on."),
        (OperationalError("server closed the connection\nmore"), 2, "The database went away (server closed the conn"),
        (BrokenProcessPool(), 2, "A process that reads has died, perhaps for want of memory."),
        (MemoryError(), 2, "A process that reads has died, perhaps for want of memory."),
    ],
)
def test_one_that_is_stopped_says_how_to_go_on_and_does_go_on(monkeypatch, error, status, message):
    first, *_ = [import_report(f"Report {number}") for number in range(3)]
    lose(first)
    raised = stopped_after_one_batch(monkeypatch, error)
    assert (raised.returncode, str(raised)[: len(message)]) == (status, message)
    assert Verification.objects.count() == 1

    began = timezone.localtime(VerificationRun.objects.get().started)
    out, err, status = called()
    assert out == [
        f"Going on with the verification of {began:%Y-%m-%d %H:%M} (texts done: 1); --anew begins anew.",
        "texts 3: verified 2, without an original 0, failed 1",
        "original missing: 1",
    ]
    assert (len(err), status) == (1, 1)
    checked = list(Verification.objects.order_by("version").values_list("checked", flat=True))
    assert checked[0] < checked[1] < VerificationRun.objects.get().finished


def test_anew_verifies_all_again_where_one_was_stopped(monkeypatch):
    for number in range(3):
        import_report(f"Report {number}")
    stopped_after_one_batch(monkeypatch, KeyboardInterrupt())
    assert called("--anew")[0] == ["texts 3: verified 3, without an original 0, failed 0"]


def test_several_processes_find_the_same_as_one():
    for number in range(40):
        article = import_report(f"Report {number}")
    lose(article)
    out, _, status = called(jobs=2)
    assert (out[0], status) == ("texts 40: verified 39, without an original 0, failed 1", 1)


def changed_while_checked(monkeypatch, change):
    """What is read from the database is changed before it is checked."""
    changes = iter([change])

    def first_changed(one):
        for change in changes:
            change()
        return check(one)

    monkeypatch.setattr(run, "check", first_changed)


def test_a_report_that_is_revised_while_it_is_verified_gets_no_false_result(monkeypatch):
    article = import_report()
    quote = Quote.objects.spoken().get()
    changed_while_checked(monkeypatch, lambda: revise_text(article, "New. " + TEXT.replace("nine", "ten"), based_on=1))
    assert called()[0] == [ALL_WELL]
    quote.refresh_from_db()
    assert quote.version.number == 2
    assert Verification.objects.get().version.number == 1
    assert not Verification.objects.get().covers(quote)


def test_a_quote_that_is_moved_while_it_is_verified_is_not_verified_where_it_is_now(monkeypatch):
    import_report()
    quote = Quote.objects.spoken().get()
    changed_while_checked(monkeypatch, lambda: Quote.objects.filter(pk=quote.pk).update(start=quote.start + 1))
    assert called()[2] == 0
    assert Verification.objects.get().covers(quote)
    quote.refresh_from_db()
    assert not Verification.objects.get().covers(quote)


def test_a_quote_that_goes_while_it_is_verified_is_counted_and_the_rest_is_kept(monkeypatch):
    article, other = import_report(), import_report("Another")
    quote = make_quote(article, "did not answer questions")
    Reading.objects.filter(version__article=article).update(runs=[])
    changed_while_checked(monkeypatch, lambda: Quote.objects.filter(pk=quote.pk).delete())
    out, _, status = called()
    assert out == [
        "texts 1: verified 1, without an original 0, failed 0",
        "changed while they were verified, and to be verified again: 1",
    ]
    assert status == 1
    assert Verification.objects.get().version.article == other
    assert called()[0][0] == "texts 2: verified 1, without an original 0, failed 1"


def test_a_report_that_leaves_the_archive_while_it_is_verified_is_no_failure(monkeypatch):
    article, other = import_report(), import_report("Another")

    def leave():
        lose(article)
        article.quotes.all().delete()
        article.delete()

    changed_while_checked(monkeypatch, leave)
    assert called() == ([ALL_WELL], [], 0)
    assert Verification.objects.get().version.article == other


def test_no_editor_waits_for_it(monkeypatch):
    """While a batch is written and not committed, another connection revises a report of it."""
    article = import_report()
    version = article.shown_version
    together = run._write_together.__wrapped__

    def with_an_editor(batch):
        together(batch)
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
                cursor.execute("UPDATE archive_version SET shown = shown WHERE id = %s", [version.pk])
                cursor.execute("UPDATE archive_quote SET role = 'x' WHERE version_id = %s", [version.pk])
                cursor.execute("UPDATE archive_article SET author = 'x' WHERE id = %s", [article.pk])
        finally:
            other.close()

    monkeypatch.setattr(run, "_write_together", transaction.atomic(with_an_editor))
    assert called()[2] == 0
    article.refresh_from_db()
    assert article.author == "x"


def test_it_asks_as_often_for_many_reports_as_for_one():
    import_report()
    with CaptureQueriesContext(connection) as one:
        called()
    for number in range(run.READ - 2):
        import_report(f"Report {number}")
    with CaptureQueriesContext(connection) as many:
        called()
    assert len(many) == len(one)


def test_a_database_without_tables_and_one_that_is_away_cannot_be_verified(monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE archive_verificationrun RENAME TO hidden")
    try:
        with pytest.raises(CommandError, match="manage.py migrate") as raised:
            called()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE hidden RENAME TO archive_verificationrun")
    assert raised.value.returncode == 2

    def away(**options):
        raise OperationalError("connection refused\nis it running?")

    monkeypatch.setattr(command, "begun", away)
    with pytest.raises(CommandError, match="The database cannot be reached: connection refused$") as raised:
        called()
    assert raised.value.returncode == 2


def test_killed_at_any_moment_the_next_run_goes_on(live_environment):
    for number in range(150):
        import_report(f"Report {number}")
    arguments = [sys.executable, "manage.py", "verify", "--jobs", "2"]
    process = subprocess.Popen(
        arguments, cwd=PROJECT, env=live_environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while not Verification.objects.exists() and process.poll() is None:
        time.sleep(0.02)
    process.kill()
    process.wait(30)
    done = dict(Verification.objects.values_list("version", "checked"))
    result = subprocess.run(arguments, cwd=PROJECT, env=live_environment, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0
    assert result.stdout.splitlines()[-1] == "texts 150: verified 150, without an original 0, failed 0"
    if len(done) < 150:
        assert {
            key: moment for key, moment in Verification.objects.values_list("version", "checked") if key in done
        } == done
    assert Verification.objects.count() == 150


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
