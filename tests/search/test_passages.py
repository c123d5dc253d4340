from hypothesis import given
from hypothesis import strategies as st

from archive.search import Passage, Piece, found_spans, highlight, snippet

TEXT = (
    "Shelling damaged the bridge at Harrow Ford on Monday, residents said. "
    "The ministry spoke of rocket fire.\n\n"
    '"We counted nine rockets before dawn", Colonel Vera Lindqvist said at a briefing on the cease-fire. '
    "A rocket struck the old mill, and another rocket struck the school.\n\n"
    "The ministry did not answer questions about the S-300 launchers. " + "Rain fell all night. " * 20
)


def marked(pieces):
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in pieces)


def shown(text, words, length):
    return marked(snippet(text, words, length=length).pieces)


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
    assert shown(TEXT, "colonel rocket briefing", length=120) == (
        '…The ministry spoke of [rocket] fire. "We counted nine [rockets] before dawn", '
        "[Colonel] Vera Lindqvist said at a [briefing] on…"
    )


def test_the_snippet_shows_the_phrase():
    assert "[school]" in shown(TEXT, "school", length=60)
    assert "[nine rockets]" in shown(TEXT, '"nine rockets"', length=60)


def test_without_a_find_the_snippet_is_the_beginning():
    assert shown(TEXT, "volcano", length=40) == "Shelling damaged the bridge at Harrow…"
    assert shown(TEXT, "", length=40) == "Shelling damaged the bridge at Harrow…"


def test_short_texts_are_shown_whole_with_line_ends_as_spaces():
    assert snippet("One rocket.\n\nNo more.", "rocket") == Passage(
        (Piece("One ", False), Piece("rocket", True), Piece(". No more.", False)), first_hit=1
    )
    assert snippet("", "rocket") == Passage((), first_hit=None)


def test_the_passage_tells_which_hit_of_the_whole_text_it_starts_with():
    assert found(TEXT, "rocket mill") == ["rocket", "rockets", "rocket", "mill", "rocket"]
    assert (
        shown(TEXT, "rocket mill", length=60) == "…A [rocket] struck the old [mill], and another [rocket] struck the…"
    )
    assert snippet(TEXT, "rocket mill", length=60).first_hit == 3
    assert snippet(TEXT, "volcano", length=60).first_hit is None
    assert snippet("peace talks now", '"peace talks" talks').first_hit == 1


@given(
    st.lists(st.sampled_from(["rocket", "rockets", "fell", ".", "\n\n", " ", "S-300", "x" * 30, "dawn"])).map(" ".join),
    st.sampled_from(["rocket", '"rocket fell"', "dawn rocket", "S300", "nothing", ""]),
    st.integers(20, 120),
)
def test_a_snippet_is_a_stretch_of_the_text_of_that_length(text, words, length):
    passage = snippet(text, words, length=length)
    shown = "".join(piece.text for piece in passage.pieces).removeprefix("…").removesuffix("…")
    assert len(shown) <= length
    assert shown in " ".join(text.split())
    found = [piece.text for piece in passage.pieces if piece.found]
    spans = found_spans(text, words)
    assert bool(found) == bool(spans) == (passage.first_hit is not None)
    if passage.first_hit:
        start, end = spans[passage.first_hit - 1]
        assert found[0] in " ".join(text[start:end].split())
    assert "".join(piece.text for piece in highlight(text, words)) == text


@given(st.text(), st.text())
def test_any_text_and_any_question_give_pieces(text, words):
    assert "".join(piece.text for piece in highlight(text, words)) == text
    snippet(text, words)


def test_what_is_looked_for_in_titles_is_marked_in_titles_alone():
    assert found("the mill", "title:mill bridge") == []
    assert [piece.text for piece in highlight("The mill", "title:mill bridge", title=True) if piece.found] == ["mill"]


def test_the_passage_is_not_taken_from_page_furniture():
    text = "Read also: harbour mill closed. " + "Rain fell all night. " * 20 + "The mill in the harbour burned."
    passage = snippet(text, "harbour mill", length=80, furniture=[[0, 31]])
    assert "burned" in "".join(piece.text for piece in passage.pieces)
    assert passage.first_hit == 3


def test_near_words_and_beginnings_are_marked():
    assert found(TEXT, '"rockets dawn"~3') == ["rockets", "dawn"]
    assert found(TEXT, '"dawn rockets"~3') == ["rockets", "dawn"]
    assert found(TEXT, '"bridge dawn"~3') == []
    assert found(TEXT, "minis*") == ["ministry", "ministry"]


def test_words_are_marked_by_the_endings_of_their_language():
    assert [piece.text for piece in highlight("die Kinder", "kind", "de") if piece.found] == ["Kinder"]
    assert not any(piece.found for piece in highlight("die Kinder", "kind"))
