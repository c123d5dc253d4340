"""From a result to the place in the report, and from place to place, in a browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archive.search import sync
from tests.factories import make_article, make_quote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]

NIGHT = "Rain fell all night and nobody came. " * 40
TEXT = (
    f"Shells fell on the road.\n\n{NIGHT}\n\n"
    f'"The shells struck the mill and the bridge", she said.\n\n{NIGHT}\n\nNo more shells fell.'
)
THE_BAR = "Places with the words of your search"


@pytest.fixture
def report(transactional_db):
    """A report of some screens with four places for "shells mill", of which the second and third stand in a quote."""
    article = make_article("Mill at Tarn", TEXT)
    make_quote(article, '"The shells struck the mill and the bridge"')
    sync.build()
    return article


@pytest.fixture
def without_script(browser):
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def open_the_result(page, live_server):
    page.goto(f"{live_server.url}/search/?q=shells+mill")
    page.get_by_role("link", name="Mill at Tarn").click()


def wait_for_the_keys(page):
    """The script comes after the page."""
    expect(page.get_by_role("button", name="keys j, k")).to_be_visible()


def is_at(page, number):
    place = page.locator(f"#hit-{number}")
    expect(place).to_be_in_viewport()
    expect(page.locator(".found:target")).to_have_id(f"hit-{number}")


def test_a_result_opens_at_its_passage_and_the_bar_leads_on_and_back(page, live_server, report):
    open_the_result(page, live_server)
    is_at(page, 2)
    bar = page.get_by_role("navigation", name=THE_BAR)
    expect(bar).to_be_in_viewport()
    expect(bar).to_contain_text("2 of 4")
    under = bar.bounding_box()
    assert page.locator("#hit-2").bounding_box()["y"] >= under["y"] + under["height"]

    bar.get_by_role("link", name="Next").click()
    is_at(page, 3)
    bar.get_by_role("link", name="Next").click()
    is_at(page, 4)
    expect(bar).to_contain_text("4 of 4")
    expect(bar.get_by_text("Next")).to_have_attribute("aria-disabled", "true")
    bar.get_by_role("link", name="Previous").click()
    is_at(page, 3)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/search/\?q=shells\+mill$"))


def test_the_keys_lead_on_and_back_but_not_while_typing(page, live_server, report):
    open_the_result(page, live_server)
    is_at(page, 2)
    wait_for_the_keys(page)
    page.keyboard.press("j")
    is_at(page, 3)
    page.keyboard.press("k")
    page.keyboard.press("k")
    is_at(page, 1)
    page.keyboard.press("k")
    is_at(page, 1)
    page.get_by_role("combobox").fill("")
    page.get_by_role("combobox").press_sequentially("jak junk")
    expect(page.get_by_role("combobox")).to_have_value("jak junk")
    assert page.url.endswith("#hit-1")


def test_without_a_place_in_the_address_the_first_is_offered(page, live_server, report):
    page.goto(f"{live_server.url}{report.get_absolute_url()}?q=shells+mill")
    wait_for_the_keys(page)
    bar = page.get_by_role("navigation", name=THE_BAR)
    expect(bar).to_contain_text("4 places with these words")
    expect(bar.get_by_text("Previous")).to_be_hidden()
    page.keyboard.press("j")
    is_at(page, 1)


def test_the_bar_leads_to_the_keys_and_their_switch(page, live_server, report):
    open_the_result(page, live_server)
    page.get_by_role("button", name="keys j, k").click()
    page.get_by_role("dialog", name="Keys").get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.get_by_role("button", name="keys j, k")).to_be_focused()
    is_at(page, 2)


def test_from_a_place_the_keyboard_goes_to_its_neighbours(page, live_server, report):
    open_the_result(page, live_server)
    is_at(page, 2)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_accessible_name("Previous place")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    is_at(page, 3)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    is_at(page, 2)


def test_without_scripts_each_place_leads_to_its_neighbours(without_script, live_server, report):
    page = without_script
    open_the_result(page, live_server)
    is_at(page, 2)
    expect(page.locator(".hit-links:visible")).to_have_count(1)
    page.get_by_role("link", name="Next place").click()
    is_at(page, 3)
    page.get_by_role("link", name="Next place").click()
    is_at(page, 4)
    expect(page.get_by_role("link", name="Next place")).to_have_count(0)
    page.get_by_role("link", name="Previous place").click()
    is_at(page, 3)
    page.goto(f"{live_server.url}{report.get_absolute_url()}?q=shells+mill")
    page.get_by_role("navigation", name=THE_BAR).get_by_role("link", name="First").click()
    is_at(page, 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_the_place_and_the_bar_have_no_barriers(browser, live_server, report, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{live_server.url}{report.get_absolute_url()}?q=shells+mill#hit-2")
    is_at(page, 2)
    found = Axe().run(page)
    sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()
    assert found.violations_count == 0, found.generate_report()
    assert not sideways


@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_place_that_is_shown_looks_different_from_the_others(browser, live_server, report, forced):
    context = browser.new_context(forced_colors=forced)
    page = context.new_page()
    page.goto(f"{live_server.url}{report.get_absolute_url()}?q=shells+mill#hit-2")
    outlines = [
        page.locator(f"#hit-{number}").evaluate("place => getComputedStyle(place).outlineStyle") for number in (2, 3)
    ]
    context.close()
    assert outlines == ["solid", "none"]
