"""Title and description stand on a page once, and whatever else tells of the page goes by them."""

import re
from datetime import date
from html import unescape

import pytest

from archive.models import Outlet
from archive.search import sync
from tests.factories import make_article, make_organisation, make_outlet, make_person, make_quote
from tests.factories import make_report_with_quote as make_report

pytestmark = pytest.mark.django_db


def told(client, address, status=200) -> dict[str, str]:
    """The title, the description and the properties of Open Graph."""
    response = client.get(address)
    assert response.status_code == status, address
    text = response.text[: response.text.index("</head>")]
    [title] = re.findall(r"<title>(.*?)</title>", text)
    [description] = re.findall(r'<meta name="description" content="([^"]*)">', text)
    properties = re.findall(r'<meta property="og:([a-z_]+)" content="([^"]*)">', text)
    assert len(properties) == len(dict(properties))
    return {"title": unescape(title), "description": unescape(description)} | {
        f"og:{name}": unescape(value) for name, value in properties
    }


def test_what_is_shared_is_said_in_the_same_words(client, settings):
    settings.SITE_URL = "https://archive.example.org"
    article, _, _ = make_report('Bridge "hit" & <closed>', outlet=make_outlet(), published=date(2018, 5, 30))
    page = told(client, article.get_absolute_url())
    assert page["title"] == 'Bridge "hit" & <closed> (Harrow Gazette, 30 May 2018) – Conflict Archive'
    assert page["og:title"] == 'Bridge "hit" & <closed> (Harrow Gazette, 30 May 2018)'
    assert page["description"].startswith("Harrow Gazette, 30 May 2018. Shelling damaged the bridge")
    assert page["og:description"] == page["description"]
    assert page["og:url"] == f"https://archive.example.org{article.get_absolute_url()}"
    assert (page["og:site_name"], page["og:type"]) == ("Conflict Archive", "article")
    assert "og:image" not in page


def test_each_kind_of_page_is_called_what_it_is(client):
    _, person, quote = make_report()
    assert told(client, quote.get_absolute_url())["og:type"] == "article"
    assert told(client, person.get_absolute_url())["og:type"] == "profile"
    assert told(client, "/reports/")["og:type"] == "website"


def test_every_page_has_a_title_and_a_description_of_its_own(client):
    """Reports of one title in two papers, and two quotations of the same words, too."""
    for name in ("Harrow Gazette", "Almera Post"):
        article, person, quote = make_report(outlet=make_outlet(name), published=date(2018, 5, 1))
    other = make_quote(article, "at a briefing", person)
    reported = make_quote(article, "residents said", make_organisation("Harrow police"), kind="reported")
    for number in range(40):
        make_article(f"Report {number}", published=date(2018, 5, 2))
    sync.build()
    addresses = [
        "/",
        "/reports/",
        "/reports/?page=2",
        "/reports/?year=2018",
        "/reports/?year=2018&month=5",
        "/reports/?outlet=almera-post",
        "/people/",
        "/people/?letter=L",
        "/people/?name=vera",
        "/organisations/",
        "/organisations/?letter=H",
        "/search/",
        "/search/?q=bridge",
        "/search/?q=dawn",
        "/search/help/",
        "/corrections/",
        f"/corrections/report/{article.pk}/",
        f"/report-an-error/report/{article.pk}/",
        "/api/v1/docs",
        *(each.get_absolute_url() for each in type(article).objects.filter(title=article.title)),
        *(each.get_absolute_url() for each in type(quote).objects.all()),
        person.get_absolute_url(),
        reported.organisation.get_absolute_url(),
    ]
    assert other.get_absolute_url() in addresses
    pages = {address: told(client, address) for address in addresses}
    for what in ("title", "description"):
        said = [page[what] for page in pages.values()]
        assert sorted(set(said)) == sorted(said)


def test_what_has_no_address_of_its_own_is_not_shared(client):
    assert not [name for name in told(client, "/nothing/", 404) if name.startswith("og:")]
    assert told(client, "/nothing/", 404)["title"] == "There is nothing at this address – Conflict Archive"


def test_of_a_report_in_extracts_the_description_has_none_of_its_text(client):
    article, _, _ = make_report(outlet=make_outlet("Wire"), published=date(2018, 5, 1))
    Outlet.objects.update(extracts_only=True)
    page = told(client, article.get_absolute_url())
    assert page["description"] == f"{article.title}. Wire, 1 May 2018. Quotations with a few words around them."


def test_nothing_is_said_of_a_source_that_is_not_known(client):
    article = make_article("Undated", "Shelling damaged the bridge.")
    page = told(client, article.get_absolute_url())
    assert page["og:title"] == f"Undated (report {article.pk})"
    assert page["description"] == "Shelling damaged the bridge."


def test_a_quotation_names_who_spoke_and_reported_speech_says_so(client):
    article = make_article(outlet=make_outlet("Gazette"))
    quote = make_quote(article, '"We counted nine shells before dawn"', make_person())
    reported = make_quote(article, "residents said", kind="reported")
    assert told(client, quote.get_absolute_url())["og:title"] == (
        'Vera Lindqvist: "We counted nine shells before dawn" (Gazette)'
    )
    page = told(client, reported.get_absolute_url())
    assert page["og:title"] == "Speaker not known (reported speech): residents said (Gazette)"
    assert page["description"].endswith("In: “Bridge shelled at Harrow Ford”, Gazette.")
