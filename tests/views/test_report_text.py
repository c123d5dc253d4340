"""The text of a report as its page sets it for reading."""

import re

import pytest

from archive.models import Quote
from tests.factories import make_article, make_mention, make_outlet, make_person, make_quote

pytestmark = pytest.mark.django_db

NOTE = re.compile(r'<span class="margin-note[^"]*">(.*?)</span><mark')


def page_of(client, article, **asked):
    return client.get(article.get_absolute_url(), asked).text


def words_of(markup):
    return " ".join(re.sub("<[^>]*>", " ", markup).split())


def notes_in(client, article):
    return [words_of(note) for note in NOTE.findall(page_of(client, article))]


def speak(text, *said):
    """A report with this text, in which somebody says something; each of `said` is words, a speaker and a role."""
    article = make_article("Talks", text)
    for words, speaker, role in said:
        make_quote(article, words, speaker, role=role)
    return article


def test_a_note_has_the_role_and_is_not_said_again_close_by(client):
    anna, boris = make_person("Anna Berg"), make_person("Boris Calder")
    article = speak(
        '"One", she said. "Two", she said. "Three", he said. "Four", she said.',
        ('"One"', anna, "Mayor"),
        ('"Two"', anna, "Mayor"),
        ('"Three"', boris, ""),
        ('"Four"', anna, "Mayor"),
    )
    assert notes_in(client, article) == ["Anna Berg Mayor", "Boris Calder", "Anna Berg Mayor"]


def test_who_goes_on_in_another_paragraph_or_far_off_is_named_again_without_the_role(client):
    anna, night = make_person("Anna Berg"), "Rain fell all night. " * 40
    article = speak(
        f'"One", she said. {night} "Two", she said.\n\n"Three", she said.',
        ('"One"', anna, "Mayor"),
        ('"Two"', anna, "Mayor"),
        ('"Three"', anna, "Mayor"),
    )
    assert notes_in(client, article) == ["Anna Berg Mayor", "Anna Berg", "Anna Berg"]


def test_another_role_is_told(client):
    anna = make_person("Anna Berg")
    article = speak('"One" and "two".', ('"One"', anna, "Mayor"), ('"two"', anna, "General"))
    assert notes_in(client, article) == ["Anna Berg Mayor", "Anna Berg General"]


def test_who_has_no_page_is_told_as_printed(client):
    article = make_article("Closed", '"It is closed", an official said.')
    make_quote(article, '"It is closed"', speaker_kind="unnamed", speaker_start=16, speaker_end=27, role="in Harrow")
    assert notes_in(client, article) == ["an official in Harrow not named"]


def test_below_the_paragraph_all_who_speak_in_it_are_named_once(client):
    people = [make_person(name) for name in ("Anna Berg", "Boris Calder", "Vera Toll", "Ivo Ek")]
    said = [(f'"Words {number}"', people[number % 4], "Mayor") for number in range(8)]
    text = page_of(client, speak(" and ".join(words for words, *_ in said), *said))
    [(summary, listed)] = re.findall(
        r'</p><details class="speakers-below"><summary[^>]*>(.*?)</summary>(.*?)</details>', text
    )
    assert re.sub("<[^>]*>", "", summary) == "Who speaks: Anna Berg, Boris Calder, Vera Toll and 1 more"
    assert listed.count("<li") == 4
    assert listed.count("Mayor") == 4
    assert all(person.get_absolute_url() in listed for person in people)


def test_furniture_is_folded_and_says_how_much_it_is(client):
    text = page_of(
        client,
        make_article("Grey", "Share this\n\nFollow us\n\nShells fell.\n\nMore: a fair", furniture=[(0, 21), (37, 49)]),
    )
    assert re.findall(r'<details class="folded-furniture">\s*<summary[^>]*>([^<]*)', text) == [
        "Page furniture, 2 paragraphs",
        "Page furniture, 1 paragraph",
    ]
    assert text.count("</details>") >= 2
    assert '<p dir="auto" data-start="23">Shells fell.</p>' in text
    assert "Grey words are page furniture" in text


def test_furniture_within_a_paragraph_stays_in_line(client):
    text = page_of(client, make_article("Grey", "Shells fell. Share this.", furniture=[(13, 24)]))
    assert 'Shells fell. <span class="furniture">Share this.</span></p>' in text
    assert "folded-furniture" not in text


@pytest.mark.parametrize("asked", [{"q": "fair"}, {"passage": "1:14-18"}])
def test_furniture_with_what_the_reader_came_for_is_open(client, asked):
    article = make_article("Grey", "Shells fell.\n\nMore: a fair", furniture=[(14, 26)])
    assert '<details class="folded-furniture">' in page_of(client, article)
    assert '<details class="folded-furniture" open>' in page_of(client, article, **asked)


def test_furniture_in_which_somebody_speaks_is_open(client):
    article = make_article("Grey", 'Shells fell.\n\nMore: "Go home"', furniture=[(14, 29)])
    make_quote(article, '"Go home"')
    assert '<details class="folded-furniture" open>' in page_of(client, article)


def test_a_text_that_is_all_furniture_is_open_and_said_to_be(client):
    text = page_of(client, make_article("Grey", "Share this\n\nFollow us", furniture=[(0, 10), (12, 21)]))
    assert '<details class="folded-furniture" open>' in text
    assert "All of this text is page furniture" in text


def test_the_strip_and_the_speakers_lead_to_the_quotations(client):
    anna = make_person("Anna <b> Berg")
    article = speak('"One & all", she said. It was so.', ('"One & all"', anna, ""))
    quote = article.quotes.get()
    make_quote(article, "It was so", anna, kind="reported", negated=True)
    text = page_of(client, article)
    told = "Anna &lt;b&gt; Berg: &quot;One &amp; all&quot;"
    assert f'<a class="hue-1" href="#q{quote.pk}" tabindex="-1"><title>{told}</title>' in text
    assert "Anna &lt;b&gt; Berg (the report says that this was not said or not confirmed): It was so</title>" in text
    assert (
        f'<a href="#q{quote.pk}" dir="auto">Anna &lt;b&gt; Berg</a> <span class="count">1 quote, 1 statement</span>'
        in text
    )
    assert 'role="group"' in text and 'style="' not in text


def test_who_is_only_reported_looks_so_in_the_legend(client):
    article = make_article("Talks", "Berg said it was so.")
    make_quote(article, "it was so", make_person("Anna Berg"), kind="reported")
    assert '<li class="voice reported hue-1">' in page_of(client, article)


def test_many_names_are_folded(client):
    article = make_article("Names", " ".join(f"Named{number}." for number in range(30)))
    for number in range(30):
        make_mention(article, make_person(f"Anna Berg{number}"), f"Named{number}.")
    text = page_of(client, article)
    assert '<summary>6 more names</summary><ol class="plain-list" start="25">' in text
    assert text.count("/people/anna-berg") == 30


def test_without_quotes_there_is_neither_strip_nor_legend(client):
    text = page_of(client, make_article("Quiet", "Nobody spoke."))
    assert "strip" not in text and "report-voices" not in text


def test_of_many_quotes_and_speakers_the_first_are_shown_and_the_others_folded(client):
    said = [(f'"Words {number}"', make_person(f"Anna Berg{number}"), "") for number in range(60)]
    article = speak(" ".join(words for words, *_ in said), *said)
    text = page_of(client, article)
    assert "60 quotes in this report" in text
    assert re.findall(
        r'<details class="more-listed"><summary>([^<]*)</summary><ol class="([\w-]*)" start="(\d+)"', text
    ) == [
        ("52 more speakers", "voices", "9"),
        ("48 more quotes", "quote-list", "13"),
    ]
    assert text.count("Evidence and citation") == 60


def test_twenty_thousand_words_with_four_hundred_quotations_are_one_page(client, queries_of):
    anna, night = make_person("Anna Berg"), "Rain fell all night and nobody came. " * 7
    text = "\n\n".join(f'"Words {number}." {night}' for number in range(400))
    article = make_article("Long", text)
    make_quote(article, '"Words 0."', anna)
    few = queries_of(article.get_absolute_url())
    version = article.shown_version
    places = [(text.index(f'"Words {number}."'), len(f'"Words {number}."')) for number in range(1, 400)]
    Quote.objects.bulk_create(
        Quote(article=article, version=version, start=start, end=start + length, speaker=anna, speaker_kind="person")
        for start, length in places
    )
    assert len(text.split()) > 20_000
    shown = page_of(client, article)
    assert shown.count("<rect ") == shown.count('<mark class="quote hue-1"') == 400
    assert "388 more quotes" in shown
    assert queries_of(article.get_absolute_url()) == few


def test_one_more_than_are_shown_is_shown_too(client):
    said = [(f'"Words {number}"', make_person("Anna Berg") if not number else None, "") for number in range(13)]
    text = page_of(client, speak(" ".join(words for words, *_ in said), *said))
    assert "more-listed" not in text and text.count("Evidence and citation") == 13


def test_a_report_of_one_line_has_no_more_than_that(client):
    text = page_of(client, make_article("Closed", "The bridge is closed."))
    assert '<p dir="auto" data-start="0">The bridge is closed.</p>' in text
    assert "Outlet not known" in text and "date not known" in text and "report-byline" not in text


def test_a_very_long_title_is_set_smaller(client):
    assert '<h1 dir="auto" class="long-title">' in page_of(client, make_article("Word " * 60))
    assert '<h1 dir="auto">' in page_of(client, make_article("Word"))


def test_extracts_show_who_speaks_in_their_hue_and_no_strip(client):
    outlet = make_outlet()
    type(outlet).objects.update(extracts_only=True)
    article = make_article("Mill", '"It burned", she said. Rain fell.', outlet=outlet)
    quote = make_quote(article, '"It burned"', make_person("Anna Berg"))
    text = page_of(client, article)
    assert f'<div id="q{quote.pk}" class="hue-1">' in text
    assert "strip" not in text and "data-start" not in text and "passage.js" not in text


def test_a_text_in_another_script_says_its_language_and_each_paragraph_finds_its_direction(client):
    article = make_article("قصف جسر", 'قال: "لن نتراجع".\n\nShells fell.', language="ar")
    make_quote(article, '"لن نتراجع"', make_person("أحمد الخطيب"))
    text = page_of(client, article)
    assert re.search(r'<div class="report-text"\s+lang="ar"', text)
    assert text.count('<p dir="auto" data-start=') == 2
    assert '<h1 dir="auto" lang="ar">' in text
