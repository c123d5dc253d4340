"""Sets a report's marked text for reading: its paragraphs, furniture folded, and who is named beside them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from archive.models import Quote
from archive.views.marked_text import Kind, Mark, Nodes

NEAR = 600  # characters after a note in which a speaker who goes on needs none: some ten lines
KEPT_OPEN = {Kind.QUOTE, Kind.PASSAGE, Kind.FOUND}  # what is never folded away


class Note(Enum):
    """What stands in the margin beside a quotation: who speaks and their role as printed, or the name alone."""

    FULL = "full"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, where it begins in the text, and one quote of each speaker who begins to speak in it."""

    start: int
    nodes: Nodes
    speakers: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs that follow each other and all are furniture or all are not. Furniture is folded, unless it is `open`
    for what is marked in it."""

    paragraphs: tuple[Paragraph, ...]
    furniture: bool
    open: bool


def blocks_of(starts: Sequence[int], marked: Sequence[Nodes]) -> list[Block]:
    """The marked paragraphs, which begin at `starts`, in blocks. Sets on each quote that is spoken whether a `note` in
    the margin names its speaker."""
    set_notes(marked)
    paragraphs = [Paragraph(start, nodes, speakers_in(nodes)) for start, nodes in zip(starts, marked, strict=True)]
    blocks = []
    for furniture, members in groupby(paragraphs, key=lambda paragraph: is_furniture(paragraph.nodes)):
        block = tuple(members)
        blocks.append(Block(block, furniture, any(holds_marks(paragraph.nodes) for paragraph in block)))
    if len(blocks) == 1 and blocks[0].furniture:
        return [Block(blocks[0].paragraphs, True, True)]
    return blocks


def is_furniture(nodes: Nodes) -> bool:
    """Whether all words of a paragraph are furniture, which stands outside of all other marks."""
    return all(not node.strip() if isinstance(node, str) else node.annotation.kind == Kind.FURNITURE for node in nodes)


def holds_marks(nodes: Nodes) -> bool:
    """Whether something is marked there that a reader may have come for."""
    return any(
        isinstance(node, Mark) and (node.annotation.kind in KEPT_OPEN or holds_marks(node.children)) for node in nodes
    )


def beginning(nodes: Nodes, around: Quote | None = None) -> Iterator[Quote]:
    """The quotes that are spoken and begin there, in reading order; `around` is the spoken quote they stand in. One in
    another of the same speaker only goes on with it."""
    for node in nodes:
        if isinstance(node, str):
            continue
        quote = node.annotation.record if node.annotation.kind == Kind.QUOTE else None
        spoken = quote if quote is not None and quote.kind != Quote.Kind.REPORTED else None
        goes_on = spoken is not None and around is not None and quote.said_by is not None
        if spoken is not None and node.first and not (goes_on and around.said_by == quote.said_by):
            yield quote
        yield from beginning(node.children, spoken if quote is not None else around)


def set_notes(paragraphs: Iterable[Nodes]) -> None:
    """Sets on each quote that begins there which `note` in the margin tells its speaker; None where none is needed.

    Where the same speaker goes on, nothing is said again close by, and the name alone further on.
    """
    last, place = None, 0
    for nodes in paragraphs:
        here = False
        for quote in beginning(nodes):
            quote.note = None
            if named(quote) != last:
                quote.note = Note.FULL
            elif not here or quote.start - place > NEAR:
                quote.note = Note.SHORT
            if quote.note:
                last, place, here = named(quote), quote.start, True


def named(quote: Quote) -> tuple[int, str, str]:
    """What a note tells of a quote's speaker: where that is the same, it needs no telling again."""
    return id(quote.voice), quote.speaker_name, quote.role


def speakers_in(nodes: Nodes) -> tuple[Quote, ...]:
    """Of those who begin to speak there, in order, the first quote of each for whom a note tells something else."""
    first: dict[tuple[int, str, str], Quote] = {}
    for quote in beginning(nodes):
        first.setdefault(named(quote), quote)
    return tuple(first.values())
