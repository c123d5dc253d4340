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


@pytest.mark.parametrize(
    "text",
    [
        'The report on the "closed road of the north" is long.',
        'Rosa Lind has the "closed road of the north" on a list of her claims.',
        'The mayor\'s claims on the "closed road of the north" are long.',
    ],
)
def test_a_noun_that_looks_like_a_verb_is_no_cue(text):
    """A few quoted words without a verb that introduces them are a name for something, and nobody's."""
    assert extract(text).quotes == ()


@pytest.mark.parametrize(
    "text",
    [
        '"The road is closed," Reuters quoted Rosa Lind as saying.',
        'Reuters quoted Rosa Lind, the mayor, as saying: "The road is closed."',
        '"The road is closed," Rosa Lind was quoted by Reuters as saying.',
        'Rosa Lind was quoted as saying: "The road is closed."',
    ],
)
def test_who_is_quoted_speaks_and_not_who_quotes(text, said):
    assert [speaker for _, speaker in said(text)] == ["Rosa Lind"]


def test_a_long_stretch_beside_such_a_noun_is_speech_that_nothing_introduces():
    text = 'The report on "a road that is closed and will stay closed" is long.'
    assert cue(text) is None


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
        'Rosa Lind, whose son was killed, said: "The road is closed."',
        'Rosa Lind (of the council) said: "The road is closed."',
        'Rosa Lind of the Kabul based Valley Group said: "The road is closed."',
        'Rosa Lind said on Monday: "The road is closed."',
        '"The road is closed.", said a farmer, called Rosa Lind.',
        '"The road is closed.", said a resident, identified as Rosa Lind.',
        '"The road is closed.", said a woman who gave her name as Rosa Lind.',
    ],
)
def test_the_subject_is_found_past_what_stands_between(text, said):
    assert said(text) == [('"The road is closed."', "Rosa Lind")]
