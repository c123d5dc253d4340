"""The pages of an archive that has nothing in it yet, and no index."""

import pytest

from tests.browser.every_page.looking import problems_of
from tests.browser.every_page.pages import EMPTY, PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(180)]


@pytest.mark.parametrize("archive", [EMPTY], indirect=True)
@pytest.mark.parametrize("page", [page for page in PAGES if page.archive == EMPTY], ids=str)
def test_it_has_no_barriers_and_is_light(archive, page, context):
    assert problems_of(archive, page, context) == {}
