from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.parsing import LONGEST, MOST_NAMES, MOST_WORDS, parse
from archive.search.query import All, Any, Named, NamedBy, Not, Place, Published, Words


def word(*forms, place=Place.TEXT):
    return ("word", tuple((form,) if isinstance(form, str) else form for form in forms), place)


def phrase(*forms, place=Place.TEXT, slop=0):
    return ("phrase", forms, place, slop)


def prefix(beginning, place=Place.TEXT):
    return ("prefix", beginning, place)


def told(condition):
    """The condition without what was typed, in short."""
    match condition:
        case Words(spellings, prefix=True, place=place):
            return prefix(spellings[0][0], place)
        case Words(spellings, exact=True, place=place, slop=slop):
            return phrase(*spellings, place=place, slop=slop)
        case Words(spellings, place=place):
            return word(*spellings, place=place)
        case All(conditions):
            return ["all", *map(told, conditions)]
        case Any(conditions):
            return ["any", *map(told, conditions)]
        case Not(inner):
            return ["not", told(inner)]
    return condition


def bare(text):
    question = parse(text)
    assert question.required is None
    return [told(each) for each in question.bare]


def required(text):
    question = parse(text)
    assert question.bare == ()
    return told(question.required)


def test_bare_words_are_alternatives():
    assert bare("Rocket strikes") == [word("rocket"), word("strikes")]
    assert parse("Rocket strikes").hints == ()
    assert [each.typed for each in parse("Rocket strikes").bare] == ["Rocket", "strikes"]


@pytest.mark.parametrize("text", ['"Peace proposals"', "“Peace proposals”", "„Peace proposals“", "«Peace proposals»"])
def test_a_phrase_is_exact(text):
    assert required(text) == phrase(("peace", "proposals"))


def test_or_joins_its_two_neighbours_and_makes_all_else_required():
    assert required('opium OR poppy OR "field of red" Helmand') == [
        "all",
        ["any", word("opium"), word("poppy"), phrase(("field", "of", "red"))],
        word("helmand"),
    ]


@pytest.mark.parametrize("text", ["OR opium", "opium OR", "OR opium OR", "AND opium", "opium NOT"])
def test_an_operator_that_joins_nothing_is_left_out(text):
    assert bare(text) == [word("opium")]


def test_a_minus_excludes_a_word_a_phrase_a_field_or_brackets():
    assert required('Taliban -Kabul -"peace talks" -') == [
        "all",
        word("taliban"),
        ["not", word("kabul")],
        ["not", phrase(("peace", "talks"))],
    ]
    assert required("Taliban -title:Kabul -(opium OR poppy)") == [
        "all",
        word("taliban"),
        ["not", word("kabul", place=Place.TITLE)],
        ["not", ["any", word("opium"), word("poppy")]],
    ]
    assert required("NOT Kabul") == required("-Kabul") == ["all", ["not", word("kabul")]]


def test_or_takes_an_excluded_part_too():
    assert required("one OR -bridge") == required("one OR NOT bridge") == ["any", word("one"), ["not", word("bridge")]]
    assert required("-one OR bridge") == ["any", ["not", word("one")], word("bridge")]


def test_names_in_brackets_are_one_name_or_several():
    assert required("by:(Vera Lindqvist OR Brenn)") == [
        "any",
        Named(NamedBy.SPEAKER, "Vera Lindqvist"),
        Named(NamedBy.SPEAKER, "Brenn"),
    ]
    assert required("by:(Vera (Lindqvist) Brenn) war") == [
        "all",
        Named(NamedBy.SPEAKER, "Vera Lindqvist Brenn"),
        word("war"),
    ]


def test_no_more_names_and_alternatives_than_can_be_looked_up():
    many = parse(" OR ".join(f"by:a{number}" for number in range(90)))
    assert len(many.required.conditions) == MOST_NAMES
    assert "names" in many.hints[0]
    alternatives = parse(" OR ".join(f"a{number}" for number in range(90)))
    assert len(alternatives.required.conditions) == MOST_WORDS
    assert "alternatives" in alternatives.hints[0]


def test_a_day_of_a_month_is_no_designator():
    assert required("bridge AND May 12") == ["all", word("bridge"), word("may"), word("12")]


def test_a_hyphen_is_no_minus():
    assert bare("clear - victory al-Qaeda") == [word("clear"), word("victory"), word(("al", "qaeda"), "alqaeda")]


def test_brackets_group():
    assert required("(opium OR poppy) Helmand") == ["all", ["any", word("opium"), word("poppy")], word("helmand")]
    assert required("Helmand OR (opium -price)") == [
        "any",
        word("helmand"),
        ["all", word("opium"), ["not", word("price")]],
    ]
    assert bare("rocket (strike)") == [word("rocket"), word("strike")]


def test_brackets_that_do_not_match_are_explained():
    assert bare("rocket (strike") == [word("rocket"), word("strike")]
    assert "not closed" in parse("rocket (strike").hints[0]
    assert bare("rocket) strike") == [word("rocket"), word("strike")]
    assert "no opening one" in parse("rocket) strike").hints[0]
    assert bare("(" * 500 + "rocket") == [word("rocket")]
    assert "deep" in parse("(" * 500 + "rocket").hints[0]


def test_near_and_prefix():
    assert required('"peace talks"~5') == phrase(("peace", "talks"), slop=5)
    assert required("vict* Helmand") == ["all", prefix("vict"), word("helmand")]
    assert required("title:vict*") == prefix("vict", Place.TITLE)
    assert bare("vi*") == [word("vi")]
    assert "at least 3 letters" in parse("vi*").hints[0]


def test_fields():
    assert required("title:bridge") == word("bridge", place=Place.TITLE)
    assert required('TITLE:"peace talks" rocket') == [
        "all",
        phrase(("peace", "talks"), place=Place.TITLE),
        word("rocket"),
    ]
    assert required("title:(bridge OR ford)") == [
        "any",
        word("bridge", place=Place.TITLE),
        word("ford", place=Place.TITLE),
    ]
    assert required("by:Nicholson") == Named(NamedBy.SPEAKER, "Nicholson")
    assert required('by:"John Nicholson"') == Named(NamedBy.SPEAKER, "John Nicholson")
    assert required("by:(John Nicholson)") == Named(NamedBy.SPEAKER, "John Nicholson")
    assert required("about:Ghani outlet:TOLO role:spokesman") == [
        "all",
        Named(NamedBy.ABOUT, "Ghani"),
        Named(NamedBy.OUTLET, "TOLO"),
        word("spokesman", place=Place.ROLE),
    ]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("after:2017-06", date(2017, 6, 1), None),
        ("after:2017-06-05", date(2017, 6, 5), None),
        ("before:2018", None, date(2017, 12, 31)),
        ("before:2018-03-01", None, date(2018, 2, 28)),
        ("year:2018", date(2018, 1, 1), date(2018, 12, 31)),
    ],
)
def test_dates(text, earliest, latest):
    assert required(text) == Published(earliest, latest)


@pytest.mark.parametrize("text", ["after:soon", "year:2018-05", "before:2018-13", "year:0", "before:0001-01-01"])
def test_a_date_that_is_none_is_searched_as_words_and_said_so(text):
    question = parse(text)
    assert question.bare
    assert text in question.hints[0]


def test_what_is_no_field_is_searched_as_words_and_said_so():
    assert bare("rumour:strike") == [word("rumour"), word("strike")]
    assert "“rumour:” is no field" in parse("rumour:strike").hints[0]
    assert bare("by:") == [word("by")]
    assert parse("https://example.org/a 12:30 note: this").hints == ()


def test_common_words_count_only_where_there_is_nothing_else():
    assert bare("what did he say about the war in Syria") == [word("say"), word("war"), word("syria")]
    assert bare("to be") == [word("to"), word("be")]
    assert required('"to be"') == phrase(("to", "be"))
    assert bare("what did WHO say") == [word("who"), word("say")]


def test_in_a_long_question_in_capitals_there_are_no_operators():
    assert len(bare("TALKS ON A GOVERNMENT OF THE LEFT OR THE RIGHT AND NOT THE CENTRE")) == 5
    assert required("NATO OR UN") == ["any", word("nato"), word("un")]


def test_designators_are_one_word_in_all_spellings():
    assert bare("S-300") == [word(("s", "300"), "s300")]
    assert bare("S300") == [word("s300", ("s", "300"))]
    assert bare("S 300") == [word("s", "s300"), word("300", "s300")]
    assert required("S 300 -Iran") == ["all", word(("s", "300"), "s300"), ["not", word("iran")]]
    assert required('"the S-300 missile"') == phrase(("the", "s", "300", "missile"), ("the", "s300", "missile"))


def test_an_open_quotation_mark_is_explained():
    assert bare('"peace proposal') == [word("peace"), word("proposal")]
    assert "not closed" in parse('"peace proposal').hints[0]


@pytest.mark.parametrize("text", ["", "   ", '""', '"', "-", "…", "- -", '-""', "''", "()", "(-)", "OR"])
def test_without_words_nothing_is_asked(text):
    assert parse(text).blank


def test_endless_questions_are_cut():
    assert bare("battle " * LONGEST) == [word("battle")]
    assert str(LONGEST) in parse("battle " * LONGEST).hints[0]
    many = parse(" ".join(f"w{number}x" for number in range(150)))
    assert len(many.bare) == MOST_WORDS
    assert str(MOST_WORDS) in many.hints[0]


TYPED = ['"', "“", "-", "OR", "AND", "NOT", " ", "a", "S", "300", "x-y", "the", "'", "(", ")", "by:", "title:", "year:"]


@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from([*TYPED, "2018", "after:", "vict*", "~5", "foo:", "é", "\n"])).map("".join),
    )
)
def test_every_text_is_a_question(text):
    question = parse(text)
    assert question.blank or question.condition
    assert all(form and all(form) for part in question.words() for form in part.spellings)
    relaxed = question.relaxed()
    assert relaxed is None or not relaxed.blank
