"""Imports what was uploaded in the admin, one run after the other, in a process of its own.

The files and the run are on disk and in the database before the upload is answered. Whoever is killed then loses
nothing: the next process goes on with the run where it was.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import timezone

from archive.importing.articles import Outcome
from archive.importing.description import Defaults
from archive.importing.documents import Document, uploaded
from archive.importing.run import import_as, persistently
from archive.models import ImportLine, ImportRun, Upload
from archive.processes import start_command
from archive.reading import parse_date

LOCK = 0x75706C6F6164  # "upload"; any number that no other advisory lock of the database has
ATTEMPTS = 5  # to get further with a run
TELL = 1.0  # seconds between two notes of how far it is


class NotPossible(Exception):
    """The run is not in the state for it; somebody else may have been there before."""


def ask_for_import(files: Sequence[UploadedFile], *, source: str, date: str, user) -> ImportRun:
    """Keeps the files on disk, with a run that is to import them; it begins by itself, after the transaction.

    `date` is a date as the import takes it, or empty.
    """
    kept = [
        Upload(number=number, name=Path(file.name).name, size=file.size, file=_keep(file))
        for number, file in enumerate(files, 1)
    ]
    names = ", ".join(upload.name for upload in kept[:3]) + (", …" if len(kept) > 3 else "")
    with transaction.atomic():
        run = ImportRun.objects.create(
            command=f"uploaded: {names}",
            made_by=user,
            queued=timezone.now(),
            source=source,
            date=date,
            size=sum(upload.size for upload in kept),
        )
        for upload in kept:
            upload.run = run
        Upload.objects.bulk_create(kept)
        transaction.on_commit(start_importing)
    return run


def _keep(file: UploadedFile) -> str:
    return storages["uploads"].save(uuid4().hex, file)


def can_be_retried(run: ImportRun) -> bool:
    """Whether some of it failed and is still there, and nobody is at it."""
    return (
        run.finished is not None
        and run.lines.filter(outcome=Outcome.FAILED).exists()
        and not run.retries.exists()
        and run.with_uploads.uploads.exclude(file="").exists()
    )


@transaction.atomic
def ask_for_retry(key: int, user) -> ImportRun:
    """A run that imports again what failed in the run of this key, and nothing else. Raises NotPossible."""
    run = _held(key)
    if not can_be_retried(run):
        raise NotPossible("Nothing of this run can be imported again by now.")
    count = run.lines.filter(outcome=Outcome.FAILED).count()
    retry = ImportRun.objects.create(
        command=f"the {count} that failed in run {run.pk}",
        made_by=user,
        queued=timezone.now(),
        again=run,
        source=run.source,
        date=run.date,
    )
    transaction.on_commit(start_importing)
    return retry


def _held(key: int) -> ImportRun:
    """The run of this key, while until the end of the transaction nobody else has it done again or discards its
    uploads."""
    run = ImportRun.objects.get(pk=key)
    ImportRun.objects.select_for_update(of=("self",), no_key=True).get(pk=run.with_uploads.pk)
    return run


def can_be_discarded(run: ImportRun) -> bool:
    """Whether files are kept for it that no run waits for."""
    first = run.with_uploads
    return first.uploads.exclude(file="").exists() and not ImportRun.objects.waiting().filter(_of(first)).exists()


def _of(first: ImportRun) -> Q:
    """The run itself and those that do again what failed in it or in one of these."""
    keys = new = {first.pk}
    while new := set(ImportRun.objects.filter(again__in=new).values_list("pk", flat=True)):
        keys = keys | new
    return Q(pk__in=keys)


def discard(key: int) -> ImportRun:
    """Deletes the uploads of the run of this key, also those that failed. Raises NotPossible where they are gone, or
    still to be imported."""
    with transaction.atomic():
        run = _held(key)
        if not can_be_discarded(run):
            raise NotPossible("There is nothing to discard: it is gone already, or is still to be imported.")
        names = _let_go(run)
    _delete(names)
    return run


def import_waiting(jobs: int) -> int:
    """Imports all runs that wait, those that were stopped too, and gives how many it finished. Does nothing where
    another process is at it, which sees to what comes meanwhile.

    Raises OperationalError where the database stays away, BrokenProcessPool where a process that reads was killed; the
    run then waits again, and is done in one process.
    """
    count = 0
    while ImportRun.objects.waiting().exists():
        with _alone() as mine:
            if not mine:
                break
            while run := ImportRun.objects.waiting().first():
                _import(run, jobs)
                count += 1
    return count


def _import(run: ImportRun, jobs: int) -> None:
    if run.attempts == ATTEMPTS:
        _give_up(run)
        return
    _note(run, attempts=run.attempts + 1)
    defaults = Defaults(run.source, parse_date(run.date) if run.date else None)
    consumed, told = 0, time.monotonic()
    for document, _ in import_as(run, documents_of(run), defaults=defaults, jobs=jobs if run.attempts == 0 else 1):
        consumed += document.consumed
        if time.monotonic() - told > TELL:
            further = {"attempts": 1} if consumed > run.consumed else {}
            _note(run, consumed=consumed, **further)
            told = time.monotonic()
    _note(run, consumed=run.size)
    if not run.lines.filter(outcome=Outcome.FAILED).exists():
        _delete(_let_go(run))


def _note(run: ImportRun, **fields) -> None:
    persistently(lambda: ImportRun.objects.filter(pk=run.pk).update(**fields))


def _give_up(run: ImportRun) -> None:
    """Ends a run that was stopped again and again at the same place, for want of memory, say: others wait."""
    number = (run.lines.aggregate(last=Max("number"))["last"] or 0) + 1
    reason = (
        f"the import was stopped {run.attempts} times here, perhaps for want of memory, and is given up: upload what "
        "comes from here on in smaller files"
    )
    ImportLine.objects.create(run=run, number=number, name=f"document {number}", outcome=Outcome.FAILED, reason=reason)
    _note(run, finished=timezone.now())


def _let_go(run: ImportRun) -> list[str]:
    """The uploads by their names in the storage, to be deleted once this is committed: no row then names a file that is
    not there."""
    kept = run.with_uploads.uploads.exclude(file="")
    names = list(kept.values_list("file", flat=True))
    kept.update(file="")
    return names


def _delete(names: Iterable[str]) -> None:
    for name in names:
        storages["uploads"].delete(name)


def documents_of(run: ImportRun) -> Iterator[Document]:
    """What a run imports, always in the same order: its uploads, or what failed in the one that it does again."""
    if run.again is None:
        for upload in run.uploads.all():
            yield from uploaded(Path(upload.file.path), upload.name)
        return
    failed = set(run.again.lines.filter(outcome=Outcome.FAILED).values_list("number", flat=True))
    for number, document in enumerate(documents_of(run.again), 1):
        if number in failed:
            yield document


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other process imports uploads; none does until the block ends, unless the connection is lost. Even
    then nothing is imported twice: the import looks up each document in the transaction that writes it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        mine = cursor.fetchone()[0]
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def is_at_work() -> bool:
    """Whether a process is importing uploads just now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND (classid::bigint << 32) | objid::bigint = %s)",
            [LOCK],
        )
        return cursor.fetchone()[0]


def go_on() -> None:
    """Starts importing where something waits and nobody is at it: what was killed half way, say. For the worker."""
    if ImportRun.objects.waiting().exists():
        start_importing()


def start_importing() -> None:
    """Imports what waits in a process of its own, which lives on when this one ends."""
    if not is_at_work():
        start_command("import_uploads")


def waiting_before(run: ImportRun) -> int:
    """How many runs come before this one."""
    return ImportRun.objects.waiting().filter(pk__lt=run.pk).count()
