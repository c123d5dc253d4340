"""The reports that readers may see as a list, the newest first, with how many there are by time and outlet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from archive.search.engine import Snapshot
from archive.search.query import All, Column, Condition, Members, Not, Published
from archive.search.readers import with_snapshot
from archive.search.results import Kind, Sort, Tally

MOST_YEARS = 10_000
MOST_OUTLETS = 10_000

Answer = TypeVar("Answer")


class Reports:
    """Those of one commit of the index that meet a condition: all its numbers agree."""

    def __init__(self, snapshot: Snapshot, condition: Condition):
        self._snapshot, self._condition = snapshot, condition

    def of_outlet(self, key: int) -> Reports:
        return self._with(Members(Column.OUTLET, (key,)))

    def between(self, earliest: date, latest: date) -> Reports:
        """Those that may have been published on one of these days."""
        return self._with(Published(earliest, latest))

    def undated(self) -> Reports:
        return self._with(Not(Published(None, date.max)))

    def _with(self, condition: Condition) -> Reports:
        return Reports(self._snapshot, All((self._condition, condition)))

    def count(self) -> int:
        return self._snapshot.count(Kind.REPORT, self._condition)

    def __getitem__(self, rows: slice) -> list[int]:
        """The keys of these rows."""
        offset = rows.start or 0
        limit = rows.stop - offset
        if limit <= 0:
            return []
        return self._snapshot.search(Kind.REPORT, self._condition, sort=Sort.NEWEST, offset=offset, limit=limit)

    def count_undated(self) -> int:
        return self._by_year().undated

    def years(self) -> list[tuple[int, int]]:
        """The years in which one may have been published, in order, each with how many may."""
        return sorted((int(year), count) for year, count in self._by_year().values[Column.YEAR])

    def _by_year(self) -> Tally:
        return self._snapshot.tally(Kind.REPORT, self._condition, {Column.YEAR: MOST_YEARS})

    def by_days(self, days: Sequence[int]) -> list[int]:
        """How many may have been published between each two of these ascending ordinals: [first, next)."""
        return self._snapshot.by_days(Kind.REPORT, self._condition, days)

    def by_outlet(self) -> dict[int, int]:
        """How many each outlet has, by its key; those with the most come first."""
        tally = self._snapshot.tally(Kind.REPORT, self._condition, {Column.OUTLET: MOST_OUTLETS})
        return {int(key): count for key, count in tally.values[Column.OUTLET]}


def with_reports(read: Callable[[Reports], Answer]) -> Answer:
    """What `read` makes of all reports; it may be called twice. Raises NotReady."""
    return with_snapshot(lambda snapshot: read(Reports(snapshot, All())))
