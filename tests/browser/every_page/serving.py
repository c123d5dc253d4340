"""The archive's web pages as they are served for real: static files compressed, with their digests in their names."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.test.testcases import LiveServerThread

from tests.browser.every_page.pages import Page
from tests.browser.every_page.records import Records

STATIC = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that is being served; without records where it is empty."""

    url: str
    records: Records | None

    def address(self, page: Page) -> str:
        return self.url + page.path(self.records)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A server that runs meanwhile, and its address; its static files and its index lie in the folder.

    Its static files come from the archive's own middleware. The one that Django puts before a server for tests neither
    compresses them nor lets browsers keep them.
    """
    with override_settings(
        STORAGES=settings.STORAGES | STATIC,
        STATIC_ROOT=folder / "static",
        SEARCH_INDEX_DIR=folder / "index",
        ROOT_URLCONF="tests.browser.every_page.urls",
        API_RATE=None,
    ):
        call_command("collectstatic", verbosity=0, interactive=False)
        thread = LiveServerThread("localhost", static_handler=lambda application: application)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        yield f"http://localhost:{thread.port}"
        thread.terminate()
