"""The drawers of a report in a real browser: nothing is fetched before they are opened, nothing of an original runs,
and a citation is copied as it stands."""

import pytest

from archive.models import Original
from tests.factories import make_article, make_original, make_outlet, make_person, make_quote

PAGE = b"<!DOCTYPE html><title>Bridge</title><h1>Bridge shelled</h1>"
NASTY = PAGE + (
    b"<meta http-equiv=refresh content='0;url=/search/'>"
    b"<script>document.querySelector('h1').textContent = 'ran'</script>"
    b"<img src='/favicon.ico' onerror=\"document.querySelector('h1').textContent = 'ran'\">"
)


@pytest.fixture
def report(transactional_db):
    article = make_article("Bridge </script> & shelled", outlet=make_outlet())
    make_quote(article, '"We counted nine shells before dawn"', make_person())
    return article


def frame_html(report, data):
    original = make_original(data, "bridge.html", "text/html")
    report.shown_version.readings.create(original=original, reader_version=1, encoding="utf-8", runs=[])


def open_frames(page):
    page.locator(".provenance summary").click()
    frames = page.locator(".provenance iframe")
    assert frames.count() == Original.objects.count() == 2
    for place in range(2):
        frames.nth(place).scroll_into_view_if_needed()
    return [page.frame_locator(f".provenance iframe >> nth={place}") for place in range(2)]


def test_an_original_is_fetched_only_when_the_drawer_is_opened(page, live_server, report):
    """And the browser says of no policy that it was violated, or the fixture fails the test: the data of schema.org
    that stand in the page are no script."""
    frame_html(report, PAGE)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_server.url + report.get_absolute_url())
    page.locator(".provenance").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert not [address for address in asked if "/originals/" in address]
    text, html = open_frames(page)
    assert "Shelling damaged the bridge at Harrow Ford" in text.locator("body").inner_text()
    assert html.locator("h1").inner_text() == "Bridge shelled"


def test_nothing_of_an_original_runs_or_is_fetched(browser, live_server, report):
    frame_html(report, NASTY)
    context = browser.new_context()
    page = context.new_page()
    told, asked = [], []
    page.on("console", lambda message: told.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_server.url + report.get_absolute_url())
    _, html = open_frames(page)
    html.locator("h1").wait_for()
    page.wait_for_timeout(500)
    assert html.locator("h1").inner_text() == "Bridge shelled"
    assert not [address for address in asked if "/search/" in address or "favicon.ico" in address]
    assert any("sandboxed" in line for line in told) and any("img-src data:" in line for line in told)
    context.close()


@pytest.mark.parametrize("address", ["report", "quote"])
def test_a_citation_is_copied_as_it_stands(page, live_server, report, address):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    record = report if address == "report" else report.quotes.get()
    page.goto(live_server.url + record.get_absolute_url())
    assert not page.locator("#cite-plain").is_visible()
    page.locator(".cite summary").press("Enter")
    for suffix in ("plain", "bib", "ris", "json"):
        shown = page.locator(f"#cite-{suffix}")
        page.locator(f"[data-copies=cite-{suffix}]").click()
        page.locator(".copy-news", has_text="copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.splitlines() == shown.text_content().strip().splitlines()
    assert page.locator(".copy-news").inner_text() == "CSL-JSON: copied."


def test_without_scripts_there_is_the_text_and_no_button(browser, live_server, report):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + report.get_absolute_url())
    page.locator(".cite summary").click()
    assert "Bridge </script> & shelled" in page.locator("#cite-plain").inner_text()
    assert page.locator("button.copy:visible").count() == 0
    with page.expect_download() as download:
        page.get_by_role("link", name="Download .bib").click()
    assert download.value.suggested_filename == f"conflict-archive-report-{report.pk}.bib"
    context.close()


def test_the_drawers_fit_a_phone(page, live_server, report):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(live_server.url + report.get_absolute_url())
    for drawer in ("provenance", "cite"):
        page.locator(f".{drawer} summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for summary in page.locator(".provenance summary, .cite summary, .copy:visible").all():
        assert summary.bounding_box()["height"] >= 24


def test_on_paper_the_drawers_are_open(page, live_server, report):
    page.emulate_media(media="print")
    page.goto(live_server.url + report.get_absolute_url())
    assert page.locator(".provenance .hash").is_visible()
    assert page.locator("#cite-plain").is_visible()
    assert not page.locator("#cite-bib").is_visible()
    assert not page.locator(".provenance iframe").is_visible()


def test_the_head_of_a_report_leads_to_both_drawers(page, live_server, report):
    page.goto(live_server.url + report.get_absolute_url())
    for link, drawer in (("Cite this report", ".cite"), ("Where this text comes from", ".provenance")):
        page.get_by_role("link", name=link).click()
        page.locator(f"{drawer} details[open]").wait_for()
