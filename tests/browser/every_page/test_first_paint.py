"""What a page waits for before anything is seen, and that nothing moves when letters come late.

On a slow phone's line (150 ms there and back, 1.6 Mbit/s, as Lighthouse has it) the first words are to be seen within
0.8 s. A machine that is busy with other tests measures no such time twice alike: tests hold the page to what it is made
of. The page itself takes one way there and back and its styles another, together 300 ms; in the other 500 ms come
100 kB, of which half is left for the browser's own work. `make bench` measures the time.
"""

import pytest

from tests.browser.every_page.looking import PHONE, shifts
from tests.browser.every_page.pages import MAIN

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(120)]

MOST_AWAITED = 50_000  # bytes
MOST_AT_ONCE = 10  # what a browser fetches beside each other over two ways there and back, without a third

BLOCKING = """() => performance.getEntriesByType('resource')
  .filter(entry => entry.renderBlockingStatus === 'blocking')
  .map(entry => [new URL(entry.name).pathname, entry.encodedBodySize])"""
DOCUMENT = "() => performance.getEntriesByType('navigation')[0].encodedBodySize"


@pytest.mark.parametrize("page", MAIN, ids=str)
def test_little_is_awaited_before_the_first_words_are_seen(archive, context, page):
    tab = context.new_page()
    tab.goto(archive.address(page), wait_until="load")
    awaited = tab.evaluate(BLOCKING)
    assert 0 < len(awaited) <= MOST_AT_ONCE, awaited
    assert sum(size for _, size in awaited) + tab.evaluate(DOCUMENT) < MOST_AWAITED, awaited


@pytest.mark.parametrize("page", MAIN, ids=str)
def test_no_style_sheet_is_found_only_in_another(archive, context, page):
    tab = context.new_page()
    imported = []
    tab.on("request", lambda request: imported.append(request.url) if not_in_head(request) else None)
    tab.goto(archive.address(page), wait_until="load")
    links = tab.eval_on_selector_all("link[rel=stylesheet]", "links => links.map(link => link.href)")
    assert [url for url in imported if url not in links] == []


def not_in_head(request) -> bool:
    return request.resource_type == "stylesheet"


@pytest.mark.parametrize("width", [PHONE, 1280])
@pytest.mark.parametrize("page", MAIN, ids=str)
def test_nothing_moves_when_letters_and_scripts_come_late(archive, browser, page, width):
    context = browser.new_context(viewport={"width": width, "height": 800})

    tab = context.new_page()

    def late(milliseconds: int):
        def answer(route) -> None:
            tab.wait_for_timeout(milliseconds)
            route.continue_()

        return answer

    # The letters come when the page has long been painted, for which it waits for the first script.
    tab.route("**/*.js", late(50))
    tab.route("**/*.woff2", late(700))
    tab.goto(archive.address(page), wait_until="load")
    found = shifts(tab)
    context.close()
    assert found == []
