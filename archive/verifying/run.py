"""Goes over the archive, holds each text against its originals, and keeps what became of it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from archive.importing.run import persistently
from archive.models import Original, Quote, Reading, Verification, VerificationFailure, Version
from archive.models.original import originals
from archive.processes import in_order
from archive.reading import READER_VERSION
from archive.verifying.checking import Checked, Kept, Kind, Quotation, Text, check

# Keys looked up at once. To find those that were not verified since, PostgreSQL may read all verifications before the
# first of them: with few at a time, that took longer than the verification.
KEYS = 100_000
READ = 16  # versions read from the database at once
BATCH = 64  # results written in one transaction


class OriginalsAway(Exception):
    """The folder of the originals is not there, or empty: a disk that is not mounted, not a thousand lost files."""


def verify(versions: QuerySet[Version], *, jobs: int) -> Iterator[list[Checked | None]]:
    """Checks each of the versions, in as many processes as `jobs` says, and tells of them once that is written; None
    of one that was changed in that moment so that its result could not be kept.

    Raises OriginalsAway before it writes that any original is missing; OperationalError where the database stays away.
    What was told by then is written.
    """
    require_originals()
    results = in_order(check, _texts(versions), jobs)
    while batch := list(islice(results, BATCH)):
        if any(failure.kind in (Kind.MISSING, Kind.DAMAGED) for one in batch for failure in one.failures):
            require_originals()
        yield _write(batch)


def require_originals() -> None:
    """Raises OriginalsAway where no original can be there."""
    folder = Path(originals().location)
    try:
        is_away = Original.objects.exists() and not any(folder.iterdir())
    except OSError as error:
        raise OriginalsAway(f"the folder of the originals, {folder}: {error.strerror}") from error
    if is_away:
        raise OriginalsAway(f"the folder of the originals, {folder}, is empty")


def _texts(versions: QuerySet[Version]) -> Iterator[Text]:
    """An original, which may be long, is read when its text is wanted."""
    for keys in _keys(versions):
        for recorded in persistently(lambda keys=keys: _recorded(keys)):
            yield _text(*recorded)


def _keys(versions: QuerySet[Version]) -> Iterator[list[int]]:
    """The keys of the versions in their order, a few together. What is added meanwhile is for the next time."""
    keys = versions.order_by("pk").values_list("pk", flat=True)
    found = persistently(lambda: list(keys[:KEYS]))
    while found:
        for first in range(0, len(found), READ):
            yield found[first : first + READ]
        following = keys.filter(pk__gt=found[-1])[:KEYS]
        found = persistently(lambda following=following: list(following)) if len(found) == KEYS else []


def _recorded(keys: list[int]) -> list[tuple[datetime, Version, list[Reading], list[Quotation]]]:
    """The versions, each with its readings and quotations, and a moment before these were read. What changes between
    these reads, or later, is not what is checked; a result names what was."""
    moment = timezone.now()
    found = list(Version.objects.filter(pk__in=keys).only("title", "text", "maker").order_by("pk"))
    quotations = defaultdict(list)
    quotes = Quote.objects.standing().filter(version__in=keys).order_by("version", "start", "pk")
    for version, *place in quotes.values_list("version", "pk", "start", "end"):
        quotations[version].append(Quotation(*place))
    readings = defaultdict(list)
    anew = Reading.objects.filter(original=OuterRef("original"), pk__gt=OuterRef("pk"))
    of_these = Reading.objects.filter(version__in=keys).annotate(is_replaced=Exists(anew))
    for reading in of_these.select_related("original").order_by("pk"):
        readings[reading.version_id].append(reading)
    return [(moment, version, readings[version.pk], quotations[version.pk]) for version in found]


def _text(moment: datetime, version: Version, readings: list[Reading], quotations: list[Quotation]) -> Text:
    """What is to be checked. A reading that was made anew since binds another version, and this one no more."""
    current = [reading for reading in readings if not reading.is_replaced]
    return Text(
        version=version.pk,
        recorded=moment,
        title=version.title,
        text=version.text,
        has_source=version.maker == Version.Maker.READER and len(current) == len(readings),
        readings=tuple(reading.pk for reading in readings),
        originals=tuple(map(_kept, current)),
        quotations=tuple(quotations),
    )


def _kept(reading: Reading) -> Kept:
    original, data, problem = reading.original, None, ""
    try:
        data = original.content()
    except FileNotFoundError:
        pass
    except OSError as error:
        problem = f"its file cannot be read: {error.strerror or error}"
    return Kept(original.pk, data, problem, original.sha256, original.media_type, reading.part, reading.runs)


def _write(batch: Sequence[Checked]) -> list[Checked | None]:
    """All in one transaction; each in one of its own where a version, quote or original has gone meanwhile."""
    try:
        persistently(lambda: _write_together(batch))
    except IntegrityError:
        return [result for one in batch for result in _write_alone(one)]
    return list(batch)


def _write_alone(one: Checked) -> list[Checked | None]:
    """Nothing of a version that has left the archive: there is nothing to verify any more."""
    try:
        persistently(lambda: _write_together([one]))
    except IntegrityError:
        return [None] if Version.objects.filter(pk=one.version).exists() else []
    return [one]


@transaction.atomic
def _write_together(batch: Sequence[Checked]) -> None:
    verifications = [
        Verification(
            version_id=one.version,
            outcome=one.outcome.value,
            checked=one.recorded,
            reader_version=READER_VERSION,
            compared=one.compared,
            readings=list(one.readings),
            quotes=[[quotation.key, quotation.start, quotation.end] for quotation in one.quotations],
        )
        for one in batch
    ]
    Verification.objects.bulk_create(
        verifications,
        update_conflicts=True,
        unique_fields=["version"],
        update_fields=["outcome", "checked", "reader_version", "compared", "readings", "quotes"],
    )
    VerificationFailure.objects.filter(verification__in=[one.version for one in batch]).delete()
    VerificationFailure.objects.bulk_create(
        VerificationFailure(
            verification_id=one.version,
            kind=failure.kind.value,
            original_id=failure.original,
            quote_id=failure.quotation.key if failure.quotation else None,
            start=failure.quotation.start if failure.quotation else None,
            end=failure.quotation.end if failure.quotation else None,
            detail=failure.detail,
        )
        for one in batch
        for failure in one.failures
    )
