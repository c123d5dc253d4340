"""What holds of an extraction, whatever the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.extraction import Extraction, Mention, QuoteKind, SpeakerKind, extract
from archive.extraction.marks import MARK

WORD = re.compile(r"[^\W_]+")


def check(text: str, furniture: Sequence[tuple[int, int]] = ()) -> Extraction:
    """Extracts twice, asserts all that must hold, and gives what was found."""
    found = extract(text, furniture)
    assert extract(text, furniture) == found
    quoted = start = 0
    for quote in found.quotes:
        _inside(text, quote.start, quote.end)
        assert text[quote.start : quote.end].strip()
        assert start <= quote.start, "in the order of the text"
        start = quote.start
        if quote.kind is not QuoteKind.REPORTED:
            assert MARK.match(text, quote.start)
            assert quoted <= quote.start, "quoted words lie apart"
            quoted = quote.end
            assert not quote.negated
        _optional(text, quote.speaker_start, quote.speaker_end)
        _optional(text, quote.cue_start, quote.cue_end)
        _bearer(found, quote.person, quote.organisation)
        assert quote.person is None or quote.speaker_kind is SpeakerKind.PERSON
        assert quote.organisation is None or quote.speaker_kind is SpeakerKind.ORGANISATION
        assert 0 <= quote.confidence <= 1
        assert quote.rule
        _all_inside(text, quote.chain)
        for candidate in quote.candidates:
            _inside(text, candidate.start, candidate.end)
            _bearer(found, candidate.person, candidate.organisation)
    for person in found.people:
        assert len(WORD.findall(person.name)) > 1, "a surname alone is nobody"
    for named in (*found.people, *found.organisations):
        assert named.mentions and named.forms[0] == named.name.strip() != ""
        _all_inside(text, named.mentions)
    for person in found.people:
        assert {" ".join(text[place.start : place.end].split()) for place in person.mentions} <= set(person.forms)
    return found


def _inside(text: str, start: int, end: int) -> None:
    assert 0 <= start < end <= len(text)


def _all_inside(text: str, places: Sequence[Mention]) -> None:
    for place in places:
        _inside(text, place.start, place.end)


def _optional(text: str, start: int | None, end: int | None) -> None:
    assert (start is None) == (end is None)
    if start is not None and end is not None:
        _inside(text, start, end)
        assert text[start:end].strip()


def _bearer(found: Extraction, person: int | None, organisation: int | None) -> None:
    assert person is None or 0 <= person < len(found.people)
    assert organisation is None or 0 <= organisation < len(found.organisations)
    assert person is None or organisation is None
