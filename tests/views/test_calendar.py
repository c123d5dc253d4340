"""The calendar: the years, and the days of one, with what is known only roughly apart."""

import re
from datetime import date

import pytest

from archive.curation.withholding import hide
from tests.factories import make_article

pytestmark = pytest.mark.django_db
WAYS = pytest.mark.parametrize("way", ["by the index", "by the database"])


@pytest.fixture
def written(way, index):
    return index if way == "by the index" else lambda: None


def days(response):
    return {
        day.name: day.count
        for month in response.context["year"].months
        for week in month.weeks
        for day in week
        if day and day.count
    }


@WAYS
def test_the_years_lead_to_their_days_and_the_undated_are_said(client, written):
    make_article("Undated")
    make_article("One", published=date(2016, 5, 4))
    make_article("Two", published=date(2018, 5, 4))
    make_article("Over new year", published=(date(2018, 12, 1), date(2019, 1, 15)))
    written()
    response = client.get("/calendar/")
    assert [(year, count) for year, count, *_ in response.context["years"]] == [(2019, 1), (2018, 2), (2016, 1)]
    months = {cell.name: cell.count for *_, cells in response.context["years"] for cell in cells if cell.count}
    assert months == {"January 2019": 1, "December 2018": 1, "May 2018": 1, "May 2016": 1}
    assert 'href="/reports/?year=2016&amp;month=5" aria-label="May 2016: 1 report"' in response.text
    assert [bar.label for bar in response.context["timeline"].bars] == ["2016", "2017", "2018", "2019"]
    assert 'href="/calendar/2016/" aria-label="2016: 1"' in response.text
    assert '<a href="/reports/?undated=yes">1 report without a known date</a>' in response.text


def test_an_empty_archive_and_one_without_any_date_say_so(client):
    assert "There is no report in the archive yet." in client.get("/calendar/").text
    make_article("Undated")
    text = client.get("/calendar/").text
    assert "No report has a known date" in text
    assert "<svg" not in text


@WAYS
def test_each_day_has_its_count_and_leads_to_its_reports(client, written):
    for _ in range(2):
        make_article(published=date(2018, 5, 4))
    make_article(published=date(2018, 12, 31))
    make_article(published=date(2017, 5, 4))
    make_article(published=date(2020, 5, 4))
    written()
    response = client.get("/calendar/2018/")
    assert days(response) == {"4 May 2018": 2, "31 December 2018": 1}
    assert re.search(
        r'href="/reports/\?year=2018&amp;month=5&amp;day=4" aria-label="4 May 2018: 2 reports">4 '
        r'<span class="count">2</span>',
        response.text,
    )
    assert "3 reports of a known day of 2018." in response.text
    assert (response.context["year"].before, response.context["year"].after) == (2017, 2020)


@WAYS
def test_what_is_known_only_to_a_month_a_year_or_less_is_told_apart(client, written):
    make_article(published=date(2018, 5, 4))
    make_article("In May", published=(date(2018, 5, 1), date(2018, 5, 31)))
    make_article("In two days of May", published=(date(2018, 5, 4), date(2018, 5, 5)))
    make_article("Some time in 2018", published=(date(2018, 1, 1), date(2018, 12, 31)))
    make_article("Over new year", published=(date(2018, 12, 1), date(2019, 1, 15)))
    make_article("Undated")
    written()
    response = client.get("/calendar/2018/")
    assert days(response) == {"4 May 2018": 1}
    text = " ".join(response.text.split())
    assert (
        "1 report of a known day of 2018. Not in the days below: 2 of a known month, told below it; 1 of this year and "
        "no known month; 1 of this year or another. " in text
    )
    assert "1 and 2 of no known day" in text
    assert '<a href="/reports/?undated=yes">1 report</a> has no known date at all.' in text


def test_a_withheld_report_is_no_day_of_it(client):
    hidden = make_article(published=date(2018, 5, 4))
    rough = make_article(published=(date(2018, 5, 1), date(2018, 5, 31)))
    make_article(published=date(2018, 5, 5))
    hide(hidden.pk, "It names a witness.")
    hide(rough.pk, "It names a witness.")
    response = client.get("/calendar/2018/")
    assert days(response) == {"5 May 2018": 1}
    assert response.context["year"].total == 1


@pytest.mark.parametrize("year", [1, 1914, 2062, 9999])
@WAYS
def test_odd_and_future_years_have_a_calendar(client, written, year):
    make_article(published=date(year, 12, 31))
    written()
    assert days(client.get(f"/calendar/{year}/")) == {f"31 December {year:04}": 1}
    assert client.get("/calendar/").status_code == 200


def test_a_year_without_reports_has_an_empty_calendar(client):
    make_article(published=date(2018, 5, 4))
    response = client.get("/calendar/1999/")
    assert response.context["year"].total == 0
    assert response.context["year"].after == 2018


@pytest.mark.parametrize("year", ["0", "10000", "9" * 30])
def test_what_is_no_year_is_not_found(client, year):
    assert client.get(f"/calendar/{year}/").status_code == 404


@WAYS
def test_a_hundred_and_fifty_years_are_all_there(client, written):
    for year in range(1870, 2020):
        make_article(published=date(year, 1, 1))
    written()
    response = client.get("/calendar/")
    assert len(response.context["years"]) == 150
    assert len(response.context["timeline"].bars) == 150
    assert response.context["months"] == ()
    labels = [label for label, _ in response.context["timeline"].ticks if label]
    assert labels == [str(year) for year in range(1870, 2020, 10)]


@WAYS
def test_the_queries_of_a_year_do_not_grow(queries_of, written):
    make_article(published=date(2018, 5, 4))
    written()
    few = queries_of("/calendar/2018/")
    for day in range(1, 20):
        make_article(published=date(2018, 6, day))
        make_article(published=(date(2018, 6, 1), date(2018, 6, 1 + day)))
    written()
    assert queries_of("/calendar/2018/") == few
