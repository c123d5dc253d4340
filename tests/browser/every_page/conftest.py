"""What all pages are checked on: a filled and an empty archive, each made once, behind a server as for real."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections
from playwright.sync_api import Browser, BrowserContext

from tests.browser.every_page.pages import FULL
from tests.browser.every_page.records import make_records
from tests.browser.every_page.serving import Archive, serving


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that does not say which archive it takes takes the filled one."""
    said = any("archive" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "archive" in metafunc.fixturenames and not said:
        metafunc.parametrize("archive", [FULL], indirect=True)


@pytest.fixture(scope="package")
def archive(request, tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Archive]:
    """The archive of this name, which tests leave as it is.

    Its records are committed, for the server to see them, and outlive a test; therefore tests are marked `django_db`
    (so that the database is there) and not as transactional ones, which empty it after each.
    """
    folder = tmp_path_factory.mktemp("archive")
    with django_db_blocker.unblock(), serving(folder) as url:
        records = make_records() if request.param == FULL else None
        yield Archive(url, records)
        call_command("flush", verbosity=0, interactive=False)
        connections.close_all()


@pytest.fixture(autouse=True)
def index_directory():
    """The index is the one of the archive that is served, not one for each test."""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    context.set_default_timeout(20_000)
    yield context
    context.close()
