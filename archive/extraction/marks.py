"""Pairs the quote marks of a text into the outermost quotations."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

MARK = re.compile(r"``|''|´´|‘‘|’’|,,(?=\w)|<<|>>|[\"“”„‟«»＂〝〞「」『』]|[‘’‚‹›'´`]")
PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
OPENING_GLYPHS = frozenset({"“", "„", "‟", "«", "``", "‘‘", ",,", "<<", "〝", "「", "『"})
CLOSING_GLYPHS = frozenset({"”", "»", "’’", ">>", "〞", "」", "』"})
SINGLES = frozenset("‘’‚‹›'´`")
GUILLEMETS = frozenset(["«", "»", "<<", ">>"])
OPENERS_BEFORE = frozenset(" \t\xa0([{-–—/:;,>\u200b\u202f\u2009")
SENTENCE_END = re.compile(r"[.?!…][)\]]?(?=\s+[A-Z0-9])")

# Where a sentence after the first tells who spoke, the first was all that was quoted.
SOURCE = re.compile(
    r"[.?!…]\s+(?:[Hh]e|[Ss]he|[Tt]hey|[Tt]he \w+|HE|SHE|THEY|THE \w+|[A-Z][\w-]+) (?:said|says|told|added|pledged"
    r"|stated|reported|pointed out|SAID|SAYS|TOLD|ADDED|PLEDGED|STATED|REPORTED|POINTED OUT)\b"
)
# A mark that never closes inside a paragraph longer than this has lost its partner to a collapsed layout.
LONGEST_UNCLOSED = 700
LONGEST_SINGLE = 1500
SHORTEST_SINGLE = 3  # "rock 'n' roll"
SINGLES_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Span:
    """A quoted stretch: half-open offsets with its marks, where its words start and end, and how it closed."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True
    single: bool = False


def find_spans(text: str) -> list[Span]:
    """Return the outermost quoted stretches in order; an unclosed one ends with its paragraph."""
    spans: list[Span] = []
    for paragraph in PARAGRAPH.finditer(text):
        marks = [(m.start(), m.end(), m.group()) for m in MARK.finditer(text, *paragraph.span())]
        if marks:
            spans.extend(_pair(text, marks, *paragraph.span()))
    return [span for span in spans if span.inner_end > span.inner_start]


def _pair(text: str, marks: list[tuple[int, int, str]], begin: int, end: int) -> list[Span]:
    spans: list[Span] = []
    singles = _closing_singles(text, marks, begin, end)
    doubles = [start for start, _, glyph in marks if glyph not in SINGLES]
    opened: tuple[int, int, str] | None = None
    skip_to = begin
    for place, (start, stop, glyph) in enumerate(marks):
        if start < skip_to:
            continue
        if glyph in SINGLES:
            closing = None
            if opened is None and _opens_single(text, start, stop, begin):
                closing = _partner(text, start, stop, singles, doubles)
            if closing is not None and closing - stop >= SHORTEST_SINGLE:
                spans.append(Span(start, closing + 1, stop, closing, single=True))
                skip_to = closing + 1
            continue
        if opened is None:
            if _may_open(text, start, stop, glyph, begin, end):
                opened = (start, stop, glyph)
        elif (glyph in GUILLEMETS) != (opened[2] in GUILLEMETS):
            continue
        elif _nests(text, marks, place, begin, end):
            skip_to = marks[place + 1][1]
        elif _reopens(text, start, stop, glyph, begin, end):
            spans.append(_unclosed(text, opened, start, longest=0))
            opened = (start, stop, glyph)
        else:
            spans.append(Span(opened[0], stop, opened[1], start))
            opened = None
    if opened is not None:
        spans.append(_unclosed(text, opened, end))
    return spans


def _before(text: str, at: int, begin: int) -> str:
    return text[at - 1] if at > begin else " "


def _after(text: str, at: int, end: int) -> str:
    return text[at] if at < end else " "


def _may_open(text: str, start: int, stop: int, glyph: str, begin: int, end: int) -> bool:
    before, after = _before(text, start, begin), _after(text, stop, end)
    looks_opening = before in OPENERS_BEFORE and not after.isspace()
    if glyph in OPENING_GLYPHS:
        return True
    if glyph in CLOSING_GLYPHS:
        return looks_opening and (after.isalnum() or after in "([$…")
    if before.isdigit() and not after.isalpha():
        return False  # feet and inches, or a closing mark whose partner is lost
    if before.isalnum():
        return False
    return not after.isspace() or before.isspace() or start == begin


def _nests(text: str, marks: list[tuple[int, int, str]], place: int, begin: int, end: int) -> bool:
    """Tell whether a straight mark inside an open quotation opens an inner one: two closing marks follow it."""
    glyph = marks[place][2]
    following = [mark for mark in marks[place + 1 : place + 3] if mark[2] == glyph]
    if glyph != '"' or len(following) < 2 or following[1][1] - marks[place][0] > LONGEST_UNCLOSED:
        return False
    opens = _before(text, marks[place][0], begin).isspace() and _after(text, marks[place][1], end).isalnum()
    return opens and all(
        not _before(text, start, begin).isspace() and not _after(text, stop, end).isalnum()
        for start, stop, _ in following
    )


def _reopens(text: str, start: int, stop: int, glyph: str, begin: int, end: int) -> bool:
    """Tell whether a mark inside an open quotation starts the next one, so that the first never closed."""
    before, after = _before(text, start, begin), _after(text, stop, end)
    if glyph in ("“", "„", "``", "«"):
        return before in OPENERS_BEFORE and not after.isspace()
    if glyph in CLOSING_GLYPHS or not before.isspace() or not after.isalnum():
        return False
    return after.islower() or _last_visible(text, start, begin) in ".?!…,:"


def _last_visible(text: str, at: int, begin: int) -> str:
    # Only a few characters back: a megabyte of spaces must not be walked again for each mark.
    return text[max(begin, at - 8) : at].rstrip()[-1:] or " "


def _unclosed(text: str, opened: tuple[int, int, str], limit: int, longest: int = LONGEST_UNCLOSED) -> Span:
    """End a quotation that has no closing mark: at `limit`, or after its first sentence where that is too far off."""
    start, inner, _ = opened
    end = inner + len(text[inner:limit].rstrip())
    if end - inner > longest or SOURCE.search(text, inner, end):
        sentence = SENTENCE_END.search(text, inner, end)
        end = sentence.end() if sentence else end
    return Span(start, end, inner, end, closed=False)


def _opens_single(text: str, start: int, stop: int, begin: int) -> bool:
    glyph = text[start]
    if glyph in "’›´":
        return False
    after = text[stop : stop + 1]
    return _before(text, start, begin) in OPENERS_BEFORE and (after.isalpha() or after in ("[", "$", "…"))


def _closing_singles(text: str, marks: list[tuple[int, int, str]], begin: int, end: int) -> list[int]:
    """Return where a single mark may close: not inside a word, and after something."""
    open_only = "‚‹" if any(glyph == "‚" for _, _, glyph in marks) else "‘‚‹"
    return [
        start
        for start, stop, glyph in marks
        if glyph in SINGLES
        and glyph not in open_only
        and not _before(text, start, begin).isspace()
        and not _after(text, stop, end).isalnum()
    ]


def _partner(text: str, start: int, stop: int, closings: list[int], doubles: list[int]) -> int | None:
    """Return the closing mark of a single opening mark; a plural's apostrophe is passed over where it can be."""
    first = bisect_left(closings, stop)
    chosen: int | None = None
    for closing in closings[first : first + SINGLES_LOOKED_AT]:
        if closing - start > LONGEST_SINGLE:
            break
        if text[closing - 1] in ".,?!…":
            chosen = closing
            break
        if chosen is None or text[chosen - 1] == "s":
            chosen = closing
        if text[chosen - 1] != "s":
            break
    if chosen is None or (bisect_left(doubles, chosen) - bisect_left(doubles, start)) % 2:
        return None
    return chosen
