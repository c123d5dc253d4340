"""The page of results in a browser: readable at any width and in any light, and narrowed by keyboard alone."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archive.search import sync
from tests.factories import make_article, make_organisation, make_outlet, make_report_with_quote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]

STANDARD = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
PAGES = {
    "reports": "/search/?q=shells+bridge+harbour",
    "narrowed": "/search/?q=shells+bridge&outlet=harrow-gazette&outlet=outlet-3&published=2018&match=all",
    "quotations": "/search/?q=shells+counted&kind=quotes",
    "people": "/search/?q=lindqvist&kind=people",
    "nothing": "/search/?q=zeppelin&outlet=harrow-gazette",
    "facet": "/search/facets/outlet/?q=shells",
}


@pytest.fixture
def archive(transactional_db):
    """Reports of four years and ten outlets, most of one month; a word so long that it does not fit a narrow page."""
    for number in range(10):
        make_report_with_quote(
            f"Report {number}", outlet=make_outlet(f"Outlet {number}"), published=date(2018, 5, 20 + number)
        )
    make_report_with_quote(outlet=make_outlet("Harrow Gazette"), published=date(2018, 6, 1))
    make_article("The harbour " + "Donaudampfschifffahrt" * 5, "Shells fell.", published=date(2015, 1, 3))
    make_organisation("Lindqvist Foundation")
    sync.build()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_it_has_no_barriers_at_any_width(browser, live_server, archive, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for name, address in PAGES.items():
        page.goto(live_server.url + address)
        violations = Axe().run(page, options={"runOnly": STANDARD}).response["violations"]
        found[name] = [(violation["id"], violation["nodes"][0]["html"]) for violation in violations]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found[name].append(("sideways", address))
    page.goto(live_server.url + PAGES["narrowed"])
    if width < 960:
        page.locator(".facets summary").first.click()
        found["narrowed"] += [
            each["id"] for each in Axe().run(page, options={"runOnly": STANDARD}).response["violations"]
        ]
    shown = [page.get_by_role("list", name="The search is narrowed to"), page.locator(".timeline svg")]
    for part in shown:
        expect(part).to_be_visible()
    context.close()
    assert found == {name: [] for name in PAGES}


def test_the_picture_over_time_is_followed_by_keyboard_to_a_day(page, live_server, archive):
    page.goto(f"{live_server.url}/search/?q=shells")
    picture = page.get_by_role("group", name="How many were published in each")
    for name, narrowed in [
        ("2018: 11", "2018"),
        ("May 2018: 10", "May 2018"),
        ("23 May 2018: 1", "23 May 2018"),
    ]:
        bar = picture.get_by_role("link", name=name, exact=True)
        tab_to(page, bar)
        assert bar.locator(".bar-room").evaluate("room => getComputedStyle(room).strokeWidth") == "3px"
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name=f"Published: {narrowed} : take away")).to_be_visible()
    expect(page.get_by_role("heading", level=2).first).to_have_text("1 report")
    page.get_by_role("link", name="Back to 2018").click()
    expect(page.get_by_role("link", name="May 2018: 10", exact=True)).to_be_visible()


def test_a_value_is_added_and_taken_away_by_keyboard(page, live_server, archive):
    page.goto(f"{live_server.url}/search/?q=shells")
    way = page.get_by_role("link", name="Narrow the search")
    tab_to(page, way)
    page.keyboard.press("Enter")
    value = page.get_by_role("list", name="Outlet").get_by_role("link", name="Outlet 0")
    tab_to(page, value)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_have_text("1 report")
    chosen = page.get_by_role("list", name="Outlet").get_by_role("link", name="chosen: take away")
    expect(chosen).to_contain_text("Outlet 0")
    chip = page.get_by_role("link", name="Outlet: Outlet 0")
    tab_to(page, chip)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_have_text("12 reports")
    expect(page.get_by_role("list", name="The search is narrowed to")).to_have_count(0)


def test_on_paper_there_is_only_what_was_found(page, live_server, archive):
    page.goto(live_server.url + PAGES["narrowed"])
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=3).first).to_be_visible()
    expect(page.get_by_text("Published: 2018")).to_be_visible()
    for part in (".facets", ".result-order", ".to-facets", ".take-along", ".search-form"):
        expect(page.locator(part).first).to_be_hidden()


def tab_to(page, link):
    """Presses the tab key until the link has the focus; fails where it never has."""
    for _ in range(100):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            return
    pytest.fail("The keyboard does not lead there.")
