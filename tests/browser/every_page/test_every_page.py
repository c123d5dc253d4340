"""Every page, in every state: no barriers, valid HTML, nothing sideways, nothing that moves, and light to send."""

import pytest

from tests.browser.every_page.looking import problems_of
from tests.browser.every_page.pages import FULL, PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(180)]


@pytest.mark.parametrize("page", [page for page in PAGES if page.archive == FULL], ids=str)
def test_it_has_no_barriers_and_is_light(archive, page, context):
    assert problems_of(archive, page, context) == {}
