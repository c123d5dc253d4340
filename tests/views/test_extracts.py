"""Of reports of an outlet whose full text may not be shown, readers get title, source and quotations, and no more."""

import json

import pytest
from django.urls import reverse

from archive.models import Outlet, Reading
from archive.search import sync
from tests.admin.conftest import editor  # noqa: F401 - a fixture
from tests.admin.forms import filled
from tests.factories import make_article, make_mention, make_outlet, make_person, make_quote

__all__ = ["editor"]

pytestmark = pytest.mark.django_db

TEXT = (
    "Divers searched the wreck all night, officials told this newspaper in a long conversation on the quay.\n\n"
    "At the end of it, tired and wet as he was, and after he had sent away everybody who did not belong to his crew, "
    '"We counted nine shells before dawn", said Colonel Vera Lindqvist, who then went on to describe at some length '
    "what the crew had seen, heard and smelt in the dark water of the harbour during those hours.\n\n"
    "The ministry did not answer questions about the submarine."
)
SECRETS = ("Divers searched", "At the end of it", "harbour during those hours", "about the submarine")
REASON = "Only extracts are shown: the full text of reports of Harrow Gazette may not be shown here."


@pytest.fixture
def outlet():
    outlet = make_outlet("Harrow Gazette")
    Outlet.objects.update(extracts_only=True)
    outlet.refresh_from_db()
    return outlet


@pytest.fixture
def article(outlet):
    article = make_article("Nine shells", TEXT, outlet=outlet, url="https://gazette.example/nine", furniture=[(0, 20)])
    vera = make_person("Vera Lindqvist")
    make_mention(article, vera, "Vera Lindqvist")
    make_quote(article, '"We counted nine shells before dawn"', vera)
    return article


@pytest.fixture
def quote(article):
    return article.quotes.get()


@pytest.fixture
def original(article):
    return article.shown_version.readings.get().original


def shows_no_text(text):
    return not [secret for secret in SECRETS if secret in text]


def test_the_report_shows_its_quotations_a_little_around_them_and_why(client, article, quote):
    page = client.get(article.get_absolute_url()).content.decode()
    assert REASON in page
    assert page.count('<a href="https://gazette.example/nine"') == 2
    assert "Read it where it was published</a>" in page
    assert "Nine shells" in page
    assert "We counted nine shells before dawn" in page
    assert "said Colonel Vera Lindqvist, who then went on" in page
    assert f'id="q{quote.pk}"' in page
    assert shows_no_text(page)
    assert "Download the original" not in page
    assert "page furniture" not in page


def test_a_search_marks_nothing_in_the_text_that_is_not_shown(client, article):
    page = client.get(f"{article.get_absolute_url()}?q=submarine").content.decode()
    assert "hit-1" not in page
    assert "with these words" not in page
    assert 'href="/search/?q=submarine">Back to the results</a>' in page
    assert shows_no_text(page)


def test_without_quotations_it_says_so(client, outlet):
    page = client.get(make_article("Nobody", TEXT, outlet=outlet).get_absolute_url()).content.decode()
    assert "Nobody is quoted in this report." in page
    assert "Read it where" not in page
    assert shows_no_text(page)


def test_the_quote_has_a_little_around_it(client, quote):
    page = client.get(quote.get_absolute_url()).content.decode()
    assert REASON in page
    assert "said Colonel Vera Lindqvist, who then went on" in page
    assert shows_no_text(page)
    assert "Download the original" not in page


@pytest.mark.parametrize("address", ["/", "/reports/", "/people/vera-lindqvist/"])
def test_lists_and_pages_of_people_show_no_text(client, article, address):
    page = client.get(address).content.decode()
    assert "Nine shells" in page
    assert shows_no_text(page)


def test_the_original_is_not_handed_out_unless_another_report_may_be_read(client, article, original):
    address = f"/originals/{original.sha256}/"
    answer = client.get(address)
    assert answer.status_code == 403
    assert REASON in answer.content.decode()
    assert client.get(address, headers={"if-none-match": f'"{original.sha256}"'}).status_code == 403
    free = make_article("Free")
    Reading.objects.create(version=free.shown_version, original=original, reader_version=1, encoding="utf-8", runs=[])
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("words", ["submarine", "shells", "shells submarine"])
def test_the_search_finds_it_by_all_its_words_and_shows_quotations(client, article, words):
    sync.build()
    answer = client.get("/search/", {"q": words})
    [row] = answer.context["page"].rows
    assert row.article == article
    snippet = "".join(piece.text for piece in row.snippet.pieces)
    assert snippet == '"We counted nine shells before dawn"'
    assert "#hit" not in row.address
    assert shows_no_text(answer.content.decode())
    [found] = client.get("/api/v1/search", {"q": words}).json()["results"]
    assert found["snippet"] == snippet


def test_a_report_of_another_outlet_beside_it_keeps_its_snippet(client, article):
    free = make_article("Free", TEXT, outlet=make_outlet("Almera Post"))
    sync.build()
    rows = {row.article: row for row in client.get("/search/?q=submarine").context["page"].rows}
    assert "submarine" in "".join(piece.text for piece in rows[free].snippet.pieces)
    assert "#hit-1" in rows[free].address
    assert "submarine" not in "".join(piece.text for piece in rows[article].snippet.pieces)


def test_the_api_gives_no_text(client, article):
    report = client.get(f"/api/v1/reports/{article.pk}").json()
    assert (report["extracts_only"], report["text"], report["furniture"]) == (True, "", [])
    assert [quote["words"] for quote in report["quotes"]] == ['"We counted nine shells before dawn"']
    assert report["source"] == "https://gazette.example/nine"
    for address in ("reports", "quotes", f"reports/{article.pk}", "people/vera-lindqvist/quotes"):
        assert shows_no_text(json.dumps(client.get(f"/api/v1/{address}").json()))


def test_exports_and_feeds_give_no_text(client, article):
    sync.build()
    for suffix in ("csv", "jsonl", "ris", "bib"):
        for kind in ("reports", "quotes"):
            response = client.get(f"/search/export.{suffix}", {"q": "shells", "kind": kind})
            text = b"".join(response.streaming_content).decode()
            assert "Nine shells" in text
            assert shows_no_text(text)
            if (suffix, kind) == ("jsonl", "reports"):
                record = json.loads(text)
                assert record["text"] is None
                assert record["quotes"][0]["words"] == '"We counted nine shells before dawn"'
    for address in ("/search/feed.atom?q=shells", "/search/feed.atom?q=shells&kind=quotes"):
        assert shows_no_text(client.get(address).content.decode())
    summary = client.get("/search/feed.atom?q=shells").content.decode()
    assert '<summary type="text">Harrow Gazette, date not known</summary>' in summary


def test_an_editor_sets_it_and_takes_it_off(client, editor, article, outlet):
    address = reverse("admin:archive_outlet_change", args=[outlet.pk])
    assert "Extracts only" in client.get(address).content.decode()
    client.post(address, filled(client.get(address), extracts_only=""))
    assert "submarine" in client.get(article.get_absolute_url()).content.decode()
    client.post(address, filled(client.get(address), extracts_only="on"))
    assert shows_no_text(client.get(article.get_absolute_url()).content.decode())
    assert TEXT[:20] in client.get(reverse("admin:archive_article_change", args=[article.pk])).content.decode()
