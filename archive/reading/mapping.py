"""The map from an article's text back to the characters of its original."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """`text[start:end]` was read from `decoded[original_start:original_end]`.

    Both have the same characters, except where something was repaired: a repair is a run of its own.
    """

    start: int
    end: int
    original_start: int
    original_end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """`decoded[start:end]` reads as `replacement`."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text with its runs: sorted, covering every character of it."""

    text: str
    runs: tuple[Run, ...]

    def cut(self, spans: Iterable[tuple[int, int]]) -> "MappedText":
        """Only the given (start, end) pieces, which are sorted and do not overlap, joined."""
        pieces: list[str] = []
        runs: list[Run] = []
        length = 0
        for start, end in spans:
            if start >= end:
                continue
            pieces.append(self.text[start:end])
            shift = length - start
            for run in self.runs[_first_after(self.runs, start) : _first_from(self.runs, end)]:
                low, high = max(run.start, start), min(run.end, end)
                runs.append(Run(low + shift, high + shift, *_original(run, low, high)))
            length += end - start
        return MappedText("".join(pieces), tuple(runs))


def edited(decoded: str, edits: Iterable[Edit]) -> MappedText:
    """`decoded` with the edits (sorted, not overlapping) made, and the map back to it."""
    pieces: list[str] = []
    runs: list[Run] = []
    here = 0
    length = 0

    def take(piece: str, original_start: int, original_end: int) -> None:
        nonlocal length
        if piece:
            pieces.append(piece)
            runs.append(Run(length, length + len(piece), original_start, original_end))
            length += len(piece)

    for edit in edits:
        take(decoded[here : edit.start], here, edit.start)
        take(edit.replacement, edit.start, edit.end)
        here = edit.end
    take(decoded[here:], here, len(decoded))
    return MappedText("".join(pieces), tuple(runs))


def original_place(runs: Sequence[Run], start: int, end: int) -> tuple[int, int] | None:
    """Where `text[start:end]` stands in the decoded original; None for a span that is not in the text.

    A span that touches a repair whose length changed takes the whole of the repaired characters.
    """
    if not runs or start < 0 or end < start or end > runs[-1].end:
        return None
    if start == end:
        nearest = runs[min(_first_after(runs, start), len(runs) - 1)]
        at = _original(nearest, start, start)[0] if start < nearest.end else nearest.original_end
        return at, at
    first = runs[_first_after(runs, start)]
    last = runs[_first_from(runs, end) - 1]
    return (
        _original(first, max(start, first.start), first.end)[0],
        _original(last, last.start, min(end, last.end))[1],
    )


def _first_after(runs: Sequence[Run], place: int) -> int:
    """Index of the first run that ends after `place`."""
    return bisect_right(runs, place, key=lambda run: run.end)


def _first_from(runs: Sequence[Run], place: int) -> int:
    """Index of the first run that starts at or after `place`."""
    return bisect_left(runs, place, key=lambda run: run.start)


def _original(run: Run, low: int, high: int) -> tuple[int, int]:
    if run.end - run.start != run.original_end - run.original_start:
        return run.original_start, run.original_end
    shift = run.original_start - run.start
    return low + shift, high + shift
