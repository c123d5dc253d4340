"""The list of outlets and the page of one."""

from datetime import date

import pytest

from archive.curation.withholding import hide
from archive.models import Outlet
from tests.factories import make_article, make_outlet, make_person, make_quote

pytestmark = pytest.mark.django_db
WAYS = pytest.mark.parametrize("way", ["by the index", "by the database"])


@pytest.fixture
def written(way, index):
    return index if way == "by the index" else lambda: None


@pytest.fixture
def press():
    """Three outlets: two with reports, and one of which nothing has come yet."""
    gazette, courier = make_outlet("Harrow Gazette"), make_outlet("almera courier")
    make_outlet("Tarn Herald")
    make_article("First", outlet=gazette, published=date(2016, 5, 1))
    make_article("Second", outlet=gazette, published=date(2018, 5, 1))
    make_article("Undated", outlet=gazette)
    make_article("Third", outlet=courier, published=date(2019, 5, 1))
    make_article("Of nobody known")
    return gazette, courier


def rows(response):
    return [
        (
            outlet.name,
            outlet.report_count,
            outlet.first_day and outlet.first_day.year,
            outlet.last_day and outlet.last_day.year,
        )
        for outlet in response.context["page"].rows
    ]


@WAYS
def test_outlets_are_listed_with_their_reports_and_years(client, press, written):
    written()
    response = client.get("/outlets/")
    assert rows(response) == [
        ("almera courier", 1, 2019, 2019),
        ("Harrow Gazette", 3, 2016, 2018),
        ("Tarn Herald", 0, None, None),
    ]
    text = " ".join(response.text.split())
    assert "3 outlets; the outlet of 1 report is not known" in text
    assert "2016–2018" in text
    assert '<th scope="col" aria-sort="ascending">' in text


@WAYS
def test_the_list_can_be_sorted(client, press, written):
    written()
    by_reports = client.get("/outlets/", {"sort": "reports"})
    assert [name for name, *_ in rows(by_reports)] == ["Harrow Gazette", "almera courier", "Tarn Herald"]
    assert '<th scope="col" aria-sort="descending" class="number">' in " ".join(by_reports.text.split())
    by_newest = client.get("/outlets/", {"sort": "newest"})
    assert [name for name, *_ in rows(by_newest)] == ["almera courier", "Harrow Gazette", "Tarn Herald"]
    assert client.get("/outlets/", {"sort": "x"}).status_code == 404


@pytest.mark.parametrize("sort", ["", "reports", "newest"])
def test_the_list_comes_in_pages(client, press, monkeypatch, sort):
    monkeypatch.setattr("archive.views.outlets.PAGE_SIZE", 2)
    first = client.get("/outlets/", {"sort": sort} if sort else {})
    second = client.get(first.context["page"].following)
    names = [name for name, *_ in rows(first) + rows(second)]
    assert sorted(names) == ["Harrow Gazette", "Tarn Herald", "almera courier"]
    assert client.get("/outlets/", {"page": "3"}).status_code == 404


@WAYS
def test_the_queries_of_the_list_do_not_grow(queries_of, written):
    make_article(outlet=make_outlet("Outlet"))
    written()
    addresses = ("/outlets/", "/outlets/?sort=reports", "/outlets/?sort=newest")
    few = [queries_of(address) for address in addresses]
    for number in range(10):
        make_article(outlet=make_outlet(f"Outlet {number}"), published=date(2018, 5, 1))
    written()
    assert [queries_of(address) for address in addresses] == few


def test_an_empty_archive_has_no_outlets(client):
    assert "No outlet is in the archive yet." in client.get("/outlets/").text


@WAYS
def test_an_outlet_has_its_reports_over_time_and_who_is_quoted_in_them(client, press, written):
    gazette, courier = press
    vera, anna = make_person("Vera Lindqvist"), make_person("Anna Berg")
    make_quote(make_article("Said", "“One.” “Two.”", outlet=gazette, published=date(2018, 6, 1)), "“One.”", vera)
    make_quote(make_article("Heard", "“Three.”", outlet=courier), "“Three.”", anna)
    Outlet.objects.filter(pk=gazette.pk).update(url="https://gazette.example/")
    written()
    response = client.get(gazette.get_absolute_url())
    assert [article.title for article in response.context["latest"]] == ["Said", "Second", "First", "Undated"]
    assert [bar.count for bar in response.context["timeline"].bars] == [1, 0, 2]
    assert 'href="/reports/?outlet=harrow-gazette&amp;year=2018" aria-label="2018: 2"' in response.text
    assert [(one.name, one.quote_count) for one in response.context["most_quoted"]] == [("Vera Lindqvist", 1)]
    assert 'href="https://gazette.example/"' in response.text
    text = " ".join(response.text.split())
    assert '<a href="/reports/?outlet=harrow-gazette">4 reports</a>' in text
    assert '<a href="/reports/?outlet=harrow-gazette&amp;undated=yes">1 without a known date</a>' in text


@WAYS
def test_of_what_is_withheld_an_outlet_tells_nothing(client, press, written):
    gazette, _ = press
    secret = make_article("Secret", "“One.”", outlet=gazette, published=date(1990, 1, 1))
    make_quote(secret, "“One.”", make_person("Vera Lindqvist"))
    hide(secret.pk, "It names a witness.")
    written()
    response = client.get(gazette.get_absolute_url())
    assert response.context["total"] == 3
    assert response.context["outlet"].first_day.year == 2016
    assert response.context["most_quoted"] == []
    assert "Secret" not in response.text and "1990" not in response.text
    assert ("Harrow Gazette", 3, 2016, 2018) in rows(client.get("/outlets/"))


def test_an_outlet_of_extracts_says_so(client):
    outlet = make_outlet()
    Outlet.objects.filter(pk=outlet.pk).update(extracts_only=True)
    make_article(outlet=outlet)
    assert "The full text of this outlet’s reports may not be shown." in client.get(outlet.get_absolute_url()).text


def test_an_outlet_without_reports_has_a_page(client):
    response = client.get(make_outlet().get_absolute_url())
    assert response.context["total"] == 0
    assert response.context["timeline"] is None


def test_a_very_long_name_is_shown_whole(client):
    name = ("Ministry of the Interior and of everything else " * 7)[:300].strip()
    outlet = make_outlet(name)
    make_article(outlet=outlet, published=date(2018, 5, 1))
    for address in ("/outlets/", outlet.get_absolute_url(), "/reports/", f"/reports/?outlet={outlet.slug}"):
        assert name in client.get(address).text


def test_an_unknown_outlet_is_not_found(client):
    assert client.get("/outlets/nobody/").status_code == 404
