"""Turns a text and the spans marked in it into paragraphs of nested marks, ready to be written as HTML."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby, pairwise
from typing import Any


class Kind(IntEnum):
    """What a mark means; a lower kind always stands outside a higher one."""

    FURNITURE = 0
    QUOTE = 1
    STEP = 2
    CANDIDATE = 3
    SPEAKER = 4
    CUE = 5
    PASSAGE = 6
    FOUND = 7


@dataclass(frozen=True, slots=True)
class Annotation:
    """Characters [start, end) of a text that are to be marked; `record` is whatever the mark is about."""

    start: int
    end: int
    kind: Kind
    record: Any = None


@dataclass(frozen=True, slots=True)
class Place:
    """The `number`th, from 1, of the `total` places in a text with the words that were looked for."""

    number: int
    total: int

    @property
    def previous(self) -> int | None:
        return self.number - 1 or None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.total else None


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked stretch. Of an annotation cut into several marks one is the first and one the last."""

    annotation: Annotation
    children: tuple["Mark | str", ...]
    first: bool
    last: bool


Nodes = tuple[Mark | str, ...]


def mark_paragraphs(text: str, spans: Sequence[tuple[int, int]], annotations: Iterable[Annotation]) -> list[Nodes]:
    """The paragraphs of `text`, each as plain strings and marks in reading order.

    `spans` are the paragraphs' [start, end) offsets, in order and apart. The strings of a paragraph, put together, are
    exactly its text. Annotations may nest, cross and run over paragraphs: of two that cross, the later one is cut in
    two; one that runs over several paragraphs is marked in each. What lies outside all paragraphs is not shown.
    """
    found = [a for a in annotations if a.start < a.end]
    starting = defaultdict(list)
    for annotation in found:
        starting[annotation.start].append(annotation)
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    cuts = sorted(starts | ends | {a.start for a in found} | {a.end for a in found})

    paragraphs: list[list[tuple[str, list[Annotation]]]] = []
    active: list[Annotation] = []
    inside = False
    for place, following in pairwise(cuts):
        active = [a for a in active if a.end > place] + starting[place]
        active.sort(key=lambda a: (a.kind, a.start, -a.end))
        if place in ends:
            inside = False
        if place in starts:
            inside = True
            paragraphs.append([])
        if inside:
            paragraphs[-1].append((text[place:following], list(active)))

    shown = Counted(paragraphs)
    return [nested(paragraph, 0, shown) for paragraph in paragraphs]


class Counted:
    """Tells, while the marks are made in reading order, which is an annotation's first and which its last."""

    def __init__(self, paragraphs: list[list[tuple[str, list[Annotation]]]]) -> None:
        self.met: set[int] = set()
        self.remaining: dict[int, int] = defaultdict(int)
        for paragraph in paragraphs:
            for _, annotations in paragraph:
                for annotation in annotations:
                    self.remaining[id(annotation)] += 1

    def mark(self, annotation: Annotation, children: Nodes, pieces: int) -> Mark:
        first = id(annotation) not in self.met
        self.met.add(id(annotation))
        self.remaining[id(annotation)] -= pieces
        return Mark(annotation, children, first, last=not self.remaining[id(annotation)])


def nested(pieces: Sequence[tuple[str, list[Annotation]]], depth: int, shown: Counted) -> Nodes:
    """The pieces as a tree: neighbours that share their annotation at `depth` become one mark."""
    nodes: list[Mark | str] = []
    for _, group in groupby(pieces, key=lambda piece: id(piece[1][depth]) if len(piece[1]) > depth else None):
        members = list(group)
        if len(members[0][1]) > depth:
            children = nested(members, depth + 1, shown)
            nodes.append(shown.mark(members[0][1][depth], children, len(members)))
        else:
            nodes.append("".join(text for text, _ in members))
    return tuple(nodes)
