"""What is offered while somebody types, and how a browser adds the archive to its search engines."""

from urllib.parse import unquote_plus
from xml.etree import ElementTree

import pytest

from archive.search import sync
from archive.views.suggest import MOST, _shared
from tests.factories import make_article, make_organisation, make_outlet, make_person, make_report_with_quote

pytestmark = pytest.mark.django_db

OPENSEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.fixture(autouse=True)
def site_url(settings):
    settings.SITE_URL = "https://archive.example.org"


def test_people_organisations_and_outlets_are_offered_with_what_they_are(client):
    make_report_with_quote(outlet=make_outlet("The Linden Herald"))
    make_organisation("Linden police")
    response = client.get("/search/suggest", {"q": "lind"})
    assert response.headers["Content-Type"] == "application/x-suggestions+json"
    assert response.headers["Cache-Control"] == "private, max-age=60"
    typed, texts, descriptions, addresses = response.json()
    assert typed == "lind"
    assert texts == ["Vera Lindqvist", "Linden police", "The Linden Herald"]
    assert descriptions == ["Person, Colonel", "Organisation", "Outlet"]
    assert addresses[:2] == [
        "https://archive.example.org/people/vera-lindqvist/",
        "https://archive.example.org/organisations/linden-police/",
    ]
    assert unquote_plus(addresses[2]) == 'https://archive.example.org/search/?q=outlet:"The Linden Herald"'


def test_frequent_phrases_of_titles_are_offered_the_most_frequent_first(client):
    for title in ("Peace talks in Tarnby", "The Peace Talks fail", "Peace march of the miners"):
        make_article(title)
    make_article("Hidden peace talks").versions.update(shown=False)
    sync.build()
    _, texts, descriptions, addresses = client.get("/search/suggest", {"q": "Peace "}).json()
    assert texts[:2] == ["peace talks", "peace march"]
    assert descriptions[:2] == ["Phrase, in 2 titles", "Phrase, in 1 title"]
    assert unquote_plus(addresses[0]).endswith('/search/?q="peace talks"')
    assert not [text for text in texts if text.startswith("the ") or text.endswith((" in", " of"))]
    assert client.get("/search/suggest", {"q": "pe"}).json()[1] == []


def test_while_there_is_no_index_names_are_offered_all_the_same(client):
    make_person("Vera Lindqvist")
    assert client.get("/search/suggest", {"q": "lindq"}).json()[1] == ["Vera Lindqvist"]


def test_what_was_typed_comes_back_as_it_was(client):
    assert client.get("/search/suggest", {"q": " Vera  "}).json() == [" Vera  ", [], [], []]
    assert client.get("/search/suggest").json() == ["", [], [], []]


def test_an_outlet_leads_to_a_search_that_its_marks_do_not_break(client):
    make_outlet('The "Free" Press')
    [address] = client.get("/search/suggest", {"q": "the"}).json()[3]
    assert unquote_plus(address).endswith('q=outlet:"The  Free  Press"')


@pytest.mark.parametrize("typed", ["x" * 201, "a\x00b"])
def test_what_cannot_be_completed_is_answered_in_words(client, typed):
    response = client.get("/search/suggest", {"q": typed})
    assert response.status_code == 400
    assert "at most 200 characters" in response.text


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", '"', "lind%", "(", "by:lind", "Зел", "\ud83d\ude00", "x" * 200])
def test_any_other_text_is_answered(client, typed):
    make_person("Vera Lindqvist")
    make_outlet()
    assert client.get("/search/suggest", {"q": typed.encode("utf-8", "surrogatepass")}).status_code == 200


def test_only_reading_is_answered(client):
    assert client.post("/search/suggest", {"q": "lind"}).status_code == 405


def test_there_are_at_most_ten_and_of_each_kind_some(client):
    for number in range(12):
        make_person(f"Anna Berg{number}")
        make_organisation(f"Berg Council {number}")
        make_outlet(f"Berg Herald {number}")
    descriptions = client.get("/search/suggest", {"q": "berg"}).json()[2]
    assert len(descriptions) == MOST
    assert {kind: descriptions.count(kind) for kind in set(descriptions)} == {
        "Person": 6,
        "Organisation": 2,
        "Outlet": 2,
    }


@pytest.mark.parametrize(
    ("there", "offered"),
    [
        ("aaaaaaaaaaaa bbbb cccc dddd", "aaaabbccdd"),
        ("aa b cccc dddddddd", "aabccccddd"),
        ("a b c d", "abcd"),
        ("aaaaaaaaaaaa", "aaaaaaaaaa"),
    ],
)
def test_what_one_kind_leaves_the_first_of_the_others_take(there, offered):
    kinds = [[letter for letter in there if letter == kind] for kind in "abcd"]
    assert "".join(_shared(kinds)) == offered


def test_the_queries_do_not_grow(queries_of):
    def fill(numbers):
        for number in numbers:
            make_person(f"Anna Berg{number}")
            make_organisation(f"Berg Council {number}")
            make_outlet(f"Berg Herald {number}")

    fill(range(1))
    few = queries_of("/search/suggest?q=berg")
    fill(range(1, 8))
    assert queries_of("/search/suggest?q=berg") == few


def test_the_description_of_the_search_names_its_addresses(client):
    response = client.get("/opensearch.xml")
    assert response.headers["Content-Type"] == "application/opensearchdescription+xml"
    description = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    assert len(description.find("o:ShortName", OPENSEARCH).text) <= 16
    assert description.find("o:InputEncoding", OPENSEARCH).text == "UTF-8"
    assert description.find("o:Image", OPENSEARCH).text == "https://archive.example.org/static/favicon.svg"
    templates = {url.get("type"): url.get("template") for url in description.findall("o:Url", OPENSEARCH)}
    assert templates == {
        "text/html": "https://archive.example.org/search/?q={searchTerms}",
        "application/x-suggestions+json": "https://archive.example.org/search/suggest?q={searchTerms}",
        "application/opensearchdescription+xml": "https://archive.example.org/opensearch.xml",
    }


def test_every_page_leads_to_the_description_and_its_form_is_a_plain_one(client):
    make_article()
    for address in ("/", "/search/?q=bridge", "/people/"):
        text = client.get(address).text
        assert 'type="application/opensearchdescription+xml"' in text and 'href="/opensearch.xml"' in text
        assert '<form action="/search/"' in text and 'type="search"\n' in text
        assert "combobox" not in text  # the script makes it one
