"""What a search gives back: hits, and pieces of text of which some were found."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is searched for; each kind has an index of its own."""

    REPORT = "report"
    QUOTE = "quote"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of plain text, never markup: templates escape it and mark it where it was found."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found; `key` is the primary key of the Article or Quote."""

    key: int
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, how many there are in all, and hints for who asked.

    `ready` is False while there is no index that this version of the archive can read; the worker builds one.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    hints: tuple[str, ...] = ()
    ready: bool = True
