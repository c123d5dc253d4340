"""The command that extracts anew: what it prints, what it passes over, and the status it ends with."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError

from archive.extraction import EXTRACTOR_VERSION
from archive.importing import reextracting
from archive.management.commands import reextract
from archive.models import OutboxEntry, Quote, Version
from archive.search import Asked, Kind, find
from tests.factories import make_article, make_person, make_quote

PROJECT = Path(__file__).resolve().parent.parent.parent
WORDS = '"We counted nine shells before dawn"'
REPORTED = "Shelling damaged the bridge at Harrow Ford on Monday"
SOURCE = "residents"
NEW = "quotes: as before 0, new 2, back 0, gone 0, other speaker 0, other kind 0, other span 0"
NONE = "quotes: as before 0, new 0, back 0, gone 0, other speaker 0, other kind 0, other span 0"

pytestmark = pytest.mark.django_db(transaction=True)


def called(*arguments, **options):
    """What the command printed and the status it ended with."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("reextract", *map(str, arguments), stdout=out, stderr=err, **{"jobs": 1} | options)
    except SystemExit as exit:
        return out.getvalue().splitlines(), err.getvalue(), exit.code
    return out.getvalue().splitlines(), err.getvalue(), 0


def test_reports_that_an_older_extraction_read_are_read_anew_and_found_at_once():
    make_article()
    assert called() == (
        ["reports 1, changed 1, failed 0", NEW, "people: new 1, removed 0"],
        "",
        0,
    )
    quote = Quote.objects.spoken().get()
    assert quote.speaker.name == "Vera Lindqvist"
    assert [hit.key for hit in find(Asked('"shells before dawn"', Kind.QUOTE)).hits] == [quote.pk]
    assert not OutboxEntry.objects.exists()
    assert called() == (["reports 0, changed 0, failed 0", NONE, "people: new 0, removed 0"], "", 0)


def test_all_and_some_are_read_whatever_read_them_before():
    articles = [make_article(f"Report {number}") for number in range(3)]
    called()
    assert called("--all")[0][0] == "reports 3, changed 0, failed 0"
    assert called(articles[0].pk, articles[2].pk)[0][0] == "reports 2, changed 0, failed 0"


def test_a_dry_run_tells_each_change_in_a_line_and_writes_nothing():
    article = make_article()
    person = make_person("Tomas Quill")
    quote = make_quote(article, WORDS, person, kind="mixed")
    gone = make_quote(article, "residents said")
    lines, _, status = called("--dry-run")
    assert lines == [
        f"report {article.pk}, Bridge shelled at Harrow Ford: "
        "1 new, 1 gone, 1 other speaker, 1 other kind, 1 new person",
        "  gone: residents said",
        f"  other speaker: {WORDS}: Tomas Quill -> Vera Lindqvist",
        f"  other kind: {WORDS}: mixed -> direct",
        f"  new: {REPORTED} ({SOURCE})",
        "  new person: Vera Lindqvist",
        "nothing was written; would be: reports 1, changed 1, failed 0",
        "quotes: as before 0, new 1, back 0, gone 1, other speaker 1, other kind 1, other span 0",
        "people: new 1, removed 0",
    ]
    assert status == 0
    quote.refresh_from_db()
    gone.refresh_from_db()
    assert (quote.speaker, quote.kind, gone.gone) == (person, "mixed", "")
    assert Version.objects.get().extractor_version == 0


def test_other_spans_are_told_with_both():
    article = make_article()
    make_quote(article, f"{WORDS}, Col", make_person())
    assert f"  other span: {WORDS}, Col -> {WORDS}" in called("--dry-run")[0]


def test_several_processes_do_the_same_as_one():
    for number in range(40):
        make_article(f"Report {number}")
    assert called(jobs=2)[0][0] == "reports 40, changed 40, failed 0"
    assert Quote.objects.standing().spoken().count() == 40
    assert set(Version.objects.values_list("extractor_version", flat=True)) == {EXTRACTOR_VERSION}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("999",), "There is no report of the number 999. Nothing was done."), (("1", "--all"), "not both")],
)
def test_what_cannot_be_meant_is_told_in_one_line(arguments, message):
    make_article()
    with pytest.raises(CommandError, match=message):
        called(*arguments)
    assert not Quote.objects.exists()


def test_a_report_the_database_refuses_is_a_failure_and_the_rest_goes_on(monkeypatch):
    first, second = make_article("One"), make_article("Two")
    requote = reextracting.requote

    def refused(version, found, **options):
        if Version.objects.get(pk=version).article_id == first.pk:
            raise IntegrityError("no such thing\nDETAIL")
        return requote(version, found, **options)

    monkeypatch.setattr(reextracting, "requote", refused)
    lines, err, status = called()
    assert (lines[0], status) == ("reports 1, changed 1, failed 1", 1)
    assert err == f"failed: report {first.pk}: the database refuses it: no such thing\n"
    assert Quote.objects.spoken().get().article == second


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (KeyboardInterrupt(), 130, "Stopped. What is counted here is done; run the command again to go on."),
        (OperationalError("server closed the connection\nmore"), 1, "The database went away (server closed the conn"),
    ],
)
def test_one_that_is_stopped_says_how_to_go_on(monkeypatch, error, status, message):
    def stopped(*arguments, **options):
        raise error
        yield

    monkeypatch.setattr(reextract, "reextract", stopped)
    with pytest.raises(CommandError) as raised:
        call_command("reextract", jobs=1, stdout=io.StringIO())
    assert raised.value.returncode == status
    assert str(raised.value).startswith(message)


def test_killed_at_any_moment_the_next_run_goes_on(live_environment):
    for number in range(120):
        make_article(f"Report {number}")
    command = [sys.executable, "manage.py", "reextract", "--jobs", "2"]
    process = subprocess.Popen(
        command, cwd=PROJECT, env=live_environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while not Quote.objects.exists() and process.poll() is None:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(30)
    done = Version.objects.filter(extractor_version=EXTRACTOR_VERSION)
    assert set(done.values_list("article", flat=True)) == set(Quote.objects.values_list("article", flat=True))
    left = 120 - done.count()
    result = subprocess.run(command, cwd=PROJECT, env=live_environment, capture_output=True, text=True, timeout=120)
    assert (result.returncode, result.stdout.splitlines()[0]) == (0, f"reports {left}, changed {left}, failed 0")
    assert Quote.objects.standing().spoken().count() == Quote.objects.spoken().count() == 120
