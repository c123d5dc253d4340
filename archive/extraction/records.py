"""What extraction returns: quotations, the people of a report, and where each stands in its text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class QuoteKind(StrEnum):
    """How the words are given: whole in quote marks, partly in quote marks, or without any."""

    DIRECT = "direct"
    MIXED = "mixed"
    REPORTED = "reported"


class SpeakerKind(StrEnum):
    """What the speaker is; only a person has a page."""

    PERSON = "person"
    ORGANISATION = "organisation"
    UNNAMED = "unnamed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person's name as printed, without title and rank: half-open character offsets into the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the report names in full."""

    name: str
    """The fullest form met, without rank, title and office."""
    forms: tuple[str, ...]
    """Every form met in print, `name` first."""
    roles: tuple[str, ...]
    """Ranks, titles and offices as printed, in order of appearance."""
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation with the evidence for its speaker; offsets are half open, quote marks included."""

    start: int
    end: int
    kind: QuoteKind
    speaker_kind: SpeakerKind
    person: int | None
    """Index into `Extraction.people`; None for a person whom the report never names in full."""
    speaker_start: int | None
    speaker_end: int | None
    role: str
    cue_start: int | None
    cue_end: int | None
    rule: str
    confidence: float
    speaker_name: str = ""
    """Who "he" or "the general" is, as far as the report tells: full name, surname or body; else empty."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one text, in the order of the text."""

    quotes: tuple[Quote, ...]
    people: tuple[Person, ...]
