"""The reader of the index in use, one in every process that asks; it knows when there is none."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from archive.search.builds import Builds
from archive.search.embedded import EmbeddedReader
from archive.search.engine import EngineError, Reader, Snapshot

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class NotReady(Exception):
    """There is no index that this version of the archive can read; the worker builds one."""


def build_progress() -> tuple[int, int] | None:
    """How many articles the index that is being built holds already, and of how many; None while none is built."""
    return Builds(settings.SEARCH_INDEX_DIR).progress()


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


def with_snapshot(read: Callable[[Snapshot], Answer]) -> Answer:
    """What `read` makes of the index as it is now; raises NotReady where it cannot be read.

    `read` may be called twice: the build it met may just have been replaced and removed.
    """
    try:
        return _read(read)
    except EngineError:
        _readers.forget()
    try:
        return _read(read)
    except EngineError as error:
        log.warning("The search index cannot be read: %s", error)
        _readers.forget()
        raise NotReady from error


def _read(read: Callable[[Snapshot], Answer]) -> Answer:
    reader = _readers.current()
    if reader is None:
        raise NotReady
    return read(reader.snapshot())
