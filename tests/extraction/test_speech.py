import pytest

from archive.extraction import extract


@pytest.mark.parametrize(
    "text",
    [
        'The army began Operation "Northern Dawn" at night.',
        'The so-called "republic" fell in the spring.',
        'Peter "Ghost" Holm was seen in the town.',
        'Her book "Leaving the Valley" sold well.',
        'Rosa Lind said members of the "Northern Dawn Brigade" were killed.',
        'The group ran a "state" in the hills.',
        'The pipe is 4" wide.',
        'The "..." was left open.',
    ],
)
def test_names_titles_and_scare_quotes_are_no_speech(text):
    assert extract(text).quotes == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('"The road is closed," Rosa Lind said.', "direct"),
        ('Rosa Lind said: "The road is closed."', "direct"),
        ('Rosa Lind said the road was "closed for good".', "mixed"),
        ('A year on, Rosa Lind said, "we had no road at all", and left.', "mixed"),
        ('Rosa Lind called it a "murderous act".', "mixed"),
    ],
)
def test_whole_utterances_are_direct_and_stretches_are_mixed(text, kind):
    assert [quote.kind for quote in extract(text).quotes] == [kind]
