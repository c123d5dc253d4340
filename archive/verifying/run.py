"""Goes over the archive, holds each text against its originals, and keeps what became of it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
from archive.verifying.checking import Checked, Kept, Quotation, Text, check

BATCH = 64  # versions read from the database at once, and results written in one transaction


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
        if any(failure.kind == VerificationFailure.Kind.MISSING for one in batch for failure in one.failures):
            require_originals()
        yield _write(batch)


def require_originals() -> None:
    """Raises OriginalsAway where no original can be there."""
    folder = Path(originals().location)
    if Original.objects.exists() and not (folder.is_dir() and any(folder.iterdir())):
        raise OriginalsAway(f"the folder of the originals, {folder}, is missing or empty")


def _texts(versions: QuerySet[Version]) -> Iterator[Text]:
    """In the order of their keys, so that each comes once, whatever is written meanwhile."""
    batch = persistently(lambda: _batch(versions))
    while batch:
        yield from batch
        following = versions.filter(pk__gt=batch[-1].version)
        batch = persistently(lambda following=following: _batch(following))


def _batch(versions: QuerySet[Version]) -> list[Text]:
    """The first of the versions with all that is recorded of them. What changes between these reads, or later, is not
    what is checked; a result names what was."""
    moment = timezone.now()
    rows = list(versions.order_by("pk").values_list("pk", "article", "title", "text", "maker")[:BATCH])
    keys = [row[0] for row in rows]
    quotations = defaultdict(list)
    quotes = Quote.objects.standing().filter(version__in=keys).order_by("version", "start", "pk")
    for version, *place in quotes.values_list("version", "pk", "start", "end"):
        quotations[version].append(Quotation(*place))
    readings = defaultdict(list)
    anew = Reading.objects.filter(original=OuterRef("original"), pk__gt=OuterRef("pk"))
    for reading in (
        Reading.objects.filter(version__in=keys)
        .annotate(is_replaced=Exists(anew))
        .select_related("original")
        .order_by("pk")
    ):
        readings[reading.version_id].append(reading)
    return [
        Text(
            version=key,
            article=article,
            recorded=moment,
            title=title,
            text=text,
            has_source=maker == Version.Maker.READER and not any(one.is_replaced for one in readings[key]),
            readings=tuple(one.pk for one in readings[key]),
            originals=tuple(_kept(one) for one in readings[key] if not one.is_replaced),
            quotations=tuple(quotations[key]),
        )
        for key, article, title, text, maker in rows
    ]


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
        return [_write_alone(one) for one in batch]
    return list(batch)


def _write_alone(one: Checked) -> Checked | None:
    try:
        persistently(lambda: _write_together([one]))
    except IntegrityError:
        return None
    return one


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
