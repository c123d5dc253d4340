"""What a search gives back: hits, counts, and pieces of text of which some were found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from archive.search.query import Column


class Kind(StrEnum):
    """What is searched for; each kind has an index of its own."""

    REPORT = "report"
    QUOTE = "quote"


class Sort(StrEnum):
    """The order of hits. Of equals the newest record comes first; the undated come last by either date."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    ADDED = "added"  # what came into the archive last comes first


class Match(StrEnum):
    """How many of the bare words a hit must have."""

    ANY = "any"
    HALF = "half"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of plain text, never markup: templates escape it and mark it where it was found."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found; `key` is the primary key of the Article or Quote, `lacking` the typed words it has not."""

    key: int
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many documents there are, how many of them have no date, and how many have each value of a column.

    The values are those that most documents have, the most first.
    """

    total: int = 0
    undated: int = 0
    values: Mapping[Column, tuple[tuple[int | str, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, how many are listed in all, and hints for who asked.

    `counts` says how many have any, at least half and all of the bare words, where there is more than one word;
    `match` is which of these are listed, `close` which are counted for facets. `ready` is False while there is no
    index that this version of the archive can read; the worker builds one.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    match: Match = Match.ANY
    close: Match = Match.ANY
    counts: Mapping[Match, int] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    ready: bool = True
