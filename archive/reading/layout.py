"""How a text stands on the page: its lines and paragraphs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

_LINE = re.compile(r"[^\n]+")
# A line ends a sentence: its mark, and quotation marks or brackets closed after it.
_SENTENCE_END = re.compile(r"[.!?…:。।۔؟][\"'”’»)\]]*$")
_WRAP_WIDTH = 90


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a text, half open."""

    start: int
    end: int


def lines(text: str) -> Iterator[Span]:
    """The lines that hold more than white space, without the white space around them."""
    for match in _LINE.finditer(text):
        line = match.group()
        bare = line.strip()
        if bare:
            start = match.start() + len(line) - len(line.lstrip())
            yield Span(start, start + len(bare))


def paragraphs(text: str) -> list[Span]:
    """What a page shows as paragraphs, without the white space around them.

    Blank lines part them. A text without blank lines has one on each line, unless its lines were wrapped at a
    fixed width: then a paragraph ends with a short line.
    """
    blocks = list(_blocks(text))
    return [Span(part[0].start, part[-1].end) for part in (blocks if len(blocks) > 1 else _unwrapped(text, blocks))]


def units(text: str) -> Iterator[Span]:
    """What was written as one: a wrapped paragraph, or a line."""
    return (Span(part[0].start, part[-1].end) for part in _unwrapped(text, _blocks(text)))


def is_wrapped(text: str, block: list[Span]) -> bool:
    """Whether lines that follow each other are one text wrapped at a fixed width.

    They are of similar length, mostly break off in mid-sentence, and often go on in lower case.
    """
    inner = block[:-1]
    if not inner:
        return False
    widths = [line.end - line.start for line in inner]
    widest = max(widths)
    if not 40 <= widest <= _WRAP_WIDTH or block[-1].end - block[-1].start > _WRAP_WIDTH:
        return False
    similar = sum(width >= 0.6 * widest for width in widths)
    broken = sum(not ends_sentence(text[line.start : line.end]) for line in inner)
    lower = sum(text[line.start].islower() for line in block[1:])
    return similar >= 0.7 * len(inner) and broken >= 0.5 * len(inner) and lower >= 0.3 * len(inner)


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a sentence's end."""
    return bool(_SENTENCE_END.search(line[-8:]))


def _blocks(text: str) -> Iterator[list[Span]]:
    """Lines that follow each other without a blank one between."""
    block: list[Span] = []
    for line in lines(text):
        if block and text.count("\n", block[-1].end, line.start) > 1:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _unwrapped(text: str, blocks: Iterable[list[Span]]) -> Iterator[list[Span]]:
    for block in blocks:
        if not is_wrapped(text, block):
            yield from ([line] for line in block)
            continue
        widest = max(line.end - line.start for line in block)
        part: list[Span] = []
        for line, following in zip_longest(block, block[1:]):
            part.append(line)
            if following and line.end - line.start < 0.75 * widest and not text[following.start].islower():
                yield part
                part = []
        yield part


def fold(text: str) -> str:
    """For comparing: white space folded, case ignored."""
    return " ".join(text.split()).casefold()
