"""From a search form to how to search, and from an example to what it finds, in a browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]


def test_an_example_is_tried_on_the_first_document(page, live_server, seed):
    page.goto(live_server.url)
    page.get_by_role("link", name="How to search").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How to search")
    example = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="(opium OR poppy) Helmand"))
    expect(example).to_contain_text("1 report")
    example.get_by_role("link").click()
    expect(page.locator(".result mark", has_text="poppy")).to_be_visible()
    expect(page.get_by_role("combobox").first).to_have_value("(opium OR poppy) Helmand")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_the_page_has_no_barriers(browser, live_server, seed, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{live_server.url}/search/help/")
    found = Axe().run(page)
    sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()
    assert found.violations_count == 0, found.generate_report()
    assert not sideways
