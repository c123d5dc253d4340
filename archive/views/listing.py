"""Reads the reports as a list with their numbers: from the index, or, while there is none that knows them all, from the
database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Protocol, TypeVar

from archive import search
from archive.models import Article
from archive.models.article import ArticleQuerySet
from archive.search.sync import is_behind

Answer = TypeVar("Answer")


class Reports(Protocol):
    """What both can tell; search.Reports says what each method gives."""

    def of_outlet(self, key: int) -> Reports: ...
    def between(self, earliest: date, latest: date) -> Reports: ...
    def undated(self) -> Reports: ...
    def count(self) -> int: ...
    def __getitem__(self, rows: slice) -> list[int]: ...
    def count_undated(self) -> int: ...
    def years(self) -> list[tuple[int, int]]: ...
    def by_days(self, days: Sequence[int]) -> list[int]: ...
    def by_outlet(self) -> dict[int, int]: ...


class StoredReports:
    """Told by the database, of which the whole list of a large archive takes seconds."""

    def __init__(self, found: ArticleQuerySet):
        self._found = found

    def of_outlet(self, key: int) -> StoredReports:
        return StoredReports(self._found.filter(outlet=key))

    def between(self, earliest: date, latest: date) -> StoredReports:
        return StoredReports(self._found.published_between(earliest, latest))

    def undated(self) -> StoredReports:
        return StoredReports(self._found.undated())

    def count(self) -> int:
        return self._found.count()

    def __getitem__(self, rows: slice) -> list[int]:
        return list(self._found.newest_first().values_list("pk", flat=True)[rows])

    def count_undated(self) -> int:
        return self._found.undated().count()

    def years(self) -> list[tuple[int, int]]:
        return self._found.published_by_year()

    def by_days(self, days: Sequence[int]) -> list[int]:
        return self._found.published_by_days(days)

    def by_outlet(self) -> dict[int, int]:
        return self._found.count_by_outlet()


def with_reports(read: Callable[[Reports], Answer]) -> Answer:
    """What `read` makes of all reports that readers may see; it may be called twice. Where the worker is off, and what
    came in last is not in the index, the database tells them too."""
    if not is_behind():
        with suppress(search.NotReady):
            return search.with_reports(read)
    return read(StoredReports(Article.objects.visible()))


def articles_of(keys: Sequence[int]) -> list[Article]:
    """The reports of these keys in their order, with what a line of a list says of each. One that has been withheld
    meanwhile is left out."""
    found = Article.objects.visible().with_outlet().with_opening().in_bulk(keys)
    return [found[key] for key in keys if key in found]
