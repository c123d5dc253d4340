from hypothesis import given
from hypothesis import strategies as st

from archive.views.marked_text import Annotation, Kind, Mark, Place, mark_paragraphs


def shape(nodes):
    """Nodes as lists and strings that are easy to read: a mark is (kind, record, children)."""
    return [
        node if isinstance(node, str) else (node.annotation.kind.name, node.annotation.record, shape(node.children))
        for node in nodes
    ]


def plain(nodes):
    return "".join(node if isinstance(node, str) else plain(node.children) for node in nodes)


def marks(nodes):
    for node in nodes:
        if isinstance(node, Mark):
            yield node
            yield from marks(node.children)


def test_text_without_marks_is_its_paragraphs():
    assert mark_paragraphs("One.\n\nTwo.", [(0, 4), (6, 10)], []) == [("One.",), ("Two.",)]


def test_a_text_without_paragraphs_shows_nothing():
    assert mark_paragraphs("", [], []) == []


def test_found_words_stand_inside_the_quote():
    quote, found = Annotation(3, 14, Kind.QUOTE, "q"), Annotation(4, 7, Kind.FOUND)
    [nodes] = mark_paragraphs('ab "red house" cd', [(0, 17)], [found, quote])
    assert shape(nodes) == ["ab ", ("QUOTE", "q", ['"', ("FOUND", None, ["red"]), ' house"']), " cd"]


def test_found_words_that_end_outside_the_quote_are_cut_in_two():
    quote, found = Annotation(0, 5, Kind.QUOTE, "q"), Annotation(3, 8, Kind.FOUND)
    [nodes] = mark_paragraphs("abcdefgh", [(0, 8)], [quote, found])
    assert shape(nodes) == [("QUOTE", "q", ["abc", ("FOUND", None, ["de"])]), ("FOUND", None, ["fgh"])]


def test_a_quote_inside_reported_speech_is_nested():
    outer, inner = Annotation(0, 9, Kind.QUOTE, "outer"), Annotation(3, 6, Kind.QUOTE, "inner")
    [nodes] = mark_paragraphs("abcdefghi", [(0, 9)], [inner, outer])
    assert shape(nodes) == [("QUOTE", "outer", ["abc", ("QUOTE", "inner", ["def"]), "ghi"])]


def test_of_two_quotes_that_cross_the_later_is_cut_and_first_only_once():
    early, late = Annotation(0, 6, Kind.QUOTE, "early"), Annotation(3, 9, Kind.QUOTE, "late")
    [nodes] = mark_paragraphs("abcdefghi", [(0, 9)], [early, late])
    assert shape(nodes) == [("QUOTE", "early", ["abc", ("QUOTE", "late", ["def"])]), ("QUOTE", "late", ["ghi"])]
    assert [(m.annotation.record, m.first, m.last) for m in marks(nodes)] == [
        ("early", True, True),
        ("late", True, False),
        ("late", False, True),
    ]


def test_a_quote_over_two_paragraphs_is_marked_in_both_and_is_first_in_one():
    first, second = mark_paragraphs("say ab\n\ncd end", [(0, 6), (8, 14)], [Annotation(4, 10, Kind.QUOTE, "q")])
    assert shape(first) == ["say ", ("QUOTE", "q", ["ab"])]
    assert shape(second) == [("QUOTE", "q", ["cd"]), " end"]
    assert [(m.first, m.last) for m in (*marks(first), *marks(second))] == [(True, False), (False, True)]


def test_furniture_stands_outside_a_quote_that_crosses_it():
    furniture, quote = Annotation(3, 9, Kind.FURNITURE), Annotation(0, 6, Kind.QUOTE, "q")
    [nodes] = mark_paragraphs("abcdefghi", [(0, 9)], [quote, furniture])
    assert shape(nodes) == [("QUOTE", "q", ["abc"]), ("FURNITURE", None, [("QUOTE", "q", ["def"]), "ghi"])]


def test_a_place_knows_its_neighbours():
    assert [(place.previous, place.next) for place in (Place(1, 3), Place(2, 3), Place(3, 3), Place(1, 1))] == [
        (None, 2),
        (1, 3),
        (2, None),
        (None, None),
    ]


def test_two_annotations_of_the_same_span_both_stand():
    one, two = Annotation(1, 3, Kind.SPEAKER, 1), Annotation(1, 3, Kind.SPEAKER, 2)
    [nodes] = mark_paragraphs("abcd", [(0, 4)], [one, two])
    assert shape(nodes) == ["a", ("SPEAKER", 1, [("SPEAKER", 2, ["bc"])]), "d"]


TEXT = "abcdefghijklmnopqrst"
spans = st.tuples(st.integers(0, 25), st.integers(0, 25)).map(lambda span: tuple(sorted(span)))
annotations = st.lists(
    st.builds(lambda span, kind: Annotation(*span, kind), spans, st.sampled_from(list(Kind))), max_size=8
)


@given(annotations, st.sets(st.integers(1, 19), max_size=6))
def test_whatever_the_annotations_the_text_stays_and_each_is_first_and_last_once(annotations, cuts):
    edges = sorted({0, *cuts, len(TEXT)})
    paragraphs = list(zip(edges, edges[1:], strict=False))[::2]
    result = mark_paragraphs(TEXT, paragraphs, annotations)

    assert [plain(nodes) for nodes in result] == [TEXT[start:end] for start, end in paragraphs]
    shown = [mark for nodes in result for mark in marks(nodes)]
    for annotation in annotations:
        own = [mark for mark in shown if mark.annotation is annotation]
        expected = "".join(TEXT[max(s, annotation.start) : max(s, min(e, annotation.end))] for s, e in paragraphs)
        assert "".join(plain(mark.children) for mark in own) == expected
        assert [mark.first for mark in own] == [True, *[False] * (len(own) - 1)][: len(own)]
        assert [mark.last for mark in own] == [*[False] * (len(own) - 1), True][-len(own) :][: len(own)]
