"""What every page has: one heading at the top, landmarks, a title, an address, and nothing that runs in it."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from archive.search import sync
from tests.factories import make_candidate, make_organisation, make_outlet, make_quote, make_report_with_quote

pytestmark = pytest.mark.django_db


class Outline(HTMLParser):
    """The tags of a page in their order, and that they close as they opened."""

    VOID = {"meta", "link", "input", "br", "img", "hr"}

    def __init__(self, html):
        super().__init__()
        self.tags, self.ids, self.open, self.attributes = [], [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"


PAGES = ["home", "search", "found", "quotes", "reported", "none", "reports", "report", "people", "person"]
PAGES += ["organisations", "organisation", "quote", "undecided", "help", "api"]


@pytest.fixture(params=PAGES)
def page(request, client, settings):
    settings.SITE_URL = "https://archive.example.org"
    article, person, quote = make_report_with_quote(outlet=make_outlet(), published=date(2018, 5, 1))
    organisation = make_organisation("Harrow police", "HPD")
    make_quote(article, "residents said", organisation, kind="reported", negated=True)
    make_quote(article, "at a briefing", organisation)
    undecided = make_quote(article, "did not answer")
    make_candidate(undecided, "residents", organisation)
    make_report_with_quote("Another")
    sync.build()
    addresses = {
        "home": "/",
        "api": "/api/v1/docs",
        "search": "/search/",
        "found": "/search/?q=bridge",
        "quotes": "/search/?q=dawn&kind=quotes",
        "none": "/search/?q=zeppelin",
        "reports": "/reports/?year=2018",
        "report": f"{article.get_absolute_url()}?q=shells",
        "people": "/people/?letter=L",
        "person": person.get_absolute_url(),
        "quote": quote.get_absolute_url(),
        "reported": "/search/?q=police&kind=quotes&said=reported",
        "organisations": "/organisations/?letter=H",
        "organisation": organisation.get_absolute_url(),
        "help": "/search/help/",
        "undecided": undecided.get_absolute_url(),
    }
    response = client.get(addresses[request.param])
    assert response.status_code == 200
    return response


def test_headings_start_with_one_h1_and_skip_no_level(page):
    levels = [int(tag[1]) for tag in Outline(page.text).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_it_has_landmarks_and_its_tags_close(page):
    outline = Outline(page.text)
    assert outline.open == []
    for landmark in ("header", "nav", "main", "footer", "search"):
        assert landmark in outline.tags
    assert 'href="#content"' in page.text


def test_no_id_stands_twice_and_every_label_has_its_field(page):
    outline = Outline(page.text)
    assert len(outline.ids) == len(set(outline.ids))
    for tag, attributes in outline.attributes:
        if tag == "label" and "for" in attributes:  # else the field stands in it
            assert attributes["for"] in outline.ids
        if tag == "a" and attributes["href"].startswith("#"):
            assert attributes["href"][1:] in outline.ids


def test_it_has_a_title_a_description_and_its_one_address(page):
    title = re.search(r"<title>\s*(.+?)\s*</title>", page.text, re.DOTALL)[1]
    assert title.endswith("– Conflict Archive") and not title.startswith("–")
    assert re.search(r'<meta name="description"\s+content="[^"]{20,}"', page.text)
    canonical = re.search(r'<link rel="canonical" href="([^"]+)"', page.text)[1]
    assert canonical.startswith("https://archive.example.org/")
    assert "q=" not in canonical


def test_nothing_runs_that_is_not_a_file_and_nothing_comes_from_elsewhere(page):
    outline = Outline(page.text)
    assert not {"style", "object", "embed"} & set(outline.tags)
    for kind, contents in re.findall(r"<script([^>]*)>(.*?)</script>", page.text, re.DOTALL):
        assert not contents or kind == ' type="application/ld+json"'  # data, of which nothing runs
    for tag, attributes in outline.attributes:
        if tag == "iframe":
            assert attributes["src"].startswith("/originals/") and attributes["sandbox"] is None
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        is_data = attributes.get("rel") in ("canonical", "alternate") or attributes.get("type") == "application/ld+json"
        if tag in ("link", "img", "script") and not is_data:
            address = attributes.get("href", attributes.get("src"))
            assert address.startswith(("/static/", "/opensearch.xml", "/site.webmanifest"))
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy


def test_a_canonical_address_keeps_what_makes_the_list(client, settings):
    settings.SITE_URL = "https://archive.example.org"
    make_report_with_quote(outlet=make_outlet("Gazette"))
    text = client.get("/reports/?outlet=gazette&page=1&from=feed").text
    assert '<link rel="canonical" href="https://archive.example.org/reports/?outlet=gazette">' in text
