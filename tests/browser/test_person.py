"""The page of a person in a browser: searched in place, its picture, any width, without scripts, and on paper."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archive.search import sync
from tests.factories import make_article, make_mention, make_person, make_quote, make_report_with_quote

LONG = "Vera " + "Lindqvist-" * 29 + "Aber"


@pytest.fixture
def person(transactional_db):
    """Somebody quoted in two years, with reported speech and a report that only names them."""
    _, person, _ = make_report_with_quote("One", published=date(2017, 5, 30))
    article, _, _ = make_report_with_quote("Two", published=date(2018, 2, 1))
    make_quote(article, "residents said", person, kind="reported")
    make_mention(make_article("Three", published=date(2018, 3, 1)), person, "Vera Lindqvist")
    sync.build()
    return person


def test_words_and_the_picture_narrow_the_page(page, live_server, person):
    page.goto(live_server.url + person.get_absolute_url())
    page.get_by_label("Words in what was said").fill("shells")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="2 of 2 quotes")).to_be_visible()
    assert page.locator("mark.found").first.inner_text() == "shells"
    page.get_by_role("link", name="2018: 1 quote", exact=False).click()
    expect(page.get_by_role("heading", name="1 of 2 quotes")).to_be_visible()
    page.get_by_role("link", name="Words: shells").click()
    expect(page.get_by_label("Words in what was said")).to_have_value("")
    expect(page.get_by_label("Published")).to_have_value("2018")


def test_it_works_without_scripts(browser, live_server, person):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + person.get_absolute_url())
    page.get_by_label("Published").select_option("2017")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="1 of 2 quotes")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_nobody_is_kept_out_at_any_width(browser, live_server, person, width, scheme):
    long = make_person(LONG)
    make_mention(make_article("Of them", f"{LONG} spoke.", published=date(2018, 1, 1)), long, LONG)
    sync.build()
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    for named, query in ((person, ""), (person, "?q=shells&published=2018"), (long, "")):
        page.goto(live_server.url + named.get_absolute_url() + query)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_text("As a table").click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    context.close()


def test_on_paper_each_quote_has_its_address(page, live_server, person):
    page.goto(live_server.url + person.get_absolute_url())
    page.emulate_media(media="print")
    addresses = page.locator(".quote-group .on-paper")
    expect(addresses.first).to_be_visible()
    assert "/reports/" in addresses.first.inner_text()
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
