from types import SimpleNamespace

from archive.views.marked_text import Annotation, Kind, mark_paragraphs
from archive.views.report_text import blocks_of
from archive.views.strip import LEAST, strip_of


def drawn(text, spans, quotes, furniture=()):
    quotes = [SimpleNamespace(start=start, end=end) for start, end in quotes]
    grey = [Annotation(start, end, Kind.FURNITURE) for start, end in furniture]
    blocks = blocks_of([start for start, _ in spans], mark_paragraphs(text, spans, grey))
    return [(segment.start, segment.length) for segment in strip_of(quotes, blocks, dict(spans))]


def test_a_quote_has_its_share_of_the_text():
    assert drawn("x" * 100, [(0, 100)], [(0, 10), (50, 100)]) == [(0, 100), (500, 500)]


def test_what_lies_between_paragraphs_and_folded_furniture_take_no_room():
    text = "x" * 300
    assert drawn(text, [(0, 50), (100, 150), (250, 300)], [(0, 50), (250, 300)], furniture=[(100, 150)]) == [
        (0, 500),
        (500, 500),
    ]


def test_a_quote_over_two_paragraphs_is_one_segment():
    assert drawn("x" * 120, [(0, 50), (60, 110)], [(40, 70)]) == [(400, 200)]


def test_a_short_quote_in_a_long_text_is_still_seen_and_stays_inside():
    assert drawn("x" * 100_000, [(0, 100_000)], [(0, 1), (99_999, 100_000)]) == [(0, LEAST), (1000 - LEAST, LEAST)]


def test_what_the_page_does_not_show_has_no_segment():
    assert drawn("x" * 100, [(10, 90)], [(0, 5), (95, 99)]) == []
    assert drawn("", [], [(0, 5)]) == []
