"""The results are narrowed, sorted and turned in place: what changes, what stays, what is said, and the way back."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from archive.search import sync
from tests.factories import make_article, make_outlet, make_quote, make_report_with_quote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]


@pytest.fixture
def reports(transactional_db):
    """Thirty reports, so that there are two pages: ten of one outlet, of two years."""
    gazette = make_outlet("Harrow Gazette")
    for number in range(30):
        make_article(
            f"Bridge {number}",
            "Shells fell on the bridge.",
            outlet=gazette if number < 10 else None,
            published=date(2017 + number % 2, 5, 1 + number),
        )
    make_quote(make_article("A count", "“We counted the shells”, Vera Lindqvist said."), "“We counted the shells”")
    sync.build()


@pytest.fixture
def results(page, live_server, reports):
    """The results, with a mark on the page that goes when it is loaded anew."""
    page.goto(f"{live_server.url}/search/?q=shells")
    page.wait_for_function("window.htmx !== undefined")
    page.evaluate("window.sameDocument = true")
    return page


def heading(page):
    return page.locator("#found h2").first


def shows(page, words, query):
    """The page was not loaded anew, says what came, and the heading that says so has the focus."""
    expect(page).to_have_url(re.compile(rf"/search/\?{re.escape(query)}$"))
    expect(heading(page)).to_have_text(re.compile(rf"^\s*{words}\s*$"))
    expect(heading(page)).to_be_focused()
    expect(heading(page)).to_be_in_viewport()
    expect(page.locator("#found + p[role=status]")).to_have_text(words)
    assert page.evaluate("window.sameDocument") is True


def test_what_changes_the_search_changes_it_in_place(results):
    page = results
    page.get_by_role("list", name="Outlet").get_by_role("link", name="Harrow Gazette").click()
    shows(page, "10 reports", "q=shells&outlet=harrow-gazette")
    page.get_by_role("link", name="Newest").click()
    shows(page, "10 reports", "q=shells&outlet=harrow-gazette&sort=newest")
    expect(page.get_by_role("link", name="Newest")).to_have_attribute("aria-current", "true")
    page.get_by_role("group", name="How many were published").get_by_role("link", name="2018").click()
    shows(page, "5 reports", "q=shells&outlet=harrow-gazette&sort=newest&published=2018")
    page.get_by_role("link", name="Take all away").click()
    shows(page, "1–20 of 31 reports", "q=shells&sort=newest")
    page.get_by_role("link", name="Page 2", exact=True).click()
    shows(page, "21–31 of 31 reports", "q=shells&sort=newest&page=2")
    page.get_by_role("navigation", name="What to search").get_by_role("link", name="Quotations").click()
    shows(page, "1 quotation", "q=shells&sort=newest&kind=quotes")
    expect(page).to_have_title(re.compile("^Search: shells – "))
    feed = page.locator("head link[type='application/atom+xml']").get_attribute("href")
    assert "kind=quotes" in feed


def test_the_way_back_and_forth_leads_through_what_was_seen(results):
    page = results
    page.get_by_role("link", name="Oldest").click()
    shows(page, "1–20 of 31 reports", "q=shells&sort=oldest")
    page.get_by_role("list", name="Outlet").get_by_role("link", name="Harrow Gazette").click()
    shows(page, "10 reports", "q=shells&sort=oldest&outlet=harrow-gazette")
    page.go_back()
    shows(page, "1–20 of 31 reports", "q=shells&sort=oldest")
    expect(page.get_by_role("list", name="The search is narrowed to")).to_have_count(0)
    page.go_back()
    shows(page, "1–20 of 31 reports", "q=shells")
    page.go_forward()
    shows(page, "1–20 of 31 reports", "q=shells&sort=oldest")

    page.get_by_role("link", name="Bridge 0", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bridge 0")
    page.go_back()
    expect(heading(page)).to_have_text(re.compile("1–20 of 31 reports"))
    expect(page.get_by_role("link", name="Oldest")).to_have_attribute("aria-current", "true")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_what_stands_in_it_works_after_it(results):
    page = results
    page.get_by_role("list", name="Outlet").get_by_role("link", name="Harrow Gazette").click()
    shows(page, "10 reports", "q=shells&outlet=harrow-gazette")
    page.get_by_role("combobox").fill("")
    page.get_by_role("combobox").press_sequentially("harr")
    expect(page.get_by_role("option")).to_contain_text(["Harrow Gazette"])
    page.keyboard.press("Escape")
    with page.expect_download() as saving:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert saving.value.suggested_filename.endswith(".csv")
    expect(page.locator(".download-news")).to_have_text("Downloaded 10 of 10 records.")


def test_a_link_that_leads_elsewhere_is_followed(results):
    page = results
    title = page.locator(".report-title a").first.inner_text()
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_click_for_a_new_tab_opens_one(results):
    page = results
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Newest").click(modifiers=["ControlOrMeta"])
    expect(opened.value).to_have_url(re.compile("sort=newest"))
    assert "sort" not in page.url
    opened.value.close()


def test_while_the_server_takes_its_time_it_says_so(results):
    page = results
    held = []
    page.route("**/search/?*sort=newest*", lambda route: held.append(route))
    page.get_by_role("link", name="Newest").click()
    progress = page.get_by_role("progressbar", name="Waiting for the archive")
    expect(progress).to_be_visible()
    expect(page.locator("#found")).to_have_attribute("aria-busy", "true")
    page.get_by_role("link", name="Oldest").click()  # who changes their mind has the last word
    held[0].continue_()
    shows(page, "1–20 of 31 reports", "q=shells&sort=oldest")
    expect(progress).to_be_hidden()
    expect(page.locator("#found")).not_to_have_attribute("aria-busy", "true")


def test_an_answer_that_is_no_page_of_results_is_shown_by_itself(browser, live_server, reports):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}/search/?q=shells")
    page.wait_for_function("window.htmx !== undefined")
    page.route(
        "**/search/?*sort=newest*", lambda route: route.fulfill(status=503, content_type="text/html", body="Not now")
    )
    page.get_by_role("link", name="Newest").click()
    expect(page.locator("body")).to_have_text("Not now")
    expect(page).to_have_url(re.compile("sort=newest"))
    context.close()


def test_nothing_found_leads_on_in_place(page, live_server, reports):
    page.goto(f"{live_server.url}/search/?q=shells&outlet=harrow-gazette&published=2011")
    page.wait_for_function("window.htmx !== undefined")
    page.evaluate("window.sameDocument = true")
    expect(heading(page)).to_have_text("Nothing found")
    page.get_by_role("link", name="Search for the words alone").click()
    shows(page, "1–20 of 31 reports", "q=shells")
    page.get_by_role("link", name="Harrow Gazette").last.click()
    shows(page, "10 reports", "q=shells&outlet=harrow-gazette")


def test_while_the_search_is_prepared_one_can_look_again_in_place(page, live_server, transactional_db):
    make_report_with_quote()
    page.goto(f"{live_server.url}/search/?q=shells")
    page.wait_for_function("window.htmx !== undefined")
    page.evaluate("window.sameDocument = true")
    expect(heading(page)).to_have_text("The search is being prepared")
    sync.build()
    page.get_by_role("link", name="Look again").click()
    shows(page, "1 report", "q=shells")


def test_on_a_phone_what_narrows_is_folded_and_the_way_to_it_unfolds_it(browser, live_server, reports):
    context = browser.new_context(viewport={"width": 375, "height": 700})
    page = context.new_page()
    page.goto(f"{live_server.url}/search/?q=shells")
    value = page.get_by_role("list", name="Outlet").get_by_role("link", name="Harrow Gazette")
    expect(value).to_be_hidden()
    page.get_by_role("link", name="Narrow the search").click()
    expect(value).to_be_visible()
    value.click()
    expect(heading(page)).to_have_text(re.compile("10 reports"))
    expect(heading(page)).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("width", [375, 1280])
def test_without_scripts_they_are_links(browser, live_server, reports, width):
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/search/?q=shells")
    if width < 960:
        page.locator(".facets summary").first.click()
    page.get_by_role("list", name="Outlet").get_by_role("link", name="Harrow Gazette").click()
    expect(heading(page)).to_have_text(re.compile("10 reports"))
    page.get_by_role("link", name="Newest").click()
    expect(page).to_have_url(re.compile("sort=newest"))
    context.close()
