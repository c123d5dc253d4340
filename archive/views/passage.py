"""Finds the passage of a report that an address leads to: `passage=VERSION:START-END`, characters [start, end) of that
version's text."""

import re
from dataclasses import dataclass
from enum import Enum

from django.http import HttpRequest

from archive.importing.anchoring import nearest
from archive.models import Version

PARAMETER = "passage"
# Characters by which a passage of another version is found again. A single one, marked where the text shown has it too,
# would tell what stood in a text that readers do not see.
LEAST = 20
ADDRESSED = re.compile(r"([0-9]{1,9}):([0-9]{1,9})-([0-9]{1,9})", re.ASCII)


class Found(Enum):
    """What became of a passage that was linked to."""

    HERE = "here"  # it stands in the version shown
    MOVED = "moved"  # the same words stand in the version shown
    GONE = "gone"  # they were not found in it
    NOWHERE = "nowhere"  # the address names no passage of any version


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was linked to, of which version, and where it stands in the one shown; without a place where it
    does not."""

    found: Found
    number: int = 0
    start: int = 0
    end: int = 0


def passage_asked(request: HttpRequest, shown: Version) -> Passage | None:
    """The passage that the address names, in the version shown; None where it names none."""
    if PARAMETER not in request.GET:
        return None
    addressed = ADDRESSED.fullmatch(request.GET[PARAMETER])
    number, start, end = map(int, addressed.groups()) if addressed else (0, 0, 0)
    if number == shown.number:
        text = shown.text
    else:
        text = shown.article.versions.filter(number=number).values_list("text", flat=True).first() or ""
    words = text[start:end]
    if end > len(text) or not words.strip():
        return Passage(Found.NOWHERE)
    if number == shown.number:
        return Passage(Found.HERE, number, start, end)
    place = nearest(shown.text, words, start) if len(words.strip()) >= LEAST else None
    return Passage(Found.MOVED, number, *place) if place else Passage(Found.GONE, number)
