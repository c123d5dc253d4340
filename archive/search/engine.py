"""What the archive asks of a search engine, so that another can take the place of the embedded one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from archive.search.documents import Document
from archive.search.query import Question
from archive.search.results import Hit, Kind


class EngineError(Exception):
    """The engine failed: its index is missing or damaged, the disk is full."""


class EngineBusy(EngineError):
    """Another writer is at work on the index."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, in the order of score and then key, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


class Reader(Protocol):
    """Searches what was last committed. Any number of threads may share one."""

    def search(self, question: Question, kind: Kind, *, offset: int, limit: int) -> Found: ...


class Writer(Protocol):
    """Takes documents in. There is one at a time; nothing can be found before `commit`."""

    def replace(self, articles: Collection[int], documents: Iterable[Document]) -> None:
        """Put these documents in the place of all that the articles had."""

    def commit(self) -> None: ...

    def close(self) -> None:
        """Let go of the index and wait for its merges; what was not committed is dropped."""
