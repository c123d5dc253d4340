"""Finds where a stretch of an old text stands in a new one: by its words, nearest first, else through the changes."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]+|[^.!?\n]+")
TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
WORD = re.compile(r"\w+")
CLOSELY = 4_000_000  # characters times characters: up to here words are compared, beyond it takes seconds
ALIKE = 0.6  # share of words two quotes must have in common to be one quote that was edited


@dataclass(frozen=True, slots=True)
class Change:
    """old[old_start:old_end] became new[new_start:new_end]."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def same_words(words: str) -> str:
    """`words` without case, quote marks and spacing: what two printings of one quote have in common."""
    return " ".join(WORD.findall(words.casefold()))


class Anchoring:
    """The places of an old text in a new one."""

    def __init__(self, old: str, new: str):
        self.old, self.new = old, new
        self.changes = _changes(old, new)

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Where old[start:end] stands in the new text: the same words nearest to where they should be, else the
        stretch they were edited into, if most of its words stayed. None where neither is there."""
        expected = self.moved(start)
        words = self.old[start:end]
        return nearest(self.new, words, expected) or self._edited(start, end)

    def moved(self, offset: int) -> int:
        """Where a character of the old text stands in the new one, or where the change begins that took it."""
        shift = 0
        for change in self.changes:
            if offset < change.old_start:
                break
            if offset < change.old_end:
                return min(change.new_start + offset - change.old_start, change.new_end)
            shift = change.new_end - change.old_end
        return offset + shift

    def _edited(self, start: int, end: int) -> tuple[int, int] | None:
        new_start, new_end = self.moved(start), self.moved(end - 1) + 1
        old_words, new_words = (WORD.findall(text) for text in (self.old[start:end], self.new[new_start:new_end]))
        if not new_words or self.new[new_start : new_start + 1] != self.old[start : start + 1]:
            return None
        if self.new[new_end - 1 : new_end] != self.old[end - 1 : end]:
            return None
        ratio = SequenceMatcher(None, old_words, new_words, autojunk=False).ratio()
        return (new_start, new_end) if ratio >= ALIKE else None


def nearest(text: str, words: str, expected: int) -> tuple[int, int] | None:
    """The place of `words` in `text` that is nearest to the offset `expected`."""
    after = text.find(words, max(expected, 0))
    before = text.rfind(words, 0, max(expected, 0) + len(words) - 1)
    found = [place for place in (before, after) if place >= 0]
    if not words or not found:
        return None
    start = min(found, key=lambda place: abs(place - expected))
    return start, start + len(words)


def _changes(old: str, new: str) -> list[Change]:
    """First by sentences, which are mostly unlike each other and few, then by words inside of those that changed."""
    changes = []
    for change in _differences(SENTENCE, old, new, Change(0, len(old), 0, len(new))):
        words = (change.old_end - change.old_start) * (change.new_end - change.new_start)
        changes += _differences(TOKEN, old, new, change) if words <= CLOSELY else [change]
    return changes


def _differences(piece: re.Pattern[str], old: str, new: str, within: Change) -> list[Change]:
    old_pieces = piece.findall(old[within.old_start : within.old_end])
    new_pieces = piece.findall(new[within.new_start : within.new_end])
    old_offsets, new_offsets = _offsets(old_pieces, within.old_start), _offsets(new_pieces, within.new_start)
    return [
        Change(old_offsets[a], old_offsets[b], new_offsets[c], new_offsets[d])
        for kind, a, b, c, d in SequenceMatcher(None, old_pieces, new_pieces, autojunk=False).get_opcodes()
        if kind != "equal"
    ]


def _offsets(pieces: list[str], start: int) -> list[int]:
    offsets = [start]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    return offsets
