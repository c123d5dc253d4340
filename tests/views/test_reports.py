"""The list of reports: by time and outlet, told by the index or by the database alike."""

from datetime import date

import pytest

from archive.curation.withholding import hide
from tests.factories import make_article, make_outlet

pytestmark = pytest.mark.django_db
WAYS = pytest.mark.parametrize("way", ["by the index", "by the database"])
MAY = (date(2018, 5, 1), date(2018, 5, 31))
YEAR = (date(2018, 1, 1), date(2018, 12, 31))


@pytest.fixture
def written(way, index):
    """To be called when the reports are there."""
    return index if way == "by the index" else lambda: None


def titles(response):
    return [article.title for article in response.context["page"].rows]


def groups(response):
    return [(heading, [article.title for article in rows]) for heading, rows in response.context["groups"]]


def bars(response):
    return {bar.name: bar.count for bar in response.context["timeline"].bars if bar.count}


@WAYS
def test_all_reports_the_newest_first_and_the_undated_last_and_said_so(client, written):
    make_article("Undated")
    make_article("Of May 2018", published=MAY)
    make_article("Of 2019", published=(date(2019, 1, 1), date(2019, 12, 31)))
    written()
    response = client.get("/reports/")
    assert groups(response) == [("2019", ["Of 2019"]), ("2018", ["Of May 2018"]), ("Date not known", ["Undated"])]
    assert 'The date of <a href="/reports/?undated=yes">1</a> is not known: it comes last.' in response.text
    assert ">May 2018</time>" in response.text
    assert bars(response) == {"2018": 1, "2019": 1}


@WAYS
def test_reports_of_one_outlet(client, written):
    gazette, courier = make_outlet("Gazette"), make_outlet("Courier")
    make_article("One", outlet=gazette, published=date(2018, 5, 1))
    make_article("Two", outlet=courier, published=date(2019, 5, 1))
    written()
    response = client.get("/reports/", {"outlet": "gazette"})
    assert titles(response) == ["One"]
    assert "Reports of" in response.text
    assert response.context["years"] == [2019, 2018]
    assert "/reports/?outlet=gazette&amp;year=2018&amp;month=5" in response.text


@WAYS
def test_a_year_has_every_report_that_may_be_of_it_and_says_how_many_are_undated(client, written):
    make_article("Undated")
    make_article("Over new year", published=(date(2017, 12, 1), date(2018, 1, 15)))
    make_article("Day of May", published=date(2018, 5, 7))
    make_article("Some time in 2018", published=YEAR)
    make_article("Of 2019", published=date(2019, 1, 1))
    written()
    response = client.get("/reports/", {"year": "2018"})
    assert groups(response) == [
        ("May 2018", ["Day of May"]),
        ("2018", ["Some time in 2018"]),
        ("Between 1 December 2017 and 15 January 2018", ["Over new year"]),
    ]
    assert "3 reports that are or may be of 2018" in response.text
    assert '<a href="/reports/?undated=yes">1 more</a> has no known date' in response.text
    assert bars(response)["May 2018"] == 2 and bars(response)["January 2018"] == 2
    assert titles(client.get("/reports/", {"year": "2018", "month": "1"})) == ["Some time in 2018", "Over new year"]
    assert titles(client.get("/reports/", {"year": "2018", "month": "12"})) == ["Some time in 2018"]
    assert response.context["years"] == [2019, 2018, 2017]


@WAYS
def test_a_day_has_what_is_known_to_be_of_it_before_what_may_be(client, written):
    make_article("On the day", published=date(2018, 5, 1))
    make_article("In May", published=MAY)
    make_article("The day after", published=date(2018, 5, 2))
    make_article("In April", published=date(2018, 4, 3))
    written()
    response = client.get("/reports/", {"year": "2018", "month": "5", "day": "1"})
    assert groups(response) == [("1 May 2018", ["On the day"]), ("Perhaps of 1 May 2018", ["In May"])]
    assert "1 report of this day, and 1 more whose day is not known and that may be of it." in response.text
    assert response.context["ways"] == {
        "before": ("/reports/?year=2018&month=4&day=3", "3 April 2018"),
        "after": ("/reports/?year=2018&month=5&day=2", "2 May 2018"),
        "wider": ("/reports/?year=2018&month=5", "May 2018"),
    }
    assert [bar.name for bar in response.context["timeline"].bars if bar.selected] == ["1 May 2018"]


@WAYS
def test_the_undated_have_a_list_of_their_own(client, written):
    make_article("Undated", outlet=make_outlet("Gazette"))
    make_article("Dated", published=date(2018, 5, 1))
    written()
    response = client.get("/reports/", {"undated": "yes"})
    assert groups(response) == [("Date not known", ["Undated"])]
    assert response.context["timeline"] is None
    assert "1 report without a known date" in response.text
    assert titles(client.get("/reports/", {"undated": "yes", "outlet": "gazette"})) == ["Undated"]


@pytest.mark.parametrize(
    "query",
    [
        {"year": "x"},
        {"year": "0"},
        {"year": "10000"},
        {"month": "13"},
        {"outlet": "nobody"},
        {"outlet": "a\x00"},
        {"page": "2"},
        {"year": "2018", "month": "2", "day": "29"},
        {"day": "1"},
        {"year": "2018", "day": "1"},
        {"undated": "no"},
        {"undated": "yes", "year": "2018"},
    ],
)
def test_a_list_that_makes_no_sense_is_not_found(client, query):
    make_article()
    assert client.get("/reports/", query).status_code == 404


@pytest.mark.parametrize("year", ["1", "1914", "2062", "9999"])
@WAYS
def test_odd_and_future_years_have_lists_like_others(client, written, year):
    make_article("Odd", published=date(int(year), 12, 31))
    make_article("Of today", published=date(2018, 5, 1))
    written()
    for query in ({"year": year}, {"year": year, "month": "12"}, {"year": year, "month": "12", "day": "31"}):
        assert titles(client.get("/reports/", query)) == ["Odd"]
    assert client.get("/reports/", {"year": year, "month": "1"}).status_code == 200
    assert client.get("/reports/").status_code == 200


def test_a_month_without_a_year_is_no_narrowing(client):
    make_article("One", published=date(2018, 5, 1))
    assert titles(client.get("/reports/", {"month": "7"})) == ["One"]


@WAYS
def test_the_list_comes_in_pages_that_keep_the_filter(client, written):
    outlet = make_outlet("Gazette")
    for number in range(31):
        make_article(f"Report {number}", outlet=outlet)
    written()
    response = client.get("/reports/", {"outlet": "gazette"})
    assert len(titles(response)) == 30
    assert "?outlet=gazette&amp;page=2" in response.text
    assert titles(client.get("/reports/", {"outlet": "gazette", "page": "2"})) == ["Report 0"]


def test_what_was_withheld_since_the_index_was_written_is_not_listed(client, index):
    hidden = make_article("Secret", published=date(2018, 5, 1))
    make_article("Open", published=date(2018, 5, 1))
    index()
    hide(hidden.pk, "It names a witness.")
    for query in ({}, {"year": "2018"}, {"year": "2018", "month": "5", "day": "1"}):
        response = client.get("/reports/", query)
        assert titles(response) == ["Open"]
        assert "Secret" not in response.text


@WAYS
def test_the_queries_of_the_list_do_not_grow(queries_of, written):
    for number in range(2):
        make_article(f"Report {number}", outlet=make_outlet(f"Outlet {number}"), published=date(2018, 5, 1))
    written()
    addresses = ("/reports/", "/reports/?year=2018", "/reports/?year=2018&month=5&day=1")
    few = [queries_of(address) for address in addresses]
    for number in range(2, 12):
        make_article(f"Report {number}", outlet=make_outlet(f"Outlet {number}"), published=date(2018, 5, number))
    written()
    assert [queries_of(address) for address in addresses] == few


def test_of_very_many_outlets_the_form_has_those_with_most_reports_and_the_chosen_one(client, monkeypatch):
    monkeypatch.setattr("archive.views.reports.MOST_OUTLETS", 1)
    large, small = make_outlet("Large"), make_outlet("Small")
    for outlet in (large, large, small):
        make_article(outlet=outlet)
    assert client.get("/reports/").context["outlets"] == [large]
    assert client.get("/reports/", {"outlet": "small"}).context["outlets"] == [large, small]


def test_an_empty_archive_has_an_empty_list(client):
    response = client.get("/reports/")
    assert response.context["timeline"] is None
    assert "There is no report in the archive yet." in response.text
    assert "There is no such report." in client.get("/reports/", {"year": "2018"}).text
