"""What the archive asks of a search engine, so that another can take the place of the embedded one.

tests/search/test_engine.py holds an engine to it.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from archive.search.documents import Document
from archive.search.query import Column, Condition
from archive.search.results import Kind, Sort, Tally

Answer = TypeVar("Answer")


class EngineError(Exception):
    """The engine failed: its index is missing or damaged, the disk is full."""


class EngineBusy(EngineError):
    """Another writer is at work on the index."""


class Snapshot(Protocol):
    """The index as it was committed last when the snapshot was taken. Any number of threads may share one.

    Conditions have no `Named` in them. All may raise EngineError.
    """

    def once(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """What `make` gave for this key when the snapshot was first asked for it."""

    def search(
        self,
        kind: Kind,
        condition: Condition,
        *,
        sort: Sort = Sort.RELEVANCE,
        offset: int = 0,
        limit: int = 20,
        favoured: Mapping[str, float] | None = None,
    ) -> list[int]:
        """The keys of hits. `favoured` stems add to the score of what is found anyway, by their weight."""

    def count(self, kind: Kind, condition: Condition, first: int = 0) -> int:
        """How many there are. Where that many of the best will be asked for, they are found with it: to find them
        afterwards may take as long again."""

    def following(
        self, kind: Kind, condition: Condition, *, sort: Sort, after: int | None, limit: int
    ) -> list[tuple[int, int]]:
        """The next hits by date or arrival as (place, key), to go through any number at the same speed.

        `after` is the place of the last one had, None at the beginning.
        """

    def tally(
        self, kind: Kind, condition: Condition, columns: Mapping[Column, int], among: Collection[int] | None = None
    ) -> Tally:
        """How many documents have each value of the columns; at most so many values of each, all `among` these."""

    def by_days(self, kind: Kind, condition: Condition, days: Sequence[int]) -> list[int]:
        """How many may have been published between each two of these ascending ordinals: [first, next)."""

    def having(self, kind: Kind, condition: Condition, keys: Collection[int]) -> set[int]:
        """Those of the keys whose documents meet the condition."""

    def most_like(self, stems: Mapping[str, float], limit: int) -> list[int]:
        """The keys of the reports that have most of these stems, each by its weight; the best first."""

    def frequency(self, stem: str) -> int:
        """How many reports have the stem."""

    def size(self, kind: Kind) -> int:
        """How many documents there are."""

    def words(self, prefix: str) -> list[tuple[str, int]]:
        """All plain words that begin so, each with the number of reports that have it."""

    def phrases(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The phrases of titles that begin so, the most frequent first."""


class Reader(Protocol):
    """Reads one build of the index."""

    def snapshot(self) -> Snapshot: ...


class Writer(Protocol):
    """Takes documents in. There is one at a time; nothing can be found before `commit`."""

    def replace(self, articles: Collection[int], documents: Iterable[Document]) -> None:
        """Put these documents in the place of all that the articles had."""

    def commit(self) -> None: ...

    def close(self) -> None:
        """Let go of the index and wait for its merges; what was not committed is dropped."""
