"""A reader takes along what they found, in a browser: the download tells how far it is, and the links work without."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from archive.search import sync
from tests.factories import make_report_with_quote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]

REPORTS = 110


def news(page):
    return page.get_by_role("region", name="Take it along").get_by_role("status")


@pytest.fixture
def reports(transactional_db):
    for number in range(REPORTS):
        make_report_with_quote(f'Report "{number}",\nof a bridge')
    sync.build()


@pytest.fixture
def results(page, live_server, reports):
    page.goto(f"{live_server.url}/search/?q=bridge")
    return page


@pytest.mark.parametrize("name", ["CSV", "JSON lines", "RIS", "BibTeX"])
def test_a_download_counts_its_records_and_is_saved_under_its_name(results, name):
    with results.expect_download() as saving:
        results.get_by_role("link", name=name, exact=True).click()
    assert re.match(r"conflict-archive-reports-bridge-\d{4}-\d\d-\d\d\.", saving.value.suggested_filename)
    expect(news(results)).to_have_text(f"Downloaded {REPORTS} of {REPORTS} records.")
    expect(results.get_by_role("progressbar")).to_be_hidden()
    if name == "CSV":
        with Path(saving.value.path()).open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.DictReader(file))) == REPORTS


def test_much_is_written_to_the_file_that_the_reader_chose(results):
    # A headless browser has no dialog; the file is a real one, in the browser's own store.
    results.evaluate(
        """() => {
            document.querySelector(".take-along").dataset.total = "20000";
            window.showSaveFilePicker = async (options) =>
                (await navigator.storage.getDirectory()).getFileHandle(options.suggestedName, { create: true });
        }"""
    )
    results.get_by_role("link", name="JSON lines").click()
    expect(news(results)).to_have_text(f"Downloaded {REPORTS} of {REPORTS} records.")
    written = results.evaluate(
        """async () => {
            const directory = await navigator.storage.getDirectory();
            const handle = await directory.getFileHandle("conflict-archive.jsonl");
            return (await (await handle.getFile()).text()).trim().split("\\n").length;
        }"""
    )
    assert written == REPORTS


def hold_back(page):
    """Lets a download begin and then wait, as on a slow line."""
    page.evaluate(
        """() => {
            const read = ReadableStreamDefaultReader.prototype.read;
            const begun = new Promise((go) => { window.goOn = go; });
            let pieces = 0;
            ReadableStreamDefaultReader.prototype.read = async function () {
                pieces += 1;
                if (pieces > 1) await begun;
                return read.call(this);
            };
        }"""
    )


def test_while_it_comes_it_tells_how_far_it_is_and_can_be_cancelled(results):
    hold_back(results)
    results.get_by_role("link", name="CSV").click()
    expect(results.get_by_role("progressbar")).to_be_visible()
    expect(results.locator("#download-count")).to_have_text(re.compile(rf"^\d+ of {REPORTS}$"))
    # The first piece that comes may hold most of it.
    expect(news(results)).to_have_text(re.compile(rf"^(Downloading {REPORTS} records|[1-9]0% downloaded)\.$"))
    results.get_by_role("button", name="Cancel").click()
    results.evaluate("window.goOn()")
    expect(news(results)).to_have_text("The download was cancelled; nothing was saved.")
    expect(results.get_by_role("progressbar")).to_be_hidden()
    expect(results.get_by_role("link", name="CSV")).to_be_focused()


def test_where_it_breaks_off_nothing_is_saved_and_the_plain_link_is_offered(results):
    results.evaluate(
        """() => {
            const read = ReadableStreamDefaultReader.prototype.read;
            let pieces = 0;
            ReadableStreamDefaultReader.prototype.read = async function () {
                pieces += 1;
                if (pieces > 1) throw new TypeError("network error");
                return read.call(this);
            };
        }"""
    )
    results.get_by_role("link", name="RIS").click()
    expect(news(results)).to_contain_text("The download broke off; nothing was saved.")
    with results.expect_download() as saving:
        results.get_by_role("link", name="Download it without this display").click()
    assert saving.value.suggested_filename.endswith(".ris")


def test_without_scripts_the_link_downloads(browser, live_server, reports):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/search/?q=bridge")
    with page.expect_download() as saving:
        page.get_by_role("link", name="CSV").click()
    with Path(saving.value.path()).open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == REPORTS
    context.close()
