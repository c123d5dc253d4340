from datetime import date

import pytest

from archive.models import FormerSlug, Quote, Version
from tests.factories import make_article, make_organisation, make_outlet, make_quote, make_report_with_quote

pytestmark = pytest.mark.django_db


def ids(page):
    return [result["id"] for result in page["results"]]


def test_a_report_found_comes_with_its_passage_and_what_it_lacks(get, index, settings):
    article = make_article(outlet=make_outlet(), published=(date(2018, 5, 1), date(2018, 5, 31)))
    index()
    page = get("search", q="bridge zeppelin")
    assert (page["total"], page["match"], page["next"], page["hints"]) == (1, "any", None, [])
    assert page["counts"] == {"any": 1, "half": 1, "all": 0}
    [found] = page["results"]
    snippet, highlights = found.pop("snippet"), found.pop("highlights")
    assert found == {
        "type": "report",
        "id": article.pk,
        "url": f"{settings.SITE_URL}{article.get_absolute_url()}",
        "title": "Bridge shelled at Harrow Ford",
        "outlet": {"name": "Harrow Gazette", "slug": "harrow-gazette"},
        "published": {"earliest": "2018-05-01", "latest": "2018-05-31", "text": "May 2018"},
        "lacks": ["zeppelin"],
    }
    assert snippet.startswith("Shelling damaged the bridge")
    assert [snippet[start:end] for start, end in highlights] == ["bridge"]


def test_the_passage_is_not_taken_from_page_furniture(get, index):
    text = "Read also: harbour mill closed. " + "Rain fell all night. " * 20 + "The mill in the harbour burned."
    make_article("Rain", text, furniture=[(0, 31)])
    index()
    [found] = get("search", q="harbour mill")["results"]
    assert "burned" in found["snippet"] and "closed" not in found["snippet"]


def test_a_quote_found_names_its_speaker_and_its_place(get, index, settings):
    article, person, quote = make_report_with_quote()
    index()
    [found] = get("search", q="shells", kind="quotes")["results"]
    assert (found["type"], found["id"], found["words"]) == ("quote", quote.pk, '"We counted nine shells before dawn"')
    assert article.shown_version.text[found["start"] : found["end"]] == found["words"]
    assert found["speaker"] == {
        "name": "Vera Lindqvist",
        "slug": "vera-lindqvist",
        "url": f"{settings.SITE_URL}{person.get_absolute_url()}",
        "kind": "person",
    }
    assert (found["state"], found["confidence"], found["role"]) == ("found", 0.9, "Colonel")
    assert [found["snippet"][start:end] for start, end in found["highlights"]] == ["shells"]
    assert found["report"]["id"] == article.pk
    assert found["place_url"] == f"{settings.SITE_URL}{article.get_absolute_url()}#q{quote.pk}"


def test_it_narrows_by_outlet_speaker_date_and_kind_of_quote(get, index):
    article, person, quote = make_report_with_quote(outlet=make_outlet("Gazette"), published=date(2018, 5, 30))
    police = make_organisation("Harrow police")
    reported = make_quote(article, "Shelling damaged the bridge", police, kind="reported")
    other = make_article(outlet=make_outlet("Herald"), published=date(2019, 1, 1))
    FormerSlug.objects.create(slug="vera-l", person=person)
    index()
    assert ids(get("search", outlet="gazette")) == [article.pk]
    assert ids(get("search", outlet=["gazette", "herald"], sort="oldest")) == [article.pk, other.pk]
    assert ids(get("search", q="bridge", published="2018")) == [article.pk]
    assert ids(get("search", q="bridge", published=["2018-05-30", "2019-01"], sort="newest")) == [other.pk, article.pk]
    assert ids(get("search", q="bridge", published="2018-06")) == []
    assert ids(get("search", kind="quotes", said="reported")) == [reported.pk]
    assert ids(get("search", kind="quotes", speaker="vera-lindqvist")) == [quote.pk]
    assert ids(get("search", kind="quotes", speaker="vera-l")) == [quote.pk]
    assert ids(get("search", kind="quotes", organisation=police.slug)) == [reported.pk]
    both = get("search", kind="quotes", speaker="vera-lindqvist", organisation=police.slug)
    assert sorted(ids(both)) == sorted([quote.pk, reported.pk])


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "added"])
def test_pages_neither_repeat_nor_miss(all_pages, get, index, sort):
    for number in range(23):
        make_article(f"Report {number}", published=date(2018, 1, 1 + number % 5) if number % 3 else None)
    index()
    at_once = ids(get("search", q="bridge", sort=sort, limit=100))
    assert [found["id"] for found in all_pages("search", q="bridge", sort=sort, limit=4)] == at_once
    assert len(set(at_once)) == 23


def test_all_of_it_is_listed_where_only_a_filter_is_given(all_pages, index):
    made = [make_article(f"Report {number}", outlet=make_outlet()).pk for number in range(7)]
    index()
    assert [found["id"] for found in all_pages("search", outlet="harrow-gazette", limit=3)] == made[::-1]


def test_how_many_of_the_words_is_for_the_asker_to_say(get, index):
    both = make_article("Bridge and harbour", "Nothing more.")
    make_article("Bridge only", "Nothing more.")
    index()
    assert get("search", q="bridge harbour")["total"] == 2
    strict = get("search", q="bridge harbour", match="all")
    assert (strict["total"], strict["match"], ids(strict)) == (1, "all", [both.pk])


@pytest.mark.parametrize(
    "cursor", ["r5", "a7", "x", "n", "n-1", "n4700000000000000000", "n99999999999999999999", "n5 ", "n٣"]
)
def test_a_cursor_that_makes_no_sense_is_refused(get, index, cursor):
    index()
    assert get("search", 422, q="bridge", sort="newest", cursor=cursor)["detail"].startswith("cursor: ")


def test_beyond_the_end_there_is_nothing(get, index):
    make_article()
    index()
    page = get("search", q="bridge", cursor="r999999999999999999")
    assert (page["total"], page["results"], page["next"]) == (1, [], None)
    assert get("search", q="bridge", sort="newest", cursor="n0")["results"] == []
    assert get("search", q="bridge", sort="oldest", cursor="o4600000000000000000")["results"] == []


@pytest.mark.parametrize("q", ["", "   ", "\0", "()", "…"])
def test_nothing_asked_is_answered_with_a_hint(get, index, q):
    make_article()
    index()
    page = get("search", q=q)
    assert (page["total"], page["results"], page["next"]) == (0, [], None)
    assert "Nothing was asked: give words in q, or a filter." in page["hints"]


def test_words_not_understood_are_searched_and_hinted_at(get, index):
    make_article()
    index()
    page = get("search", q='bridge "residents')
    assert page["total"] == 1
    assert page["hints"] == ["A quotation mark is not closed, so the words after it were searched one by one."]


@pytest.mark.parametrize(
    ("parameters", "status", "detail"),
    [
        ({"kind": "people"}, 422, "kind: "),
        ({"sort": "best"}, 422, "sort: "),
        ({"limit": "0"}, 422, "limit: "),
        ({"limit": "101"}, 422, "limit: "),
        ({"published": "2018-13"}, 422, "0: "),
        ({"published": "2018-02-30"}, 404, "“2018-02-30” is no year, month or day."),
        ({"published": "0000"}, 404, "“0000” is no year"),
        ({"outlet": "herald"}, 404, "There is nothing called “herald” to narrow a search to."),
        ({"speaker": "nobody"}, 404, "There is nothing called “nobody” to narrow a search to."),
        ({"organisation": "none"}, 404, "There is nothing called “none” to narrow a search to."),
    ],
)
def test_what_makes_no_sense_is_told(get, index, parameters, status, detail):
    index()
    assert detail in get("search", status, q="bridge", **parameters)["detail"]


def test_the_last_year_of_the_calendar_is_a_year(get, index):
    index()
    for period in ("9999", "9999-12", "9999-12-31", "0001"):
        assert get("search", q="bridge", published=period)["total"] == 0


def test_without_an_index_it_asks_to_come_again(client):
    response = client.get("/api/v1/search", {"q": "bridge"})
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert response.json() == {"detail": "The search is being prepared. Try again soon."}


def test_what_has_gone_since_the_index_was_written_is_left_out(get, index):
    article, _, quote = make_report_with_quote()
    index()
    Quote.objects.filter(pk=quote.pk).update(state="rejected")
    assert get("search", q="dawn", kind="quotes")["results"] == []
    Version.objects.filter(article=article).update(shown=False)
    assert get("search", q="dawn")["results"] == []


@pytest.mark.parametrize("kind", ["reports", "quotes"])
def test_its_queries_do_not_grow_with_the_results(queries_of, index, kind):
    def fill(numbers):
        for number in numbers:
            article, _, _ = make_report_with_quote(f"Report {number}", outlet=make_outlet(f"Outlet {number}"))
            make_quote(article, "before dawn", make_organisation(f"Police {number}"), kind="reported")
        index()

    address = f"/api/v1/search?q=dawn+shells&kind={kind}"
    fill(range(2))
    few = queries_of(address)
    fill(range(2, 9))
    assert queries_of(address) == few <= 3
