"""The text of a report in a browser: who speaks beside it, the strip along it, and links to passages of it."""

import re
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import make_article, make_outlet, make_person, make_quote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]

NIGHT = "Rain fell all night and nobody came. " * 12
BOXES = (
    "notes => notes.map(note => note.getBoundingClientRect()).map(box => [box.top, box.bottom, box.left, box.right])"
)


@pytest.fixture
def crowded(transactional_db):
    """A report in which twelve people say short things in one paragraph, and then nobody for some screens."""
    people = [make_person(f"Anna Theresa Berg{number}") for number in range(12)]
    said = [f'"Words {number}"' for number in range(12)]
    text = f"{' and '.join(said)}.\n\n{NIGHT}\n\n{NIGHT}\n\nMore: a fair\n\nShe said it was over.\n\n{NIGHT}"
    start = text.index("More: a fair")
    article = make_article("Crowd at Tarn", text, outlet=make_outlet(), furniture=[(start, start + 12)])
    for words, person in zip(said, people, strict=True):
        make_quote(article, words, person, role="spokeswoman of the municipal council of Harrow Ford")
    make_quote(article, "it was over", people[0], kind="reported", negated=True)
    return article


def open_wide(page, live_server, article, query=""):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{live_server.url}{article.get_absolute_url()}{query}")


def select(page, words):
    """Selects words of the text, as a reader does with the mouse; they stand in one piece of it."""
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector(".report-text"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode() && !walker.currentNode.data.includes(words));
            const start = walker.currentNode.data.indexOf(words);
            getSelection().setBaseAndExtent(walker.currentNode, start, walker.currentNode, start + words.length);
        }""",
        words,
    )


def select_from_to(page, first, last):
    page.evaluate(
        """([first, last]) => {
            const find = words => {
                const walker = document.createTreeWalker(document.querySelector(".report-text"), NodeFilter.SHOW_TEXT);
                while (walker.nextNode() && !walker.currentNode.data.includes(words));
                return [walker.currentNode, walker.currentNode.data.indexOf(words)];
            };
            const [start, end] = [find(first), find(last)];
            getSelection().setBaseAndExtent(...start, end[0], end[1] + last.length);
        }""",
        [first, last],
    )


def copied(page):
    """The link that the bar copies."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link to this passage").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    return page.evaluate("navigator.clipboard.readText()")


def test_notes_stand_beside_the_text_and_not_on_each_other(page, live_server, crowded):
    open_wide(page, live_server, crowded)
    boxes = page.locator(".margin-note").evaluate_all(BOXES)
    assert len(boxes) == 12
    for (_, bottom, *_), (top, *_) in zip(boxes, boxes[1:], strict=False):
        assert bottom <= top
    lines = page.locator(".report-text p").first.bounding_box()
    side = page.locator(".report-side").bounding_box()
    assert all(lines["x"] + lines["width"] <= left and right <= side["x"] for _, _, left, right in boxes)
    first = page.locator(".quote").first.bounding_box()
    assert abs(boxes[0][0] - first["y"]) < 12
    expect(page.locator(".speakers-below").first).to_be_hidden()


def test_on_a_phone_who_speaks_stands_below_the_paragraph_folded(page, live_server, crowded):
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{live_server.url}{crowded.get_absolute_url()}")
    strip, text = page.locator(".strip").bounding_box(), page.locator(".report-text").bounding_box()
    assert strip["width"] > 10 * strip["height"] and strip["y"] + strip["height"] < text["y"]
    expect(page.locator(".margin-note").first).to_be_hidden()
    below = page.locator(".speakers-below")
    expect(below.get_by_role("link")).to_have_count(0)
    below.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(below.get_by_role("link", name="Speaker: Anna Theresa Berg11")).to_be_visible()


def test_the_strip_stays_in_view_and_leads_to_a_quotation(page, live_server, crowded):
    open_wide(page, live_server, crowded)
    strip = page.locator(".strip")
    box = strip.bounding_box()
    assert box["height"] > 10 * box["width"]
    page.evaluate("scrollTo({ top: 500, behavior: 'instant' })")
    expect(strip).to_be_in_viewport(ratio=0.9)
    segment = page.get_by_role("group", name="Who speaks where").get_by_role("link", name=re.compile("Berg7: "))
    segment.click()
    expect(page.locator(".quote:target")).to_have_text('"Words 7"')
    expect(page.locator(".quote:target")).to_be_in_viewport()


def test_the_strip_of_a_short_text_is_no_longer_than_the_text(page, live_server, transactional_db):
    article = make_article("Line", '"It is closed", she said.')
    make_quote(article, '"It is closed"', make_person())
    open_wide(page, live_server, article)
    along, strip = (page.locator(name).bounding_box() for name in (".report-along", ".strip"))
    assert strip["height"] <= along["height"] < 100


def test_notes_that_are_longer_than_the_text_push_what_follows_down(page, live_server, transactional_db):
    article = make_article("Line", '"It is closed", she said.')
    make_quote(
        article, '"It is closed"', make_person(), role="spokeswoman of the municipal council of Harrow Ford " * 3
    )
    open_wide(page, live_server, article)
    note, below = (page.locator(name).bounding_box() for name in (".margin-note", ".provenance"))
    assert note["height"] > 100 and note["y"] + note["height"] <= below["y"]


def test_the_keyboard_passes_the_strip_by_and_the_legend_leads_there(page, live_server, crowded):
    open_wide(page, live_server, crowded)
    page.locator(".report-voices a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".quote:target")).to_have_text('"Words 0"')
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.strip')") is None


def test_furniture_opens_for_the_words_of_a_link(page, live_server, crowded):
    open_wide(page, live_server, crowded)
    expect(page.get_by_text("More: a fair")).to_be_hidden()
    page.get_by_text("Page furniture, 1 paragraph").click()
    expect(page.get_by_text("More: a fair")).to_be_visible()
    start = crowded.shown_version.text.index("More: a fair")
    open_wide(page, live_server, crowded, f"?passage=1:{start}-{start + 4}#passage")
    expect(page.locator("#passage")).to_be_in_viewport()


def test_selected_words_have_a_link_that_leads_to_them(page, live_server, crowded):
    open_wide(page, live_server, crowded)
    expect(page.get_by_role("group", name="The selected passage")).to_be_hidden()
    select_from_to(page, "Words 10", "all night")
    link = copied(page)
    text = crowded.shown_version.text
    start, end = text.index("Words 10"), text.index("all night") + 9
    assert f"{crowded.get_absolute_url()}?passage=1:{start}-{end}#passage:~:text=Words%2010" in link
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator(".passage-linked").first).to_be_in_viewport()
    marked = "".join(page.locator(".passage-linked").all_text_contents())
    assert marked == text[start:end].replace("\n\n", "")


def test_a_browser_finds_the_passage_by_its_words_alone(page, live_server, crowded):
    """So the link leads there even where somebody has cut the question off it."""
    open_wide(page, live_server, crowded)
    for first, last in (("Words 10", "all night"), ("She said", "it was over")):
        select_from_to(page, first, last)
        words = copied(page).partition(":~:")[2]
        page.set_viewport_size({"width": 1280, "height": 200})
        page.goto("about:blank")
        page.goto(f"{live_server.url}{crowded.get_absolute_url()}#:~:{words}")
        expect(page.locator(".report-text").get_by_text(first).first).to_be_in_viewport()
        open_wide(page, live_server, crowded)


def test_words_that_stand_several_times_are_told_apart_by_those_around(page, live_server, crowded):
    open_wide(page, live_server, crowded)
    select(page, "Rain fell all")
    assert unquote(copied(page)).endswith(":~:text=Rain fell all,-night and nobody came.")
    select(page, "it was over")
    assert copied(page).endswith(":~:text=it%20was%20over")


def test_half_words_are_marked_as_selected_and_looked_for_whole(page, live_server, crowded):
    open_wide(page, live_server, crowded)
    select(page, "t was ove")
    assert copied(page).endswith(":~:text=it%20was%20over")


def test_characters_are_counted_as_the_server_does(page, live_server, transactional_db):
    article = make_article("Signs", "😀😀 Shells fell.\n\n😀 The mill burned down.")
    open_wide(page, live_server, article)
    select(page, "mill burned")
    link = copied(page)
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator("#passage")).to_have_text("mill burned")


def test_the_bar_is_reached_by_the_keyboard_and_closed(page, live_server, crowded):
    open_wide(page, live_server, crowded)
    select(page, "it was over")
    button = page.get_by_role("button", name="Copy link to this passage")
    expect(button).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="the next button copies a link")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="The selected passage")).to_be_hidden()


def test_where_a_page_may_not_copy_the_link_is_there_to_be_copied(page, live_server, crowded):
    open_wide(page, live_server, crowded)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not here')); }")
    select(page, "it was over")
    page.get_by_role("button", name="Copy link to this passage").click()
    field = page.get_by_role("textbox", name="Link to this passage")
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile(r"\?passage=1:\d+-\d+#passage:~:text=it%20was%20over$"))


def test_what_is_selected_outside_the_text_has_no_link(page, live_server, crowded):
    open_wide(page, live_server, crowded)
    select(page, "it was over")
    expect(page.get_by_role("group", name="The selected passage")).to_be_visible()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    expect(page.get_by_role("group", name="The selected passage")).to_be_hidden()


def test_copied_words_are_the_report_s_alone(page, live_server, crowded):
    open_wide(page, live_server, crowded)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    select_from_to(page, "Words 0", "all night")
    page.keyboard.press("Control+c")
    text = crowded.shown_version.text
    assert page.evaluate("navigator.clipboard.readText()") == text[text.index("Words 0") : text.index("all night") + 9]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_the_report_has_no_barriers(browser, live_server, crowded, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    start = crowded.shown_version.text.index("nobody came")
    page.goto(f"{live_server.url}{crowded.get_absolute_url()}?passage=1:{start}-{start + 11}&q=rain#q1")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    select(page, "a fair")
    expect(page.locator(".passage-bar")).to_be_visible()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()
    assert found.violations_count == 0, found.generate_report()
    assert not sideways
