"""The outbox protocol: what changes is found, by whatever path it changed and whoever was killed meanwhile."""

import shutil
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction

from archive.curation.speakers import rename
from archive.models import Article, Name, OutboxEntry, Person, Quote, Version
from archive.search import Asked, Kind, find, sync
from archive.search.builds import Builds
from archive.search.embedded_writer import EmbeddedWriter
from archive.search.engine import EngineBusy
from archive.search.lock import WriterLock, somebody_writes
from archive.search.pairs import CommonWords
from tests.factories import make_article, make_organisation, make_person, make_quote, make_report_with_quote

pytestmark = pytest.mark.django_db(transaction=True)


def found(words, kind=Kind.REPORT):
    results = find(Asked(words, kind))
    assert results.ready
    return [hit.key for hit in results.hits]


def drain():
    assert sync.drain_if_nobody_does()
    assert not OutboxEntry.objects.exists()


def test_the_first_drain_builds_the_index():
    article = make_article("Rockets")
    assert not find(Asked("rockets", Kind.REPORT)).ready
    drain()
    assert found("rockets") == [article.pk]


def test_an_edited_article_is_found_once_and_by_its_new_words_only():
    article, person, quote = make_report_with_quote("Bridge shelled")
    drain()
    Article.objects.filter(pk=article.pk).update(title="Viaduct shelled")
    drain()
    assert found("viaduct") == [article.pk]
    assert found('"bridge shelled"') == []
    assert found("harrow") == [article.pk]
    assert found("dawn", Kind.QUOTE) == [quote.pk]


def test_a_new_version_is_found_instead_of_the_old():
    article = make_article("Bridge", "An old sentence.")
    drain()
    with transaction.atomic():
        article.versions.update(shown=False)
        Version.objects.create(
            article=article, number=2, title="Bridge", text="A fresh sentence.", text_sha256="0" * 64, shown=True
        )
    drain()
    assert found("fresh") == [article.pk]
    assert found("old") == []


def test_a_rejected_quote_and_a_deleted_article_leave_the_index():
    article, person, quote = make_report_with_quote()
    other = make_article("Harrow again")
    drain()
    Quote.objects.filter(pk=quote.pk).update(state=Quote.State.REJECTED)
    drain()
    assert found("dawn", Kind.QUOTE) == []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM archive_reading WHERE version_id IN (SELECT id FROM archive_version)")
        other.versions.all().delete()
        Article.objects.filter(pk=other.pk).delete()
    drain()
    assert found("harrow") == [article.pk]


def test_a_persons_new_name_finds_their_quotes():
    article, person, quote = make_report_with_quote()
    other = make_quote(make_article("Other"), '"We counted nine shells before dawn"', make_person("Ada Brenn"))
    drain()
    with transaction.atomic():
        Name.objects.create(person=person, text="Vera Holm")
        Person.objects.filter(pk=person.pk).update(name="Vera Holm")
    drain()
    assert found("Holm", Kind.QUOTE) == [quote.pk]
    assert found("Brenn", Kind.QUOTE) == [other.pk]


def test_an_organisation_that_is_renamed_is_found_by_the_new_name():
    article = make_article("Bridge", 'Police spoke: "It is closed". They said the road was open.')
    police = make_organisation("Harrow Constabulary")
    quote = make_quote(article, '"It is closed"', police)
    reported = make_quote(article, "the road was open", police, kind="reported")
    drain()
    assert set(found("constabulary", Kind.QUOTE)) == {quote.pk, reported.pk}
    rename(police, "Harrow Gendarmes")
    drain()
    assert set(found("gendarmes", Kind.QUOTE)) == {quote.pk, reported.pk}
    assert found("gendarmes") == []


def test_entries_are_cleared_only_after_the_commit(monkeypatch):
    """Killed between the two the batch is done again, and nothing is there twice."""
    article, *_ = make_report_with_quote()
    drain()
    Article.objects.filter(pk=article.pk).update(title="Viaduct shelled")

    def die(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(WriterLock, "clear", die)
        with pytest.raises(KeyboardInterrupt):
            sync.drain_if_nobody_does()
    assert found("viaduct") == [article.pk]
    assert OutboxEntry.objects.exists()
    drain()
    assert found("viaduct") == [article.pk]
    assert len(found("dawn", Kind.QUOTE)) == 1


def test_killed_before_the_commit_nothing_is_lost(monkeypatch):
    make_article("Harrow")
    drain()
    article = make_article("Viaduct")

    def die(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(EmbeddedWriter, "commit", die)
        with pytest.raises(KeyboardInterrupt):
            sync.drain_if_nobody_does()
    assert found("viaduct") == []
    drain()
    assert found("viaduct") == [article.pk]


def test_an_entry_committed_later_with_a_lower_id_is_kept():
    make_article("Harrow")
    drain()
    late = psycopg.connect(**connection.get_connection_params())
    late.execute("INSERT INTO archive_outboxentry (kind, key) VALUES ('article', 1)")
    article = make_article("Viaduct")
    drain()
    late.commit()
    late.close()
    assert OutboxEntry.objects.count() == 1
    drain()
    assert found("viaduct") == [article.pk]


def test_many_entries_are_drained_in_batches(monkeypatch):
    monkeypatch.setattr(sync, "BATCH", 3)
    monkeypatch.setattr(sync, "CHUNK", 2)
    make_article("Harrow")
    drain()
    articles = [make_article("Viaduct").pk for _ in range(7)]
    drain()
    assert found("viaduct") == articles[::-1]


def test_only_one_process_writes():
    make_article("Harrow")
    with WriterLock() as holder:
        assert holder.acquire()
        assert somebody_writes()
        assert not sync.drain_if_nobody_does()
        assert not sync.rebuild()
    assert not somebody_writes()
    drain()


def test_what_is_written_while_the_lock_is_let_go_is_drained_too(monkeypatch):
    make_article("Harrow")
    late = []
    release = WriterLock.release

    def write_and_release(lock):
        if not late:
            late.append(make_article("Viaduct").pk)
        release(lock)

    monkeypatch.setattr(WriterLock, "release", write_and_release)
    drain()
    assert found("viaduct") == late


def take_away_the_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")


def test_a_process_that_loses_its_lock_while_it_builds_leaves_the_index_in_use(index_directory):
    make_article("Harrow")
    drain()
    used = (index_directory / "current").read_text()
    with WriterLock() as lock, sync.Index(lock, progress=lambda articles: take_away_the_lock()) as index:
        assert lock.acquire()
        with pytest.raises(psycopg.OperationalError):
            index.rebuild()
    assert (index_directory / "current").read_text() == used


def test_a_process_that_lost_its_lock_clears_nothing():
    make_article("Harrow")
    drain()
    article = make_article("Viaduct")
    with WriterLock() as lock, sync.Index(lock) as index:
        assert lock.acquire()
        take_away_the_lock()
        with pytest.raises(psycopg.OperationalError):
            index.drain()
    assert OutboxEntry.objects.exists()
    drain()
    assert found("viaduct") == [article.pk]


def test_two_writers_of_one_build_do_not_fight(index_directory):
    """Tantivy's own lock holds where a process that lost ours has not yet noticed."""
    make_article("Harrow")
    drain()
    article = make_article("Viaduct")
    [build] = [path for path in index_directory.iterdir() if path.is_dir()]
    with closing(EmbeddedWriter(build)), pytest.raises(EngineBusy):
        sync.drain_if_nobody_does()
    drain()
    assert found("viaduct") == [article.pk]


@pytest.mark.parametrize("damage", ["pointer", "meta", "segment", "words", "all"])
def test_a_missing_or_damaged_index_is_built_anew(index_directory, damage):
    article = make_article("Harrow")
    drain()
    [build] = [path for path in index_directory.iterdir() if path.is_dir()]
    if damage == "pointer":
        (index_directory / "current").unlink()
    elif damage == "meta":
        (build / "quote" / "meta.json").write_text("?")
    elif damage == "words":
        (build / "common-words.json").write_text("?")
    elif damage == "segment":
        for path in (build / "report").glob("*.fast"):
            path.unlink()
    else:
        for path in (build / "report").iterdir():
            path.unlink()
    drain()
    assert found("harrow") == [article.pk]
    assert not build.exists()


def test_an_archive_that_has_grown_many_times_over_is_indexed_anew(index_directory, monkeypatch):
    monkeypatch.setattr("archive.search.sync.LARGE", 0)

    def build_after(number: int) -> Path:
        for _ in range(number):
            make_article("Harrow", "Of the mill.")
            drain()
        drain()
        [build] = [path for path in index_directory.iterdir() if path.is_dir()]
        return build

    first = build_after(1)
    assert CommonWords.of_build(first) == CommonWords(frozenset(["harrow", "of", "the", "mill"]), 1)
    assert build_after(8) == first
    second = build_after(1)
    assert second != first
    assert CommonWords.of_build(second).reports == 10
    assert found('"of the"') == found("mill")


def test_an_index_of_an_older_schema_is_built_anew(index_directory, monkeypatch):
    article = make_article("Harrow")
    drain()
    monkeypatch.setattr("archive.search.builds.SCHEMA_VERSION", 1000)
    drain()
    [new] = [path for path in index_directory.iterdir() if path.is_dir()]
    assert new.name.startswith("1000-")
    assert found("harrow") == [article.pk]


def test_a_build_that_was_stopped_leaves_the_old_index(index_directory):
    article = make_article("Harrow")
    drain()
    with WriterLock() as lock, sync.Index(lock, stopping=lambda: True) as index, pytest.raises(sync.Stopped):
        index.rebuild()
    assert found("harrow") == [article.pk]
    assert len([path for path in index_directory.iterdir() if path.is_dir()]) == 1


def test_a_build_that_was_killed_is_removed(index_directory):
    article = make_article("Harrow")
    drain()
    killed = Builds(index_directory).begin()
    EmbeddedWriter(killed).close()
    drain()
    assert not killed.exists()
    assert found("harrow") == [article.pk]


def test_an_index_that_cannot_be_written_is_built_anew(index_directory):
    make_article("Harrow")
    drain()
    article = make_article("Viaduct")
    with WriterLock() as lock, sync.Index(lock) as index:
        assert lock.acquire()
        index.drain()
        article.title = "Aqueduct"
        article.save()
        for directory in index_directory.glob("*/report"):
            shutil.rmtree(directory)
        index.drain()
    assert found("aqueduct") == [article.pk]


def test_what_is_written_during_a_build_is_drained_after_it():
    make_article("Harrow")
    late = []
    assert sync.rebuild(lambda articles: late or late.append(make_article("Viaduct").pk))
    assert found("viaduct") == late
    assert not OutboxEntry.objects.exists()


def test_a_hundred_short_writers_leave_few_files(index_directory):
    article = make_article("Harrow")
    for number in range(100):
        Article.objects.filter(pk=article.pk).update(title=f"Harrow {number}")
        drain()
    assert found("harrow") == [article.pk]
    assert len([path for path in index_directory.rglob("*") if path.is_file()]) < 200


def test_a_build_in_several_processes_has_every_report_once(live_environment, monkeypatch):
    for name, value in live_environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("archive.processes.FEW", 1)
    monkeypatch.setattr("archive.search.documents.CHUNK", 2)
    monkeypatch.setattr(sync.os, "cpu_count", lambda: 2)
    here = []
    articles = [make_report_with_quote(f"Viaduct {number}")[0].pk for number in range(9)]
    assert sync.rebuild(here.append)
    assert here == [2, 2, 2, 2, 1]
    assert found("viaduct") == articles[::-1]
    assert len(found("dawn", Kind.QUOTE)) == 9


def test_those_who_wait_are_told_how_far_a_build_is(index_directory):
    for _ in range(3):
        make_article()
    told = []
    sync.build(lambda articles: told.append(Builds(index_directory).progress()))
    assert told == [(3, 3)]
    assert Builds(index_directory).progress() is None


def test_progress_counts_articles():
    for _ in range(3):
        make_article()
    seen = []
    sync.rebuild(seen.append)
    assert sum(seen) == 3


def test_an_edit_does_not_wait_for_all_reports_of_somebody_renamed(monkeypatch):
    monkeypatch.setattr(sync, "CHUNK", 1)
    for number in range(4):
        make_report_with_quote(f"Report {number}")
    article = make_article("Viaduct")
    drain()
    rename(Person.objects.get(), "Vera Brandt")
    told = []

    def edit(articles):
        """After the first slice somebody edits a report; the next slice is not taken in before that is found."""
        if len(told) == 1:
            Article.objects.filter(pk=article.pk).update(title="Aqueduct")
        elif len(told) == 3:
            assert found("aqueduct") == [article.pk]
        told.append(articles)

    with WriterLock() as lock, sync.Index(lock, progress=edit) as index:
        assert lock.acquire()
        index.drain()
    assert len(told) >= 4
    assert len(found("brandt", Kind.QUOTE)) == 4
    assert not OutboxEntry.objects.exists()
