"""What programs are told that read the whole net: which addresses they may read, and where every record is."""

import re
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from archive.curation.withholding import hide, show_again
from archive.models import Article
from archive.views import sitemaps
from tests.factories import make_article, make_mention, make_organisation, make_person, make_report_with_quote

pytestmark = pytest.mark.django_db
SITE = "https://archive.example.org"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE


def entries(client, address: str) -> dict[str, str]:
    """The addresses that a sitemap or an index of them names, each with its last change, or without."""
    response = client.get(address.removeprefix(SITE).replace("http://testserver", ""))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    found = {}
    for entry in ElementTree.fromstring(response.content):  # noqa: S314 - our own words
        told = {part.tag.partition("}")[2]: part.text for part in entry}
        found[told["loc"]] = told.get("lastmod", "")
    return found


def listed(client) -> set[str]:
    """The addresses below that of the archive which all sitemaps together name."""
    found = [entries(client, address) for address in entries(client, "/sitemap.xml")]
    assert all(address.startswith(f"{SITE}/") for one in found for address in one)
    return {address.removeprefix(SITE) for one in found for address in one}


def test_the_sitemap_names_pages_and_records_that_readers_see(client):
    article, person, quote = make_report_with_quote()
    police = make_organisation("Harrow police")
    make_mention(article, police, "residents")
    hidden, _, _ = make_report_with_quote("Hidden")
    alone = make_person("Ilse Brandvold")
    make_mention(hidden, alone, "Lindqvist")
    hide(hidden.pk, "It names a witness.")
    found = listed(client)
    records = {one.get_absolute_url() for one in (article, person, police)}
    assert records <= found
    assert {"/", "/reports/", "/people/", "/organisations/", "/corrections/", "/search/help/", "/api/v1/docs"} <= found
    assert quote.get_absolute_url() not in found
    assert not {hidden.get_absolute_url(), alone.get_absolute_url()} & found
    show_again(hidden.pk, "The witness agrees.")
    assert {hidden.get_absolute_url(), alone.get_absolute_url()} <= listed(client)


def test_a_report_has_the_day_of_its_last_change(client):
    article = make_article()
    today = timezone.now().date().isoformat()
    assert entries(client, "/sitemap-reports.xml") == {SITE + article.get_absolute_url(): today}
    assert set(entries(client, "/sitemap-people.xml").values()) <= {""}


def test_many_records_go_over_several_pages_with_as_few_queries_for_the_last(
    client, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(sitemaps.Reports, "limit", 3)
    articles = [make_article(f"Report {number}") for number in range(7)]
    Article.objects.filter(pk=articles[4].pk).delete()
    gone = articles.pop(4).get_absolute_url()
    found = listed(client)
    assert {article.get_absolute_url() for article in articles} <= found
    assert gone not in found
    pages = [address for address in entries(client, "/sitemap.xml") if "reports" in address]
    assert len(pages) >= 3
    for page in (pages[1], pages[-1]):
        with django_assert_num_queries(2):  # the last key, and the page's own records
            entries(client, page)


@pytest.mark.parametrize("address", ["/sitemap-none.xml", "/sitemap-reports.xml?p=0", "/sitemap-reports.xml?p=99"])
def test_a_sitemap_that_there_is_not_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_an_empty_archive_has_a_sitemap_of_its_pages(client):
    assert "/" in listed(client)


def test_programs_are_told_what_to_leave_alone_and_where_the_sitemap_is(client):
    article, person, quote = make_report_with_quote()
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    # The standard lets the longest rule that fits decide, Python's parser the first: so the longest come first here.
    lines = sorted(response.text.splitlines(), key=lambda line: (not line.startswith("User"), -len(line)))
    rules.parse(lines)
    assert rules.site_maps() == [f"{SITE}/sitemap.xml"]
    for page in ("/", "/reports/", "/search/help/", "/api/v1/docs", article, person, quote):
        assert rules.can_fetch("*", page if isinstance(page, str) else page.get_absolute_url())
    for page in (
        "/search/?q=bridge",
        "/search/facets/outlet/?q=a",
        "/search/export.csv?q=a",
        "/admin/",
        "/originals/0a/",
    ):
        assert not rules.can_fetch("*", page)
    assert not re.search("(?i)crawl-delay", response.text)
