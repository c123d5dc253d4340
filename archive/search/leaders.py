"""Which values of a column can be the commonest of what was found, so that not all of them are counted.

Counting everybody who speaks in a million reports takes eighty milliseconds, though only the first eight are shown.
No value can be had by more of the documents found than have it at all, so that where the ninth of some values is had by
more than any other value can be, the rest need not be counted: the threshold algorithm of Fagin, Lotem and Naor (2001).
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

RANKED = 500  # values whose documents are known
LEAST_FOUND = 50_000  # documents; of fewer all values are counted as quickly
MOST_TRIED = 40  # values that are counted one by one; all are counted as quickly as more of them
CAUTION = 0.8  # of the documents that the last value wanted may be expected to have
STALE = 0.02  # operations for each document after which the values are ranked anew


@dataclass(frozen=True, slots=True)
class Ranking:
    """The values that most documents have, the most first; how many no other value exceeds, and when that was.

    `operations` is how many documents had been added and deleted by then, at least and at most.
    """

    values: tuple[tuple[int | str, int], ...]
    others: int
    operations: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Leading:
    """Values to count one by one. They have the commonest among them if the last of those that are wanted is had by
    more documents than `others`."""

    values: tuple[int | str, ...]
    others: int


class Leaders:
    """The rankings of an index, which hold for all its commits: a value gains one document an operation at most."""

    def __init__(self) -> None:
        self._rankings: dict[Hashable, Ranking] = {}

    def leading(
        self,
        what: Hashable,
        rank: Callable[[], Ranking],
        *,
        most: int,
        found: int,
        documents: int,
        operations: tuple[int, int],
    ) -> Leading | None:
        """What to count for the `most` commonest values of a column in so many documents found among all; None where
        counting all its values is as quick. `what` names the column, `rank` ranks its values anew. `operations` are
        those up to the commit that is asked, at least and at most; it may be older than the ranking.
        """
        if found < LEAST_FOUND:
            return None
        ranking = self._rankings.get(what)
        if ranking is None or operations[1] - ranking.operations[0] > STALE * documents:
            self._rankings[what] = ranking = rank()
        gained = max(operations[1] - ranking.operations[0], ranking.operations[1] - operations[0])
        if len(ranking.values) < most:
            return None
        expected = CAUTION * found / documents * ranking.values[most - 1][1]
        bounds = [count + gained for _, count in ranking.values[1:]] + [ranking.others + gained]
        number = next((place for place, bound in enumerate(bounds, 1) if place >= most and bound < expected), None)
        if number is None or number > MOST_TRIED:
            return None
        return Leading(tuple(value for value, _ in ranking.values[:number]), bounds[number - 1])
