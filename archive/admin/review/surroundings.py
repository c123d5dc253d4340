"""Cuts out of a report what surrounds a quotation, so that an editor has it and the decisions on one screen."""

import re
from collections.abc import Iterator, Sequence

from archive.models import Quote
from archive.reading import paragraphs
from archive.views.marked_text import Annotation, Nodes, mark_paragraphs

AROUND_QUOTE = 320  # characters to each side
AROUND_MARK = 60  # beside a name or another mark that stands farther off
NEAREST = 3  # a cut leaves at least this part of them
SENTENCE_END = re.compile(r"[.!?…][\"\u201d\u2019'»)]*(?=\s)|\n\s*\n")
SPACE = re.compile(r"\s+")


def surroundings(text: str, quote: Quote, marks: Sequence[Annotation]) -> tuple[list[tuple[bool, Nodes]], bool]:
    """The quote with what is around it and around the other marks, in paragraphs, each with whether something before it
    was left out; and whether something after all of them was."""
    windows = merged(
        [
            around(text, quote.start, quote.end, AROUND_QUOTE),
            *(around(text, mark.start, mark.end, AROUND_MARK) for mark in marks),
        ]
    )
    spans = list(pieces(text, windows))
    borders = [0, *(border for span in spans for border in span), len(text)]
    left_out = [bool(text[before:after].strip()) for before, after in zip(borders[::2], borders[1::2], strict=True)]
    return list(zip(left_out, mark_paragraphs(text, spans, marks), strict=False)), left_out[-1]


def around(text: str, start: int, end: int, length: int) -> tuple[int, int]:
    """[start, end) with so many characters to each side at most, cut where a sentence ends, else where a word does."""
    earliest, latest = max(start - length, 0), min(end + length, len(text))
    if earliest:
        nearest = start - length // NEAREST
        sentence = SENTENCE_END.search(text, earliest, nearest)
        cut = sentence or SPACE.search(text, earliest, nearest)
        earliest = cut.end() if cut else earliest
    if latest < len(text):
        nearest = end + length // NEAREST
        ends = [found.end() for found in SENTENCE_END.finditer(text, nearest, latest)]
        ends = ends or [found.start() for found in SPACE.finditer(text, nearest, latest)]
        latest = max(ends, default=latest)
    return earliest, latest


def merged(windows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The windows in order and apart: of those that touch, one is made."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(windows):
        if apart and start <= apart[-1][1] + AROUND_MARK:
            apart[-1] = (apart[-1][0], max(apart[-1][1], end))
        else:
            apart.append((start, end))
    return apart


def pieces(text: str, windows: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What of each paragraph is in a window, without the white space around it."""
    for paragraph in paragraphs(text):
        for window in windows:
            start, end = max(paragraph.start, window[0]), min(paragraph.end, window[1])
            inside = text[start:end]
            if bare := inside.strip():
                start += len(inside) - len(inside.lstrip())
                yield start, start + len(bare)
