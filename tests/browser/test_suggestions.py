"""Suggestions while typing: by keyboard and mouse, heard and seen, on wide and narrow screens, and not in the way."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import make_organisation, make_outlet, make_person, make_report_with_quote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 375, "height": 700}


@pytest.fixture
def records(transactional_db, settings):
    settings.SITE_URL = "https://archive.example.org"  # where the archive is known is not where it is tried
    make_report_with_quote(outlet=make_outlet("The Linden Herald"))
    make_organisation("Linden police")
    make_person("Anna Berg")


@pytest.fixture
def field(page, live_server, records):
    page.goto(live_server.url)
    return page.get_by_role("combobox", name="Search reports and quotes")


def options(page):
    return page.get_by_role("option")


def open_list(page, field, typed="lind"):
    field.press_sequentially(typed)
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()


def chosen(field, page):
    active = field.get_attribute("aria-activedescendant")
    return page.locator(f"#{active}").inner_text().split("\n")[0] if active else None


def test_the_list_opens_and_says_so(page, field):
    expect(field).to_have_attribute("aria-expanded", "false")
    open_list(page, field)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(options(page)).to_have_text(
        [re.compile("Vera Lindqvist.*Person, Colonel"), re.compile("Linden police"), re.compile("The Linden Herald")]
    )
    assert field.get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute("id")
    expect(page.get_by_role("status")).to_have_text("3 suggestions")


def test_arrows_go_round_and_the_typed_words_come_back(page, field):
    open_list(page, field)
    seen = []
    for key in ["ArrowDown"] * 4 + ["ArrowUp"]:
        field.press(key)
        seen.append((chosen(field, page), field.input_value()))
    assert seen == [
        ("Vera Lindqvist", "Vera Lindqvist"),
        ("Linden police", "Linden police"),
        ("The Linden Herald", "The Linden Herald"),
        (None, "lind"),
        ("The Linden Herald", "The Linden Herald"),
    ]
    expect(page.get_by_role("option", selected=True)).to_have_count(1)


def test_enter_follows_what_is_chosen_on_the_host_at_hand(page, field, live_server):
    open_list(page, field)
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/people/vera-lindqvist/")


def test_enter_without_a_choice_searches_for_what_is_typed(page, field, live_server):
    open_list(page, field)
    field.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/search/?q=lind")


def test_escape_closes_the_list_and_leaves_what_was_typed(page, field):
    open_list(page, field)
    field.press("ArrowDown")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(field).to_have_value("lind")
    expect(field).to_be_focused()
    field.press("ArrowDown")
    expect(options(page)).to_have_count(3)


def test_leaving_the_field_closes_the_list(page, field):
    open_list(page, field)
    field.press("Tab")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")


def test_a_click_follows(page, field, live_server):
    open_list(page, field)
    page.get_by_role("option", name="Linden police").click()
    expect(page).to_have_url(f"{live_server.url}/organisations/linden-police/")


def test_an_outlet_leads_to_its_search(page, field, live_server):
    open_list(page, field, "herald")
    field.press("ArrowUp")
    field.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(f"{live_server.url}/search/?q=outlet")))


def test_only_the_last_that_was_typed_is_answered(page, field):
    held = []

    def hold(route):
        held.append(route)
        if "anna" in route.request.url:
            route.continue_()

    page.route("**/search/suggest?*", hold)
    field.fill("lind")
    page.wait_for_timeout(400)
    field.fill("anna")
    expect(options(page)).to_have_text([re.compile("Anna Berg")])
    assert [route.request.url.partition("q=")[2] for route in held] == ["lind", "anna"]


def test_nothing_is_asked_for_one_letter_or_at_each_key(page, field):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "suggest?" in request.url else None)
    field.press_sequentially("l")
    page.wait_for_timeout(400)
    assert asked == []
    field.press_sequentially("indqvist", delay=5)
    expect(options(page)).to_have_count(1)
    assert len(asked) == 1


def test_names_are_text_whatever_they_hold(page, field):
    make_person("<img src=x onerror=alert(1)> Quill")
    open_list(page, field, "quill")
    expect(options(page)).to_have_text([re.compile("<img src=x onerror=alert")])


def test_where_nothing_is_answered_the_form_is_a_plain_one(browser, live_server, records):
    page = browser.new_page()
    page.route("**/search/suggest?*", lambda route: route.abort())
    page.goto(live_server.url)
    field = page.locator("#home-q")
    field.press_sequentially("lind")
    page.wait_for_timeout(400)
    assert field.get_attribute("aria-expanded") == "false"
    field.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/search/?q=lind")
    page.close()


def test_without_scripts_the_form_searches(browser, live_server, records):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_role("searchbox").fill("lind")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/search/?q=lind")
    context.close()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/people/"])
def test_the_open_list_is_accessible_and_on_the_screen(page, live_server, records, size, scheme, path):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.goto(live_server.url + path)
    field = page.get_by_role("combobox", name="Search reports and quotes")
    open_list(page, field)
    field.press("ArrowDown")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    box = page.get_by_role("listbox").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert all(option.bounding_box()["height"] >= 44 for option in options(page).all())
