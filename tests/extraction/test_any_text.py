import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.extraction import extract
from archive.extraction.marks import MARK

MARKS = ["“", "”", '"', "'", "‘", "’", "«", "»", "„", "``", "''", "´", "(", ")"]
SIGNS = [",", ".", "?", ":", ";", "—", " ", "\n", "\n\n"]
NAMES = ["Rosa", "Lind", "Gen.", "U.S.", "al-Tayib", "Danish", "GENERAL", "A."]
WORDS = ["said", "told", "he", "she", "the", "police", "according", "to"]
PIECES = st.lists(st.sampled_from(MARKS + SIGNS + NAMES + WORDS), max_size=120)
REPORTS = st.one_of(st.text(max_size=400), PIECES.map(" ".join), PIECES.map("".join))


@settings(max_examples=300, deadline=None)
@given(REPORTS)
def test_any_text_is_taken_and_every_offset_lies_inside(text: str) -> None:
    found = extract(text)
    previous = 0
    for quote in found.quotes:
        assert previous <= quote.start < quote.end <= len(text)
        assert MARK.match(text, quote.start)
        assert (quote.person is not None) <= (quote.speaker_kind == "person")
        assert quote.person is None or quote.person < len(found.people)
        assert (quote.speaker_start is None) == (quote.speaker_end is None)
        if quote.speaker_start is not None and quote.speaker_end is not None:
            assert 0 <= quote.speaker_start < quote.speaker_end <= len(text)
        assert 0 <= quote.confidence <= 1
        previous = quote.end
    for person in found.people:
        assert person.mentions and " " in person.name and person.forms[0] == person.name
        for mention in person.mentions:
            assert " ".join(text[mention.start : mention.end].split()) in person.forms
    assert extract(text) == found


@settings(max_examples=100, deadline=None)
@given(REPORTS, st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=4))
def test_nothing_begins_in_furniture(text: str, furniture: list[tuple[int, int]]) -> None:
    found = extract(text, furniture)
    begins = [quote.start for quote in found.quotes] + [m.start for person in found.people for m in person.mentions]
    assert not any(start <= at < end for at in begins for start, end in furniture)


@pytest.mark.parametrize(
    "piece", ['"', "'", "“", '"a ', '"a," ', "'a ", ".", "al-", " ", "\n", "A ", "A. ", "Rosa ", "Gen. "]
)
def test_a_long_run_of_one_thing_is_read_in_seconds(piece: str) -> None:
    _read_in_seconds(piece)


@pytest.mark.parametrize(
    "sentence",
    [
        "GENERAL ROSA LIND ",
        "police ",
        "he said ",
        "the general said ",
        "Xaver Quelq said. ",
        '"We go," he said. ',
        '"We go," the general said. ',
        'Rosa Lind, the general, said "no way at all" and ',
    ],
)
def test_a_long_text_of_one_sentence_is_read_in_seconds(sentence: str) -> None:
    _read_in_seconds(sentence)


def _read_in_seconds(piece: str) -> None:
    """Work that grows with the square of the length takes minutes here; linear work one or two seconds."""
    began = time.process_time()
    extract(piece * (100_000 // len(piece)))
    assert time.process_time() - began < 8
