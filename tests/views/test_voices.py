import pytest

from archive.views.quotes import cut_out
from archive.views.voices import tell_apart
from tests.factories import make_article, make_organisation, make_person, make_quote

pytestmark = pytest.mark.django_db


def heard(article):
    """The voices of a report whose quotes are in it."""
    quotes = list(article.quotes.in_reading_order())
    for quote in quotes:
        cut_out(quote, quote.version.text)
    return tell_apart(quotes)


def say(speakers, **fields):
    """A report in which these speak, one after the other."""
    article = make_article("Talks", " ".join(f'"Words {number}."' for number in range(len(speakers))))
    for number, speaker in enumerate(speakers):
        make_quote(article, f'"Words {number}."', speaker, **fields)
    return article


def test_speakers_have_hues_in_the_order_in_which_they_first_speak():
    anna, police = make_person("Anna Berg"), make_organisation("Harrow police")
    voices = heard(say([police, anna, police]))
    assert [(voice.name, voice.classes, voice.spoken) for voice in voices] == [
        ("Harrow police", "hue-1", 2),
        ("Anna Berg", "hue-2", 1),
    ]
    assert voices[0].quotes[1].voice is voices[0]


def test_more_than_eight_have_the_hues_again_under_another_line():
    voices = heard(say([make_person(f"Anna Berg{number}") for number in range(26)]))
    assert [voices[place].classes for place in (0, 7, 8, 15, 16, 25)] == [
        "hue-1",
        "hue-8",
        "hue-1 turn-2",
        "hue-8 turn-2",
        "hue-1 turn-3",
        "hue-2 turn-3",
    ]


def test_who_is_not_known_or_not_named_has_no_hue_and_takes_none():
    article = say([None, None, make_person("Anna Berg")])
    article.quotes.filter(start=0).update(speaker_kind="unnamed")
    assert [(voice.name, voice.hue) for voice in heard(article)] == [
        ("Somebody not named", 0),
        ("Speaker not known", 0),
        ("Anna Berg", 1),
    ]


def test_a_name_without_a_page_is_one_voice_in_whatever_case():
    article = make_article("Talks", '"Go", said Lindqvist. "Stay", LINDQVIST said. "Wait", said Berg.')
    for words, name in (('"Go"', "Lindqvist"), ('"Stay"', "LINDQVIST"), ('"Wait"', "Berg")):
        start = article.shown_version.text.index(name)
        make_quote(article, words, speaker_kind="person", speaker_start=start, speaker_end=start + len(name))
    assert [(voice.name, voice.hue, voice.spoken) for voice in heard(article)] == [("Lindqvist", 1, 2), ("Berg", 2, 1)]


def test_the_first_quotation_comes_before_reported_speech():
    anna = make_person("Anna Berg")
    article = say([anna, anna])
    article.quotes.filter(start=0).update(kind="reported")
    [voice] = heard(article)
    assert (voice.spoken, voice.reported, voice.first.words) == (1, 1, '"Words 1."')
