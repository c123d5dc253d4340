from hypothesis import given
from hypothesis import strategies as st

from archive.search import Piece, found_spans, highlight, snippet

TEXT = (
    "Shelling damaged the bridge at Harrow Ford on Monday, residents said. "
    "The ministry spoke of rocket fire.\n\n"
    '"We counted nine rockets before dawn", Colonel Vera Lindqvist said at a briefing on the cease-fire. '
    "A rocket struck the old mill, and another rocket struck the school.\n\n"
    "The ministry did not answer questions about the S-300 launchers. " + "Rain fell all night. " * 20
)


def marked(pieces):
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in pieces)


def found(text, words):
    return [text[start:end] for start, end in found_spans(text, words)]


def test_words_are_found_by_their_stems_and_phrases_as_they_stand():
    assert found(TEXT, "Rocket strikes") == ["rocket", "rockets", "rocket", "rocket"]
    assert found(TEXT, '"rocket struck"') == ["rocket struck", "rocket struck"]
    assert found(TEXT, '"rockets struck"') == []
    assert found("the Café's end", "CAFE") == ["Café's"]


def test_what_is_excluded_or_too_common_is_not_marked():
    assert found(TEXT, "mill -school") == ["mill"]
    assert found(TEXT, "the mill") == ["mill"]


def test_compounds_and_designators_are_marked_whole():
    assert found(TEXT, "ceasefire") == ["cease-fire"]
    assert found(TEXT, "S 300") == ["S-300"]
    assert found(TEXT, "S300") == ["S-300"]
    assert found(TEXT, '"S300 launchers"') == ["S-300 launchers"]


def test_overlapping_finds_are_one():
    assert found("peace talks now", '"peace talks" talks') == ["peace talks"]


def test_highlight_keeps_every_character_and_makes_no_markup():
    text = "<script>alert('rocket')</script> & rockets"
    pieces = highlight(text, "rocket script")
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.found] == ["script", "rocket", "script", "rockets"]


def test_the_snippet_is_where_most_of_the_words_stand():
    assert marked(snippet(TEXT, "colonel rocket briefing", length=120)) == (
        '…The ministry spoke of [rocket] fire. "We counted nine [rockets] before dawn", '
        "[Colonel] Vera Lindqvist said at a [briefing] on…"
    )


def test_the_snippet_shows_the_phrase():
    assert "[school]" in marked(snippet(TEXT, "school", length=60))
    assert "[nine rockets]" in marked(snippet(TEXT, '"nine rockets"', length=60))


def test_without_a_find_the_snippet_is_the_beginning():
    assert marked(snippet(TEXT, "volcano", length=40)) == "Shelling damaged the bridge at Harrow…"
    assert marked(snippet(TEXT, "", length=40)) == "Shelling damaged the bridge at Harrow…"


def test_short_texts_are_shown_whole_with_line_ends_as_spaces():
    assert snippet("One rocket.\n\nNo more.", "rocket") == (
        Piece("One ", False),
        Piece("rocket", True),
        Piece(". No more.", False),
    )
    assert snippet("", "rocket") == ()


@given(
    st.lists(st.sampled_from(["rocket", "rockets", "fell", ".", "\n\n", " ", "S-300", "x" * 30, "dawn"])).map(" ".join),
    st.sampled_from(["rocket", '"rocket fell"', "dawn rocket", "S300", "nothing", ""]),
    st.integers(20, 120),
)
def test_a_snippet_is_a_stretch_of_the_text_of_that_length(text, words, length):
    pieces = snippet(text, words, length=length)
    shown = "".join(piece.text for piece in pieces).removeprefix("…").removesuffix("…")
    assert len(shown) <= length
    assert shown in " ".join(text.split())
    assert any(piece.found for piece in pieces) == bool(found_spans(text, words))
    assert "".join(piece.text for piece in highlight(text, words)) == text


@given(st.text(), st.text())
def test_any_text_and_any_question_give_pieces(text, words):
    assert "".join(piece.text for piece in highlight(text, words)) == text
    snippet(text, words)
