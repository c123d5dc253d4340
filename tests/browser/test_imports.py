"""An editor uploads files in a browser and sees what became of each, without asking again."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from archive.models import Article, ImportRun
from tests.factories import FERRY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


def test_files_are_uploaded_and_their_outcomes_appear(
    page, client, live_server, live_environment, django_user_model, tmp_path, settings, monkeypatch
):
    for name, value in live_environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("ARCHIVE_DATA_DIR", str(settings.DATA_DIR))  # where this server keeps uploads, too
    client.force_login(
        django_user_model.objects.create_superuser("editor", "editor@archive.example", "a long password")
    )
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    (tmp_path / "ferry.txt").write_text(FERRY)
    (tmp_path / "empty.txt").write_text(" ")
    page.goto(f"{live_server.url}{reverse('admin:archive_importrun_add')}")
    page.get_by_label("Files").set_input_files([tmp_path / "ferry.txt", tmp_path / "empty.txt"])
    page.get_by_label("Source").fill("Harrow Gazette")
    page.get_by_role("button", name="Upload and import").click()
    expect(page.get_by_text("Uploaded: 2.")).to_be_visible()
    # The process was started by the upload; the page finds out by itself.
    expect(page.get_by_role("link", name="Retry the failed")).to_be_visible(timeout=120_000)
    expect(page.get_by_role("link", name="imported 1")).to_be_visible()
    expect(page.get_by_text("holds nothing but white space")).to_be_visible()
    page.get_by_role("link", name="failed 1").click()
    expect(page.get_by_role("cell", name="empty.txt")).to_be_visible()
    assert Article.objects.get().outlet.name == "Harrow Gazette"
    assert ImportRun.objects.get().finished
