"""The single keys, in a browser: where they lead, that the focus goes along, and that they can be turned off."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archive.search import sync
from tests.factories import make_article, make_person, make_quote, make_report_with_quote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]

RAIN = "Rain fell all night and nobody came. " * 60
TALKS = (
    f"“One shell”, she said.\n\n{RAIN}\n\nShe said it was late. “Two shells”, she said.\n\n{RAIN}\n\n"
    "“No more”, she said."
)


@pytest.fixture
def reports(transactional_db):
    for number in range(3):
        make_report_with_quote(f"Bridge {number}")
    sync.build()


@pytest.fixture
def talks(transactional_db):
    """A report of some screens: a quotation, reported speech and a quotation, a quotation."""
    article, speaker = make_article("Talks", TALKS), make_person("Ada Brenn")
    quotes = [make_quote(article, words, speaker) for words in ("“One shell”", "“Two shells”", "“No more”")]
    make_quote(article, "it was late", speaker, kind="reported")
    sync.build()
    return article, quotes


@pytest.fixture
def keys(page):
    """Opens a page and waits until its keys work; the script comes after the page."""

    def open_page(address):
        page.goto(address)
        expect(page.get_by_role("contentinfo").get_by_role("button", name="Keys")).to_be_visible()
        return page.keyboard

    return open_page


def help_dialog(page):
    return page.get_by_role("dialog", name="Keys")


def is_at(page, quote):
    words = page.locator(f"#q{quote.pk}").first
    expect(words).to_be_focused()
    expect(words).to_be_in_viewport()
    expect(page).to_have_url(re.compile(rf"#q{quote.pk}$"))


@pytest.mark.parametrize("path", ["/help/", "/search/?q=bridge", "/reports/"])
def test_slash_leads_to_the_search_with_what_stands_there_selected(page, live_server, reports, keys, path):
    keys(live_server.url + path).press("/")
    field = page.get_by_role("combobox", name="Search reports and quotes").first
    expect(field).to_be_focused()
    page.keyboard.type("/jk?")
    expect(field).to_have_value("/jk?")
    expect(help_dialog(page)).to_be_hidden()


@pytest.mark.parametrize("kind", ["reports", "quotes"])
def test_j_and_k_go_through_results_and_enter_opens_one(page, live_server, reports, keys, kind):
    keyboard = keys(f"{live_server.url}/search/?q=shells&kind={kind}&sort=oldest")
    links = page.locator(".report-title a" if kind == "reports" else ".quoted-words")
    for key, at in [("j", 0), ("j", 1), ("j", 2), ("j", 2), ("k", 1), ("k", 0), ("k", 0)]:
        keyboard.press(key)
        expect(links.nth(at)).to_be_focused()
    assert links.first.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    if kind == "quotes":
        keyboard.press("Tab")  # on to what else the result leads to; from there the next result is the next one
    keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/reports/\d+/bridge"))


def test_n_and_p_go_through_the_quotations_of_a_report(page, live_server, talks, keys):
    article, (one, two, three) = talks
    keyboard = keys(live_server.url + article.get_absolute_url())
    for key, quote in [("n", one), ("n", two), ("n", three), ("n", three), ("p", two)]:
        keyboard.press(key)
        is_at(page, quote)
    page.go_back()  # one step leads out of the report
    expect(page).to_have_url("about:blank")


def test_from_a_place_that_was_found_n_leads_to_the_next_quotation(page, live_server, talks, keys):
    article, (_, two, three) = talks
    keyboard = keys(f"{live_server.url}/search/?q=shells")
    keyboard.press("j")
    keyboard.press("Enter")
    expect(page.get_by_role("button", name="keys j, k")).to_be_visible()
    expect(page.locator(".found:target")).to_be_in_viewport()
    keyboard.press("n")
    at_first = page.url
    keyboard.press("n")
    expect(page).not_to_have_url(at_first)
    keyboard.press("p")
    expect(page).to_have_url(at_first)
    keyboard.press("j")
    expect(page.locator(".found:target")).to_be_in_viewport()
    page.go_back()
    expect(page).to_have_url(re.compile(r"/search/\?q=shells$"))


def test_on_the_page_of_a_quotation_n_and_p_lead_to_its_neighbours(page, live_server, talks, keys):
    _, (one, two, three) = talks
    keys(live_server.url + two.get_absolute_url()).press("n")
    expect(page).to_have_url(live_server.url + three.get_absolute_url())
    expect(page.get_by_role("contentinfo").get_by_role("button", name="Keys")).to_be_visible()
    page.keyboard.press("n")  # there is none
    page.keyboard.press("p")
    expect(page).to_have_url(live_server.url + two.get_absolute_url())


def test_the_help_opens_closes_and_gives_the_focus_back(page, live_server, reports, keys):
    keyboard = keys(f"{live_server.url}/search/?q=bridge")
    keyboard.press("j")
    link = page.locator(".report-title a").first
    expect(link).to_be_focused()
    keyboard.press("?")
    expect(help_dialog(page)).to_be_visible()
    expect(help_dialog(page).get_by_role("term")).to_have_text(["/", "j", "k", "n", "p", "?"])
    assert Axe().run(page).violations_count == 0
    keyboard.press("j")  # nothing works behind it
    keyboard.press("Escape")
    expect(help_dialog(page)).to_be_hidden()
    expect(link).to_be_focused()
    opener = page.get_by_role("contentinfo").get_by_role("button", name="Keys")
    opener.click()
    help_dialog(page).get_by_role("button", name="Close").click()
    expect(help_dialog(page)).to_be_hidden()
    expect(opener).to_be_focused()


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_with_a_modifier_they_are_the_browsers(page, live_server, reports, keys, modifier):
    keyboard = keys(f"{live_server.url}/search/?q=bridge")
    page.evaluate("addEventListener('keydown', (event) => { window.taken = event.defaultPrevented; })")
    keyboard.press(f"{modifier}+j")
    assert page.evaluate("window.taken") is False
    expect(page.locator(":focus")).to_have_count(0)


def test_they_can_be_turned_off_on_all_pages_and_on_again(page, live_server, talks, keys):
    article, quotes = talks
    keyboard = keys(f"{live_server.url}/search/?q=shells")
    keyboard.press("?")
    help_dialog(page).get_by_role("checkbox", name="Single keys are on").uncheck()
    keyboard.press("Escape")
    for key in "/j?":
        keyboard.press(key)
    expect(help_dialog(page)).to_be_hidden()
    expect(page.locator("main :focus")).to_have_count(0)

    keyboard = keys(live_server.url + article.get_absolute_url())
    keyboard.press("n")
    page.get_by_role("contentinfo").get_by_role("button", name="Keys").click()
    assert "#" not in page.url
    help_dialog(page).get_by_role("checkbox").check()
    keyboard = keys(live_server.url + article.get_absolute_url())
    keyboard.press("n")
    is_at(page, quotes[0])
