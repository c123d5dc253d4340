"""The editors' queue in a real browser: worked off with the keyboard alone, and by mouse without scripts."""

import time

import pytest
from playwright.sync_api import expect

from archive.models import Person, PossibleDuplicate, Quote
from archive.search import sync
from tests.factories import make_article, make_candidate, make_mention, make_person, make_possible_duplicate, make_quote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]
TEXT = (
    "Major Omar Tarnov and Colonel Vera Lindqvist met at Harrow Ford on day {day}.\n\n"
    '"The bridge holds on day {day}", the officer said.\n\n'
    "Residents had fled before dawn."
)
NAMES = ("Omar Tarnov", "Vera Lindqvist")


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    # The process that an edit starts of its own would ask for the archive's database, not the test's.
    monkeypatch.setattr(sync, "_start_draining", sync.drain_if_nobody_does)


@pytest.fixture
def people():
    make_person("Greta Solheim")
    return [make_person(name) for name in NAMES]


@pytest.fixture
def doubtful(people):
    """Twelve quotes, of each of which it is open which of two said it; the newest report first."""
    quotes = []
    for day in range(12):
        article = make_article(f"Day {day} at Harrow Ford", TEXT.format(day=day))
        quote = make_quote(article, f'"The bridge holds on day {day}"', confidence=0.1)
        for person in people:
            make_mention(article, person, person.name)
            make_candidate(quote, person.name, person)
        quotes.insert(0, quote)
    return quotes


@pytest.fixture
def logged_in(page, live_server, django_user_model, client):
    editor = django_user_model.objects.create_superuser("editor", "editor@archive.example", "a long password")
    client.force_login(editor)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return page


def shows(page, quote, keys=True):
    """Waits until the quote is the one before the editor, and until the keys press something."""
    expect(page.locator("#decision input[name=item]")).to_have_value(str(quote.pk), timeout=20_000)
    if keys:
        expect(page.locator(".review-keys")).to_be_visible()


def test_ten_attributions_are_worked_off_with_the_keyboard_in_under_two_minutes(logged_in, live_server, doubtful):
    page = logged_in
    page.goto(f"{live_server.url}/admin/archive/reviewclaim/candidates/")
    expect(page.locator(".review-left [aria-current] + .count")).to_have_text("12")
    began = time.monotonic()
    keys = ["1", "2", "c", "x", "u", "s", "1", "2"]
    for quote, key in zip(doubtful, keys, strict=False):
        shows(page, quote)
        page.keyboard.press(key)
    shows(page, doubtful[8])
    page.keyboard.press("o")
    page.keyboard.type("solheim")
    expect(page.locator("#found button")).to_have_text("Greta Solheim")
    page.keyboard.press("Enter")
    shows(page, doubtful[9])
    page.keyboard.press("n")
    page.keyboard.type("Ilse Brandvold")
    page.keyboard.press("Enter")
    shows(page, doubtful[10])
    page.keyboard.press("r")
    page.keyboard.type("cx1, as the interview has it")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    shows(page, doubtful[11])
    assert time.monotonic() - began < 120

    expect(page.locator(".review-left [aria-current] + .count")).to_have_text("2")  # the skipped one, and this
    decided = [(quote.state, quote.said_by and quote.said_by.name) for quote in Quote.objects.order_by("-article")]
    tarnov, lindqvist = NAMES
    assert decided == [
        ("corrected", tarnov),
        ("corrected", lindqvist),
        ("confirmed", None),
        ("rejected", None),
        ("corrected", None),
        ("found", None),
        ("corrected", tarnov),
        ("corrected", lindqvist),
        ("corrected", "Greta Solheim"),
        ("corrected", "Ilse Brandvold"),
        ("corrected", tarnov),
        ("found", None),
    ]
    assert Quote.objects.get(pk=doubtful[4].pk).speaker_kind == "unnamed"
    event = doubtful[10].events.latest("pgh_id")
    assert event.pgh_context.metadata["reason"] == "cx1, as the interview has it"

    page.keyboard.press("z")
    shows(page, doubtful[10])
    assert Quote.objects.get(pk=doubtful[10].pk).state == "found"


def test_keys_can_be_turned_off_and_mean_nothing_with_others(logged_in, live_server, doubtful):
    page = logged_in
    page.goto(f"{live_server.url}/admin/archive/reviewclaim/candidates/")
    page.keyboard.press("Control+x")
    page.get_by_label("Keys press the buttons").uncheck()
    page.locator("h1").click()
    page.keyboard.press("x")
    page.reload()
    page.keyboard.press("x")
    page.get_by_role("link", name="Speaker not known").click()
    assert set(Quote.objects.values_list("state", flat=True)) == {"found"}
    page.go_back()
    page.get_by_label("Keys press the buttons").check()
    page.locator("h1").click()
    page.keyboard.press("x")
    shows(page, doubtful[1])


def test_enter_in_a_field_decides_nothing_by_itself(logged_in, live_server, doubtful):
    page = logged_in
    page.goto(f"{live_server.url}/admin/archive/reviewclaim/candidates/")
    page.keyboard.press("r")
    page.keyboard.type("because")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    shows(page, doubtful[0])
    assert set(Quote.objects.values_list("state", flat=True)) == {"found"}


def test_who_stops_waiting_for_the_answer_can_decide_again(logged_in, live_server, doubtful):
    page, posts = logged_in, []
    page.goto(f"{live_server.url}/admin/archive/reviewclaim/candidates/")
    shows(page, doubtful[0])

    def leave_as_it_is(route):
        """As where the answer does not come: the page stays."""
        if route.request.method == "POST":
            posts.append("decision=reject" in route.request.post_data)
            route.fulfill(status=204)
        else:
            route.continue_()

    page.route("**/reviewclaim/**", leave_as_it_is)
    page.evaluate("addEventListener('keydown', (event) => (window.untouched = !event.defaultPrevented))")
    page.keyboard.press("x")
    page.wait_for_timeout(500)
    page.keyboard.press("c")
    page.keyboard.press("F7")
    assert page.evaluate("window.untouched")  # the browser's own keys are the browser's
    page.wait_for_timeout(500)
    assert posts == [True]
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_timeout(500)
    assert posts == [True, False]


def test_whose_session_is_over_is_not_shown_the_login_among_the_names(logged_in, live_server, doubtful):
    page = logged_in
    page.goto(f"{live_server.url}/admin/archive/reviewclaim/candidates/")
    shows(page, doubtful[0])
    page.context.clear_cookies()
    page.keyboard.press("o")
    with page.expect_response("**/login/**"):
        page.keyboard.type("solheim")
    page.wait_for_timeout(500)
    expect(page.locator("#found")).to_be_empty()


def test_people_are_told_apart_and_a_merge_leads_back_by_the_keyboard(logged_in, live_server, people):
    page = logged_in
    other = make_possible_duplicate(people[0], make_person("Umar Tarnov"))
    make_possible_duplicate(people[1], make_person("Vera Lindquist"))
    page.goto(f"{live_server.url}/admin/archive/reviewclaim/same-person/")
    page.keyboard.press("m")
    page.get_by_label("Reason:").fill("one woman")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#decision input[name=item]")).to_have_value(str(other.pk))
    page.keyboard.press("d")
    expect(page.locator("main")).to_contain_text("Nothing of this is left for you")
    assert PossibleDuplicate.objects.get(pk=other.pk).state == "different"
    assert Person.objects.count() == 4


def test_the_typed_reason_goes_along_to_the_page_of_the_merge(logged_in, live_server, people):
    page = logged_in
    make_possible_duplicate(people[0], make_person("Umar Tarnov"))
    page.goto(f"{live_server.url}/admin/archive/reviewclaim/same-person/")
    page.keyboard.press("r")
    page.keyboard.type("one man & one rank")
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    expect(page.get_by_label("Reason:")).to_have_value("one man & one rank")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_label("Reason:")).to_have_value("one man & one rank")


def test_a_reason_that_is_too_long_for_an_address_does_not_get_lost(logged_in, live_server, people):
    page = logged_in
    make_possible_duplicate(people[0], make_person("Umar Tarnov"))
    page.goto(f"{live_server.url}/admin/archive/reviewclaim/same-person/")
    page.get_by_label("Reason").fill("ж" * 600)
    page.get_by_role("link", name="One person: merge").click()
    expect(page.get_by_text("The reason is too long to go along")).to_be_visible()
    expect(page.get_by_label("Reason")).to_have_value("ж" * 600)


def test_quotation_and_decisions_of_a_long_report_are_on_one_screen(logged_in, live_server, people):
    page = logged_in
    day = "On this day the road to Harrow Ford was open and the harbour police watched it. "
    quote = make_quote(make_article(text=day * 200 + '"The bridge holds", he said. ' + day * 200), '"The bridge holds"')
    make_candidate(quote, "Harrow Ford", people[0])
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/admin/archive/reviewclaim/candidates/")
    expect(page.locator("mark.quote")).to_be_in_viewport(ratio=1)
    for name in ("Confirm: not known", "Not a quotation", "Skip", "Omar Tarnov"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 375, "height": 740})
    decisions, evidence = (
        page.locator(".review-decisions").bounding_box(),
        page.locator(".review-evidence").bounding_box(),
    )
    assert decisions["y"] < 1000
    assert decisions["y"] < evidence["y"]


def test_a_key_that_does_nothing_says_so(logged_in, live_server, people):
    page = logged_in
    make_possible_duplicate(people[0], make_person("Umar Tarnov"))
    page.goto(f"{live_server.url}/admin/archive/reviewclaim/same-person/")
    page.keyboard.press("z")
    expect(page.get_by_text("There is nothing to undo.")).to_be_visible()
    page.keyboard.press("c")
    expect(page.get_by_text("The key c does nothing here.")).to_be_visible()


def test_without_scripts_everything_is_a_button(browser, live_server, doubtful, client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("editor", "", "a long password"))
    context = browser.new_context(java_script_enabled=False)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Review queue").first.click()
    page.get_by_role("link", name="Two candidates").click()
    page.get_by_role("button", name="Vera Lindqvist").click()
    shows(page, doubtful[1], keys=False)
    page.get_by_label("Other speaker").fill("solheim")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Greta Solheim").click()
    shows(page, doubtful[2], keys=False)
    page.get_by_label("Reason").fill("because")
    page.get_by_label("Reason").press("Enter")
    page.get_by_label("New person").fill("Ilse Brandvold")
    page.get_by_label("New person").press("Enter")
    shows(page, doubtful[2], keys=False)
    page.get_by_role("button", name="New person").click()
    shows(page, doubtful[3], keys=False)
    page.get_by_role("button", name="Undo my last decision").click()
    shows(page, doubtful[2], keys=False)
    page.get_by_role("button", name="Skip").click()
    shows(page, doubtful[3], keys=False)
    context.close()
    speakers = [quote.speaker and quote.speaker.name for quote in Quote.objects.order_by("-article")[:3]]
    assert speakers == ["Vera Lindqvist", "Greta Solheim", None]
