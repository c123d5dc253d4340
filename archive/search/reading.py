"""Answers questions in every process that asks some: one reader for each, which follows the index in use."""

import logging
import threading
from pathlib import Path

from django.conf import settings

from archive.search.builds import Builds
from archive.search.embedded import EmbeddedReader
from archive.search.engine import EngineError, Reader
from archive.search.query import Question, parse
from archive.search.results import Kind, Results

log = logging.getLogger(__name__)

NOTHING_HAS_ALL = "Nothing has all of this. Shown is what has some of it."


class Readers:
    """The reader of the build in use; another is opened when another build is put to use."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reader: Reader | None = None
        self._opened: tuple[Path, tuple[int, int]] | None = None

    def current(self) -> Reader | None:
        """None while there is no index that can be read."""
        builds = Builds(settings.SEARCH_INDEX_DIR)
        stamp = builds.stamp()
        opened = stamp and (builds.directory, stamp)
        with self._lock:
            if opened is None or opened != self._opened:
                self._reader = self._opened = None
                build = builds.current()
                if opened and build:
                    self._reader = EmbeddedReader(build)
                    self._opened = opened
            return self._reader

    def forget(self) -> None:
        """Open the index anew for the next question."""
        with self._lock:
            self._reader = self._opened = None


_readers = Readers()


def search(words: str, kind: Kind, *, offset: int = 0, limit: int = 20) -> Results:
    """The best hits for the words somebody typed, whatever they typed; query.py says how they are read.

    Where nothing has all that is required, what has some of it is found instead, and a hint says so.
    """
    question = parse(words)
    try:
        return _answer(question, kind, offset, limit)
    except EngineError:
        # The build may just have been replaced and removed; the new one is there.
        _readers.forget()
    try:
        return _answer(question, kind, offset, limit)
    except EngineError as error:
        log.warning("The search index cannot be read: %s", error)
        _readers.forget()
        return Results(hints=question.hints, ready=False)


def _answer(question: Question, kind: Kind, offset: int, limit: int) -> Results:
    reader = _readers.current()
    if reader is None:
        return Results(hints=question.hints, ready=False)
    found = reader.search(question, kind, offset=offset, limit=limit)
    relaxed = question.relaxed() if not found.total else None
    if relaxed is None:
        return Results(found.hits, found.total, question.hints)
    found = reader.search(relaxed, kind, offset=offset, limit=limit)
    hints = (*question.hints, NOTHING_HAS_ALL) if found.total else question.hints
    return Results(found.hits, found.total, hints)
