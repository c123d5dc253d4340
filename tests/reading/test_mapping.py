"""The way from a text back to its original."""

import pytest

from archive.reading import Run, original_place
from archive.reading.mapping import Edit, edited

# "He said â€œnoâ€ twice" read as: He said “no” twice
RUNS = (Run(0, 8, 0, 8), Run(8, 9, 8, 11), Run(9, 11, 11, 13), Run(11, 12, 13, 16), Run(12, 18, 20, 26))


@pytest.mark.parametrize(
    ("start", "end", "place"),
    [
        (0, 2, (0, 2)),
        (3, 9, (3, 11)),
        (8, 12, (8, 16)),
        (9, 11, (11, 13)),
        (10, 14, (12, 22)),
        (12, 18, (20, 26)),
        (0, 18, (0, 26)),
        (5, 5, (5, 5)),
        (12, 12, (20, 20)),
        (18, 18, (26, 26)),
    ],
)
def test_a_span_is_found_in_the_original(start: int, end: int, place: tuple[int, int]) -> None:
    assert original_place(RUNS, start, end) == place


@pytest.mark.parametrize(("start", "end"), [(0, 19), (-1, 3), (5, 4)])
def test_a_span_outside_the_text_has_no_place(start: int, end: int) -> None:
    assert original_place(RUNS, start, end) is None


def test_an_empty_text_has_no_places() -> None:
    assert original_place((), 0, 0) is None


def test_a_text_without_edits_is_one_run() -> None:
    assert edited("abc", []).runs == (Run(0, 3, 0, 3),)


def test_cut_pieces_keep_their_places() -> None:
    mapped = edited("one TWO three", [Edit(4, 7, "2")]).cut([(0, 1), (3, 6), (9, 9), (8, 11)])
    assert mapped.text == "o 2 ree"
    assert [original_place(mapped.runs, at, at + 1) for at in range(len(mapped.text))] == [
        (0, 1),
        (3, 4),
        (4, 7),
        (7, 8),
        (10, 11),
        (11, 12),
        (12, 13),
    ]
