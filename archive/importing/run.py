"""Runs an import: documents in, one line for each out, whatever happens to one of them."""

import contextlib
import time
from collections.abc import Iterable, Iterator, Set
from functools import partial

import pghistory
from django.db import DataError, IntegrityError, OperationalError, connection
from django.db.models import QuerySet
from django.utils import timezone

from archive.importing.articles import Outcome, Result, fail, import_alone, import_new, new_articles
from archive.importing.description import Defaults
from archive.importing.documents import Document
from archive.importing.known import Known
from archive.importing.preparing import Prepared, prepare_all
from archive.models import ImportLine, ImportRun, Original
from archive.reading import READER_VERSION

ATTEMPTS = 6  # with twice the wait each time: half a minute in all, enough for a database to come back


def run_import(
    documents: Iterable[Document], *, command: str, defaults: Defaults, jobs: int
) -> Iterator[tuple[Document, Result]]:
    """Imports the documents, each whole or not at all, and tells what became of each once it is committed.

    Raises OperationalError where the database stays away; what was told by then is written.
    """
    run = ImportRun.objects.create(command=command)
    with pghistory.context(command="import_articles", run=run.pk):
        for batch in prepare_all(documents, jobs, read_before):
            yield from _import_batch(batch, run, defaults)
    ImportRun.objects.filter(pk=run.pk).update(finished=timezone.now())


def read_before(hashes: list[str]) -> Set[str]:
    """Those of the hashes whose originals were read by this reader or a newer one."""
    return set(_persistently(lambda: _originals(hashes).values_list("sha256", flat=True)[:]))


def _originals(hashes: list[str]) -> QuerySet:
    return Original.objects.filter(sha256__in=hashes, readings__reader_version__gte=READER_VERSION)


def _import_batch(batch: list[Prepared], run: ImportRun, defaults: Defaults) -> Iterator[tuple[Document, Result]]:
    """What was read before, most of a second run, is told in one statement; new articles are written together, and
    each by itself where one of them cannot be written; the rest one by one."""
    unchanged = [one.sha256 for one in batch if not one.problem and one.reading is None]
    if unchanged:
        _persistently(lambda: _note_unchanged(unchanged, batch, run))
    known = _persistently(lambda: Known(batch))
    new = new_articles(batch, known)
    results: dict[int, Result] = {}
    with contextlib.suppress(IntegrityError, DataError):
        written = _persistently(lambda: import_new(new, run, defaults, known)) if new else []
        results = {id(one): result for one, result in zip(new, written, strict=True)}
    for one in batch:
        if one.sha256 in unchanged:
            yield one.document, Result(one.document.name, Outcome.UNCHANGED)
        else:
            yield one.document, results.get(id(one)) or _import_alone(one, run, defaults, known)


def _note_unchanged(hashes: list[str], batch: list[Prepared], run: ImportRun) -> None:
    rows = _originals(hashes).values_list("sha256", "pk", "readings__version__article")
    keys = {sha256: {"original_id": original, "article_id": article} for sha256, original, article in rows}
    ImportLine.objects.bulk_create(
        ImportLine(run=run, name=one.document.name, outcome=Outcome.UNCHANGED, **keys[one.sha256])
        for one in batch
        if one.sha256 in keys
    )


def _import_alone(one: Prepared, run: ImportRun, defaults: Defaults, known: Known) -> Result:
    """What was known of the whole batch serves once; an attempt that failed asks anew about its own document."""
    for attempt in range(ATTEMPTS):
        try:
            return _persistently(partial(import_alone, one, run, defaults, known))
        except IntegrityError as error:
            # Another import was quicker. Asked anew, what it wrote is known.
            reason = f"the database refuses it: {_first_line(error)}"
            time.sleep(0.05 * attempt)
            known = _persistently(lambda: Known([one]))
        except DataError as error:
            reason = f"the database cannot hold it: {_first_line(error)}"
            break
    return _persistently(lambda: fail(one, reason, run))


def _persistently(write):
    """What `write` returns; done again where the database was away for a moment.

    Each attempt is a transaction that was rolled back whole, so doing it again doubles nothing. (One that was committed
    though its answer was lost is found when it is done again, by the unique identity of its article.)
    """
    for attempt in range(ATTEMPTS):
        try:
            return write()
        except OperationalError:
            if attempt == ATTEMPTS - 1 or connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(0.5 * 2**attempt)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def dry_run(documents: Iterable[Document], jobs: int) -> Iterator[tuple[Document, Result]]:
    """What an import would do: the documents are read, nothing is written."""
    seen: set[str] = set()
    for batch in prepare_all(documents, jobs, lambda hashes: read_before(hashes) | seen.intersection(hashes)):
        for one in batch:
            if one.problem:
                result = Result(one.document.name, Outcome.FAILED, one.problem)
            elif one.reading is None or one.sha256 in seen:
                result = Result(one.document.name, Outcome.UNCHANGED)
            else:
                result = Result(one.document.name, Outcome.IMPORTED, "; ".join(one.reading.remarks))
            seen.add(one.sha256)
            yield one.document, result
