import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.extraction import extract
from tests.extraction.invariants import check
from tests.extraction.long_texts import LONG
from tests.extraction.pieces import MARKS, NAMES, ODD, PIECES, SIGNS, WORDS

ORDINARY = st.lists(st.sampled_from([*MARKS[:9], *SIGNS, *NAMES, *WORDS]), max_size=120)
ANY_PIECES = st.lists(st.sampled_from(PIECES), max_size=120)
MIXED = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(ODD), st.text(max_size=6)), max_size=60)
SAID = st.tuples(
    st.sampled_from(MARKS), st.sampled_from(PIECES), st.sampled_from(MARKS), ANY_PIECES.map(lambda some: some[:4])
).map(lambda parts: f"{parts[0]}We go {parts[1]} now,{parts[2]} {' '.join(parts[3])} said ")
REPORTS = st.one_of(
    st.text(max_size=400),
    ORDINARY.map(" ".join),
    ORDINARY.map("".join),
    ANY_PIECES.map(" ".join),
    MIXED.map("".join),
    st.lists(SAID, max_size=12).map("".join),
    ORDINARY.map(" ".join).map(str.upper),
)


@settings(max_examples=400, deadline=None)
@given(REPORTS)
def test_any_text_is_taken_and_every_offset_lies_inside(text: str) -> None:
    check(text)


@settings(max_examples=100, deadline=None)
@given(REPORTS, st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=4))
def test_nothing_begins_in_furniture(text: str, furniture: list[tuple[int, int]]) -> None:
    found = check(text, furniture)
    named = (*found.people, *found.organisations)
    begins = [quote.start for quote in found.quotes] + [place.start for one in named for place in one.mentions]
    assert not any(start <= at < end for at in begins for start, end in furniture)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", LONG)
def test_a_long_text_is_read_in_seconds(kind: str) -> None:
    """Work that grows with the square of the length takes minutes here; how it grows is measured by `make bench`."""
    began = time.process_time()
    extract(LONG[kind](100_000))
    assert time.process_time() - began < 60
