"""Every page, in every state: no barriers, valid HTML, nothing sideways, nothing that moves, and light to send."""

import pytest

from tests.browser.every_page.looking import (
    ALL_RULES,
    DESK,
    NARROWEST,
    PHONE,
    RULES_OF_THE_LOOK,
    barriers,
    moving,
    open_page,
    shifts,
    sideways,
    watched,
)
from tests.browser.every_page.markup import Markup
from tests.browser.every_page.pages import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(120)]

# One page load serves all checks that can share it.
EACH = pytest.mark.parametrize(("archive", "page"), [(page.archive, page) for page in PAGES], indirect=["archive"], ids=str)


@EACH
def test_it_has_no_barriers_and_is_light(archive, page, context):
    watch = watched(context, archive.url)
    tab = watch.tab
    open_page(watch, page, archive.address(page))
    found = {
        "while it came": list(watch.problems(page)),
        "weight": list(watch.too_heavy(page)),
        "markup": list(Markup(watch.html).problems()),
        "shifts on a desk": shifts(tab),
        "barriers on a desk": barriers(tab, ALL_RULES),
        "motion": moving(tab),
        "sideways with large text": sideways(tab, DESK, "200%"),
    }
    tab.emulate_media(color_scheme="dark")
    found["barriers in the dark"] = barriers(tab, RULES_OF_THE_LOOK)
    found["sideways where it is narrowest"] = sideways(tab, NARROWEST)
    tab.set_viewport_size({"width": PHONE, "height": 800})
    found["barriers on a phone in the dark"] = barriers(tab, ALL_RULES)
    tab.emulate_media(color_scheme="light")
    found["barriers on a phone"] = barriers(tab, RULES_OF_THE_LOOK)
    if not page.reach:
        tab.reload()
        found["shifts on a phone"] = shifts(tab)
    assert {check: problems for check, problems in found.items() if problems} == {}
