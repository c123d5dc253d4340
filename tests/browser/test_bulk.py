"""An editor changes all that a search finds, from the results to the undoing, on a wide and a narrow screen."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from archive.models import Article
from archive.search import sync
from tests.factories import make_outlet, make_report_with_quote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def editor_page(page, live_server, client, django_user_model, monkeypatch):
    monkeypatch.setattr(sync, "drain_in_background", lambda: None)
    for number in range(3):
        make_report_with_quote(f"Bridge {number}", outlet=make_outlet("Harrow Gazette"))
    make_outlet("Almera Post")
    sync.build()
    client.force_login(django_user_model.objects.create_superuser("editor", password="a long password"))
    session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    page.context.add_cookies([session | {"url": live_server.url}])
    return page


def assert_narrow_enough(page):
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", [1280, 375])
def test_from_the_results_to_the_undoing(editor_page, live_server, width):
    page = editor_page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}/search/?q=bridge")
    page.get_by_role("link", name="Change all of these").click()
    expect(page.get_by_text("finds 3 reports.")).to_be_visible()
    assert_narrow_enough(page)
    page.get_by_label("Set the outlet").check()
    page.get_by_label("Outlet:").select_option("Almera Post")
    page.get_by_label("Reason:").fill("It was misread.")
    page.get_by_role("button", name="Show what changes").click()
    assert_narrow_enough(page)
    page.get_by_role("button", name="Change 3").click()
    expect(page.get_by_text("Done.")).to_be_visible()
    assert Article.objects.filter(outlet__name="Almera Post").count() == 3
    assert_narrow_enough(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone.", exact=True)).to_be_visible()
    assert Article.objects.filter(outlet__name="Harrow Gazette", edited=[]).count() == 3
