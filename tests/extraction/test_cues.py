import pytest

from archive.extraction import extract


def cue(text):
    (quote,) = extract(text).quotes
    return text[quote.cue_start : quote.cue_end] if quote.cue_start is not None else None


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ('"The road is closed," Rosa Lind later added.', "added"),
        ('"The road is closed," Rosa Lind told the claims court.', "told"),
        ('Rosa Lind called the siege "a slow murder of the town".', "called"),
        ('Rosa Lind left early, saying "the road is closed to us".', "saying"),
        ('Rosa Lind agreed and said: "The road is closed."', "said"),
        ('Rosa Lind said the army will report "on each and every road".', "said"),
    ],
)
def test_the_verb_that_introduces_the_words(text, verb):
    assert cue(text) == verb


def test_a_noun_that_looks_like_a_verb_is_no_cue():
    assert cue('The report on the "closed road of the north" is long.') is None


@pytest.mark.parametrize(
    "text",
    [
        'In a statement on Friday, Rosa Lind said: "The road is closed."',
        'Rosa Lind of the coast guard said: "The road is closed."',
        'The mayor, Rosa Lind, said: "The road is closed."',
        'Rosa Lind, the mayor of the town, said: "The road is closed."',
        'Rosa Lind of Alabama, the chairwoman of the council, said: "The road is closed."',
        'Rosa Lind, president of the council, which speaks for the town, said: "The road is closed."',
        'University of the North chemist Rosa Lind said: "The road is closed."',
        'Rosa Lind one of the mayors in the north said: "The road is closed."',
        'Asked about it, Rosa Lind said: "The road is closed."',
    ],
)
def test_the_subject_is_found_past_what_stands_between(text, said):
    assert said(text) == [('"The road is closed."', "Rosa Lind")]
