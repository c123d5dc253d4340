import re
from datetime import date

import pytest

from archive.models import Reading, Version
from tests.factories import (
    make_article,
    make_mention,
    make_organisation,
    make_original,
    make_person,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db


def test_a_quote_is_marked_under_its_id_and_linked_to_its_speaker(client):
    article, person, quote = make_report_with_quote()
    text = client.get(article.get_absolute_url()).text
    assert f'<mark class="quote hue-1" id="q{quote.pk}">&quot;We counted nine shells before dawn&quot;</mark>' in text
    assert f'<span class="margin-note hue-1"><a href="{person.get_absolute_url()}"' in text


def test_a_quote_over_two_paragraphs_has_its_id_once(client):
    article = make_article("Two", '"First part.\n\n"Second part", said Anna Berg.')
    quote = make_quote(article, '"First part.\n\n"Second part"', make_person("Anna Berg"))
    text = client.get(article.get_absolute_url()).text
    assert text.count(f'id="q{quote.pk}"') == 1
    assert text.count('<mark class="quote hue-1"') == 2
    assert text.count("margin-note") == text.count("speakers-below") == 1


def test_reported_speech_looks_different_and_is_not_counted(client):
    article, person, _ = make_report_with_quote()
    make_quote(article, "residents said", kind="reported", speaker_kind="unnamed")
    response = client.get(article.get_absolute_url())
    assert '<mark class="quote reported hue-0"' in response.text
    assert "1 quote in this report" in response.text
    assert "1 statement in reported speech" in response.text
    assert [len(response.context[name]) for name in ("spoken", "reported")] == [1, 1]


def test_reported_speech_has_no_label_in_the_text_and_its_speaker_in_the_list(client):
    article = make_article("Talks", "Berg said there was a dialogue now. She said it went on.")
    person = make_person("Anna Berg")
    make_quote(article, "there was a dialogue now", person, kind="reported")
    make_quote(article, "it went on", person, kind="reported")
    text = client.get(article.get_absolute_url()).text
    assert "margin-note" not in text and "speakers-below" not in text
    assert text.count(f'href="{person.get_absolute_url()}"') == 2
    assert "0 quotes in this report" in text and "2 statements in reported speech" in text


def test_what_was_not_said_says_so_in_words(client):
    article = make_article("Bridge", "Police have not confirmed that the bridge was mined.")
    make_quote(article, "that the bridge was mined", make_organisation("Harrow police"), kind="reported", negated=True)
    text = client.get(article.get_absolute_url()).text
    assert "The report says that this was not said or not confirmed:" in text
    assert re.search(
        r'<mark class="quote reported not-said hue-1"[^>]*>that the bridge was mined</mark>'
        r'<span class="negated-label">not stated</span>',
        text,
    )


def test_reported_speech_leads_to_its_entry_in_the_list_and_back(client):
    article = make_article("Talks", "Police said the road was open. They said it was\n\nsafe.")
    first = make_quote(article, "the road was open", kind="reported")
    second = make_quote(article, "it was\n\nsafe", kind="reported")
    text = client.get(article.get_absolute_url()).text
    for number, quote in ((1, first), (2, second)):
        link = (
            f'<a class="statement-link" href="#s{quote.pk}"><span class="visually-hidden">Statement </span>{number}</a>'
        )
        assert text.count(link) == 1
        assert text.count(f'<li id="s{quote.pk}"') == 1
        assert f'<span class="statement-number" dir="ltr">{number}</span> <a href="#q{quote.pk}">' in text
    assert text.index(f'href="#s{second.pk}"') > text.index("safe</mark>")


def test_an_organisation_is_linked_beside_its_quote_and_where_it_is_only_named(client):
    article = make_article("Bridge", '"It is closed", Harrow police said. The Harrow council met.')
    police, council = make_organisation("Harrow police"), make_organisation("Harrow council")
    make_quote(article, '"It is closed"', police)
    make_mention(article, police, "Harrow police")
    make_mention(article, council, "Harrow council")
    response = client.get(article.get_absolute_url())
    assert f'<span class="margin-note hue-1"><a href="{police.get_absolute_url()}"' in response.text
    assert response.context["also_named"] == [council]


def test_a_quote_within_reported_speech_of_the_same_speaker_has_one_label(client):
    article = make_article("Talks", 'Berg said there was a "robust dialogue" now.')
    person = make_person("Anna Berg")
    make_quote(article, 'there was a "robust dialogue" now', person, kind="reported")
    make_quote(article, '"robust dialogue"', person, kind="mixed")
    text = client.get(article.get_absolute_url()).text
    assert text.count("margin-note") == 1
    assert re.search(
        r'class="quote reported hue-1"[^>]*>there was a <span class="margin-note.*<mark class="quote hue-1"', text
    )


def test_a_speaker_without_a_page_is_named_as_printed(client):
    article = make_article("Closed", '"It is closed", a security official said. "Nobody knows."')
    quote = make_quote(article, '"It is closed"', speaker_kind="unnamed", speaker_start=16, speaker_end=35)
    unknown = make_quote(article, '"Nobody knows."')
    text = client.get(article.get_absolute_url()).text
    assert f'href="/quotes/{quote.pk}/" dir="auto" aria-label="Speaker: a security official"' in text
    assert f'href="/quotes/{unknown.pk}/" dir="auto" aria-label="Speaker: speaker not known"' in text


def test_rejected_and_gone_quotes_are_not_marked(client):
    article = make_article()
    make_quote(article, "nine shells", state="rejected")
    make_quote(article, "residents", gone="Not in version 2.")
    text = client.get(article.get_absolute_url()).text
    assert "<mark" not in text
    assert "No quotes were found" in text


def test_furniture_is_shown_in_grey(client):
    article = make_article("Grey", "Shells fell.\n\nMore news: a summer fair", furniture=[(14, 38)])
    text = client.get(article.get_absolute_url()).text
    assert '<span class="furniture">More news: a summer fair</span>' in text


def test_words_of_the_search_are_marked_in_title_text_and_quotes(client):
    article, _, quote = make_report_with_quote()
    text = client.get(article.get_absolute_url(), {"q": "nine bridge"}).text
    assert '<mark class="found">Bridge</mark> shelled' in text
    assert 'damaged the <mark class="found" id="hit-1">bridge</mark>' in text
    assert re.search(rf'id="q{quote.pk}">&quot;We counted <mark class="found" id="hit-2">nine</mark>.* shells', text)


HIT = re.compile(r'<mark class="found" id="hit-(\d+)">([^<]*)</mark>(?:<span class="hit-links"[^>]*>(.*?)</span>)?')


def ways(links):
    return re.findall(r'href="#hit-(\d+)" aria-label="(\w+) place"', links)


def test_each_place_found_has_its_number_and_the_ways_to_its_neighbours(client):
    article, _, _ = make_report_with_quote()
    text = client.get(article.get_absolute_url(), {"q": "bridge dawn ministry"}).text
    assert "3 places with these words" in text
    assert '<a href="#hit-1">First</a>' in text
    assert [(number, words, ways(links)) for number, words, links in HIT.findall(text)] == [
        ("1", "bridge", [("2", "Next")]),
        ("2", "dawn", [("1", "Previous"), ("3", "Next")]),
        ("3", "ministry", [("2", "Previous")]),
    ]


def test_a_single_place_has_no_neighbours(client):
    text = client.get(make_article().get_absolute_url(), {"q": "ministry"}).text
    assert "1 place with these words" in text
    assert HIT.findall(text) == [("1", "ministry", "")]


def test_words_in_the_title_alone_are_no_places_to_step_through(client):
    text = client.get(make_article("Ceremony").get_absolute_url(), {"q": "ceremony"}).text
    assert '<mark class="found">Ceremony</mark>' in text
    assert "hit-" not in text and 'class="hits"' not in text and "hits.js" not in text
    assert "No words of your search" in text


def test_a_phrase_that_a_quote_cuts_is_one_place(client):
    article = make_article("Talks", '"It is over", he said, over and out.')
    make_quote(article, '"It is over"')
    text = client.get(article.get_absolute_url(), {"q": '"over he said"'}).text
    assert re.findall(r'<mark class="found"[^>]*>[^<]*</mark>', text) == [
        '<mark class="found" id="hit-1">over&quot;</mark>',
        '<mark class="found">, he said</mark>',
    ]
    assert "1 place with these words" in text


def test_furniture_has_places_too(client):
    article = make_article("Grey", "Shells fell.\n\nMore news: a summer fair", furniture=[(14, 38)])
    text = client.get(article.get_absolute_url(), {"q": "summer"}).text
    assert '<span class="furniture">More news: a <mark class="found" id="hit-1">summer</mark> fair</span>' in text


def test_a_report_opened_without_a_search_has_no_places(client):
    article, _, _ = make_report_with_quote()
    text = client.get(article.get_absolute_url()).text
    assert "hit" not in text


@pytest.mark.parametrize("words", ["", "\x00", "x" * 2000])
def test_words_that_mark_nothing_leave_the_report_readable(client, words):
    article = make_article()
    response = client.get(article.get_absolute_url(), {"q": words})
    assert response.status_code == 200
    assert 'class="found"' not in response.text


def test_markup_in_a_report_is_shown_as_text(client):
    article = make_article(
        "<script>alert(1)</script>", 'He said "<script>alert(2)</script>".', author="<b>Jane</b>", published=None
    )
    make_quote(article, '"<script>alert(2)</script>"', make_person("<i>Anna</i> Berg"))
    text = client.get(article.get_absolute_url(), {"q": "<u>alert"}).text
    assert not re.search(r"<(script>|(b|i|u)\b)", text)


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (None, "date not known"),
        (date(2018, 5, 30), '<time datetime="2018-05-30">30 May 2018</time>'),
        ((date(2018, 5, 1), date(2018, 5, 31)), '<time datetime="2018-05">May 2018</time>'),
        ((date(2018, 1, 1), date(2018, 12, 31)), '<time datetime="2018">2018</time>'),
        ((date(2018, 5, 3), date(2018, 6, 9)), "between 3 May 2018 and 9 June 2018"),
    ],
)
def test_the_date_is_said_as_far_as_it_is_known(client, published, words):
    article = make_article(published=published)
    assert words in client.get(article.get_absolute_url()).text


def test_a_title_of_ours_is_said_to_be_ours(client):
    ours, theirs = make_article(title_is_ours=True), make_article("Other")
    assert "The report has no title" in client.get(ours.get_absolute_url()).text
    assert "The report has no title" not in client.get(theirs.get_absolute_url()).text


def test_provenance_names_the_original_and_all_versions(client):
    article = make_article()
    first = article.shown_version
    Version.objects.filter(pk=first.pk).update(shown=False)
    second = Version.objects.create(
        article=article, number=2, title="New", text="New text.", text_sha256="1" * 64, shown=True
    )
    original = make_original(b"New text.", name="new report.txt")
    Reading.objects.create(version=second, original=original, reader_version=1, encoding="cp1252", runs=[[0, 9, 0, 9]])
    text = client.get(article.get_absolute_url()).text
    assert "New text." in text and "Shelling damaged" not in text
    assert original.sha256 in text and f"/originals/{original.sha256}/" in text
    assert first.readings.get().original.sha256 in text
    assert "cp1252" in text and "new report.txt" in text
    assert "Version 2 (shown)" in text


def test_people_who_are_named_but_not_quoted_are_listed(client):
    article, vera, _ = make_report_with_quote()
    anna = make_person("Anna Berg")
    make_mention(article, anna, "residents")
    assert client.get(article.get_absolute_url()).context["also_named"] == [anna]


def test_a_text_without_words_is_said_to_be_empty(client):
    article = make_article("Only a title", "")
    assert "has a title and no text" in client.get(article.get_absolute_url()).text


def test_a_wrong_or_missing_slug_leads_to_the_address_with_its_query(client):
    article = make_article("Bridge")
    for address in (f"/reports/{article.pk}/", f"/reports/{article.pk}/old-title/"):
        response = client.get(f"{address}?q=nine+shells")
        assert response.status_code == 301
        assert response["Cache-Control"] == "no-cache"
        assert response.headers["Location"] == f"/reports/{article.pk}/bridge/?q=nine+shells"


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30])
def test_an_unknown_report_is_not_found(client, pk):
    assert client.get(f"/reports/{pk}/bridge/").status_code == 404


def test_the_queries_of_a_report_do_not_grow_with_its_quotes_and_versions(queries_of):
    article = make_article("Long", " ".join(f'"Quote {n}" Named{n}' for n in range(12)))

    def fill(numbers):
        for n in numbers:
            make_quote(article, f'"Quote {n}"', make_person(f"Anna Berg{n}"))
            make_mention(article, make_person(f"Boris Calder{n}"), f"Named{n}")
            version = Version.objects.create(
                article=article, number=n + 2, title="Old", text="Old", text_sha256=f"{n:064}", shown=False
            )
            Reading.objects.create(
                version=version, original=make_original(), reader_version=1, encoding="utf-8", runs=[]
            )

    fill(range(2))
    few = queries_of(article.get_absolute_url())
    fill(range(2, 12))
    assert queries_of(article.get_absolute_url()) == few
