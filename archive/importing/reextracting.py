"""Goes over the archive with the present extraction: each report whole or not at all."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pghistory
from django.db import DatabaseError, IntegrityError
from django.db.models import QuerySet

from archive.extraction import EXTRACTOR_VERSION, Extraction
from archive.importing.preparing import ShownText, extracted
from archive.importing.requoting import Changes, requote
from archive.importing.run import ATTEMPTS, is_away, persistently
from archive.models import Version
from archive.processes import in_order

BATCH = 16  # texts read from the database at once


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a report: its `changes`, None where an editor or an import put another version in its place; or
    the `problem` why it was left as it was."""

    article: int
    changes: Changes | None = None
    problem: str = ""


def outdated() -> QuerySet[Version]:
    """The shown versions that an older extraction has read."""
    return shown().filter(extractor_version__lt=EXTRACTOR_VERSION)


def shown() -> QuerySet[Version]:
    return Version.objects.filter(shown=True)


def reextract(versions: QuerySet[Version], *, jobs: int, dry_run: bool = False) -> Iterator[Result]:
    """Extracts anew from each of the versions, in as many processes as `jobs` says, and writes what is found; tells of
    each once it is committed. With `dry_run` nothing is written.

    Raises OperationalError where the database stays away; what was told by then is written.
    """
    with pghistory.context(command="reextract"):
        for text, found in in_order(extracted, _texts(versions), jobs):
            yield _write(text, found, dry_run)


def _texts(versions: QuerySet[Version]) -> Iterator[ShownText]:
    """In the order of their keys, so that each comes once, whatever is written meanwhile."""
    rows = versions.order_by("pk").values_list("pk", "article", "text", "furniture")
    batch = persistently(lambda: list(rows[:BATCH]))
    while batch:
        yield from (ShownText(*row) for row in batch)
        following = rows.filter(pk__gt=batch[-1][0])[:BATCH]
        batch = persistently(lambda following=following: list(following))


def _write(one: ShownText, found: Extraction, dry_run: bool) -> Result:
    for _ in range(ATTEMPTS):
        try:
            write = partial(requote, one.version, found, furniture=one.furniture, dry_run=dry_run)
            return Result(one.article, persistently(write))
        except DatabaseError as error:
            if is_away(error):
                raise
            problem = f"the database refuses it: {str(error).splitlines()[0]}"
            if not isinstance(error, IntegrityError):
                break
        # Somebody made the same person this moment. Asked anew, they are there.
        time.sleep(0.05)
    return Result(one.article, problem=problem)
