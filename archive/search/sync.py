"""Brings the index level with the database: drains the outbox, builds the index anew.

The order is everything: read entries, write documents, commit the index, then delete the entries that were read.
Killed at any point this loses nothing; at worst a batch is done again.
"""

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial

import django
from django.conf import settings
from django.db import transaction

from archive.models import Article, OutboxEntry, Quote
from archive.processes import in_order, start_command
from archive.search.builds import Builds
from archive.search.documents import CHUNK, all_articles, documents_of, some_reports
from archive.search.embedded import EmbeddedReader
from archive.search.embedded_writer import EmbeddedWriter
from archive.search.engine import EngineBusy, EngineError, Writer
from archive.search.filling import filled
from archive.search.lock import WriterLock, somebody_writes, wake_writer
from archive.search.pairs import CommonWords, common_words
from archive.search.results import Kind

log = logging.getLogger(__name__)

BATCH = 400  # entries of the outbox to a commit: more would keep an edit waiting for a second
SAMPLED = 2000  # reports that tell the common words of all
GROWN, LARGE = 10, 50_000  # times as many reports as it was built of: its common words are no more those of this many
SPEAKERS = {OutboxEntry.Kind.PERSON: "speaker", OutboxEntry.Kind.ORGANISATION: "organisation"}

Progress = Callable[[int], None]


class Stopped(Exception):
    """Somebody asked the process to end; what was not committed will be done again."""


def ignore(articles: int) -> None:
    """No progress to report."""


def go_on() -> None:
    """Nothing speaks against it."""


def never() -> bool:
    return False


def build(progress: Progress = ignore, may_go_on: Callable[[], None] = go_on) -> None:
    """Build the index anew from the database and put it to use; until then the old one answers.

    For the holder of the writer's lock. `progress` hears of each chunk of articles; `may_go_on` is asked before each
    and before the build is put to use, and stops it by what it raises.
    """
    builds = Builds(settings.SEARCH_INDEX_DIR)
    done, total = 0, Article.objects.visible().count()
    begun = builds.begin()
    try:
        builds.note_progress(done, total)
        common = CommonWords(common_words(some_reports(SAMPLED)), total)
        common.keep_in(begun)
        with (
            closing(EmbeddedWriter(begun)) as writer,
            closing(in_order(partial(filled, common), all_articles(), os.cpu_count() or 1, django.setup)) as chunks,
        ):
            for articles, documents in chunks:
                may_go_on()
                for kind, document in documents:
                    writer.add(kind, document)
                done += articles
                builds.note_progress(done, total)
                progress(articles)
            writer.commit()
        may_go_on()
    except BaseException:
        builds.remove(begun)
        raise
    finally:
        builds.end_progress()
    builds.use(begun)


class Index:
    """The index of who holds the writer's lock: opened when it is first written to, built where it cannot be used."""

    def __init__(self, lock: WriterLock, progress: Progress = ignore, stopping: Callable[[], bool] = never):
        self._lock = lock
        self._builds = Builds(settings.SEARCH_INDEX_DIR)
        self._writer: EmbeddedWriter | None = None
        self._stamp: tuple[int, int] | None = None
        self._progress = progress
        self._stopping = stopping

    def __enter__(self) -> "Index":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        writer, self._writer = self._writer, None
        if writer:
            writer.close()

    def rebuild(self) -> None:
        self.close()
        with self._lock.clearing_all():
            build(self._progress, self._may_go_on)

    def check(self) -> None:
        """Build the index where there is none, where it is damaged or of an older schema, or where somebody asked."""
        build = self._builds.current()
        reason = "a rebuild was asked for" if self._builds.rebuild_wanted() else self._fault()
        if reason:
            log.info("Building the search index: %s.", reason)
            self.rebuild()
            log.info("The search index is built.")
        elif build:
            self._builds.remove_others(build)

    def _fault(self) -> str:
        build = self._builds.current()
        if build is None:
            return "there is none of this version"
        try:
            reader = EmbeddedReader(build)
        except EngineError as error:
            return f"it is damaged ({error})"
        reports = reader.snapshot().size(Kind.REPORT)
        if reports >= max(GROWN * reader.common.reports, LARGE):
            return f"it was built of {reader.common.reports} reports and has {reports} now"
        return ""

    def drain(self) -> None:
        """Take in all entries of the outbox; where the index cannot take them it is built anew.

        Changed articles come first, and again between the slices of those in which somebody speaks whose name has
        changed: they may be a hundred thousand, and an edit is to be found within a second.

        Raises EngineBusy while another process still writes, EngineError where building fails too.
        """
        while True:
            self._drain_articles()
            entries = self._lock.entries(SPEAKERS, BATCH)
            if not entries:
                return
            for chunk in _chunks(_articles_of(entries)):
                self._take_in_or_rebuild(chunk)
                self._drain_articles()
            self._lock.clear(entries)

    def _drain_articles(self) -> None:
        while entries := self._lock.entries([OutboxEntry.Kind.ARTICLE], BATCH):
            self._take_in_or_rebuild(sorted({key for *_, key in entries}))
            self._lock.clear(entries)

    def _take_in_or_rebuild(self, articles: list[int]) -> None:
        try:
            self._take_in(articles)
        except EngineBusy:
            raise
        except EngineError as error:
            log.warning("Building the search index anew, as it cannot be written: %s", error)
            self.rebuild()

    def _take_in(self, articles: list[int]) -> None:
        writer = self._opened()
        for chunk in _chunks(articles):
            self._may_go_on()
            writer.replace(chunk, documents_of(chunk))
            self._progress(len(chunk))
        writer.commit()

    def _may_go_on(self) -> None:
        if self._stopping():
            raise Stopped
        # Whoever else has the lock by now may have drained into the index that is in use.
        self._lock.confirm()

    def _opened(self) -> Writer:
        if self._writer is None or self._stamp != self._builds.stamp():
            self.close()
            build = self._builds.current()
            if build is None:
                raise EngineError("the search index has gone")
            self._stamp = self._builds.stamp()
            self._writer = EmbeddedWriter(build)
        return self._writer


def _articles_of(entries: Iterable[tuple[int, str, int]]) -> list[int]:
    """The articles in which these people and organisations speak: their names stand in the documents of their quotes.

    (An outlet stands in the documents by its key, which never changes: its names are not watched.)
    """
    keys: dict[str, set[int]] = {kind: set() for kind in SPEAKERS}
    for _, kind, key in entries:
        keys[kind].add(key)
    articles: set[int] = set()
    for kind, field in SPEAKERS.items():
        spoken_in = Quote.objects.filter(**{f"{field}__in": keys[kind]}).order_by()
        articles.update(spoken_in.values_list("article", flat=True).distinct().iterator())
    return sorted(articles)


def _chunks(articles: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(articles), CHUNK):
        yield articles[start : start + CHUNK]


def drain_if_nobody_does(progress: Progress = ignore) -> bool:
    """Bring the index level with the database, building it where need be; False where another process does that.

    An entry that is committed after the last look at the outbox, while its writer still sees the lock held and so
    starts nobody, is found by looking again after the lock is released.
    """
    drained = False
    with WriterLock() as lock:
        while lock.acquire():
            with Index(lock, progress) as index:
                index.check()
                index.drain()
            lock.release()
            drained = True
            if not lock.has_entries():
                break
    return drained


def is_behind() -> bool:
    """Whether there are changes that the index does not know and that nobody is taking in: the worker is off."""
    return OutboxEntry.objects.exists() and not somebody_writes()


def rebuild(progress: Progress = ignore) -> bool:
    """Build the index anew and drain what is written meanwhile; False where another process holds the lock."""
    with WriterLock() as lock:
        if not lock.acquire():
            return False
        with Index(lock, progress) as index:
            index.rebuild()
            index.drain()
    drain_if_nobody_does()
    return True


def ask_for_rebuild() -> None:
    """Have whoever holds the writer's lock, or takes it next, build the index anew."""
    Builds(settings.SEARCH_INDEX_DIR).want_rebuild()
    wake_writer()


def rebuild_asked_for() -> bool:
    return Builds(settings.SEARCH_INDEX_DIR).rebuild_wanted()


def drain_in_background() -> None:
    """After the current transaction, drain in a process of its own, which this one does not wait for.

    Where somebody holds the lock they will see to it: the worker is told of every change, all others look again
    after letting go of it.
    """
    transaction.on_commit(_start_draining)


def _start_draining() -> None:
    if not somebody_writes():
        start_command("sync_index")
