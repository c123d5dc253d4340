"""An editor selects words in a browser, and readers see them as a quotation of a person."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from archive.search import sync
from tests.factories import make_article, make_mention, make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

# What one character of a browser's is two of, stands before the words: the places must agree all the same.
TEXT = (
    "🚢 Ferry sunk 🚢 near Port Almera.\n\nThe boat went down, Ilse Brandvold told reporters. Divers were on their way."
    "\n\nRead also: a bridge was shelled."
)


@pytest.fixture
def marking(page, live_server, client, django_user_model, monkeypatch):
    """The page to mark in a report's text, with an editor logged in."""
    monkeypatch.setattr(sync, "drain_in_background", lambda: None)
    article = make_article("Ferry sunk", TEXT)
    make_mention(article, make_person("Ilse Brandvold", "Brandvold"), "Ilse Brandvold")
    client.force_login(django_user_model.objects.create_superuser("editor", password="a long password"))
    session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    page.context.add_cookies([session | {"url": live_server.url}])
    page.goto(f"{live_server.url}{reverse('admin:archive_article_mark', args=[article.pk])}")
    return page, f"{live_server.url}{article.get_absolute_url()}"


def select(page, words):
    """Drags the mouse over the words."""
    ends = page.evaluate(
        """(words) => {
            const walker = document.createTreeWalker(document.querySelector(".marked-text"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                walker.currentNode.parentElement.scrollIntoView({ block: "center" });
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                const boxes = range.getClientRects();
                const [first, last] = [boxes[0], boxes[boxes.length - 1]];
                return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
            }
        }""",
        words,
    )
    page.mouse.move(ends[0], ends[1])
    page.mouse.down()
    page.mouse.move(ends[2], ends[3], steps=8)
    page.mouse.up()


def test_words_selected_with_the_mouse_are_a_quotation_of_a_person_for_readers(marking):
    page, public = marking
    bar = page.get_by_role("toolbar", name="Mark the selected words")
    expect(bar).to_be_hidden()
    select(page, "The boat went down")
    expect(bar).to_be_visible()
    expect(bar.get_by_role("button", name="Not a quotation")).to_be_hidden()
    bar.get_by_role("button", name="Quotation by…").click()
    expect(page.get_by_label("Their name")).to_be_focused()
    page.keyboard.type("Ilse Brandvold")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Marked: a quotation, by Ilse Brandvold.")).to_be_visible()
    expect(page.locator(".marked-text mark.quote")).to_have_text("The boat went down")
    page.goto(public)
    expect(page.locator("mark.quote")).to_have_text("The boat went down")
    expect(page.get_by_role("link", name="Speaker: Ilse Brandvold")).to_be_visible()


def test_furniture_is_marked_and_marks_are_taken_off(marking):
    page, public = marking
    bar = page.get_by_role("toolbar", name="Mark the selected words")
    select(page, "Read also: a bridge was shelled.")
    bar.get_by_role("button", name="Furniture", exact=True).click()
    expect(page.get_by_text("Marked as page furniture.")).to_be_visible()
    expect(page.locator(".marked-text .furniture")).to_have_text("Read also: a bridge was shelled.")
    page.locator(".marked-text .furniture").click()
    bar.get_by_role("button", name="Not furniture").click()
    expect(page.get_by_text("These words are no furniture any more.")).to_be_visible()
    select(page, "Divers were on their way.")
    bar.get_by_role("button", name="by somebody unnamed").click()
    marked = page.locator(".marked-text mark.quote", has_text="Divers were on their way.")
    marked.click()
    bar.get_by_role("button", name="Not a quotation").click()
    expect(page.get_by_text("The quotation is none any more.")).to_be_visible()
    expect(marked).to_have_count(0)


def test_words_selected_with_the_keyboard_lead_to_the_bar(marking):
    page, _ = marking
    page.evaluate(
        """() => {
            const words = document.querySelectorAll(".marked-text p")[1].firstChild;
            document.getSelection().setBaseAndExtent(words, 0, words, 3);
        }"""
    )
    page.keyboard.press("Shift+ArrowRight")
    bar = page.get_by_role("toolbar", name="Mark the selected words")
    expect(bar).to_be_visible()
    page.keyboard.press("Tab")
    expect(bar.get_by_role("button", name="Quotation by…")).to_be_focused()
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()


def test_a_name_is_completed_from_the_archive(marking):
    page, _ = marking
    make_person("Marta Quill")
    page.get_by_label("Their name").fill("Quill")
    expect(page.locator("#named-here option[value='Marta Quill']")).to_have_count(1)
