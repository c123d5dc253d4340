import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.tokens import Sought, terms, tokenize


def plain(text):
    return [token.plain for token in tokenize(text).words]


def stems(text):
    return [token.stem for token in tokenize(text).words]


def joined(text):
    return [token.plain for token in tokenize(text).joined]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Café in ŁÓDŹ", ["the", "cafe", "in", "lodz"]),
        ("Cafe\u0301 Straße Ørsted", ["cafe", "strasse", "orsted"]),
        ("O'Donnell O’Donnell O´Donnell it´s", ["odonnell", "odonnell", "odonnell", "its"]),
        ("'quoted' words'", ["quoted", "words"]),
        ("U.S. Army, 10 a.m. E.U.", ["us", "army", "10", "am", "eu"]),
        ("1,200 dead; 3.5 million.", ["1200", "dead", "3.5", "million"]),
        ("end.Then more_words", ["end", "then", "more", "words"]),
        ("Киев صنعاء 北京", ["киев", "صنعاء", "北", "京"]),
        ("cease\u00adfire", ["ceasefire"]),
        ("", []),
        ("… -- !?", []),
    ],
)
def test_words_have_no_case_accents_or_inner_signs(text, expected):
    assert plain(text) == expected


def test_stems_lose_english_endings_and_the_possessive():
    assert stems("Strikes striking Ghani's James's victories") == ["strike", "strike", "ghani", "jame", "victori"]
    assert stems("James") == stems("James's")


@pytest.mark.parametrize("text", ["S-300", "S 300", "S300", "s300", "S‑300"])
def test_designators_share_one_form_however_they_are_written(text):
    found = tokenize(text)
    assert "s300" in [token.plain for token in (*found.words, *found.joined)]


def test_hyphenated_words_are_cut_and_joined():
    assert plain("a cease-fire near Abu-Kamal") == ["a", "cease", "fire", "near", "abu", "kamal"]
    assert joined("a cease-fire near Abu-Kamal") == ["ceasefire", "abukamal"]
    assert joined("U.S.-led, F-16s, MiG 29, 2001-2014, in 2018") == ["mig29", "usled", "f16s"]
    assert tokenize("F-16s").joined[0].stem == tokenize("F-16").joined[0].stem == "f16"


def test_a_token_knows_its_place():
    text = "“An S-300”, said O’Donnell."
    found = tokenize(text)
    assert [text[t.start : t.end] for t in found.words] == ["An", "S", "300", "said", "O’Donnell"]
    assert [text[t.start : t.end] for t in found.joined] == ["S-300"]


def test_debris_is_cut():
    assert plain("x" * 1000) == ["x" * 64]


@given(st.text())
def test_any_text_is_cut_into_clean_words_in_order(text):
    found = tokenize(text)
    ends = [0, *(token.end for token in found.words)]
    assert all(end <= token.start < token.end for end, token in zip(ends, found.words, strict=False))
    for token in (*found.words, *found.joined):
        assert token.plain and token.stem
        assert not any(c.isspace() for c in token.plain + token.stem)
    assert terms(text) == (
        [token.plain for token in found.words],
        [token.stem for token in found.words],
        [token.stem for token in found.joined],
    )


PIECES = ["fire", "cease-fire", "misfire", "Fires", "fire's", "S-300", "S 300", "a", "北京", "é", "1,200", "U.S."]
FORMS = ["fire", "ceasefir", "cease", "s300", "300", "a", "北", "e", "1200", "us"]
SIGNS = [" ", "\n", "“", "”", "-", "’", ".", ", ", "_", "(", ""]


@given(
    text=st.lists(st.tuples(st.sampled_from(SIGNS), st.sampled_from(PIECES)), max_size=12).map(
        lambda pairs: "".join(sign + piece for sign, piece in pairs)
    ),
    forms=st.sets(st.sampled_from(FORMS), max_size=3),
    looked_for=st.sampled_from([0, 20]),
)
def test_what_is_sought_is_found_where_all_words_show_it(text, forms, looked_for):
    every = tokenize(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("archive.search.tokens.MOST_LOOKED_FOR", looked_for)
        found = tokenize(text, sought=Sought(frozenset(forms), placed=True))
    assert found.words == sorted(found.words) and set(found.words) <= set(every.words)
    assert [t for t in found.words if {t.plain, t.stem} & forms] == [
        t for t in every.words if {t.plain, t.stem} & forms
    ]
    assert {t for t in every.joined if t.stem in forms} <= set(found.joined) <= set(every.joined)
