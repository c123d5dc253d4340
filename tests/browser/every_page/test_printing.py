"""On paper a page can be put in evidence: what it says, from where, with which digest, read when, on which of how many
pages; and nothing that can only be clicked."""

import io
import re
from datetime import date

import pytest
from django.conf import settings
from django.utils.formats import date_format
from pypdf import PdfReader

from tests.browser.every_page.looking import open_page, watched
from tests.browser.every_page.pages import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(120)]

BY_NAME = {page.name: page for page in PAGES}
EVIDENCE = ["report-many-speakers", "report-corrected", "report-arabic", "person", "quotation"]
ONLY_CLICKED = ["Skip to the content", "How to search", "API for programs", "as the system", "Download", "Copy"]


def printed(archive, page, context, scheme: str = "light") -> list[str]:
    """The text of each sheet."""
    watch = watched(context, archive.url)
    open_page(watch, page, archive.address(page))
    watch.tab.emulate_media(color_scheme=scheme)
    data = watch.tab.pdf(format="A4", prefer_css_page_size=True)
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(data)).pages]


@pytest.mark.parametrize("name", EVIDENCE)
def test_it_says_from_where_and_when(archive, name, context):
    page = BY_NAME[name]
    sheets = printed(archive, page, context)
    whole = " ".join(sheets)
    without_breaks = whole.replace(" ", "")
    assert f"{settings.SITE_URL}{page.path(archive.records)}".replace(" ", "") in without_breaks
    assert f"read on {date_format(date.today(), 'j F Y')}" in whole
    for number, sheet in enumerate(sheets, 1):
        assert f"Page {number} of {len(sheets)}" in sheet
    assert [words for words in ONLY_CLICKED if words in whole] == []


@pytest.mark.parametrize("name", ["report-many-speakers", "report-corrected", "quotation"])
def test_it_has_the_digest_of_the_original(archive, name, context):
    whole = "".join(printed(archive, BY_NAME[name], context)).replace(" ", "")
    record = archive.records.many_speakers if name == "report-many-speakers" else archive.records.corrected
    [sha256] = record.versions.filter(shown=True).values_list("readings__original__sha256", flat=True)
    assert sha256 in whole


def test_who_speaks_is_printed_beside_their_words(archive, context):
    whole = " ".join(printed(archive, BY_NAME["report-many-speakers"], context))
    assert "Ilse Brandvold" in whole
    assert re.search("The harbour burned for 3 hours", whole)


def test_the_marks_of_a_report_are_black_on_white_whatever_the_theme(archive, context):
    watch = watched(context, archive.url)
    page = BY_NAME["report-many-speakers"]
    open_page(watch, page, archive.address(page))
    watch.tab.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    watch.tab.emulate_media(color_scheme="dark", media="print")
    told = "() => ['backgroundColor', 'color'].map(name => getComputedStyle(document.body)[name])"
    assert watch.tab.evaluate(told) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert watch.tab.evaluate(
        "() => getComputedStyle(document.documentElement).getPropertyValue('--hue-1').trim()"
    ) == ("#0b2b5f")
