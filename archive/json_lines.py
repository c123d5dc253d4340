"""A report as a JSON line in, its quotations as a JSON line out; knows no database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive.extraction import Extraction, Quote, SpeakerKind, extract
from archive.importing.documents import Document
from archive.reading.furniture import furniture
from archive.reading.mapping import Run, original_place
from archive.reading.mending import mend


@dataclass(frozen=True, slots=True)
class Answer:
    """What a line gave: `line`, or the `problem` why it gave none. `name` says which one it was."""

    name: str
    line: str = ""
    problem: str = ""


class UnusableLine(ValueError):
    """What is wrong with a line, as the end of a sentence that begins with its number."""


def answer(document: Document) -> Answer:
    """The answer to a line, whatever is the matter with it."""
    if document.problem:
        return Answer(document.name, problem=document.problem)
    try:
        return Answer(document.name, answered(document.data))
    except UnusableLine as error:
        return Answer(document.name, problem=str(error))


def answered(line: bytes) -> str:
    """The line of JSON that tells of the quotations in the report of a line, {"id", "text"}.

    The id is given back as it is, null where there is none; other keys are ignored. Raises UnusableLine.
    """
    report = _report(text_of(line))
    if report.get("text") is None:
        raise UnusableLine('has no "text"')
    if not isinstance(report["text"], str):
        raise UnusableLine('has a "text" that is not a string')
    return answered_for(report.get("id"), report["text"])


def answered_for(identifier: Any, text: str) -> str:
    """The same of a report's id, any JSON value, and text. Raises UnusableLine for an id that no JSON can hold."""
    found = {"id": identifier, "quotes": quotes_in(text)}
    try:
        line = json.dumps(found, ensure_ascii=False, allow_nan=False)
    except (ValueError, RecursionError):
        raise UnusableLine('has an "id" that cannot be written again') from None
    # Half a surrogate pair, which JSON can spell out and UTF-8 cannot hold.
    return line if _is_writable(line) else json.dumps(found)


def text_of(data: bytes) -> str:
    """The characters of UTF-8. Raises UnusableLine."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise UnusableLine(f"is not UTF-8: {error.reason} at byte {error.start + 1}") from None


def quotes_in(text: str) -> list[dict[str, Any]]:
    """The quotations in a report's text, as an import finds them: mended first, page furniture passed over.

    Offsets are half open and count the characters of `text` as it is given, not as it was mended.
    """
    mended = mend(text)
    found = extract(mended.text, [(span.start, span.end) for span in furniture(mended.text)])
    printed = Printed(text, mended.runs)
    return [quote_as_json(quote, found, printed) for quote in found.quotes]


class Printed:
    """The text as it was given, by the offsets of the mended one."""

    def __init__(self, text: str, runs: Sequence[Run]) -> None:
        self._text = text
        self._runs = runs

    def stretch(self, start: int | None, end: int | None) -> tuple[int, int, str] | tuple[None, None, None]:
        """The offsets in the given text, and what stands there."""
        place = original_place(self._runs, start, end) if start is not None and end is not None else None
        return (*place, self._text[slice(*place)]) if place else (None, None, None)


def quote_as_json(quote: Quote, found: Extraction, printed: Printed) -> dict[str, Any]:
    """A quotation as JSON holds it."""
    start, end, words = printed.stretch(quote.start, quote.end)
    speaker_start, speaker_end, speaker_text = printed.stretch(quote.speaker_start, quote.speaker_end)
    named = quote.speaker_kind is not SpeakerKind.UNNAMED  # "a security official" is no name
    told: dict[str, Any] = {
        "start": start,
        "end": end,
        "text": words,
        "kind": str(quote.kind),
        "speaker_text": speaker_text,
        "speaker_start": speaker_start,
        "speaker_end": speaker_end,
        "speaker_full": _full_name(quote.person, quote.organisation, quote.speaker_name, found) if named else None,
        "speaker_kind": str(quote.speaker_kind),
        "role": quote.role or None,
        "cue_text": printed.stretch(quote.cue_start, quote.cue_end)[2],
        "rule": quote.rule,
        "confidence": quote.confidence,
    }
    if quote.negated:
        told["negated"] = True
    if len(quote.chain) > 1:
        told["chain"] = [printed.stretch(one.start, one.end) for one in quote.chain]
    if quote.candidates:
        told["candidates"] = [
            {
                "speaker_full": _full_name(one.person, one.organisation, one.name, found),
                **dict(zip(("start", "end", "text"), printed.stretch(one.start, one.end), strict=True)),
            }
            for one in quote.candidates
        ]
    return told


def _full_name(person: int | None, organisation: int | None, name: str, found: Extraction) -> str | None:
    if person is not None:
        return found.people[person].name
    if organisation is not None:
        return found.organisations[organisation].name
    return name or None


def _report(line: str) -> dict[str, Any]:
    try:
        report = json.loads(line, parse_constant=_no_json)
    except json.JSONDecodeError as error:
        raise UnusableLine(f"is not JSON: {error.msg} at character {error.pos + 1}") from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, UnusableLine):
            raise
        raise UnusableLine("is not usable JSON: its numbers are too long or it is nested too deep") from None
    if not isinstance(report, dict):
        raise UnusableLine('is JSON, but no object with "id" and "text"')
    return report


def _no_json(word: str) -> None:
    raise UnusableLine(f"is not JSON: {word} is no value of it")


def _is_writable(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True
