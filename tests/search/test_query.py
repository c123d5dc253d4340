import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.query import LONGEST, MOST_WORDS, Sought, parse


def word(*forms):
    return Sought(tuple((form,) if isinstance(form, str) else form for form in forms))


def phrase(*forms):
    return Sought(forms, exact=True)


def test_bare_words_are_alternatives():
    question = parse("Rocket strikes")
    assert question.groups == ((word("rocket"),), (word("strike"),))
    assert not question.strict
    assert question.hints == ()


@pytest.mark.parametrize("text", ['"Peace proposals"', "“Peace proposals”", "„Peace proposals“", "«Peace proposals»"])
def test_a_phrase_is_not_stemmed(text):
    question = parse(text)
    assert question.groups == ((phrase(("peace", "proposals")),),)
    assert question.strict


def test_or_joins_its_two_neighbours_and_makes_all_else_required():
    question = parse('opium OR poppy OR "field of red" Helmand')
    assert question.groups == (
        (word("opium"), word("poppi"), phrase(("field", "of", "red"))),
        (word("helmand"),),
    )
    assert question.strict


@pytest.mark.parametrize("text", ["OR opium", "opium OR", "OR opium OR", "opium or"])
def test_an_or_that_joins_nothing_is_left_out(text):
    question = parse(text)
    assert question.groups == ((word("opium"),),)
    assert not question.strict


def test_a_minus_excludes_a_word_or_a_phrase():
    question = parse('Taliban -Kabul -"peace talks" -')
    assert question.groups == ((word("taliban"),),)
    assert question.excluded == (word("kabul"), phrase(("peace", "talks")))
    assert question.strict


def test_a_hyphen_is_no_minus():
    question = parse("clear - victory al-Qaeda")
    assert question.excluded == ()
    assert question.groups == ((word("clear"),), (word("victori"),), (word(("al", "qaeda"), "alqaeda"),))


def test_common_words_count_only_where_there_is_nothing_else():
    assert parse("the war in Syria").groups == ((word("war"),), (word("syria"),))
    assert parse("to be").groups == ((word("to"),), (word("be"),))
    assert parse('"to be"').groups == ((phrase(("to", "be")),),)


def test_designators_are_one_word_in_all_spellings():
    assert parse("S-300").groups == ((word(("s", "300"), "s300"),),)
    assert parse("S300").groups == ((word("s300", ("s", "300")),),)
    assert parse("S 300").groups == ((word("s"),), (word("300"),), (word(("s", "300"), "s300"),))
    assert parse("S 300 -Iran").groups == ((word(("s", "300"), "s300"),),)
    assert parse('"the S-300 missile"').groups == (
        (phrase(("the", "s", "300", "missile"), ("the", "s300", "missile")),),
    )


def test_an_open_quotation_mark_is_explained():
    question = parse('"peace proposal')
    assert question.groups == ((word("peac"),), (word("propos"),))
    assert "not closed" in question.hints[0]


@pytest.mark.parametrize("text", ["", "   ", '""', '"', "-", "…", "- -", '-""', "''"])
def test_without_words_nothing_is_asked(text):
    assert parse(text).blank


def test_endless_questions_are_cut():
    question = parse("battle " * LONGEST)
    assert question.groups == ((word("battl"),),)
    assert str(LONGEST) in question.hints[0]
    many = parse(" ".join(f"w{number}x" for number in range(150)))
    assert len(many.groups) == MOST_WORDS
    assert str(MOST_WORDS) in many.hints[0]


def test_relaxed_any_word_is_enough_but_phrases_stay():
    assert parse("opium OR poppy Helmand").relaxed().groups == ((word("opium"),), (word("poppi"),), (word("helmand"),))
    assert parse('"peace talks" Helmand').relaxed().groups == ((phrase(("peace", "talks")),),)
    assert parse("opium Helmand").relaxed() is None
    assert parse('"peace talks"').relaxed() is None
    assert parse("-Helmand").relaxed() is None


@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from(['"', "“", "-", "OR", " ", "a", "S", "300", "x-y", "the", "'"])).map("".join),
    )
)
def test_every_text_is_a_question(text):
    question = parse(text)
    parts = [*question.sought(), *question.excluded]
    assert all(form and all(form) for part in parts for form in part.forms)
    relaxed = question.relaxed()
    assert relaxed is None or relaxed.groups
