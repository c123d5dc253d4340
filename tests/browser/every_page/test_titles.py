"""Among a browser's tabs, in a list of results and when shared, each page is known by its own title and description."""

from collections import defaultdict

import pytest

from tests.browser.every_page.markup import Markup
from tests.browser.every_page.pages import FULL, PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(120)]

# States of one page, which the title need not tell apart.
STATES = {"report_error", "error_reported"}


@pytest.fixture
def pages(archive, context) -> list[tuple[str, Markup]]:
    """The pages that have an address of their own, as they are sent, each under one name."""
    of_address = {archive.address(page).partition("?q=")[0]: page for page in PAGES if page.archive == FULL}
    return [
        (page.name, Markup(context.request.get(archive.address(page)).text()))
        for page in of_address.values()
        if page.status == 200 and page.route not in STATES
    ]


def shared(pages, what) -> dict[str, list[str]]:
    """The names of pages of which this is the same."""
    names = defaultdict(list)
    for name, markup in pages:
        names[what(markup)].append(name)
    return {value: several for value, several in names.items() if len(several) > 1}


def test_no_title_or_description_is_that_of_another_page(pages):
    assert len(pages) > 30
    assert shared(pages, lambda markup: markup.title) == {}
    listed = [(name, markup) for name, markup in pages if markup.indexed]
    assert len(listed) > 25
    assert shared(listed, lambda markup: markup.description) == {}
