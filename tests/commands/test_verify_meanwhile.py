"""The command that verifies, when it is stopped, killed, or loses its disk, and when others change what it verifies."""

import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool

import pytest
from django.core.management import CommandError
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from archive.curation.articles import revise_text
from archive.models import Quote, Reading, Verification, VerificationRun
from archive.verifying import run
from archive.verifying.checking import check
from tests.commands.verifying import ALL_WELL, PROJECT, called, lose
from tests.factories import TEXT, import_report, make_quote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_originals")]


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
