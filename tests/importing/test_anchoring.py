"""A quote is found again in a changed text by its words and nearest place, or through the change."""

from hypothesis import given
from hypothesis import strategies as st

from archive.importing.anchoring import Anchoring, nearest, same_words

OLD = 'The bridge fell.\n\n"We saw it fall", Vera Lindqvist said.\n\n"We saw it fall", she said again.'


def place_of(words: str, old: str, new: str, last: bool = False) -> str | None:
    start = old.rindex(words) if last else old.index(words)
    place = Anchoring(old, new).place(start, start + len(words))
    return new[place[0] : place[1]] if place else None


def test_words_that_moved_are_found_where_they_stand():
    new = "A paragraph was put before.\n\n" + OLD
    start = OLD.rindex('"We saw it fall"')
    place = Anchoring(OLD, new).place(start, start + 16)
    assert place == (new.rindex('"We saw it fall"'), new.rindex('"We saw it fall"') + 16)


def test_of_two_places_with_the_same_words_the_nearest_is_taken():
    assert nearest("aa bb aa bb aa", "aa", 7) == (6, 8)
    assert nearest("aa bb aa bb aa", "aa", 12) == (12, 14)
    assert nearest("aa bb", "cc", 0) is None
    assert nearest("aa", "", 0) is None


def test_a_quote_with_a_mended_typo_is_still_that_quote():
    assert place_of('"We saw it fall"', OLD, OLD.replace("saw it fall", "saw the bridge fall")) == (
        '"We saw the bridge fall"'
    )


def test_a_quote_whose_words_were_replaced_is_not_found():
    new = OLD.replace('"We saw it fall", Vera', '"Nobody was on the road that night", Vera').replace(
        '"We saw it fall", she said again.', "She said no more."
    )
    assert place_of('"We saw it fall"', OLD, new) is None


def test_words_are_the_same_whatever_the_marks_and_spacing():
    assert same_words('"We saw\n it fall"') == same_words("“We saw it fall,”")


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60), st.data())
def test_a_place_found_lies_in_the_new_text_and_offsets_move_in_order(old, new, data):
    anchoring = Anchoring(old, new)
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    place = anchoring.place(start, end)
    if place:
        assert 0 <= place[0] < place[1] <= len(new)
    moved = [anchoring.moved(offset) for offset in range(len(old) + 1)]
    assert moved == sorted(moved)
    assert all(0 <= offset <= len(new) for offset in moved)


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=40))
def test_what_an_insertion_leaves_alone_is_found_exactly(head, inserted, tail):
    anchoring = Anchoring(head + tail, head + inserted + tail)
    assert anchoring.moved(len(head) + len(tail)) == len(head) + len(inserted) + len(tail)
