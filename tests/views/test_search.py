import re
from datetime import date

import pytest

from archive.models import Quote
from archive.search.builds import Builds
from tests.factories import (
    make_article,
    make_organisation,
    make_outlet,
    make_person,
    make_quote,
    make_report_with_quote,
)

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


def counts(response):
    return {tab.label: tab.count for tab in response.context["tabs"]}


def test_every_kind_has_a_tab_with_a_count_that_agrees_with_its_list(client, index):
    article, person, quote = make_report_with_quote()
    make_article("Ministry counted nothing", "Nobody counted anything.")
    index()
    pages = {kind: client.get("/search/", {"q": "counted", "kind": kind}) for kind in ("reports", "quotes")}
    for page in pages.values():
        assert counts(page) == {"Reports": 2, "Quotations": 1, "People": 0, "Organisations": 0}
    assert len(pages["reports"].context["page"].rows) == 2
    quotes = pages["quotes"].text
    assert f'href="{article.get_absolute_url()}?q=counted#q{quote.pk}"' in quotes
    assert '<mark class="found">counted</mark> nine shells' in quotes
    assert person.get_absolute_url() in quotes


def test_people_and_organisations_are_found_by_their_names(client, index):
    _, person, _ = make_report_with_quote()
    police = make_organisation("Harrow police")
    index()
    people = client.get("/search/", {"q": "Lindqvst", "kind": "people"})
    assert counts(people)["People"] == people.context["page"].total == 1
    assert person.get_absolute_url() in people.text and "1 person" in " ".join(people.text.split())
    bodies = client.get("/search/", {"q": "harrow police", "kind": "organisations"})
    assert police.get_absolute_url() in bodies.text
    assert client.get("/search/", {"q": "by:Lindqvist shells"}).context["tabs"][2].count == 1


def test_reported_speech_is_a_kind_of_quotation_and_its_old_address_leads_there(client, index):
    article, _, _ = make_report_with_quote()
    police = make_organisation("Harrow police")
    make_quote(article, "Shelling damaged the bridge", police, kind="reported", negated=True)
    index()
    moved = client.get("/search/", {"q": "damaged", "kind": "reported"})
    assert (moved.status_code, moved["Location"]) == (301, "/search/?q=damaged&kind=quotes&said=reported")
    reported = client.get(moved["Location"])
    assert "reported speech:" in reported.text
    assert "The report says that this was not said or not confirmed:" in reported.text
    assert f'href="{police.get_absolute_url()}"' in reported.text
    assert client.get("/search/", {"q": "damaged", "kind": "quotes", "said": "direct"}).context["page"].total == 0


def test_each_result_says_what_it_lacks_and_the_page_how_many_have_all(client, index):
    make_article("Mill", "The mill and the harbour.")
    make_article("Mill alone", "The mill.")
    index()
    page = client.get("/search/", {"q": "mill Harbour"})
    text = " ".join(page.text.split())
    assert "2 reports" in text and "1 of them has all of the words, the others only some." in text
    assert [row.lacking for row in page.context["page"].rows] == [(), ("Harbour",)]
    assert '<s dir="auto">Harbour</s>' in text
    narrowed = client.get("/search/", {"q": "mill Harbour", "match": "all"})
    assert [row.article.title for row in narrowed.context["page"].rows] == ["Mill"]
    assert "Only those with all of the words. 2 have at least one of them." in " ".join(narrowed.text.split())
    assert "Best matches" not in client.get("/search/", {"q": "mill"}).text


def test_where_no_report_has_all_words_that_is_said_and_no_link_leads_to_nothing(client, index):
    make_article("Mill", "The mill.")
    make_article("Harbour", "The harbour.")
    index()
    page = client.get("/search/", {"q": "mill harbour"})
    assert "None of them has all of the words." in page.text
    assert re.search(r'<a href="[^"]*match=all"[^>]*>All words', page.text) is None


def test_what_the_search_is_narrowed_to_is_said_in_words(client, index):
    make_article("Mill", "The mill.", outlet=make_outlet("Lowland Post"), published=date(2018, 5, 30))
    index()
    page = client.get("/search/", {"q": "mill", "published": "2018-05", "outlet": "lowland-post"})
    assert [(one.facet, one.label) for one, _ in page.context["chosen"]] == [
        ("outlet", "Lowland Post"),
        ("published", "May 2018"),
    ]
    assert "Published:" in page.text


def test_the_order_can_be_chosen_and_is_part_of_the_address(client, index):
    for year in (2017, 2019, 2018):
        make_article(str(year), "The mill.", published=date(year, 5, 1))
    make_article("undated", "The mill.")
    index()

    def titles(sort):
        return [row.article.title for row in client.get("/search/", {"q": "mill", "sort": sort}).context["page"].rows]

    assert titles("newest") == ["2019", "2018", "2017", "undated"]
    assert titles("oldest") == ["2017", "2018", "2019", "undated"]
    page = client.get("/search/", {"q": "mill"})
    assert 'href="/search/?q=mill&amp;sort=newest"' in page.text


def test_quotations_are_searched_by_words_speaker_role_and_date_at_once(client, index):
    make_report_with_quote(published=date(2018, 5, 30))
    index()
    boxes = {
        "kind": "quotes",
        "q": "shells",
        "by": "Vera Lindqvist",
        "role": "colonel",
        "about": "",
        "after": "2018-05",
    }
    moved = client.get("/search/", boxes)
    assert moved.status_code == 302
    found = client.get(moved["Location"])
    assert found.context["words"] == 'shells by:"Vera Lindqvist" role:colonel after:2018-05'
    assert found.context["page"].total == 1
    assert client.get("/search/", boxes | {"after": "2018-06"}, follow=True).context["page"].total == 0


def test_a_slip_is_answered_with_what_was_perhaps_meant_and_how_many_that_finds(client, index):
    for number in range(6):
        make_article(f"Report {number}", "The harbour.")
    index()
    page = client.get("/search/", {"q": "harbuor"})
    assert 'href="/search/?q=harbour"' in page.text
    assert page.context["meant"].count == client.get("/search/", {"q": "harbour"}).context["page"].total == 6
    assert client.get("/search/", {"q": "harbour"}).context["meant"] is None


def test_what_was_not_understood_is_said(client, index):
    make_article("Mill", "The mill.")
    index()
    page = client.get("/search/", {"q": "rumour:mill"})
    assert "“rumour:” is no field of the search" in page.text
    assert page.context["page"].total == 1


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


def test_it_says_how_far_the_index_is(client, index_directory):
    make_article()
    index_directory.mkdir(parents=True)
    Builds(index_directory).note_progress(1_234, 5_678)
    response = client.get("/search/", {"q": "bridge"})
    assert "1,234 of 5,678 reports are in it" in response.text
    assert '<progress value="1234"' in response.text


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


@pytest.mark.parametrize(
    "query",
    [
        {"outlet": "\0"},
        {"speaker": "a\0b"},
        {"published": "2_18"},
        {"page": "3"},
        {"page": "x"},
        {"page": "999999"},
        {"kind": "rumours"},
        {"sort": "loudest"},
        {"match": "none"},
        {"outlet": "nowhere"},
        {"speaker": "nobody"},
        {"published": "2018-13"},
        {"published": "yesterday"},
    ],
)
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


@pytest.mark.parametrize("kind", ["reports", "quotes", "people", "organisations"])
def test_its_queries_do_not_grow_with_the_results(queries_of, index, kind):
    def fill(numbers):
        for number in numbers:
            article, _, _ = make_report_with_quote(f"Report {number}", outlet=make_outlet(f"Outlet {number}"))
            make_quote(article, "before dawn", make_organisation(f"Dawn {number}"), kind="reported")
            make_person(f"Ada Dawn {number}")

    fill(range(12))
    index()
    few = queries_of(f"/search/?q=dawn&kind={kind}")
    fill(range(12, 19))
    index()
    assert queries_of(f"/search/?q=dawn&kind={kind}") == few


@pytest.mark.parametrize(
    ("asked", "told"),
    [({"q": "zeppelin year:2018"}, True), ({"q": "zeppelin", "published": "2018"}, True), ({"q": "zeppelin"}, False)],
)
def test_where_a_time_is_asked_for_in_vain_it_leads_to_what_has_no_date(client, index, asked, told):
    make_article()
    index()
    assert ('href="/reports/?undated=yes"' in client.get("/search/", asked).text) is told
