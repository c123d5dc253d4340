"""Page furniture as editors decided: laid over what the reader found, and carried along to new versions of a text."""

from collections.abc import Iterable, Sequence

from archive.importing.anchoring import Anchoring

Span = Sequence[int]
Decision = Sequence  # [start, end, whether it is furniture]


def decided(spans: Iterable[Span], decisions: Iterable[Decision]) -> list[list[int]]:
    """The spans of furniture after the decisions, in order and apart, a later decision over an earlier one."""
    found = _merged(spans)
    for start, end, is_furniture in decisions:
        if is_furniture:
            found = _merged([*found, (start, end)])
        else:
            found = [piece for span in found for piece in _without(span, start, end)]
    return found


def with_decision(decisions: Iterable[Decision], start: int, end: int, is_furniture: bool) -> list[list]:
    """The decisions with one more; those that lie wholly in it are decided anew by it."""
    return [*([*one] for one in decisions if one[0] < start or one[1] > end), [start, end, is_furniture]]


def moved(decisions: Iterable[Decision], anchoring: Anchoring) -> list[list]:
    """The decisions where their words now stand; those whose words have gone are left out."""
    return [[*place, is_furniture] for start, end, is_furniture in decisions if (place := anchoring.place(start, end))]


def _merged(spans: Iterable[Span]) -> list[list[int]]:
    found: list[list[int]] = []
    for start, end in sorted(map(tuple, spans)):
        if found and start <= found[-1][1]:
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return found


def _without(span: Span, start: int, end: int) -> list[list[int]]:
    """What of the span lies before and after the stretch."""
    pieces = [[span[0], min(span[1], start)], [max(span[0], end), span[1]]]
    return [piece for piece in pieces if piece[0] < piece[1]]
