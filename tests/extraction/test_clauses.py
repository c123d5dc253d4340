import pytest

from archive.extraction import extract


def clause(text):
    (quote,) = extract(text).quotes
    return text[quote.start : quote.end]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("the road was closed. The town slept", "the road was closed"),
        ("the road was closed; the town slept", "the road was closed"),
        ("the road was closed\nThe town slept", "the road was closed"),
        ("the road was closed (it was Monday) and nobody came", "the road was closed (it was Monday) and nobody came"),
        ("it was cold and that the road was closed", "it was cold and that the road was closed"),
        ("the road, which is long, was closed", "the road, which is long, was closed"),
        ("3,000 people had left by 10.30 a.m. on Monday", "3,000 people had left by 10.30 a.m. on Monday"),
        ("the road was closed, while the town slept", "the road was closed"),
        ("the road was closed, but that it would open", "the road was closed, but that it would open"),
        ("the U.S. army had left", "the U.S. army had left"),
    ],
)
def test_where_the_clause_ends(told, words):
    assert clause(f"Police said that {told}.") == words


@pytest.mark.parametrize(
    "before",
    [
        "Police said",
        "Police said that",
        "Police said on Friday",
        "Police said on Friday morning that",
        "Police also said",
        "Police said in a statement",
        "Police said in a written statement on Friday that",
        "Police told the Reuters news agency",
        "Police told him",
        "Police later announced",
        "Police have repeatedly warned that",
    ],
)
def test_where_the_clause_begins(before):
    assert clause(f"{before} the road was closed.") == "the road was closed"


def test_a_source_at_the_end_is_no_part_of_the_clause():
    assert clause("The town slept and the road was closed, said police spokesman Peter Holm on Friday.") == (
        "The town slept and the road was closed"
    )
