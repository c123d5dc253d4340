"""What extraction returns: quotations, people and organisations of a report, and where each stands in its text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class QuoteKind(StrEnum):
    """How the words are given: whole in quote marks, partly in quote marks, or without any."""

    DIRECT = "direct"
    MIXED = "mixed"
    REPORTED = "reported"


class SpeakerKind(StrEnum):
    """What the speaker is; a person or an organisation that the report names has a page."""

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
    """The fullest form met, without rank, title and office; of wire copy all in capitals, in ordinary case."""
    forms: tuple[str, ...]
    """Every form met in print, `name` first."""
    roles: tuple[str, ...]
    """Ranks, titles and offices as printed, in order of appearance."""
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that speaks and that the report names so that it is known which: "Kabul police", not "police"."""

    name: str
    """The fullest form met, without its article."""
    forms: tuple[str, ...]
    """Every form met in print, `name` first: "Syrian Observatory for Human Rights", "SOHR", "Observatory"."""
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may have spoken where the evidence does not decide; indices into the extraction's lists."""

    person: int | None
    organisation: int | None
    name: str
    """As the report names them: "Lind", "the ministry"."""
    start: int
    end: int
    """Where they are named, half open."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation with the evidence for its speaker; offsets are half open, quote marks included.

    Of reported speech, the offsets are those of the clause that tells what was said.
    """

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
    organisation: int | None = None
    """Index into `Extraction.organisations`; None for a body that the report never names ("police")."""
    negated: bool = False
    """Whether the report says that this was not said: "has not confirmed that …"; only of reported speech."""
    chain: tuple[Mention, ...] = ()
    """From the words beside the quotation to the fullest name: "he", "Nicholson", "U.S. Army Gen. John Nicholson"."""
    candidates: tuple[Candidate, ...] = ()
    """Who may have spoken, where `speaker_kind` is unknown; the likeliest first."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one text, in the order of the text."""

    quotes: tuple[Quote, ...]
    people: tuple[Person, ...]
    organisations: tuple[Organisation, ...] = ()
