"""Runs an import: documents in, one line for each out, whatever happens to one of them."""

import time
from collections.abc import Iterable, Iterator, Set

import pghistory
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection
from django.db.models import QuerySet
from django.utils import timezone

from archive.importing.articles import Outcome, Result, fail, import_alone, import_together, refusal, write_lines
from archive.importing.description import Defaults
from archive.importing.documents import Document
from archive.importing.preparing import Prepared, prepare_all
from archive.models import ImportLine, ImportRun, Original, Tombstone
from archive.reading import READER_VERSION

ATTEMPTS = 6  # with twice the wait each time: half a minute in all, enough for a database to come back


def run_import(
    documents: Iterable[Document], *, command: str, defaults: Defaults, jobs: int
) -> Iterator[tuple[Document, Result]]:
    """Imports the documents, each whole or not at all, and tells what became of each once it is committed.

    Raises OperationalError where the database stays away; what was told by then is written.
    """
    yield from import_as(ImportRun.objects.create(command=command), documents, defaults=defaults, jobs=jobs)


def import_as(
    run: ImportRun, documents: Iterable[Document], *, defaults: Defaults, jobs: int
) -> Iterator[tuple[Document, Result]]:
    """The same, as a run that is there already. One that was stopped goes on when it is given the same documents once
    more: what was imported is found unchanged, and its line stays as it was."""
    by = {"user": run.made_by_id} if run.made_by_id else {}
    with pghistory.context(command="import_articles", run=run.pk, **by):
        first = 1
        for batch in prepare_all(documents, jobs, read_before):
            yield from _import_batch(batch, first, run, defaults)
            first += len(batch)
    persistently(lambda: ImportRun.objects.filter(pk=run.pk).update(finished=timezone.now()))


def read_before(hashes: list[str]) -> Set[str]:
    """Those of the hashes whose originals were read by this reader or a newer one."""
    return persistently(lambda: set(_originals(hashes).values_list("sha256", flat=True)))


def _originals(hashes: list[str]) -> QuerySet:
    return Original.objects.filter(sha256__in=hashes, readings__reader_version__gte=READER_VERSION)


def _import_batch(
    batch: list[Prepared], first: int, run: ImportRun, defaults: Defaults
) -> Iterator[tuple[Document, Result]]:
    """What was read before, most of a second run, is told in one statement; new articles are written together, and
    each by itself where one of them cannot be written; the rest one by one."""
    unchanged = [one.sha256 for one in batch if not one.problem and one.reading is None]
    if unchanged:
        persistently(lambda: _note_unchanged(unchanged, batch, first, run))
    try:
        results = persistently(lambda: import_together(batch, first, run, defaults))
    except DatabaseError as error:
        if is_away(error):
            raise
        results = {}
    for place, one in enumerate(batch):
        if one.sha256 in unchanged:
            yield one.document, Result(one.document.name, Outcome.UNCHANGED)
        else:
            yield one.document, results.get(place) or _import_alone(one, first + place, run, defaults)


def _note_unchanged(hashes: list[str], batch: list[Prepared], first: int, run: ImportRun) -> None:
    rows = _originals(hashes).values_list("sha256", "pk", "readings__version__article")
    keys = {sha256: {"original_id": original, "article_id": article} for sha256, original, article in rows}
    write_lines(
        [
            ImportLine(run=run, number=number, name=one.document.name, outcome=Outcome.UNCHANGED, **keys[one.sha256])
            for number, one in enumerate(batch, first)
            if one.sha256 in keys
        ]
    )


def _import_alone(one: Prepared, number: int, run: ImportRun, defaults: Defaults) -> Result:
    for _ in range(ATTEMPTS):
        try:
            return persistently(lambda: import_alone(one, number, run, defaults))
        except DatabaseError as error:
            if is_away(error):
                raise
            reason = f"the database refuses it: {_first_line(error)}"
            if not isinstance(error, IntegrityError):
                break
        # Somebody made the same person or outlet this moment. Asked anew, it is there.
        time.sleep(0.05)
    return persistently(lambda: fail(one, reason, number, run))


def persistently(write):
    """What `write` returns; done again where the database was away for a moment.

    Each attempt is a transaction that was rolled back whole, so doing it again doubles nothing. One that was committed
    though its answer was lost is found when it is done again: everything is looked up in the transaction that writes.
    """
    for attempt in range(ATTEMPTS):
        try:
            return write()
        except OperationalError as error:
            if attempt == ATTEMPTS - 1 or connection.in_atomic_block or not is_away(error):
                raise
            connection.close()
            time.sleep(0.5 * 2**attempt)


def is_away(error: DatabaseError) -> bool:
    """Whether it is the database that was lost or hindered, not the record that it refuses.

    By SQLSTATE (PostgreSQL's appendix A): no answer at all, connection lost, shut down, deadlock, lock not to be had.
    """
    state = getattr(error.__cause__, "sqlstate", None)
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return state is None or state.startswith(("08", "57P", "40", "53", "55P03"))


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def dry_run(documents: Iterable[Document], jobs: int) -> Iterator[tuple[Document, Result]]:
    """What an import would do: the documents are read, nothing is written."""
    seen: set[str] = set()
    for batch in prepare_all(documents, jobs, lambda hashes: read_before(hashes) | seen.intersection(hashes)):
        refused = Tombstone.objects.refusing(one.sha256 for one in batch if one.reading)
        for one in batch:
            if one.problem:
                result = Result(one.document.name, Outcome.FAILED, one.problem)
            elif one.sha256 in refused:
                result = Result(one.document.name, Outcome.REFUSED, refusal(refused[one.sha256]))
            elif one.reading is None or one.sha256 in seen:
                result = Result(one.document.name, Outcome.UNCHANGED)
            else:
                result = Result(one.document.name, Outcome.IMPORTED, "; ".join(one.reading.remarks))
            seen.add(one.sha256)
            yield one.document, result
