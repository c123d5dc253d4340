"""Holds a text against the originals it was read from, and each of its quotations against its place in them.

Knows no database, so that it can run in processes of its own.
"""

from __future__ import annotations

import hashlib
import os.path
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from archive.importing.anchoring import nearest
from archive.reading import Reading, Run, Unreadable, original_place, read, read_characters

Place = tuple[int, int]


class Kind(StrEnum):
    """What can be wrong."""

    MISSING = "missing"
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"
    OTHER_TEXT = "other_text"
    NO_ORIGINAL = "no_original"
    MOVED = "moved"
    NOT_FOUND = "not_found"


UNREAD = {Kind.MISSING, Kind.DAMAGED, Kind.UNREADABLE}  # such an original tells nothing of what was read from it


class Outcome(StrEnum):
    """What became of a text: `nothing` where there is no original to hold it against."""

    VERIFIED = "verified"
    FAILED = "failed"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Kept:
    """An original as it is found, and as it is recorded with the text that was read from it.

    `data` is None where the file is not to be had; `problem` says why, and is empty where there is no file.
    """

    original: int
    data: bytes | None
    problem: str
    sha256: str
    media_type: str
    part: str
    runs: Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Its key, and its place in the text."""

    key: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A version's text with all that is recorded of where it comes from.

    `originals` are those that it should still be read from; `has_source` is False of what was never to be read from
    one, or is read otherwise by now, as a later version.
    """

    version: int
    recorded: datetime
    """When this is what was recorded."""
    title: str
    text: str
    has_source: bool
    readings: tuple[int, ...]
    originals: tuple[Kept, ...]
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that is wrong, with an original or a quotation; `detail` goes on from the kind, in plain words."""

    kind: Kind
    detail: str
    original: int | None = None
    quotation: Quotation | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a text, and what exactly was checked."""

    version: int
    recorded: datetime
    outcome: Outcome
    compared: int
    """How many originals could be read and compared with the text."""
    readings: tuple[int, ...]
    quotations: tuple[Quotation, ...]
    failures: tuple[Failure, ...]


def check(one: Text) -> Checked:
    """Whether the originals are as they came, give this text, and hold the quotations where the map says."""
    failures: list[Failure] = []
    if one.has_source and not one.originals:
        failures.append(Failure(Kind.NO_ORIGINAL, "it was read from one, but none is recorded"))
    outside = f"its place is not in the report's text, which has {len(one.text):,} characters"
    of_quotations = {
        quotation.key: Failure(Kind.NOT_FOUND, outside, None, quotation)
        for quotation in one.quotations
        if quotation.end > len(one.text)
    }
    for kept in one.originals:
        for failure in _compared(one, kept):
            if failure.quotation is None:
                failures.append(failure)
            else:
                of_quotations.setdefault(failure.quotation.key, failure)
    failures += (of_quotations[each.key] for each in one.quotations if each.key in of_quotations)
    outcome = Outcome.FAILED if failures else Outcome.VERIFIED if one.originals else Outcome.NOTHING
    compared = len(one.originals) - sum(failure.kind in UNREAD for failure in failures)
    return Checked(one.version, one.recorded, outcome, compared, one.readings, one.quotations, tuple(failures))


def _compared(one: Text, kept: Kept) -> Iterator[Failure]:
    """What is wrong with an original or the quotations in it. One that is not what came proves nothing of them."""
    if kept.data is None:
        kind = Kind.DAMAGED if kept.problem else Kind.MISSING
        yield Failure(kind, kept.problem or "the file is not there", kept.original)
        return
    if hashlib.sha256(kept.data).hexdigest() != kept.sha256:
        yield Failure(Kind.DAMAGED, "its bytes are not those that came: their SHA-256 is another", kept.original)
        return
    try:
        reading = read(kept.data, kept.media_type)
        characters = read_characters(kept.data, kept.part)
    except Unreadable as error:
        yield Failure(Kind.UNREADABLE, str(error), kept.original)
        return
    except MemoryError:
        raise  # it says nothing of the original
    except Exception as error:  # of one report in a million; the others are to be verified all the same
        yield Failure(Kind.UNREADABLE, f"the reader fails on it: {error!r:.200}", kept.original)
        return
    if reading.text != one.text:
        common = len(os.path.commonprefix((reading.text, one.text)))
        yield Failure(Kind.OTHER_TEXT, f"it differs from character {common:,} on", kept.original)
    elif reading.title != one.title:
        yield Failure(Kind.OTHER_TEXT, "its title is another", kept.original)
    runs = _usable(kept.runs)
    for quotation in one.quotations:
        recorded = original_place(runs, quotation.start, quotation.end)
        if problem := _misplaced(one.text, quotation, recorded, reading, characters):
            yield Failure(*problem, kept.original, quotation)


def _misplaced(
    text: str, quotation: Quotation, recorded: Place | None, reading: Reading, characters: str
) -> tuple[Kind, str] | None:
    """Why a quotation is not at its recorded place in the characters of the original; None where it is."""
    words = text[quotation.start : quotation.end]
    place = _place(words, quotation, recorded, reading, characters)
    if place is None:
        return Kind.NOT_FOUND, "the original does not have these words"
    if place != recorded:
        said = f"recorded at characters {recorded[0]} to {recorded[1]}" if recorded else "recorded at no place"
        return Kind.MOVED, f"{said} of the original, found at {place[0]} to {place[1]}"
    found = characters[place[0] : place[1]]
    if found != words and _unrepaired(found) != _unrepaired(words):
        return Kind.NOT_FOUND, f"other characters stand at {place[0]} to {place[1]} of the original"
    return None


def _place(words: str, quotation: Quotation, recorded: Place | None, reading: Reading, characters: str) -> Place | None:
    """Where the words stand in the original by what it reads as now: at the same offsets, at the recorded place itself
    where the text around them reads otherwise, else nearest to where they should be."""
    start, end = quotation.start, quotation.end
    if reading.text[start:end] == words:
        return original_place(reading.runs, start, end)
    if recorded and characters[recorded[0] : recorded[1]] == words:
        return recorded
    if elsewhere := nearest(reading.text, words, start):
        return original_place(reading.runs, *elsewhere)
    return nearest(characters, words, recorded[0] if recorded else start)


def _unrepaired(words: str) -> str:
    """What no repair of a reading touches: no control character, line end or mojibake is made of these."""
    return "".join(character for character in words if " " <= character <= "~")


def _usable(stored: Iterable[Sequence[int]]) -> list[Run]:
    """The runs of a map as it is stored; none where they are no map, which leads nowhere then."""
    try:
        runs = [Run(*map(int, run)) for run in stored]
    except (TypeError, ValueError):
        return []
    joined = all(before.end == after.start for before, after in pairwise(runs))
    return runs if joined and all(run.start < run.end for run in runs) else []
