"""What a search is counted and narrowed by: every count agrees with the list that its link opens."""

import re
from datetime import date

import pytest

from tests.factories import make_article, make_outlet, make_person, make_quote, make_report_with_quote

pytestmark = pytest.mark.django_db


def facet(page, name):
    return next(facet for facet in page.context["facets"] if facet.name == name)


def values(page, name):
    return {value.label: value.count for value in facet(page, name).values}


def address(page, name, label):
    return next(value.address for value in facet(page, name).values if value.label == label)


@pytest.fixture
def archive(index):
    """Four reports of two outlets in two years, one undated, and their quotes."""
    gazette, wire = make_outlet("Harrow Gazette"), make_outlet("Wire")
    make_report_with_quote("One", outlet=gazette, published=date(2017, 5, 30))
    make_report_with_quote("Two", outlet=gazette, published=date(2018, 1, 1))
    article, _, _ = make_report_with_quote("Three", outlet=wire, published=date(2018, 2, 1))
    make_quote(article, "before dawn", make_person("Ada Brenn"), kind="mixed")
    make_report_with_quote("Four")
    index()


def test_reports_are_counted_by_outlet_speaker_and_year(client, archive):
    page = client.get("/search/", {"q": "shells"})
    assert values(page, "outlet") == {"Harrow Gazette": 2, "Wire": 1}
    assert values(page, "speaker") == {"Vera Lindqvist": 4, "Ada Brenn": 1}
    assert values(page, "published") == {"2018": 2, "2017": 1}


def test_quotations_are_counted_by_kind_too(client, archive):
    page = client.get("/search/", {"q": "dawn", "kind": "quotes"})
    assert values(page, "said") == {"Direct": 4, "Mixed": 1}
    assert values(page, "speaker") == {"Vera Lindqvist": 4, "Ada Brenn": 1}


@pytest.mark.parametrize("kind", ["reports", "quotes"])
def test_every_count_is_that_of_the_list_its_link_opens(client, archive, kind):
    page = client.get("/search/", {"q": "dawn shells", "kind": kind})
    followed = 0
    for each in page.context["facets"]:
        for value in each.values:
            followed += 1
            assert client.get(value.address).context["page"].total == value.count, value
    for bar in page.context["timeline"].bars:
        if bar.address:
            followed += 1
            assert client.get(bar.address).context["page"].total == bar.count, bar
    assert followed >= 8


def test_several_values_can_be_chosen_and_each_taken_away(client, archive):
    first = client.get("/search/", {"q": "shells"})
    second = client.get(address(first, "outlet", "Wire"))
    assert second.context["page"].total == 1
    assert values(second, "outlet") == {"Wire": 1, "Harrow Gazette": 2}  # counted without its own choice
    assert values(second, "published") == {"2018": 1}
    third = client.get(address(second, "outlet", "Harrow Gazette"))
    assert third.context["page"].total == 3
    assert [one.label for one, _ in third.context["chosen"]] == ["Wire", "Harrow Gazette"]
    without_wire = third.context["chosen"][0][1]
    assert without_wire == "/search/?q=shells&outlet=harrow-gazette"
    assert client.get(without_wire).context["page"].total == 2


def test_choices_in_several_facets_narrow_together(client, archive):
    page = client.get("/search/", {"q": "shells", "outlet": "harrow-gazette", "published": "2018"})
    assert [row.article.title for row in page.context["page"].rows] == ["Two"]
    assert page.context["without_chosen"] == "/search/?q=shells"


def test_a_former_address_of_a_speaker_still_narrows(client, archive):
    from archive.curation.speakers import rename
    from archive.models import Person

    rename(Person.objects.get(name="Ada Brenn"), "Ida Bronn")
    assert client.get("/search/", {"q": "shells", "speaker": "ada-brenn"}).context["page"].total == 1


def test_the_picture_goes_from_years_to_months_to_days_and_tells_the_undated(client, archive):
    years = client.get("/search/", {"q": "shells"}).context["timeline"]
    assert [(bar.label, bar.count) for bar in years.bars] == [("2017", 1), ("2018", 2)]
    assert years.undated == 1
    months = client.get(years.bars[1].address).context["timeline"]
    assert (months.unit, months.within) == ("month", "2018")
    assert [bar.count for bar in months.bars] == [1, 1, *[0] * 10]
    days = client.get(months.bars[0].address).context["timeline"]
    assert (days.unit, days.within, len(days.bars)) == ("day", "January 2018", 31)
    assert days.bars[0].count == 1
    one = client.get(days.bars[0].address)
    assert one.context["page"].total == 1
    assert one.context["timeline"].bars[0].selected
    assert client.get(days.wider).context["timeline"].unit == "month"
    assert "1 without a known date is not in this picture" in client.get("/search/", {"q": "shells"}).text


def test_a_report_dated_by_its_month_may_be_of_each_of_its_days(client, index):
    make_article("Month", "The mill.", published=(date(2018, 5, 1), date(2018, 5, 31)))
    index()
    days = client.get("/search/", {"q": "mill", "published": "2018-05"}).context["timeline"]
    assert {bar.count for bar in days.bars} == {1}
    assert client.get("/search/", {"q": "mill", "published": "2018-05-17"}).context["page"].total == 1


def test_a_long_facet_has_a_page_of_its_own_that_can_be_searched(client, index):
    for number in range(12):
        make_article(f"Report {number}", "The mill.", outlet=make_outlet(f"Outlet {number:02}"))
    index()
    page = client.get("/search/", {"q": "mill", "sort": "newest"})
    assert len(facet(page, "outlet").values) == 8
    more = facet(page, "outlet").more
    assert more == "/search/facets/outlet/?q=mill&sort=newest"
    full = client.get(more)
    assert len(full.context["page"].rows) == 12
    found = client.get(more, {"q": "mill", "sort": "newest", "find": "let 11"})
    assert [value.label for value in found.context["page"].rows] == ["Outlet 11"]
    chosen = client.get(found.context["page"].rows[0].address)
    assert chosen.context["page"].total == 1
    assert "sort=newest" in found.context["page"].rows[0].address
    assert client.get(more, {"q": "mill", "find": "\x00nowhere"}).context["page"].rows == []


def test_speakers_are_looked_for_by_name(client, archive):
    page = client.get("/search/facets/speaker/", {"q": "shells", "find": "brenn"})
    assert [(value.label, value.count) for value in page.context["page"].rows] == [("Ada Brenn", 1)]


def test_a_speaker_is_found_among_many_who_speak_in_the_same_reports(client, index, monkeypatch):
    monkeypatch.setattr("archive.views.facets.MOST_LISTED", 2)
    article = make_article("Many", '"Never", "Perhaps", "Always", "Once", they said.')
    for words, name in (("Never", "Ada Smith"), ("Perhaps", "B Tarn"), ("Always", "C Tarn"), ("Once", "D Smith")):
        make_quote(article, f'"{words}"', make_person(name))
    for number in range(3):
        make_person(f"Aaron{number} Smith")  # who say nothing
        make_quote(make_article(f"Other {number}", '"Never" many said.'), '"Never"', make_person(f"Tarn {number}"))
    index()
    page = client.get("/search/facets/speaker/", {"q": "said", "find": "smith"})
    assert {value.label for value in page.context["page"].rows} == {"Ada Smith", "D Smith"}


def test_counts_of_what_nothing_has_whole_are_those_of_their_links(client, index):
    for year, text in ((2017, "The mill."), (2018, "The mill in the harbour."), (2018, "The harbour.")):
        make_article(f"{year} {text}", text, published=date(year, 5, 1))
    index()
    for words in ("mill AND harbour", "mill AND volcano"):
        page = client.get("/search/", {"q": words, "published": "2018"})
        for value in facet(page, "published").values:
            alone = client.get("/search/", {"q": words, "published": value.label, "match": "half"})
            assert alone.context["page"].total == value.count, (words, value)


def test_what_is_all_undated_is_said(client, index):
    make_article("Undated", "The mill.")
    index()
    assert "1 without a known date." in client.get("/search/", {"q": "mill"}).text


def test_words_that_cannot_be_searched_lead_back_to_the_search(client, archive):
    for words in ("a\0b", "x" * 1001):
        assert client.get("/search/facets/outlet/", {"q": words}).status_code == 302


@pytest.mark.parametrize("path", ["/search/facets/colour/?q=x", "/search/facets/outlet/", "/search/facets/said/?q=x"])
def test_a_facet_that_does_not_exist_is_not_found(client, archive, path):
    assert client.get(path).status_code == 404


def test_the_page_of_a_facet_takes_the_same_queries_whatever_it_lists(queries_of, archive, index):
    few = queries_of("/search/facets/speaker/?q=shells")
    for number in range(10):
        article = make_article(f"Report {number}")
        make_quote(article, "nine shells", make_person(f"Ada {number}"))
    index()
    assert queries_of("/search/facets/speaker/?q=shells") == few


def test_the_picture_is_a_list_of_links_too(client, archive):
    text = client.get("/search/", {"q": "shells"}).text
    assert re.search(
        r'<a href="/search/\?q=shells&amp;published=2018"[^>]*>2018 <span class="count">2</span></a>', text
    )
