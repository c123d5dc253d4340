"""Of a report that an editor withholds readers see nothing but the reason; given back, all of it is there again."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.curation.withholding import hide, put_into_trash, show_again, take_out_of_trash
from archive.models import Reading
from archive.search import Asked, Kind, find, sync
from tests.factories import (
    TEXT,
    make_article,
    make_mention,
    make_organisation,
    make_outlet,
    make_person,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db(transaction=True)

WITHHELD = [
    pytest.param(hide, show_again, "An editor has hidden this report: It names a &lt;witness&gt;.", id="hidden"),
    pytest.param(
        put_into_trash,
        take_out_of_trash,
        "An editor has taken this report out of the archive: It names a &lt;witness&gt;.",
        id="in the trash",
    ),
]
REASON = "It names a <witness>."


class Records:
    """A report with a speaker and an organisation that nothing else names, and another report that stays."""

    def __init__(self):
        text = f"{TEXT}\n\nIlse Brandvold of the Harbour Guild agreed."
        self.outlet = make_outlet("Harrow Gazette")
        self.article = make_article("Secret bridge shelled", text, outlet=self.outlet)
        self.vera = make_person("Vera Lindqvist")
        self.ilse = make_person("Ilse Brandvold")
        self.guild = make_organisation("Harbour Guild")
        make_mention(self.article, self.vera, "Vera Lindqvist", role="Colonel")
        make_mention(self.article, self.ilse, "Ilse Brandvold", role="harbourmaster")
        make_mention(self.article, self.guild, "Harbour Guild")
        self.quote = make_quote(self.article, '"We counted nine shells before dawn"', self.vera)
        self.reported = make_quote(self.article, "agreed", self.guild, kind="reported")
        self.original = self.article.shown_version.readings.get().original
        self.other, _, self.other_quote = make_report_with_quote("Open viaduct shelled", outlet=self.outlet)


@pytest.fixture
def records():
    return Records()


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


@pytest.mark.parametrize(("withhold", "give_back", "reason"), WITHHELD)
def test_its_addresses_say_why_with_status_410(client, records, withhold, give_back, reason):
    addresses = {
        records.article.get_absolute_url(): "This report is not shown",
        f"/reports/{records.article.pk}/": "This report is not shown",
        f"/reports/{records.article.pk}/an-old-title/": "This report is not shown",
        f"/quotes/{records.quote.pk}/": "The report that it stands in is not shown.",
        f"/originals/{records.original.sha256}/": "No report that is read from it is shown.",
    }
    withhold(records.article.pk, REASON)
    for address, told in addresses.items():
        text = page(client, address, 410)
        assert told in text
        assert reason in text
        assert "Secret" not in text
        assert "noindex" in text
    give_back(records.article.pk, "The witness agrees.")
    assert "Secret bridge shelled" in page(client, records.article.get_absolute_url())
    page(client, f"/quotes/{records.quote.pk}/")
    assert client.get(f"/originals/{records.original.sha256}/").status_code == 200


def test_whoever_has_the_original_already_is_told_too(client, records):
    address = f"/originals/{records.original.sha256}/"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    hide(records.article.pk, REASON)
    assert client.get(address, headers={"if-none-match": tag}).status_code == 410


def test_an_original_that_another_report_is_read_from_stays(client, records):
    Reading.objects.create(
        version=records.other.shown_version, original=records.original, reader_version=1, encoding="utf-8", runs=[]
    )
    hide(records.article.pk, REASON)
    assert client.get(f"/originals/{records.original.sha256}/").status_code == 200
    hide(records.other.pk, "Another reason.")
    assert client.get(f"/originals/{records.original.sha256}/").status_code == 410


@pytest.mark.parametrize(("withhold", "give_back", "reason"), WITHHELD)
def test_the_search_loses_it_with_its_counts_and_finds_it_again(client, records, withhold, give_back, reason):
    def found(words, kind=Kind.REPORT):
        return [hit.key for hit in find(Asked(words, kind)).hits]

    sync.drain_if_nobody_does()
    assert found("bridge -viaduct") == [records.article.pk]
    withhold(records.article.pk, REASON)
    assert "Secret" not in page(client, "/search/?q=secret")  # before the index knows
    sync.drain_if_nobody_does()
    assert found("secret") == []
    assert set(found("shells", Kind.QUOTE)) == {records.other_quote.pk}
    assert "1 report" in page(client, "/search/?q=shelled")
    assert "Secret" not in page(client, "/search/?q=shelled")
    assert "Harbour Guild" not in page(client, "/search/?q=shelled+OR+shells&kind=quotes")
    give_back(records.article.pk, "The witness agrees.")
    sync.drain_if_nobody_does()
    assert found("bridge -viaduct") == [records.article.pk]
    assert set(found("shells", Kind.QUOTE)) == {records.quote.pk, records.other_quote.pk}


@pytest.mark.parametrize(("withhold", "give_back", "reason"), WITHHELD)
def test_lists_and_counts_leave_it_out(client, records, withhold, give_back, reason):
    before = {
        address: page(client, address) for address in ("/", "/reports/", "/people/", records.vera.get_absolute_url())
    }
    assert "Secret bridge shelled" in before["/"]
    withhold(records.article.pk, REASON)

    home = client.get("/")
    counted = [home.context[f"{name}_count"] for name in ("report", "quote", "person", "organisation")]
    assert counted == [1, 1, 1, 0]
    assert [person.quote_count for person in home.context["most_quoted"]] == [1]
    assert "Secret" not in home.content.decode()

    reports = page(client, "/reports/")
    assert "Secret" not in reports
    assert "1 report" in reports
    assert "Secret" not in page(client, f"/reports/?outlet={records.outlet.slug}")

    people = page(client, "/people/")
    assert "Brandvold" not in people
    assert "Vera <b>Lindqvist</b>" in people
    person = client.get(records.vera.get_absolute_url())
    assert "Secret" not in person.content.decode()
    assert (person.context["spoken"].total, person.context["whole"]["named"]) == (1, 1)
    assert [form.count for form in person.context["printed"]["shown"] if form.what == "role"] == [1]
    assert "Harbour Guild" not in page(client, "/organisations/")

    give_back(records.article.pk, "The witness agrees.")
    assert {address: page(client, address) for address in before} == before


@pytest.mark.parametrize(("withhold", "give_back", "reason"), WITHHELD)
def test_whom_nothing_else_names_has_no_page_and_no_feed(client, records, withhold, give_back, reason):
    addresses = [records.ilse.get_absolute_url(), records.guild.get_absolute_url()]
    withhold(records.article.pk, REASON)
    for address in addresses:
        for each in (address, f"{address}feed.atom"):
            text = page(client, each, 410)
            assert "are kept from readers by an editor" in text
            assert "Brandvold" not in text
            assert "Guild" not in text
    page(client, f"/search/?q=bridge&speaker={records.ilse.slug}", 404)
    give_back(records.article.pk, "The witness agrees.")
    for address in addresses:
        page(client, address)
        page(client, f"{address}feed.atom")


def test_whom_no_report_names_at_all_keeps_their_page(client, records):
    made = make_person("Marta Quill")
    hide(records.article.pk, REASON)
    page(client, made.get_absolute_url())
    assert "Marta <b>Quill</b>" in page(client, "/people/")


def test_an_outlet_that_published_nothing_else_is_not_told_either(client, records):
    alone = make_outlet("Almera Wire")
    article = make_article("Alone", outlet=alone)
    none = make_outlet("Tarn Herald")  # an editor made it, and nothing of it has come yet

    def told():
        return (
            [outlet.name for outlet in client.get("/reports/").context["outlets"]],
            [outlet.name for outlet in client.get("/outlets/").context["page"].rows],
            client.get("/").context["outlet_count"],
            [outlet["name"] for outlet in client.get("/api/v1/outlets").json()["results"]],
            client.get("/search/suggest", {"q": "almera"}).json()[1],
            [
                client.get(address).status_code
                for address in (
                    alone.get_absolute_url(),
                    f"/reports/?outlet={alone.slug}",
                    f"/search/?q=bridge&outlet={alone.slug}",
                    f"/api/v1/reports?outlet={alone.slug}",
                )
            ],
        )

    sync.drain_if_nobody_does()
    ours, theirs = [records.outlet.name, none.name], [records.outlet.name, alone.name, none.name]
    to_choose = [records.outlet.name]
    before = (sorted([*to_choose, alone.name]), sorted(theirs), 3, theirs, [alone.name], [200, 200, 200, 200])
    assert told() == before
    hide(article.pk, REASON)
    hide(records.article.pk, REASON)
    assert told() == (to_choose, ours, 2, ours, [], [404, 404, 404, 404])
    show_again(article.pk, "The witness agrees.")
    assert told() == before


def test_nobody_is_suggested_or_found_by_name_for_it(client, records):
    def suggested(typed):
        return client.get("/search/suggest", {"q": typed}).json()[1]

    sync.drain_if_nobody_does()
    assert suggested("brand") == ["Ilse Brandvold"]
    assert suggested("secret br") == ["secret bridge", "secret bridge shelled"]
    hide(records.article.pk, REASON)
    sync.drain_if_nobody_does()
    assert suggested("brand") == suggested("harbour") == suggested("secret br") == []
    assert client.get("/search/?q=brandvold&kind=people").context["page"].total == 0
    assert client.get("/search/?q=brandvolt&kind=people").context["page"].total == 0
    assert client.get("/search/?q=guild&kind=organisations").context["page"].total == 0
    [found] = client.get("/search/?q=lindqvist&kind=people").context["page"].rows
    assert (found.named, found.named.quote_count, found.roles) == (records.vera, 1, ("Colonel",))
    show_again(records.article.pk, "The witness agrees.")
    sync.drain_if_nobody_does()
    assert suggested("brand") == ["Ilse Brandvold"]
    assert suggested("secret br") == ["secret bridge", "secret bridge shelled"]
    assert client.get("/search/?q=brandvold&kind=people").context["page"].total == 1


def test_a_role_that_only_it_prints_is_not_told(client, records):
    make_mention(records.article, records.vera, "Lindqvist", role="spy")
    assert "spy" in page(client, records.vera.get_absolute_url())
    hide(records.article.pk, REASON)
    assert "spy" not in page(client, records.vera.get_absolute_url())
    assert client.get("/search/suggest", {"q": "vera"}).json()[2] == ["Person, Colonel"]


@pytest.mark.parametrize("ahead", [True, False], ids=["before the index knows", "after"])
def test_exports_and_feeds_leave_it_out(client, records, ahead):
    def exported(suffix, **parameters):
        response = client.get(f"/search/export.{suffix}", {"q": "shelled OR shells", **parameters})
        return b"".join(response.streaming_content).decode()

    addresses = ["/search/feed.atom?q=shelled", "/search/feed.atom?q=shells&kind=quotes"]
    addresses.append(f"{records.vera.get_absolute_url()}feed.atom")
    sync.drain_if_nobody_does()
    hide(records.article.pk, REASON)
    if not ahead:
        sync.drain_if_nobody_does()
    for suffix in ("csv", "jsonl", "ris", "bib"):
        for kind in ("reports", "quotes"):
            text = exported(suffix, kind=kind)
            assert "Open viaduct" in text
            assert "Secret" not in text
    for address in addresses:
        text = page(client, address)
        assert "Open viaduct" in text
        assert "Secret" not in text
    show_again(records.article.pk, "The witness agrees.")
    sync.drain_if_nobody_does()
    assert "Secret" in exported("jsonl")
    assert all("Secret" in page(client, address) for address in addresses)


def test_the_api_leaves_it_out_and_says_why(client, records):
    def got(address, status=200):
        response = client.get(f"/api/v1/{address}")
        assert response.status_code == status, response.content
        return response.json()

    sync.drain_if_nobody_does()
    hide(records.article.pk, REASON)
    lists = ("reports", "quotes", "people/vera-lindqvist/quotes", "search?q=shelled", "search?q=shells&kind=quotes")
    for address in lists:
        assert "Secret" not in json.dumps(got(address))
    sync.drain_if_nobody_does()
    assert got("search?q=shelled")["total"] == 1
    assert [one["name"] for one in got("people")["results"]] == ["Vera Lindqvist"]
    assert got("organisations")["results"] == []
    vera = got("people/vera-lindqvist")
    assert (vera["quotes"], vera["reports"], vera["roles"]) == (1, 1, [{"text": "Colonel", "reports": 1}])
    for address in (f"reports/{records.article.pk}", f"quotes/{records.quote.pk}"):
        assert got(address, 410)["detail"].endswith("An editor has hidden this report: It names a <witness>.")
    for address in ("people/ilse-brandvold", "people/ilse-brandvold/quotes", "organisations/harbour-guild"):
        assert "are kept from readers" in got(address, 410)["detail"]
    show_again(records.article.pk, "The witness agrees.")
    assert got(f"reports/{records.article.pk}")["title"] == "Secret bridge shelled"
    sync.drain_if_nobody_does()
    assert got("people/ilse-brandvold")["reports"] == 1


def test_hidden_reports_cost_a_list_no_query(client, records):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page(client, "/people/")
            page(client, "/")
        return len(captured)

    before = queries()
    hide(records.article.pk, REASON)
    assert queries() == before


def test_what_is_shown_is_not_asked_of_the_tombstones(client, records, django_assert_num_queries):
    page(client, f"/quotes/{records.quote.pk}/")
    with django_assert_num_queries(5):
        page(client, f"/quotes/{records.quote.pk}/")
    with django_assert_num_queries(3):
        assert client.get(f"/originals/{records.original.sha256}/").status_code == 200
