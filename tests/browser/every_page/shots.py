"""`make shots`: pictures of every page in every state, light and dark, on a phone and a desk, and pages on paper, to be
looked at. Not a test: it runs only when it is named."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.every_page.looking import DESK, PHONE, open_page, watched
from tests.browser.every_page.pages import EMPTY, FULL, PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]

FOLDER = Path(os.environ.get("SHOTS") or settings.BASE_DIR / "var" / "screenshots").resolve()
ON_PAPER = ("article", "person", "quote")
HIGHEST = 6_000  # pixels of one picture; what is longer is cut off


def taken(archive, page, context) -> None:
    watch = watched(context, archive.url)
    open_page(watch, page, archive.address(page))
    tab = watch.tab
    FOLDER.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        for width in (PHONE, DESK):
            tab.set_viewport_size({"width": width, "height": 900})
            high = min(tab.evaluate("document.documentElement.scrollHeight"), HIGHEST)
            clip = {"x": 0, "y": 0, "width": width, "height": high}
            tab.screenshot(path=FOLDER / f"{page.name}-{width}-{scheme}.png", full_page=True, clip=clip)
    if page.route in ON_PAPER and page.status == 200 and not page.long:
        tab.pdf(path=FOLDER / f"{page.name}.pdf", format="A4", prefer_css_page_size=True)


@pytest.mark.parametrize("archive", [EMPTY], indirect=True)
@pytest.mark.parametrize("page", [page for page in PAGES if page.archive == EMPTY], ids=str)
def test_pages_of_an_empty_archive(archive, page, context):
    taken(archive, page, context)


@pytest.mark.parametrize("page", [page for page in PAGES if page.archive == FULL], ids=str)
def test_pages(archive, page, context):
    taken(archive, page, context)
