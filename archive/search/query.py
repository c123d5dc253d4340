"""What a search asks for: a tree of conditions that a report or a quote meets or does not.

The tree knows nothing of any engine, nor of what was typed; parsing.py makes it from typed text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Place(StrEnum):
    """The texts of a document in which words are looked for."""

    TEXT = "text"
    TITLE = "title"
    SPEAKER = "speaker"  # as printed, where the archive has no record of who spoke
    ROLE = "role"  # as printed


class Column(StrEnum):
    """What else is known of a document; each can be filtered by and counted."""

    OUTLET = "outlet"
    SPEAKER = "speaker"
    ABOUT = "about"
    YEAR = "year"
    QUOTE_KIND = "quote_kind"


class NamedBy(StrEnum):
    """The fields of a question that name somebody or an outlet."""

    SPEAKER = "by"
    ABOUT = "about"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Words:
    """Has one of the spellings: words side by side, or, with `slop`, with so many other words between them at most; two
    or three in any order, more in this one.

    Spellings are of plain words where `exact`, else of words to be stemmed. With `prefix` the only word may go on.
    `typed` is what the reader wrote.
    """

    spellings: tuple[tuple[str, ...], ...]
    exact: bool = False
    place: Place = Place.TEXT
    slop: int = 0
    prefix: bool = False
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Said by, about or published by one whose name has all these words; to be resolved into `Members`."""

    by: NamedBy
    words: str


@dataclass(frozen=True, slots=True)
class Members:
    """One of the column's values is among these."""

    column: Column
    values: tuple[int, ...] | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """May have been published on a day between these two, both included; None is no bound."""

    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """Is one of these records."""

    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Meets every one of the conditions; with none, everything does."""

    conditions: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """Meets at least so many of the conditions; with none, nothing does."""

    conditions: tuple["Condition", ...] = ()
    least: int = 1


@dataclass(frozen=True, slots=True)
class Not:
    """Does not meet the condition."""

    condition: "Condition"


Condition = Words | Named | Members | Published | Keys | All | Any | Not
NOTHING = Any()


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked: bare words, any of which is enough, or a condition whose parts are all required.

    `bare` is empty where there is an operator, a field or a phrase. `hints` say what was not understood.
    """

    bare: tuple[Words, ...] = ()
    required: Condition | None = None
    hints: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        return not self.bare and self.required is None

    @property
    def condition(self) -> Condition:
        """What is found at all."""
        if self.required is not None:
            return self.required
        return self.bare[0] if len(self.bare) == 1 else Any(self.bare)

    def with_at_least(self, words: int) -> Condition:
        """What has at least so many of the bare words."""
        return self.bare[0] if len(self.bare) == 1 else Any(self.bare, least=words)

    def words(self) -> tuple[Words, ...]:
        """The words and phrases to be marked in a text: not those of names and roles, nor what must not be there."""
        return self.bare or tuple(dict.fromkeys(_in_text(self.required)))

    def names(self) -> str:
        """The words that may be somebody's name: the first that are said to be one, else all."""
        if self.blank:
            return ""
        said = [part.words for part in _leaves(self.condition) if isinstance(part, Named) and part.by != NamedBy.OUTLET]
        words = [part for part in _leaves(self.condition) if isinstance(part, Words) and not part.prefix]
        return said[0] if said else " ".join(" ".join(part.spellings[0]) for part in words if part.place == Place.TEXT)

    def relaxed(self) -> "Question | None":
        """The question to ask where nothing was found: of the words any is enough, all else, phrases among it, stays
        required.

        None where that is the same question.
        """
        words = dict.fromkeys(
            Words(((word,),), typed=word if len(spelling) > 1 else part.typed)
            for part in self.words()
            if _is_loose(part)
            for spelling in part.spellings
            for word in spelling
        )
        others = tuple(_others(self.required)) if self.required is not None else ()
        if not words or tuple(words) == self.bare:
            return None
        if not others:
            return replace(self, bare=tuple(words), required=None)
        phrases = not all(map(_is_loose, self.words()))
        relaxed = All(others) if phrases else All((*others, Any(tuple(words))))
        return None if relaxed == self.required else replace(self, required=relaxed)


def _in_text(condition: Condition | None) -> Iterator[Words]:
    if condition is not None:
        for part in _leaves(condition):
            if isinstance(part, Words) and part.place in (Place.TEXT, Place.TITLE):
                yield part


def _leaves(condition: Condition) -> Iterator[Condition]:
    """The conditions that others are made of, without those that must not be met."""
    match condition:
        case All(conditions) | Any(conditions):
            for part in conditions:
                yield from _leaves(part)
        case Not():
            return
        case _:
            yield condition


def _is_loose(words: Words) -> bool:
    return words.place == Place.TEXT and not words.exact


def _others(condition: Condition) -> Iterator[Condition]:
    """The required parts that are not loose words."""
    match condition:
        case Words() if _is_loose(condition):
            return
        case All(conditions):
            for part in conditions:
                yield from _others(part)
        case Any() if all(map(_is_loose, _in_text(condition))) and any(True for _ in _in_text(condition)):
            return
        case _:
            yield condition
