"""Puts the style sheets that a page needs together into one file: a slow line waits for one answer, not for nine."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SHEETS = {
    "css/site.css": ("tokens", "base", "layout", "components", "quotations", "corrections", "search"),
    "css/report-page.css": ("report", "voices", "sources", "related"),
    "css/quotation-page.css": ("quote", "sources"),
}


class StyleSheetFinder(BaseFinder):
    """Finds the files of SHEETS among the static files, each made of its parts in `static/css/` as they are now."""

    def __init__(self, *args, **kwargs) -> None:
        self.parts = settings.BASE_DIR / "static" / "css"
        self.made = FileSystemStorage(settings.STYLE_SHEETS_DIR)

    def check(self, **kwargs) -> list:
        return []

    def find(self, path: str, find_all: bool = False) -> str | list[str]:
        """The file's path, in a list if all are asked for; an empty list where it is none of these."""
        if path not in SHEETS:
            return []
        found = str(self._made(path))
        return [found] if find_all else found

    def list(self, ignore_patterns) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in SHEETS:
            self._made(path)
            yield path, self.made

    def _made(self, path: str) -> Path:
        text = "\n".join((self.parts / f"{part}.css").read_text("utf-8") for part in SHEETS[path])
        file = Path(self.made.path(path))
        if not file.exists() or file.read_text("utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, fresh = tempfile.mkstemp(dir=file.parent)
            with os.fdopen(handle, "w", encoding="utf-8") as written:
                written.write(text)
            Path(fresh).chmod(0o644)
            Path(fresh).replace(file)  # another process may read it, or make it too
        return file
