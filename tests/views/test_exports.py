import csv
import io
import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.exporting import formats
from archive.models import Quote, Version
from archive.search.embedded import EmbeddedSnapshot
from archive.search.engine import EngineError
from archive.views import exports
from tests.factories import make_article, make_organisation, make_outlet, make_quote, make_report_with_quote

pytestmark = pytest.mark.django_db

SUFFIXES = ["csv", "jsonl", "ris", "bib"]


@pytest.fixture(autouse=True)
def every_download_ends(client):
    """A test that does not read its download to the end would keep its place."""
    yield
    for response in client.downloads:
        response.getvalue()


@pytest.fixture
def client(client):
    client.downloads = []
    return client


def export(client, suffix, **query):
    response = client.get(f"/search/export.{suffix}", query)
    assert response.status_code == 200
    client.downloads.append(response)
    return response


def text_of(response):
    return response.getvalue().decode()


def lines(client, **query):
    return [json.loads(line) for line in text_of(export(client, "jsonl", **query)).splitlines()]


def count(suffix, text):
    """How many records a file has."""
    if suffix == "csv":
        return len(list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))))
    return len(re.findall({"jsonl": r"^\{", "ris": r"^ER  - ", "bib": r"^@misc"}[suffix], text, re.MULTILINE))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_all_that_is_found_is_exported_and_counted_before(client, index, suffix, monkeypatch):
    monkeypatch.setattr(formats, "BATCH", 7)
    for number in range(25):
        make_report_with_quote(f"Report {number}")
    make_article("Other", "Nothing of that kind.")
    index()
    for kind in ("reports", "quotes"):
        response = export(client, suffix, q="shells dawn", kind=kind)
        assert response.headers["X-Total-Count"] == "25"
        assert count(suffix, text_of(response)) == 25


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        ("csv", "text/csv"),
        ("jsonl", "application/jsonl"),
        ("ris", "application/x-research-info-systems"),
        ("bib", "application/x-bibtex"),
    ],
)
def test_it_is_a_download_with_a_name_that_crawlers_leave_alone(client, index, suffix, media_type):
    make_article()
    index()
    response = export(client, suffix, q='bridge "Harrow Ford"')
    assert response.headers["Content-Type"].partition(";")[0] == media_type
    name = re.fullmatch(r'attachment; filename="(.+)"', response.headers["Content-Disposition"])
    assert re.fullmatch(rf"conflict-archive-reports-bridge-harrow-ford-\d{{4}}-\d\d-\d\d\.{suffix}", name[1])
    assert response.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("query", [{}, {"q": "  "}, {"q": "zeppelin"}])
def test_nothing_found_is_a_file_of_nothing_but_its_header(client, index, query):
    make_article()
    index()
    for suffix in SUFFIXES:
        response = export(client, suffix, **query)
        assert response.headers["X-Total-Count"] == "0"
        assert count(suffix, text_of(response)) == 0
    assert text_of(export(client, "csv", **query)).startswith("\ufeffid,url,title,")


def test_it_has_the_order_of_the_search_and_by_relevance_the_newest_first(client, index):
    for year in (2016, 2018, 2017):
        make_article(f"Report of {year}", published=date(year, 1, 1))
    index()

    def order(**query):
        return [line["published_earliest"][:4] for line in lines(client, q="bridge", **query)]

    assert order() == order(sort="newest") == ["2018", "2017", "2016"]
    assert order(sort="oldest") == ["2016", "2017", "2018"]
    assert order(sort="added") == ["2017", "2018", "2016"]


def test_match_says_how_many_of_the_words_it_must_have(client, index):
    make_article("Bridge shelled")
    make_article("Other", "Nothing but a bridge.")
    index()
    assert len(lines(client, q="bridge shelling", match="all")) == 1
    assert len(lines(client, q="bridge shelling", match="any")) == 2


def test_what_readers_may_not_see_is_not_exported(client, index):
    hidden, _, _ = make_report_with_quote("Hidden")
    _, _, rejected = make_report_with_quote("Seen")
    index()
    Version.objects.filter(article=hidden).update(shown=False)
    Quote.objects.filter(pk=rejected.pk).update(state="rejected")
    assert [line["title"] for line in lines(client, q="dawn")] == ["Seen"]
    assert lines(client, q="dawn", kind="quotes") == []


def test_it_begins_before_a_record_is_read_and_lists_what_was_found_when_it_began(client, index):
    make_report_with_quote("First")
    index()
    with CaptureQueriesContext(connection) as captured:
        pieces = iter(export(client, "csv", q="dawn").streaming_content)
        assert next(pieces).decode().startswith("\ufeffid,url,")
    assert len(captured) == 0
    make_report_with_quote("Second")
    index()
    [row] = csv.reader(io.StringIO(b"".join(pieces).decode(), newline=""))
    assert row[2] == "First"


def test_what_breaks_on_the_way_breaks_the_download(client, index, monkeypatch):
    monkeypatch.setattr("archive.search.asking.STREAMED", 2)
    for number in range(5):
        make_article(f"Report {number}")
    index()
    following, called = EmbeddedSnapshot.following, []

    def fails_at_last(self, *args, **kwargs):
        called.append(kwargs["after"])
        if len(called) == 3:
            raise EngineError("the disk is full")
        return following(self, *args, **kwargs)

    monkeypatch.setattr(EmbeddedSnapshot, "following", fails_at_last)
    pieces = iter(export(client, "jsonl", q="bridge").streaming_content)
    received = []
    with pytest.raises(EngineError):
        received.extend(pieces)
    assert b"".join(received).count(b"\n") == 4


def test_slow_readers_cannot_take_every_thread(client, index):
    make_article()
    index()
    slow = [export(client, "csv", q="bridge") for _ in range(exports.SENT_AT_ONCE)]
    refused = client.get("/search/export.csv", {"q": "bridge"})
    assert refused.status_code == 503
    assert "Please try again in a minute" in refused.text
    assert client.head("/search/export.csv", {"q": "bridge"}).status_code == 200
    assert count("csv", text_of(slow[0])) == 1
    assert count("csv", text_of(export(client, "csv", q="bridge"))) == 1


def test_who_asks_for_the_header_is_told_it_and_no_record_is_read(client, index):
    make_article()
    index()
    with CaptureQueriesContext(connection) as captured:
        response = client.head("/search/export.csv", {"q": "bridge"})
    assert response.headers["X-Total-Count"] == "1"
    assert "filename=" in response.headers["Content-Disposition"]
    assert len(captured) == 0


def test_while_the_index_is_prepared_it_says_so(client, db):
    make_article()
    response = client.get("/search/export.csv", {"q": "bridge"})
    assert response.status_code == 503
    assert "The search is being prepared" in response.text
    assert response.headers["Retry-After"] == "60"


@pytest.mark.parametrize(
    "address",
    ["export.xls?q=bridge", "export.csv?q=bridge&kind=x", "export.csv?q=bridge&sort=x", "export.csv?q=bridge&match=x"],
)
def test_an_address_that_names_no_export_is_not_found(client, index, address):
    index()
    assert client.get(f"/search/{address}").status_code == 404


@pytest.mark.parametrize("words", ["\x00", "x" * 1001])
def test_words_that_cannot_be_searched_get_an_answer(client, index, words):
    index()
    response = client.get("/search/export.csv", {"q": words})
    assert response.status_code == 400
    assert "cannot be searched" in response.text or "at most 1000 characters" in response.text


@pytest.mark.parametrize("kind", ["reports", "quotes"])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_its_queries_do_not_grow_with_the_records_of_a_batch(client, index, kind, suffix):
    def fill(numbers):
        for number in numbers:
            article, _, _ = make_report_with_quote(f"Report {number}", outlet=make_outlet(f"Outlet {number}"))
            make_quote(article, "before dawn", make_organisation(f"Police {number}"), kind="reported")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert text_of(export(client, suffix, q="dawn", kind=kind))
        return len(captured)

    fill(range(2))
    index()
    few = queries()
    fill(range(2, 12))
    index()
    assert queries() == few


def test_the_search_page_leads_to_every_format_of_what_it_shows(client, index):
    make_report_with_quote()
    index()
    page = client.get("/search/", {"q": "dawn & shells", "kind": "quotes", "page": "1"}).text
    for suffix in SUFFIXES:
        [address] = re.findall(rf'href="(/search/export\.{suffix}[^"]*)"', page)
        assert address == f"/search/export.{suffix}?q=dawn+%26+shells&amp;kind=quotes"
        assert count(suffix, text_of(client.get(address.replace("&amp;", "&")))) == 1
