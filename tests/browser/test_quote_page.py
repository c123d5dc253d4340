"""The page of a quotation in a browser: any length and script, the evidence and its places, and the way on from it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archive.search import sync
from tests.factories import make_article, make_candidate, make_person, make_quote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]

STANDARD = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
RAIN = "Rain fell all night and nobody came. " * 12
TALKS = (
    f"U.S. Army Gen. Ada Brenn arrived.\n\n{RAIN}\n\n{RAIN}\n\nMr Lind came too.\n\n{RAIN}\n\n"
    "“We stay”, she said. “No”, he added."
)


def spans(*words):
    return [[TALKS.index(each), TALKS.index(each) + len(each)] for each in words]


@pytest.fixture
def quotes(transactional_db):
    """By what is hard about each."""
    brenn = make_person("Ada Brenn")
    talks = make_article("Talks", TALKS)
    she, general = spans("she", "U.S. Army Gen. Ada Brenn")
    long = "“" + "We shall not go from here before all of it is told. " * 40 + "”"
    arabic, chinese = "«لن نغادر هذه المدينة مهما طال الزمن»", "「我們不會離開這座城市」"
    found = {
        "steps": make_quote(
            talks,
            "“We stay”",
            brenn,
            role="Gen.",
            speaker_start=she[0],
            speaker_end=she[1],
            cue_start=she[1] + 1,
            cue_end=she[1] + 5,
            chain=[she, general],
        ),
        "one word": make_quote(talks, "“No”", cue_start=TALKS.index("added"), cue_end=TALKS.index("added") + 5),
        "long": make_quote(make_article("Statement", f"{long} Brenn said."), long, brenn),
        "Arabic": make_quote(make_article("بيان", f"قال: {arabic}", language="ar"), arabic),
        "Chinese": make_quote(make_article("聲明", f"他說：{chinese}", language="zh"), chinese),
        "rejected": make_quote(make_article("Nicknames", "The “Hammer” fell."), "“Hammer”", state="rejected"),
    }
    make_candidate(found["one word"], "Mr Lind")
    make_candidate(found["one word"], "Ada Brenn", brenn)
    sync.build()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_none_has_barriers_at_any_width(browser, live_server, quotes, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for name, quote in quotes.items():
        page.goto(live_server.url + quote.get_absolute_url())
        violations = Axe().run(page, options={"runOnly": STANDARD}).response["violations"]
        found[name] = [(violation["id"], violation["nodes"][0]["html"]) for violation in violations]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found[name].append("sideways")
    context.close()
    assert found == {name: [] for name in quotes}


def words_of(page):
    return page.locator(".large-quote blockquote p")


def size_of(page):
    return words_of(page).evaluate("words => parseFloat(getComputedStyle(words).fontSize)")


def test_few_words_are_large_and_many_are_still_read_with_ease(page, live_server, quotes):
    page.goto(live_server.url + quotes["one word"].get_absolute_url())
    assert size_of(page) >= 28
    page.goto(live_server.url + quotes["long"].get_absolute_url())
    assert 18 <= size_of(page) <= 21
    line = words_of(page).evaluate("words => words.clientWidth / parseFloat(getComputedStyle(words).fontSize)")
    assert line < 34  # about 72 characters


@pytest.mark.parametrize(("name", "direction"), [("Arabic", "rtl"), ("Chinese", "ltr")])
def test_words_of_other_scripts_run_in_their_own_direction(page, live_server, quotes, name, direction):
    page.goto(live_server.url + quotes[name].get_absolute_url())
    assert words_of(page).evaluate("words => getComputedStyle(words).direction") == direction
    passage = page.locator(".passage p").first
    assert passage.evaluate("passage => getComputedStyle(passage).direction") == direction
    expect(page.get_by_role("heading", name="How the speaker is known")).to_be_visible()


def test_each_step_leads_to_its_place_and_back(page, live_server, quotes):
    page.goto(live_server.url + quotes["steps"].get_absolute_url())
    steps = page.locator(".evidence-steps").get_by_role("listitem")
    expect(steps).to_have_text(
        [
            "The words stand in quotation marks at this place.",
            "The word of saying is “said”.",
            "The speaker is printed as “she”, with the role “Gen.”.",
            "“she” leads to “U.S. Army Gen. Ada Brenn”.",
            "Taken to be Ada Brenn, because the speaker and a word of saying follow the quote.",
        ]
    )
    for number, words in [(1, "“We stay”"), (2, "said"), (3, "she"), (4, "U.S. Army Gen. Ada Brenn")]:
        steps.nth(number - 1).get_by_role("link").first.click()
        place = page.locator(".passage :target")
        expect(place).to_have_text(words)
        expect(place).to_be_in_viewport()
        page.get_by_role("link", name=f"Step {number}", exact=True).click()
        expect(page.locator(f"#evidence-{number}")).to_be_in_viewport()
        expect(page).to_have_url(re.compile(rf"#evidence-{number}$"))


def test_who_is_not_decided_is_named_as_such(page, live_server, quotes):
    page.goto(live_server.url + quotes["one word"].get_absolute_url())
    expect(page.locator("figcaption")).to_have_text("Speaker not known")
    last = page.locator(".evidence-steps").get_by_role("listitem").last
    expect(last).to_contain_text("Who spoke is not known: the text has a verb of saying")
    expect(last).to_contain_text("It may be Mr Lind or Ada Brenn – that is not decided.")
    expect(page.locator(".passage .candidate")).to_have_text(["Ada Brenn", "Mr Lind"])


def test_what_an_editor_rejected_is_gone(browser, live_server, quotes):
    context = browser.new_context()
    page = context.new_page()
    response = page.goto(live_server.url + quotes["rejected"].get_absolute_url())
    assert response.status == 410
    expect(page.get_by_text("An editor rejected it")).to_be_visible()
    expect(page.get_by_text("Hammer")).to_have_count(0)
    context.close()


def test_from_the_search_to_the_hit_to_the_quotation_to_the_next_and_its_evidence(page, live_server, quotes):
    """The way of somebody who checks who said what."""
    page.goto(f"{live_server.url}/search/?q=arrived")
    page.get_by_role("link", name="Talks").click()
    expect(page.locator("#hit-1")).to_be_in_viewport()
    expect(page.get_by_role("button", name="keys j, k")).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator(f"#q{quotes['steps'].pk}").first).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator(f"#q{quotes['one word'].pk}").first).to_be_focused()
    page.goto(live_server.url + quotes["one word"].get_absolute_url())
    expect(page.get_by_text("Quotation 2 of 2 in this report")).to_be_visible()
    page.get_by_role("navigation", name="Quotations of this report").get_by_role("link", name="Previous").click()
    expect(words_of(page)).to_have_text("“We stay”")
    page.get_by_role("link", name="Read it in the report").click()
    expect(page.locator(f"#q{quotes['steps'].pk}").first).to_be_in_viewport()


def test_the_theme_is_switched_and_kept(page, live_server, quotes):
    page.emulate_media(color_scheme="light")
    page.goto(live_server.url + quotes["steps"].get_absolute_url())
    paper = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("radio", name="dark").check()
    page.wait_for_function(f"light => ({paper})() !== light", arg=light)
    dark = page.evaluate(paper)
    page.goto(f"{live_server.url}/search/?q=stay")
    assert page.evaluate(paper) == dark
    expect(page.get_by_role("radio", name="dark")).to_be_checked()
    page.get_by_role("radio", name="system").check()
    assert page.evaluate(paper) == light
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"dark => ({paper})() === dark", arg=dark)


def test_on_paper_there_is_the_quotation_with_its_evidence(page, live_server, quotes):
    page.goto(live_server.url + quotes["steps"].get_absolute_url())
    page.emulate_media(media="print")
    expect(words_of(page)).to_be_visible()
    expect(page.locator(".evidence-steps")).to_be_visible()
    expect(page.locator(".hash").first).to_be_visible()
    for part in (".beside", ".header-search"):
        expect(page.locator(part)).to_be_hidden()
