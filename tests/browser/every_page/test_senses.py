"""Pages for those who see other colours, want no motion, hear them, or have neither styles nor scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.every_page.looking import open_page, watched
from tests.browser.every_page.pages import MAIN, PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(120)]

BY_NAME = {page.name: page for page in PAGES}
SIGNS = """selectors => selectors.map(selector => {
  const element = document.querySelector(selector);
  if (!element) return null;
  const style = getComputedStyle(element);
  return [style.backgroundColor, style.color, style.textDecorationLine, style.textDecorationStyle, style.outlineStyle,
          style.borderBlockEndStyle, style.borderBlockEndWidth, style.borderInlineStartStyle, style.fontStyle,
          style.fontWeight].join(' ');
})"""


def signs(tab, selectors: list[str]) -> list[str]:
    return tab.evaluate(SIGNS, selectors)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_are_told_apart_in_the_colours_of_the_system(archive, context, scheme):
    watch = watched(context, archive.url)
    page = BY_NAME["report-words-found"]
    watch.tab.emulate_media(forced_colors="active", color_scheme=scheme)
    open_page(watch, page, archive.address(page))
    text, quote, found = signs(watch.tab, [".report-text p", ".report-text .quote", ".report-text .found"])
    assert None not in (text, quote, found)
    assert len({text, quote, found}) == 3
    page = BY_NAME["report-reported-speech"]
    open_page(watch, page, archive.address(page))
    kinds = [".quote:not(.reported)", ".quote.reported:not(.not-said)", ".quote.not-said"]
    told = signs(watch.tab, [f".report-text {kind}" for kind in kinds])
    assert None not in told
    assert len(set(told)) == 3


@pytest.mark.parametrize("page", MAIN, ids=str)
def test_the_focus_is_seen_in_the_colours_of_the_system(archive, context, page):
    watch = watched(context, archive.url)
    watch.tab.emulate_media(forced_colors="active")
    open_page(watch, page, archive.address(page))
    for _ in range(4):
        watch.tab.keyboard.press("Tab")
    outline = watch.tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


@pytest.mark.parametrize("page", MAIN, ids=str)
def test_the_way_to_the_content_comes_first_and_leads_there(archive, context, page):
    watch = watched(context, archive.url)
    # The home page begins in its search box, but for whom an address leads elsewhere.
    open_page(watch, page, f"{archive.address(page)}#start")
    tab = watch.tab
    tab.keyboard.press("Tab")
    link = tab.locator(":focus")
    expect(link).to_have_text("Skip to the content")
    expect(link).to_be_in_viewport()
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("page", MAIN, ids=str)
def test_without_styles_the_parts_come_in_an_order_that_makes_sense(archive, context, page):
    context.route("**/*.css", lambda route: route.abort())
    tab = context.new_page()
    tab.goto(archive.address(page))
    tops = [
        tab.locator(selector).first.bounding_box()["y"]
        for selector in ("a[href='#content']", ".site-name", "nav[aria-label=Main]", "main h1", "footer")
    ]
    assert tops == sorted(tops)
    search = tab.get_by_role("search").first.bounding_box()["y"]
    assert tops[0] < search < tops[4]


def test_what_is_heard_of_a_report_names_its_parts(archive, context):
    watch = watched(context, archive.url)
    page = BY_NAME["report-many-speakers"]
    open_page(watch, page, archive.address(page))
    heard = watch.tab.locator("body").aria_snapshot()
    for part in ("banner", "navigation", "search", "main", "contentinfo", "article", "heading", "link"):
        assert f"- {part}" in heard, part
    assert re.search(r'heading "Harbour of Almera burns" \[level=1\]', heard)
    assert "img" not in heard or 'img ""' not in heard


@pytest.fixture
def tab_without_scripts(browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("page", [page for page in PAGES if page.archive == "full" and not page.reach], ids=str)
def test_every_page_is_there_without_scripts(archive, tab_without_scripts, page):
    response = tab_without_scripts.goto(archive.address(page))
    assert response.status == page.status
    expect(tab_without_scripts.get_by_role("heading", level=1)).to_be_visible()


def test_without_scripts_a_reader_searches_narrows_follows_a_hit_and_cites_it(archive, tab_without_scripts):
    tab = tab_without_scripts
    tab.goto(archive.url)
    tab.get_by_role("searchbox").or_(tab.get_by_role("combobox")).first.fill("harbour")
    tab.get_by_role("button", name="Search").first.click()
    expect(tab.locator("main mark").first).to_be_visible()
    tab.get_by_role("list", name="Outlet").get_by_role("link").first.click()
    expect(tab.get_by_role("list", name="The search is narrowed to")).to_be_visible()
    tab.get_by_role("link", name=re.compile("Harbour of Almera")).first.click()
    expect(tab.locator("article .found").first).to_be_visible()
    words = tab.locator("article .quote").first
    number = words.get_attribute("id").removeprefix("q")
    tab.goto(f"{archive.url}/quotes/{number}/")
    expect(tab.get_by_text(re.compile(r"read on \d")).first).to_be_attached()
