"""The main way through the archive, in a browser: home, search, report, person, admin, found again."""

import re

import pytest
from playwright.sync_api import expect

from archive.search import sync

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]
TITLE = "Fifty Afghan Taliban leaders killed in rocket strike, U.S. military says"


def search_for(page, words):
    page.get_by_role("combobox", name="Search reports and quotes").first.fill(words)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("words", ["rocket strike", "opium OR poppy", '"peace proposal"'])
def test_the_seed_is_found_with_its_words_highlighted(page, live_server, seed, words):
    page.goto(live_server.url)
    search_for(page, words)
    expect(page.get_by_role("link", name=re.compile("Fifty Afghan Taliban leaders")).first).to_be_visible()
    found = {text.lower() for text in page.locator("main mark").all_inner_texts()}
    assert found <= {"rocket", "strike", "strikes", "poppy", "peace", "proposal", "peace proposal"}
    assert found


def test_from_home_to_the_words_of_a_person(page, live_server, seed):
    page.goto(live_server.url)
    search_for(page, "diplomatic dialogue")
    page.get_by_role("link", name=re.compile("Fifty Afghan")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert page.locator("article mark.quote:not(.reported)").count() == 6
    page.get_by_role("link", name="Speaker: John Nicholson").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("John Nicholson")
    expect(page.get_by_role("heading", name="1 statement in reported speech")).to_be_visible()
    places = page.locator("[aria-labelledby=quotes] a[href*='#q']").evaluate_all(
        "links => [...new Set(links.map(link => link.href))]"
    )
    assert len(places) == 5
    for place in places:
        page.goto(place)
        words = page.locator(f"#{place.partition('#')[2]}")
        expect(words).to_be_in_viewport()
        assert words.inner_text()[0] == '"'


def test_a_person_who_is_only_furniture_has_no_page(live_server, seed, client):
    assert client.get("/people/lionel-messi/").status_code == 404
    assert client.get("/people/martin-odonnell/").status_code == 200


def test_an_editor_corrects_a_report_and_it_is_found_by_its_new_words(
    page, live_server, seed, django_user_model, monkeypatch, code_of
):
    # The process that an edit starts of its own would ask for the archive's database, not the test's.
    monkeypatch.setattr(sync, "_start_draining", sync.drain_if_nobody_does)
    django_user_model.objects.create_superuser("editor", "editor@archive.example", "a long password")
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("img", name="QR code of the key that stands below")).to_be_visible()
    page.get_by_role("textbox", name="Code").fill(code_of(page.locator(".typed-key").inner_text()))
    page.get_by_role("button", name="Set up").click()
    expect(page.locator(".backup-codes li")).to_have_count(10)
    page.get_by_role("link", name="I have them: go on").click()
    page.get_by_role("link", name="Articles", exact=True).first.click()
    page.get_by_role("link", name=TITLE).click()

    page.get_by_label("Title:").fill("Strike in Helmand kills fifty")
    rows = page.locator(".inline-related.has_original")
    assert rows.count() >= 6
    wrong, rejected = rows.filter(has_text="A lot of the diplomatic"), rows.filter(has_text="robust dialogue")
    wrong.get_by_role("combobox", name=re.compile("John Nicholson")).click()
    page.locator(".select2-search__field").last.fill("danish")
    page.get_by_role("option", name="Najib Danish").click()
    rejected.locator("select[name$=state]").select_option("rejected")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("form .errorlist", has_text="Say why: readers see what you change here.")).to_be_visible()
    page.get_by_label("Reason:").fill("The spokesman is meant.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")

    page.goto(f"{live_server.url}/corrections/")
    correction = page.locator(".correction", has_text="The spokesman is meant.")
    expect(correction.locator("li", has_text="Title:").locator("ins")).to_have_text("Strike in Helmand kills fifty")
    expect(correction.locator("li", has_text="Speaker:").locator("ins")).to_have_text("Najib Danish")
    expect(correction.locator("li", has_text="uotation taken out: it is none")).to_have_count(1)

    page.goto(f"{live_server.url}/people/najib-danish/")
    expect(page.locator("main")).to_contain_text("A lot of the diplomatic activity")
    page.goto(f"{live_server.url}/people/john-nicholson/")
    expect(page.locator(".quoted-words").filter(has_text="robust dialogue")).to_have_count(0)
    search_for(page, '"Strike in Helmand"')
    expect(page.get_by_role("link", name="Strike in Helmand kills fifty").first).to_be_visible()
    search_for(page, '"leaders killed in rocket strike"')
    expect(page.locator("main")).not_to_contain_text("Strike in Helmand kills fifty")


def test_everything_is_reached_by_the_keyboard(page, live_server, seed):
    page.goto(f"{live_server.url}/reports/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text(re.compile("skip", re.IGNORECASE))
    page.keyboard.press("Enter")
    page.goto(f"{live_server.url}/reports/")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.locator(":focus").get_attribute("type") == "search":
            break
    page.keyboard.type("poppy")
    page.keyboard.press("Enter")
    expect(page.locator("main mark").first).to_have_text("poppy")


def test_pages_work_without_scripts_and_from_this_host_only(browser, live_server, seed):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/search/?q=poppy", "/search/help/", "/reports/", "/people/", "/people/john-nicholson/"):
        assert page.goto(live_server.url + path).status == 200
    context.close()
    assert all(url.startswith(live_server.url) for url in asked)
