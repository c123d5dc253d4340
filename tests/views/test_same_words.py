"""Where else a quotation's words are quoted."""

import re
from datetime import date

import pytest

from archive.curation.withholding import hide
from archive.models import Quote
from tests.factories import make_article, make_organisation, make_person, make_quote

pytestmark = pytest.mark.django_db

WORDS = '"We counted nine shells before dawn"'


def quoted(speaker=None, words=WORDS, title="Shells", day=None, **fields):
    article = make_article(title, f"At the quay.\n\n{words}, they said.", published=day)
    return make_quote(article, words, speaker, **fields)


def told(client, quote):
    """What the section says, without tags; None where it is not there."""
    page = client.get(quote.get_absolute_url()).text
    found = re.search(r"<h2[^>]*>The same words elsewhere</h2>(.*?)</section>", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", found[1]).split()) if found else None


def test_the_same_words_in_other_reports_the_first_published_first(client, index):
    vera = make_person("Vera Lindqvist")
    quote = quoted(vera)
    undated = quoted(vera, "“we counted nine shells  before dawn.”", "Undated")
    late = quoted(vera, title="Late", day=date(2019, 1, 1))
    early = quoted(vera, title="Early", day=date(2018, 1, 1))
    index()
    elsewhere = client.get(quote.get_absolute_url()).context["elsewhere"]
    assert elsewhere.quotes == [early, late, undated]
    words = told(client, quote)
    assert words.startswith("3 quotations of other reports have these words, side by side")
    assert "another speaker" not in words
    assert "longer quotation" not in words


def test_another_speaker_is_said_plainly(client, index):
    quote = quoted(make_person("Vera Lindqvist"))
    other = quoted(make_person("Ilse Brandvold"), title="Harbour")
    quoted(title="Nobody named")
    index()
    words = told(client, quote)
    assert "In 1 of these another speaker is taken to have said them." in words
    assert "Ilse Brandvold – another speaker than here" in words
    assert words.count("another speaker than here") == 1
    assert "In 1 of these another speaker is taken to have said them." in told(client, other)


def test_a_speaker_known_elsewhere_is_pointed_to(client, index):
    quote = quoted()
    quoted(make_organisation("Harrow police"), title="Harbour")
    index()
    words = told(client, quote)
    assert "Who spoke is not known here; in 1 of these it is." in words
    assert "Harrow police" in words
    assert "another speaker" not in words


def test_words_that_are_part_of_more_are_told_apart(client, index):
    quote = quoted()
    longer = quoted(words='"We counted nine shells before dawn, and slept"')
    index()
    assert "In 1 they are part of a longer quotation." in told(client, quote)
    assert told(client, longer) is None


def test_reported_speech_with_these_words_is_said_to_be_that(client, index):
    quote = quoted()
    quoted(words="we counted nine shells before dawn", title="Told", kind="reported")
    index()
    assert "Reported speech in Told" in told(client, quote)


def test_few_words_and_what_is_in_the_same_report_are_not_listed(client, index):
    short = quoted(words='"null and void"')
    quoted(words='"null and void"')
    article = make_article("Twice", f"{WORDS}, she said. Again: {WORDS[:-1]}!”")
    first = make_quote(article, WORDS)
    make_quote(article, f"{WORDS[:-1]}!”")
    index()
    assert told(client, short) is None
    assert told(client, first) is None


def test_what_readers_may_not_see_is_not_listed(client, index):
    quote = quoted()
    hidden, rejected, gone = (quoted(title=title) for title in ("Secret", "Rejected", "Gone"))
    index()
    hide(hidden.article_id, "It names a witness.")
    Quote.objects.filter(pk=rejected.pk).update(state=Quote.State.REJECTED)
    Quote.objects.filter(pk=gone.pk).update(gone="No longer in the text.")
    assert told(client, quote) is None


def test_without_an_index_there_is_no_such_section(client):
    quote = quoted()
    quoted()
    assert told(client, quote) is None


def test_of_many_the_first_are_listed(client, index):
    quote = quoted()
    for number in range(23):
        quoted(title=f"Report {number}")
    index()
    words = told(client, quote)
    assert words.startswith("23 quotations")
    assert words.endswith("These are the first 20.")


def test_the_queries_do_not_grow_with_the_places(queries_of, index):
    quote = quoted(make_person("Vera Lindqvist"))
    quoted(make_person("Ilse Brandvold"))
    index()
    few = queries_of(quote.get_absolute_url())
    for name in ("Anna Berg", "Mira Solen"):
        quoted(make_person(name))
    index()
    assert queries_of(quote.get_absolute_url()) == few
