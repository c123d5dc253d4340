import re

import pytest

from archive.models import Quote
from tests.factories import make_article, make_organisation, make_outlet, make_quote, make_report_with_quote

pytestmark = pytest.mark.django_db


def test_no_words_list_nothing_and_say_how_to_search(client, index):
    make_article()
    index()
    response = client.get("/search/", {"q": "  "})
    assert response.status_code == 200
    assert "How to search" in response.text
    assert "Harrow Ford" not in response.text


def test_found_words_are_marked_in_title_and_text(client, index):
    make_article("Bridge shelled at Harrow Ford")
    index()
    response = client.get("/search/", {"q": "bridge residents"})
    assert '<mark class="found">Bridge</mark> shelled at Harrow Ford' in response.text
    assert '<mark class="found">residents</mark> said.' in response.text


def test_a_result_opens_the_report_with_the_words(client, index):
    article = make_article()
    index()
    response = client.get("/search/", {"q": "nine shells & dawn"})
    assert f'href="{article.get_absolute_url()}?q=nine+shells+%26+dawn#hit-1"' in response.text


def test_a_result_opens_at_the_passage_that_is_shown(client, index):
    article = make_article(text="Shells fell. " + "Rain fell all night. " * 20 + "Shells struck the mill.")
    index()
    response = client.get("/search/", {"q": "shells mill"})
    assert (
        'fell all night. <mark class="found">Shells</mark> struck the <mark class="found">mill</mark>' in response.text
    )
    assert f'href="{article.get_absolute_url()}?q=shells+mill#hit-2"' in response.text


def test_a_result_found_by_its_title_alone_opens_at_its_beginning(client, index):
    article = make_article("Ceremony at Tarn", "Nothing else is known.")
    index()
    assert f'href="{article.get_absolute_url()}?q=ceremony"' in client.get("/search/", {"q": "ceremony"}).text


def test_quotes_are_a_search_of_their_own_and_both_tabs_have_counts(client, index):
    article, person, quote = make_report_with_quote()
    make_article("Ministry counted nothing", "Nobody counted anything.")
    index()
    reports = client.get("/search/", {"q": "counted"})
    quotes = client.get("/search/", {"q": "counted", "kind": "quotes"})
    assert reports.context["counts"] == quotes.context["counts"] == {"reports": 2, "quotes": 1, "reported": 0}
    assert f'href="{article.get_absolute_url()}?q=counted#q{quote.pk}"' in quotes.text
    assert '<mark class="found">counted</mark> nine shells' in quotes.text
    assert person.get_absolute_url() in quotes.text


def test_reported_speech_is_a_search_of_its_own_and_no_quote(client, index):
    article, _, _ = make_report_with_quote()
    police = make_organisation("Harrow police")
    make_quote(article, "Shelling damaged the bridge", police, kind="reported", negated=True)
    index()
    quotes = client.get("/search/", {"q": "damaged", "kind": "quotes"})
    reported = client.get("/search/", {"q": "damaged", "kind": "reported"})
    assert quotes.context["counts"] == reported.context["counts"] == {"reports": 1, "quotes": 0, "reported": 1}
    assert "1 statement in reported speech" in " ".join(reported.text.split())
    assert "The report says that this was not said or not confirmed:" in reported.text
    assert f'href="{police.get_absolute_url()}"' in reported.text
    assert 'name="kind" value="reported"' in reported.text


def test_an_organisations_name_finds_its_quotes(client, index):
    article, _, _ = make_report_with_quote()
    quote = make_quote(article, "nine shells before dawn", make_organisation("Harrow police", "HPD"))
    index()
    response = client.get("/search/", {"q": "hpd", "kind": "quotes"})
    assert [row.quote for row in response.context["page"].rows] == [quote]


def test_what_is_not_there_is_said_with_ways_on(client, index):
    make_article()
    index()
    response = client.get("/search/", {"q": "zeppelin"})
    assert "Nothing found" in response.text
    assert "/people/?name=zeppelin" in response.text
    assert "/organisations/?name=zeppelin" in response.text


def test_without_an_index_the_search_is_being_prepared(client, index):
    make_article()
    response = client.get("/search/", {"q": "bridge"})
    assert response.status_code == 200
    assert "The search is being prepared" in response.text


def test_a_report_with_markup_is_shown_as_text(client, index):
    make_article("<script>alert(1)</script> title", 'Shells hit <b>bold</b>. "<i>Never</i>", he said.')
    quote = make_quote(make_article("Other", 'He said "<i>never</i> shells".'), '"<i>never</i> shells"')
    index()
    reports = client.get("/search/", {"q": "shells script"}).text
    assert "<b>" not in reports and "<script>" not in reports
    assert "&lt;b&gt;bold&lt;/b&gt;" in reports
    assert re.search(r"&lt;<mark class=\"found\">script</mark>&gt;", reports)
    quotes = client.get("/search/", {"q": "<i>shells", "kind": "quotes"}).text
    assert "<i>" not in quotes and f"/quotes/{quote.pk}/" in quotes


def test_results_come_in_pages(client, index):
    for number in range(21):
        make_article(f"Report {number}")
    index()
    first = client.get("/search/", {"q": "bridge"})
    second = client.get("/search/", {"q": "bridge", "page": "2"})
    assert "1–20 of 21 reports" in " ".join(first.text.split())
    assert 'rel="next"' in first.text and "q=bridge&amp;page=2" in first.text
    assert len(second.context["page"].rows) == 1
    assert 'rel="prev"' in second.text


@pytest.mark.parametrize("query", [{"page": "3"}, {"page": "x"}, {"page": "999999"}, {"kind": "people"}])
def test_an_address_that_names_no_page_is_not_found(client, index, query):
    make_article()
    index()
    assert client.get("/search/", {"q": "bridge", **query}).status_code == 404


@pytest.mark.parametrize("words", ["\x00", "x" * 1001])
def test_words_that_cannot_be_searched_get_an_answer(client, index, words):
    index()
    response = client.get("/search/", {"q": words})
    assert response.status_code == 200
    assert "cannot be searched" in response.text or "at most 1000 characters" in response.text


def test_what_has_gone_since_the_index_was_written_is_left_out(client, index):
    _, _, quote = make_report_with_quote()
    index()
    Quote.objects.filter(pk=quote.pk).update(state="rejected")
    response = client.get("/search/", {"q": "dawn", "kind": "quotes"})
    assert response.status_code == 200
    assert response.context["page"].rows == []


@pytest.mark.parametrize("kind", ["reports", "quotes", "reported"])
def test_its_queries_do_not_grow_with_the_results(queries_of, index, kind):
    def fill(numbers):
        for number in numbers:
            article, _, _ = make_report_with_quote(f"Report {number}", outlet=make_outlet(f"Outlet {number}"))
            make_quote(article, "before dawn", make_organisation(f"Police {number}"), kind="reported")

    fill(range(2))
    index()
    few = queries_of(f"/search/?q=dawn&kind={kind}")
    fill(range(2, 12))
    index()
    assert queries_of(f"/search/?q=dawn&kind={kind}") == few
