from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings

from archive.curation.withholding import hide
from archive.models import Article, FormerSlug, OrganisationFormerSlug, Quote, Version
from tests.factories import (
    TEXT,
    make_article,
    make_organisation,
    make_outlet,
    make_person,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITE = settings.SITE_URL


class Atom:
    """A feed as a reader has it."""

    def __init__(self, response):
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        self.root = ElementTree.fromstring(response.content)  # noqa: S314 - made by the archive itself
        self.id = self.root.findtext("a:id", namespaces=ATOM)
        self.title = self.root.findtext("a:title", namespaces=ATOM)
        self.updated = self.root.findtext("a:updated", namespaces=ATOM)
        self.entries = self.root.findall("a:entry", ATOM)
        self.titles = self.of("title")
        self.summaries = self.of("summary")

    def of(self, name):
        return [entry.findtext(f"a:{name}", namespaces=ATOM) for entry in self.entries]

    def link(self, rel):
        [found] = [link.get("href") for link in self.root.findall("a:link", ATOM) if link.get("rel") == rel]
        return found


@pytest.fixture
def feed(client):
    return lambda address, **query: Atom(client.get(address, query))


def came(article, day):
    Article.objects.filter(pk=article.pk).update(created=datetime(2026, 1, day, 12, tzinfo=UTC))


def test_a_search_is_followed_by_what_came_last_whenever_it_was_published(feed, index):
    old = make_article("Old but new here", published=date(1999, 1, 1), outlet=make_outlet("Harrow Gazette"))
    first = make_article("New but here before", published=date(2020, 1, 1))
    last = make_article("Of no date")
    make_article("Other", "Nothing of that kind.")
    for day, article in enumerate((old, first, last), 1):
        came(article, day)
    index()
    found = feed("/search/feed.atom", q="bridge", sort="oldest")
    assert found.titles == ["Of no date", "New but here before", "Old but new here"]
    assert found.of("updated") == [f"2026-01-0{day}T12:00:00+00:00" for day in (3, 2, 1)]
    assert found.updated == "2026-01-03T12:00:00+00:00"
    assert found.summaries[0].startswith("outlet not known, date not known: Shelling damaged the bridge")
    assert found.summaries[2].startswith("Harrow Gazette, 1 January 1999: Shelling")


def test_of_bare_words_the_closer_matches_are_followed(feed, index):
    make_article("Bridge shelled at Harrow Ford")
    make_article("Far", "Nothing but one bridge.")
    index()
    assert feed("/search/feed.atom", q="bridge shelling ministry").titles == ["Bridge shelled at Harrow Ford"]
    assert len(feed("/search/feed.atom", q="bridge shelling ministry", match="any").titles) == 2


def test_it_names_itself_and_its_page_and_ids_outlast_a_new_title(feed, index):
    article = make_article()
    index()
    before = feed("/search/feed.atom", q="bridge & ford")
    assert before.link("self") == before.id == f"{SITE}/search/feed.atom?q=bridge+%26+ford"
    assert before.link("alternate") == f"{SITE}/search/?q=bridge+%26+ford"
    article.title = "Another title"
    article.save()
    after = feed("/search/feed.atom", q="bridge & ford")
    assert before.of("id") == after.of("id") == [f"{SITE}/reports/{article.pk}/"]
    assert after.entries[0].find("a:link", ATOM).get("href") == f"{SITE}{article.get_absolute_url()}"


def test_a_quote_says_who_spoke_and_how_sure_that_is(feed, index):
    _, _, quote = make_report_with_quote(published=date(2018, 5, 30), outlet=make_outlet("Harrow Gazette"))
    index()
    found = feed("/search/feed.atom", q="shells", kind="quotes")
    assert found.titles == ['Vera Lindqvist: "We counted nine shells before dawn"']
    assert found.summaries == [
        '"We counted nine shells before dawn" – Vera Lindqvist, Colonel; found by the machine, confidence high, 0.90. '
        "In: “Bridge shelled at Harrow Ford”, Harrow Gazette, 30 May 2018."
    ]
    assert found.of("id") == [f"{SITE}/quotes/{quote.pk}/"]


def test_a_speaker_who_is_not_known_and_a_denial_are_said_so(feed, index):
    article = make_article(text='He said "no shells fell". Police did not say the bridge fell.')
    make_quote(article, '"no shells fell"', speaker_start=0, speaker_end=2)
    police = make_organisation("Harrow police")
    make_quote(article, "the bridge fell", police, kind="reported", negated=True, state=Quote.State.CONFIRMED)
    index()
    found = feed("/search/feed.atom", q="fell", kind="quotes")
    assert set(found.titles) == {
        'Speaker not known: "no shells fell"',
        "Harrow police (reported speech, not stated): the bridge fell",
    }
    text = " ".join(found.summaries)
    assert "Speaker not known (printed: “He”); found by the machine, confidence low, 0.20" in text
    assert "confirmed by an editor; the report says that this was not said or not confirmed" in text


@pytest.mark.parametrize(
    "title", ["<b>Bridge</b> & <script>alert(1)</script>", "قصف الجسر Bridge", 'Bridge "]]> \x0b\ufffe x']
)
def test_titles_and_texts_are_text_and_never_markup(feed, client, index, title):
    make_article(title, '<i>Shells</i> fell on the bridge. "Never &amp; again\x0b", he said.')
    index()
    found = feed("/search/feed.atom", q="bridge")
    assert found.titles == [" ".join(title.replace("\x0b", " ").replace("\ufffe", " ").split())]
    assert '<i>Shells</i> fell on the bridge. "Never &amp; again ", he said.' in found.summaries[0]
    summary = found.entries[0].find("a:summary", ATOM)
    assert summary.get("type") == "text" and len(summary) == 0
    assert found.entries[0].find("a:title", ATOM).get("type", "text") == "text"


def test_no_more_than_fifty_are_listed(feed, index):
    for number in range(52):
        make_article(f"Report {number}")
    index()
    assert feed("/search/feed.atom", q="bridge").titles == [f"Report {number}" for number in range(51, 1, -1)]


@pytest.mark.parametrize("query", [{}, {"q": "zeppelin"}])
def test_a_feed_of_nothing_is_the_same_every_time(feed, client, index, query):
    index()
    assert feed("/search/feed.atom", **query).entries == []
    first, second = (client.get("/search/feed.atom", query) for _ in range(2))
    assert first.content == second.content


def test_a_person_is_followed_by_the_quotes_of_the_reports_that_came_last(feed):
    old, person, _ = make_report_with_quote("Old")
    new, _, _ = make_report_with_quote("New")
    make_quote(new, "The ministry", person, state=Quote.State.REJECTED)
    make_report_with_quote("Hidden")
    Version.objects.filter(article__title="Hidden").update(shown=False)
    make_quote(old, "residents", make_person("Somebody Else"))
    found = feed("/people/vera-lindqvist/feed.atom")
    assert found.title == "Quotes of Vera Lindqvist – Conflict Archive"
    assert [summary.partition("In: ")[2][:5] for summary in found.summaries] == ["“New”", "“Old”"]
    assert found.link("self") == f"{SITE}/people/vera-lindqvist/feed.atom"
    assert found.link("alternate") == f"{SITE}/people/vera-lindqvist/"


def test_an_organisation_is_followed_too(feed):
    police = make_organisation("Harrow police")
    make_quote(make_article(), "Shelling damaged the bridge", police, kind="reported")
    assert feed("/organisations/harrow-police/feed.atom").titles == [
        "Harrow police (reported speech): Shelling damaged the bridge"
    ]


def test_an_old_address_leads_to_the_new_one(client):
    FormerSlug.objects.create(slug="v-lindqvist", person=make_person())
    OrganisationFormerSlug.objects.create(slug="police", organisation=make_organisation("Harrow police"))
    for old, new in (
        ("/people/v-lindqvist/", "/people/vera-lindqvist/"),
        ("/organisations/police/", "/organisations/harrow-police/"),
    ):
        response = client.get(f"{old}feed.atom")
        assert (response.status_code, response.headers["Location"]) == (301, f"{new}feed.atom")
    assert client.get("/people/nobody/feed.atom").status_code == 404


def test_what_readers_may_not_see_is_in_no_feed(feed, index):
    hidden, _, _ = make_report_with_quote("Hidden")
    _, _, rejected = make_report_with_quote("Seen")
    index()
    hide(hidden.pk, "It names a witness.")
    Quote.objects.filter(pk=rejected.pk).update(state="rejected")
    assert feed("/search/feed.atom", q="dawn").titles == ["Seen"]
    assert feed("/search/feed.atom", q="dawn", kind="quotes").titles == []


@pytest.mark.parametrize("address", ["/search/feed.atom?q=dawn", "/people/vera-lindqvist/feed.atom"])
def test_who_has_it_as_it_is_is_told_so_and_a_correction_makes_another(client, index, address):
    article, _, quote = make_report_with_quote()
    index()
    first = client.get(address)
    assert first.headers["Last-Modified"]
    assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    Article.objects.filter(pk=article.pk).update(title="Corrected")
    assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 200
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert first.headers["X-Robots-Tag"] == "noindex"


def test_while_the_index_is_prepared_it_says_so_and_nobody_keeps_that(client):
    response = client.get("/search/feed.atom", {"q": "bridge"})
    assert response.status_code == 503
    assert "The search is being prepared" in response.text
    assert "Cache-Control" not in response.headers


@pytest.mark.parametrize(("query", "status"), [({"kind": "x"}, 404), ({"sort": "x"}, 404), ({"q": "x" * 1001}, 400)])
def test_an_address_that_makes_no_sense_gets_an_answer(client, index, query, status):
    index()
    assert client.get("/search/feed.atom", query).status_code == status


def test_pages_lead_to_their_feeds(client, index):
    _, person, _ = make_report_with_quote()
    organisation = make_organisation("Harrow police")
    index()
    for page, address in (
        (person.get_absolute_url(), "/people/vera-lindqvist/feed.atom"),
        (organisation.get_absolute_url(), "/organisations/harrow-police/feed.atom"),
        ("/search/?q=shells&kind=quotes&sort=newest", "/search/feed.atom?q=shells&amp;kind=quotes"),
    ):
        head = client.get(page).text.partition("</head>")[0]
        [link] = [tag for tag in head.split("<link ")[1:] if "application/atom+xml" in tag]
        assert f'href="{address}"' in link


@pytest.mark.parametrize(
    "address",
    ["/search/feed.atom?q=dawn", "/search/feed.atom?q=dawn&kind=quotes", "/people/vera-lindqvist/feed.atom"],
)
def test_its_queries_do_not_grow_with_the_entries(queries_of, index, address):
    for number in range(2):
        make_report_with_quote(f"Report {number}", outlet=make_outlet(f"Outlet {number}"))
    index()
    few = queries_of(address)
    for number in range(2, 12):
        make_report_with_quote(f"Report {number}", outlet=make_outlet(f"Outlet {number}"), text=TEXT)
    index()
    assert queries_of(address) == few
