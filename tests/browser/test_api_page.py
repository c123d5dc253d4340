"""The page that describes the API, in a browser: nothing that the security policy forbids, readable by everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]
STANDARD = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]


@pytest.mark.parametrize("width", [1200, 320])
def test_it_can_be_read_at_any_width(page, live_server, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(live_server.url)
    page.get_by_role("link", name="API for programs").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("API")
    page.get_by_role("link", name="/api/v1/search", exact=True).click()
    expect(page.get_by_role("heading", name="GET /api/v1/search")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    violations = Axe().run(page, options={"runOnly": STANDARD}).response["violations"]
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in violations] == []
