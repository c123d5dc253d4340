"""The home page, the calendar and the lists in a browser: who has the focus, where the bars lead, and for everybody."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archive.search import sync
from tests.factories import make_article, make_organisation, make_outlet, make_report_with_quote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]
LONG = ("Ministry of the Interior and of everything else " * 7)[:300].strip()
PAGES = (
    "/",
    "/reports/",
    "/reports/?year=2018&month=5&day=4",
    "/calendar/",
    "/calendar/2018/",
    "/outlets/",
    "/outlets/harrow-gazette/",
    "/people/",
    "/organisations/",
    "/about/",
    "/help/",
)


@pytest.fixture
def records(transactional_db):
    gazette = make_outlet("Harrow Gazette")
    make_report_with_quote(published=date(2018, 5, 4), outlet=gazette)
    make_article("Older", published=date(2016, 5, 4), outlet=make_outlet(LONG))
    make_article("Perhaps", published=(date(2018, 5, 1), date(2018, 5, 31)), outlet=gazette)
    make_article("Undated " + "Abcdefghij" * 20)
    make_organisation(LONG)
    sync.build()


def search_box(page):
    return page.get_by_role("combobox", name="Search reports and quotes")


def test_at_a_desk_the_search_box_has_the_focus(page, live_server, records):
    page.goto(live_server.url)
    expect(search_box(page)).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert page.evaluate("scrollY") == 0
    page.keyboard.type("bridge")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=3).first).to_contain_text("Bridge shelled")
    page.go_back()
    expect(search_box(page)).to_be_visible()


def test_a_phone_does_not_bring_up_its_keys(browser, live_server, records):
    context = browser.new_context(viewport={"width": 375, "height": 700}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(live_server.url)
    expect(search_box(page)).to_be_visible()
    page.wait_for_function("document.readyState === 'complete'")
    expect(search_box(page)).not_to_be_focused()
    context.close()


def test_from_the_picture_to_a_day_by_mouse_and_keyboard(page, live_server, records):
    page.goto(live_server.url)
    page.get_by_role("link", name="2018: 2", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reports, 2018")
    page.get_by_role("link", name="May 2018: 2", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reports, May 2018")
    page.get_by_role("link", name="4 May 2018: 2", exact=True).click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["4 May 2018", "Perhaps of 4 May 2018"])
    page.get_by_role("link", name="Calendar of 2018").click()
    page.get_by_role("link", name="4 May 2018: 1 report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reports, 4 May 2018")


def test_the_picture_is_a_list_too(page, live_server, records):
    page.goto(live_server.url)
    page.get_by_text("The same as a list").click()
    page.get_by_role("list").get_by_role("link", name="2016 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reports, 2016")


def test_outlets_are_sorted_by_their_headings(page, live_server, records):
    page.goto(f"{live_server.url}/outlets/")
    names = page.get_by_role("rowheader")
    expect(names).to_have_text(["Harrow Gazette", LONG])
    page.get_by_role("columnheader", name="Years").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Years")).to_have_attribute("aria-sort", "descending")
    names.first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Harrow Gazette")


@pytest.mark.parametrize("address", PAGES)
def test_it_is_for_everybody_on_any_screen(browser, live_server, records, address):
    for width, scheme in ((1280, "dark"), (320, "light")):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page = context.new_page()
        page.goto(live_server.url + address)
        for details in page.locator("details").all():
            details.evaluate("element => element.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert Axe().run(page).response["violations"] == []
        context.close()
