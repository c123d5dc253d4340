"""The page of how to search: each of its examples finds what it says, and nothing else."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from archive.models import Article, Quote
from archive.search import Asked, find
from archive.views.asked import KINDS
from archive.views.search_help import EXAMPLES
from tests.factories import make_article, make_mention, make_outlet, make_person, make_quote

pytestmark = pytest.mark.django_db

# Titles of the reports below, or words of their quotes.
FOUND = {
    "rocket strike": {"Rocket strikes on Tarn", "Dock workers walk out", "Calm in the north"},
    '"peace proposal"': {"An offer is read"},
    '"peace Ghani"~5': {"The president's offer", "The other way round"},
    "vict*": {"After the flood", "After the vote"},
    "S-300": {"Launchers with a hyphen", "Launchers in one word", "Launchers with a space"},
    'Taliban -drone -"car bomb"': {"Taliban at Ghazni", "Taliban under a car", "What the general said"},
    "opium OR poppy": {"Harvest in Helmand", "Seizure at the port"},
    "(opium OR poppy) Helmand": {"Harvest in Helmand"},
    "title:rocket": {"Rocket strikes on Tarn"},
    'outlet:"TOLOnews"': {"Rocket strikes on Tarn", "After the vote"},
    "Taliban after:2017-06 before:2018": {"Taliban at Ghazni", "Taliban and a bomb"},
    "Taliban year:2018": {"Taliban under a car", "Taliban and a bomb"},
    "by:Nicholson": {'"The Taliban are talking"', '"We hold the road"', '"I saw the Taliban leave"'},
    'by:"John Nicholson" Taliban': {'"The Taliban are talking"'},
    "role:spokesman": {'"Nobody was hurt"'},
    "about:Ghani": {"The president's offer", "A visit"},
}


@pytest.fixture
def reports(index):
    """Of each thing that an example looks for something that it finds, and something close by that it does not."""
    tolo, gazette = make_outlet("TOLOnews"), make_outlet("Harrow Gazette")
    make_article("Rocket strikes on Tarn", "A rocket hit the depot.", outlet=tolo)
    make_article("Dock workers walk out", "The strike began at dawn.", outlet=gazette)
    make_article("Calm in the north", "No rocket fell.")
    make_article("A station closes", "TOLOnews went off the air.", outlet=gazette)

    make_article("An offer is read", "They read the Peace Proposal aloud.")
    make_article("Many offers", "There were peace proposals, and a proposal of peace.")
    offer = make_article("The president's offer", "A formal peace offer by President Ghani was read.")
    make_article("The other way round", "Ghani spoke of peace.")
    make_article("Far apart", "Peace is a word that nobody in the whole council used before Ghani did.")
    visit = make_article("A visit", "The president arrived.")
    ghani = make_person("Ashraf Ghani", "Ghani")
    make_mention(offer, ghani, "Ghani")
    make_mention(visit, ghani, "The president")

    make_article("After the flood", "The victims were named.")
    make_article("After the vote", "He claimed victory.", outlet=tolo)
    make_article("After the trial", "Two families were evicted.")
    make_article("Launchers with a hyphen", "They saw an S-300 battery.")
    make_article("Launchers in one word", "They saw S300 batteries.")
    make_article("Launchers with a space", "They saw an S 300 battery.")
    make_article("Trucks", "They saw 300 trucks.")

    make_article("Harvest in Helmand", "Poppy stands high in Helmand.")
    make_article("Seizure at the port", "Opium was seized.")
    make_article("Helmand votes", "Helmand votes on Monday.", published=date(2018, 4, 1))

    make_article("Taliban and drones", "The Taliban shot down a drone.", published=date(2017, 5, 20))
    make_article("Taliban at Ghazni", "The Taliban entered Ghazni.", published=date(2017, 8, 10))
    around_new_year = (date(2017, 12, 20), date(2018, 1, 10))
    make_article("Taliban and a bomb", "The Taliban denied the car bomb.", published=around_new_year)
    make_article("Taliban under a car", "The Taliban found a bomb under a car.", published=date(2018, 2, 2))

    john, mary = make_person("John Nicholson", "Nicholson"), make_person("Mary Nicholson")
    general = make_article("What the general said", '"The Taliban are talking", the general said. "We hold the road"')
    make_quote(general, '"The Taliban are talking"', john, role="General")
    make_quote(general, '"We hold the road"', john)
    witness = make_article("What a witness said", '"I saw the Taliban leave", she said, not of a drone.')
    make_quote(witness, '"I saw the Taliban leave"', mary)
    ministry = make_article("What the ministry said", '"Nobody was hurt", he said. "Ask Nicholson\'s spokesman"')
    berg = make_person("Anton Berg")
    make_quote(ministry, '"Nobody was hurt"', berg, role="interior ministry spokesman")
    make_quote(ministry, '"Ask Nicholson\'s spokesman"', berg)
    index()


def found(example):
    keys = [hit.key for hit in find(Asked(example.query, KINDS[example.kind]), limit=100).hits]
    if example.kind == "reports":
        return [Article.objects.get(pk=key).title for key in keys]
    return [Quote.objects.with_words().get(pk=key).words for key in keys]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.query)
def test_an_example_finds_what_it_says(reports, example):
    assert set(found(example)) == FOUND[example.query]


def test_what_has_all_the_words_comes_first(reports):
    assert found(EXAMPLES[0])[0] == "Rocket strikes on Tarn"


def test_each_example_leads_to_its_search_and_tells_what_it_finds_now(client, reports):
    text = client.get("/search/help/").text
    shown = re.findall(r'<a href="([^"]+)"><code>(.+?)</code></a>\s*<span class="count">(\w+) (\w+)</span>', text)
    assert [unescape(query) for _, query, _, _ in shown] == [example.query for example in EXAMPLES]
    for (address, query, number, noun), example in zip(shown, EXAMPLES, strict=True):
        parts = urlsplit(unescape(address))
        assert parts.path == "/search/"
        assert parse_qs(parts.query)["q"] == [unescape(query)]
        assert noun.rstrip("s") == {"reports": "report", "quotes": "quotation"}[example.kind]
        response = client.get(unescape(address))
        assert number == str(response.context["page"].total or "no")
        assert response.context["kind"] == example.kind


def test_what_finds_nothing_says_so(client, index):
    index()
    text = client.get("/search/help/").text
    assert text.count("no reports</span>") == sum(example.kind == "reports" for example in EXAMPLES)
    assert "no quotations</span>" in text


def test_while_the_index_is_built_there_are_no_numbers(client):
    response = client.get("/search/help/")
    assert response.status_code == 200
    assert "the examples find nothing yet" in response.text
    assert 'class="count"' not in response.text


@pytest.mark.parametrize("address", ["/", "/search/", "/search/?q=bridge", "/reports/"])
def test_it_is_linked_beside_every_search_form(client, index, address):
    make_article()
    index()
    text = client.get(address).text
    assert re.search(r'<a[^>]*href="/search/help/"[^>]*>(?:(?!</a>).)*How to search', text)


def test_it_needs_no_more_queries_the_more_there_is_to_find(queries_of, index):
    make_article("Rocket strike", "The Taliban spoke of peace.")
    index()
    few = queries_of("/search/help/")
    for number in range(10):
        make_article(f"Rocket strike {number}", "The Taliban spoke of peace.")
    index()
    assert queries_of("/search/help/") == few
