"""The way of a reader through the archive: from words to the place where they stand, who said them, how to cite that,
in the dark and on paper."""

import io
import re

import pytest
from django.conf import settings
from playwright.sync_api import expect
from pypdf import PdfReader

from archive.models import Original

pytestmark = pytest.mark.timeout(120)


def test_from_a_search_to_a_cited_quotation_on_paper(page, live_server, seed):
    sha256 = Original.objects.get().sha256
    page.goto(live_server.url)
    expect(page.locator("#home-q")).to_be_focused()
    page.keyboard.type("peace proposal")
    page.keyboard.press("Enter")
    page.locator("main").get_by_role("link", name=re.compile("Fifty Afghan")).first.click()
    page.wait_for_url(re.compile("#hit-1$"))
    expect(page.locator("#hit-1")).to_be_in_viewport()
    page.keyboard.press("j")
    page.wait_for_url(re.compile("#hit-2$"))
    page.keyboard.press("n")
    page.wait_for_url(re.compile(r"#q\d+$"))
    expect(page.locator("mark.quote:target")).to_be_in_viewport()

    page.get_by_role("link", name="Where this text comes from").click()
    expect(page.locator(".provenance summary")).to_contain_text("unchanged, compared just now")
    page.get_by_role("link", name="Cite this report").click()
    expect(page.locator("#cite-plain")).to_contain_text(sha256)

    page.get_by_role("link", name=re.compile("^Evidence and citation")).first.click()
    expect(page.locator(".large-quote blockquote")).to_be_visible()
    page.locator(".cite summary").click()
    expect(page.locator("#cite-ris")).to_contain_text("TY  - ")
    page.get_by_role("radio", name="dark").check()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")

    address = page.url.removeprefix(live_server.url)
    paper = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    told = "".join(paper.split())
    assert f"{settings.SITE_URL}{address}" in told
    assert sha256 in told
