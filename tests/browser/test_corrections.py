"""A reader reports an error and finds the answer, in a browser."""

import pghistory
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archive.curation.error_reports import accept
from archive.models import Article, ErrorReport, Quote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]


def test_a_reader_without_scripts_reports_an_error_and_finds_the_answer(browser, live_server, seed):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/people/john-nicholson/")
    page.get_by_role("link", name="Report an error").click()
    page.get_by_label("What is wrong, and how do you know?").fill("He is a general.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    with pghistory.context(user=1):
        accept(ErrorReport.objects.open().get(text="He is a general.").pk, "So he is.")
    page.get_by_role("link", name="corrections of this person").click()
    expect(page.locator("main")).to_contain_text("An editor answered: So he is.")
    page.get_by_role("link", name="John Nicholson").first.click()
    expect(page.locator(".corrected")).to_contain_text("So he is.")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_the_pages_have_no_barriers(browser, live_server, seed, width, scheme):
    article = Article.objects.get()
    with pghistory.context(user=1, reason="A reason as long as an address: https://archive.example/" + "long" * 40):
        Article.objects.update(title="Strike in Helmand", edited=["title"])
        Quote.objects.update(state="corrected", role="General")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    for path in ("/corrections/", article.get_absolute_url(), f"/report-an-error/report/{article.pk}/"):
        page.goto(live_server.url + path)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#id_text:invalid")).to_have_count(1)  # the browser asks for it
    context.close()
