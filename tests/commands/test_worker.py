"""A real worker process on the test's database: it keeps the index level whatever is done to it."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from archive.curation import bulk
from archive.curation.withholding import hide, show_again
from archive.models import Article, BulkChange, OutboxEntry, Quote
from archive.search import Asked, Kind, find, sync
from archive.search.lock import WriterLock, somebody_writes
from tests.factories import make_article, make_outlet, make_report_with_quote

pytestmark = pytest.mark.django_db(transaction=True)


def until(condition, seconds=60):
    """Wait for the condition, and say how long it took."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() < begun + seconds, "it did not come to be in time"
        time.sleep(0.01)
    return time.monotonic() - begun


@contextmanager
def process(environment, *command):
    started = subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield started
    finally:
        if started.poll() is None:
            started.kill()
        started.communicate()


def ready():
    return find(Asked("ready?", Kind.REPORT)).ready and somebody_writes() and not OutboxEntry.objects.exists()


def found(words, kind=Kind.REPORT):
    return [hit.key for hit in find(Asked(words, kind)).hits]


def assert_level():
    """The index has each article and each standing quote once, and nothing else."""
    everything = {
        kind: [hit.key for hit in find(Asked("-nothingatall", kind), limit=10_000).hits]
        for kind in (Kind.REPORT, Kind.QUOTE)
    }
    assert sorted(everything[Kind.REPORT]) == sorted(Article.objects.values_list("pk", flat=True))
    assert sorted(everything[Kind.QUOTE]) == sorted(Quote.objects.standing().values_list("pk", flat=True))
    for article in Article.objects.all():
        assert article.pk in found(f'"{article.title}"')


def test_an_edit_is_found_within_a_second(live_environment):
    article = make_article("Bridge shelled")
    with process(live_environment, "worker") as worker:
        until(ready)
        times = []
        for number in range(5):
            Article.objects.filter(pk=article.pk).update(title=f"Viaduct{number} shelled")
            times.append(until(lambda title=f"viaduct{number}": found(title) == [article.pk]))
        assert sorted(times)[2] < 1  # the middle one of five: the machine may be busy with other things for a moment
        assert found("bridge") == [article.pk]  # from the text
        assert found('"bridge shelled"') == []
        worker.send_signal(signal.SIGTERM)
        output, _ = worker.communicate(timeout=30)
    assert worker.returncode == 0
    assert "Traceback" not in output
    assert not somebody_writes()


def test_a_hidden_report_is_out_of_the_search_within_a_second(live_environment):
    article, _, quote = make_report_with_quote("Bridge shelled")
    with process(live_environment, "worker"):
        until(ready)
        times = []
        for _ in range(3):
            hide(article.pk, "It names a witness.")
            times.append(until(lambda: found("bridge") == found("shells", Kind.QUOTE) == []))
            show_again(article.pk, "The witness agrees.")
            times.append(until(lambda: (found("bridge"), found("shells", Kind.QUOTE)) == ([article.pk], [quote.pk])))
        assert sorted(times)[3] < 1  # the machine may be busy with other things for a moment


def test_a_large_change_in_bulk_goes_on_after_a_kill_and_is_undone_as_one(live_environment):
    many = 3_000
    made = Article.objects.bulk_create(
        Article(title=f"Report {number}", slug="report", identity=f"id:{number}") for number in range(many)
    )
    keys = [article.pk for article in made]
    before = list(Article.objects.order_by("pk").values())
    outlet = make_outlet()
    change = BulkChange(action="outlet", outlet=outlet, query="q=report", reason="It was misread.")
    bulk.prepare(change, [keys])
    bulk.begin(change.pk)
    for _ in range(4):
        with process(live_environment, "worker") as worker:
            done = change.counts().get("changed", 0)
            until(lambda done=done: change.counts().get("changed", 0) > done)
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait(timeout=30)
        until(lambda: not somebody_writes())
    assert change.counts()["waiting"]
    with process(live_environment, "worker"):
        until(lambda: change.counts() == {"changed": many})
    events = Article.pgh_event_models["changed"].objects.filter(pgh_label="changed")
    assert events.count() == events.values("pgh_obj").distinct().count() == many  # none is done twice
    bulk.undo(change.pk)
    with process(live_environment, "worker"):
        until(lambda: change.counts() == {"undone": many})
    assert list(Article.objects.order_by("pk").values()) == before
    change.refresh_from_db()
    assert change.state == "undone"


def test_an_edit_is_found_within_a_second_while_a_large_change_is_done(live_environment):
    articles = [make_article(f"Bridge {number}").pk for number in range(600)]
    with process(live_environment, "worker"):
        until(ready)
        change = BulkChange(action="outlet", outlet=make_outlet(), query="q=bridge", reason="It was misread.")
        bulk.prepare(change, [articles])
        bulk.begin(change.pk)
        Article.objects.filter(pk=articles[0]).update(title="Viaduct shelled")
        assert until(lambda: found("viaduct") == [articles[0]]) < 2  # the machine may be busy with other things
        until(lambda: change.counts() == {"changed": 600})
        until(lambda: len(find(Asked("outlet:gazette", Kind.REPORT), limit=1000).hits) == 600)


def test_ctrl_c_ends_a_worker_that_waits_for_the_lock(live_environment):
    with WriterLock() as lock:
        assert lock.acquire()
        with process(live_environment, "worker") as worker:
            assert "Another process writes the search index" in worker.stdout.readline()
            worker.send_signal(signal.SIGINT)
            output, _ = worker.communicate(timeout=30)
    assert worker.returncode == 0
    assert "Traceback" not in output


def test_killed_at_any_moment_nothing_is_lost_or_doubled(live_environment):
    dice = random.Random(5)  # noqa: S311 - for moments, not secrets
    articles = [make_report_with_quote(f"Report {number}")[0].pk for number in range(20)]
    for _ in range(6):
        with process(live_environment, "worker") as worker:
            until(somebody_writes)
            deadline = time.monotonic() + dice.uniform(0, 0.8)
            while time.monotonic() < deadline:
                Article.objects.filter(pk=dice.choice(articles)).update(title=f"Report {dice.randrange(1000)}")
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait(timeout=30)
        until(lambda: not somebody_writes())
    call_command("sync_index")
    assert not OutboxEntry.objects.exists()
    assert_level()


def test_the_worker_takes_up_again_when_its_connection_is_lost(live_environment):
    article = make_article("Bridge shelled")
    with process(live_environment, "worker") as worker:
        until(ready)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        Article.objects.filter(pk=article.pk).update(title="Viaduct shelled")
        until(lambda: found("viaduct") == [article.pk])
        worker.send_signal(signal.SIGTERM)
        output, _ = worker.communicate(timeout=30)
    assert worker.returncode == 0
    assert "The database is away, trying again" in output
    assert "Traceback" not in output


def test_a_worker_builds_an_index_that_went_missing(live_environment, index_directory):
    article = make_article("Bridge shelled")
    with process(live_environment, "worker"):
        until(ready)
        (index_directory / "current").unlink()
        until(lambda: not find(Asked("bridge", Kind.REPORT)).ready or found("bridge"))
        until(lambda: found("bridge") == [article.pk])


def test_others_leave_the_index_to_the_worker(live_environment, capsys):
    make_article("Bridge shelled")
    with process(live_environment, "worker"):
        until(ready)
        call_command("sync_index")
        assert "A worker, or another process, is keeping the search index" in capsys.readouterr().out


def test_rebuild_index_has_the_worker_rebuild(live_environment, index_directory, capsys):
    article = make_article("Bridge shelled")
    with process(live_environment, "worker"):
        until(ready)
        before = (index_directory / "current").read_text()
        call_command("rebuild_index")
        assert "A worker keeps the search index" in capsys.readouterr().out
        assert (index_directory / "current").read_text() != before
        assert found("bridge") == [article.pk]
        Article.objects.filter(pk=article.pk).update(title="Viaduct shelled")
        until(lambda: found("viaduct") == [article.pk])


def test_a_saved_edit_is_drained_in_the_background(live_environment, monkeypatch):
    """Without a worker a process of its own brings the index level after the commit."""
    for name, value in live_environment.items():
        monkeypatch.setenv(name, value)
    article = make_article("Bridge shelled")
    sync.drain_in_background()
    until(lambda: found("bridge") == [article.pk])
    until(lambda: not somebody_writes())
