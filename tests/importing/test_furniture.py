"""What editors decided of page furniture lies over what the reader found."""

import pytest

from archive.importing.anchoring import Anchoring
from archive.importing.furniture import decided, moved, with_decision


@pytest.mark.parametrize(
    ("spans", "decisions", "furniture"),
    [
        ([], [], []),
        ([(5, 9), (0, 2)], [], [[0, 2], [5, 9]]),
        ([(0, 4), (3, 9)], [], [[0, 9]]),
        ([(0, 4)], [(4, 8, True)], [[0, 8]]),
        ([(0, 10)], [(3, 5, False)], [[0, 3], [5, 10]]),
        ([(0, 10)], [(0, 10, False)], []),
        ([(0, 10)], [(0, 10, False), (2, 4, True)], [[2, 4]]),
        ([], [(2, 4, True), (0, 10, False)], []),
        ([(0, 2), (8, 10)], [(1, 9, False)], [[0, 1], [9, 10]]),
    ],
)
def test_a_later_decision_lies_over_an_earlier_one(spans, decisions, furniture):
    assert decided(spans, decisions) == furniture


def test_a_decision_takes_the_place_of_those_within_it():
    decisions = with_decision([], 2, 4, True)
    decisions = with_decision(decisions, 8, 12, True)
    assert with_decision(decisions, 0, 10, False) == [[8, 12, True], [0, 10, False]]


def test_decisions_go_where_their_words_stand_and_end_with_these():
    anchoring = Anchoring("Read also. A bridge.", "First. Read also.")
    assert moved([[0, 10, True], [11, 20, False]], anchoring) == [[7, 17, True]]
