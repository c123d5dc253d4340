"""A slip is put right with a frequent word of the archive, and what is no slip is left alone."""

import pytest

from archive.search.spelling import beginnings, correction

WORDS = {
    "artillery": 900,
    "attack": 4000,
    "attacks": 2500,
    "bridge": 700,
    "bridle": 6,
    "ceasefire": 1500,
    "civilians": 3000,
    "gaddafi": 300,
    "helicopter": 400,
    "lavrov": 40,
    "lindqvist": 25,
    "mine": 200,
    "minister": 8000,
    "ministry": 5000,
    "missile": 1200,
    "peace": 2000,
    "rocket": 1800,
    "rockets": 90,
    "s300": 500,
    "shell": 60,
    "shelling": 1000,
    "siege": 300,
    "sniper": 4,
    "strike": 3000,
    "tank": 800,
    "their": 9000,
    "ukraine": 9000,
    "войска": 50,
    "zelensky": 30,
    "zelenskyy": 700,
}


def words_from(beginning):
    return [(word, count) for word, count in WORDS.items() if word.startswith(beginning)]


def corrected(word):
    return correction(word, words_from, WORDS.get(word, 0))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("misile", "missile"),
        ("missle", "missile"),
        ("mssile", "missile"),
        ("imssile", "missile"),
        ("rissile", "missile"),
        ("issile", "missile"),
        ("amissile", "missile"),
        ("artilery", "artillery"),
        ("artiliry", "artillery"),
        ("atillery", "artillery"),
        ("cesefire", "ceasefire"),
        ("ceasfier", "ceasefire"),
        ("seige", "siege"),
        ("thier", "their"),
        ("peice", "peace"),
        ("tamk", "tank"),
        ("ukrane", "ukraine"),
        ("lindqvst", "lindqvist"),
        ("qaddafi", "gaddafi"),
        ("zelensky", "zelenskyy"),  # there, but so much rarer
        ("brigde", "bridge"),
        ("войсуа", "войска"),
    ],
)
def test_what_was_meant(typed, meant):
    assert corrected(typed) == meant


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("missile", "it is right"),
        ("rockets", "it has the stem of the frequent one"),
        ("shells", "it has the stem of the frequent one"),
        ("ministers", "it has the stem of the frequent one"),
        ("ministry", "it is frequent itself"),
        ("zelenski", "it has the stem of a known one"),
        ("snipr", "the word meant is too rare"),
        ("tnk", "it is too short"),
        ("s400", "designators are no words"),
        ("s30", "designators are no words"),
        ("2014", "numbers are no words"),
        ("pxxce", "it is two slips away and has five letters"),
        ("artxxxery", "it is three slips away"),
        ("zeppelin", "nothing is like it"),
        ("", "there is nothing"),
    ],
)
def test_what_is_left_alone(typed, because):
    assert corrected(typed) is None, because


def test_a_word_that_is_not_much_rarer_is_left_alone():
    assert correction("pece", words_from, documents=100) == "peace"
    assert correction("pece", words_from, documents=101) is None


def test_the_words_of_a_language_are_never_walked_whole():
    asked = list(beginnings("missile"))
    assert "mis" in asked and "imss" in asked and "siss" in asked
    assert len(asked) == len(set(asked)) < 170
    assert all(len(beginning) >= 3 for beginning in asked)
    assert all(len(beginning) == 4 for beginning in asked if not beginning.startswith("mis"))
