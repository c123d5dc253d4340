"""Draws who speaks where along a report's text: one segment for each quotation, a link to it."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from archive.models import Quote
from archive.views.report_text import Block

LENGTH = 1000  # units of the whole text
LEAST = 4  # of a segment


@dataclass(frozen=True, slots=True)
class Segment:
    """A quote, and the stretch of the strip that stands for it."""

    quote: Quote
    start: int
    length: int


def strip_of(quotes: Iterable[Quote], blocks: Sequence[Block], ends: dict[int, int]) -> list[Segment]:
    """The segments of the quotes, in their order. What is folded takes no room, as on the page; a quote that stands
    nowhere on it has none. `ends` tells by the beginning of a paragraph where it ends."""
    shown = [paragraph.start for block in blocks if not block.furniture or block.open for paragraph in block.paragraphs]
    offsets = [0, *accumulate(ends[start] - start for start in shown)]
    total = offsets[-1]

    def place(character: int) -> int:
        """How many shown characters stand before this one."""
        index = bisect_right(shown, character) - 1
        return 0 if index < 0 else min(offsets[index] + character - shown[index], offsets[index + 1])

    segments = []
    for quote in quotes:
        start, end = place(quote.start), place(quote.end)
        if start < end:
            length = max(round((end - start) / total * LENGTH), LEAST)
            segments.append(Segment(quote, min(round(start / total * LENGTH), LENGTH - length), length))
    return segments
