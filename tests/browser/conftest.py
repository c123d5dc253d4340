"""A real browser on a real server."""

import os

import pytest
from django.conf import settings as project
from django.core.management import call_command
from playwright.sync_api import sync_playwright

# Playwright runs an event loop in this thread; Django then takes every query for one made inside of it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """A page that fails the test where the browser reports an error of ours."""
    context = browser.new_context()
    context.set_default_timeout(15_000)
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def seed(transactional_db):
    """The seed document, imported and indexed by the commands themselves."""
    call_command("import_articles", str(project.BASE_DIR / "seeds"), jobs=1)
