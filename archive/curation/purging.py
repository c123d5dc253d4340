"""Removes reports from the archive that have been in the trash for long, and leaves a tombstone of each.

Of each report all rows go in one transaction, which also writes the tombstone with the files that are yet to go; then
they go, and then the tombstone forgets them. Killed at any point, this loses nothing that was to stay, and what was
left is done the next time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from pghistory.models import Context

from archive.importing.articles import one_import_at_a_time
from archive.importing.unnamed import organisations_in, people_in, remove_unnamed
from archive.models import (
    Article,
    ErrorReport,
    ImportLine,
    Name,
    Organisation,
    OrganisationName,
    Original,
    Person,
    Quote,
    Reading,
    Tombstone,
    Version,
)
from archive.models.original import originals

KEPT = timedelta(days=30)  # in the trash, for somebody to take it out again


@dataclass(slots=True)
class Purged:
    """What went with a report: how many of each, and the names of people and organisations whom nothing else names."""

    number: int
    title: str
    reason: str
    originals: int = 0
    shared: int = 0
    """How many originals stay, because another report is read from them."""
    versions: int = 0
    quotes: int = 0
    events: int = 0
    removed: list[str] = field(default_factory=list)


def due() -> QuerySet[Article]:
    """The reports that have been in the trash for long enough."""
    return Article.objects.filter(trashed__lte=timezone.now() - KEPT).order_by("pk")


def in_trash() -> QuerySet[Article]:
    """All reports in the trash, however long."""
    return Article.objects.in_state(Article.State.TRASH).order_by("pk")


@transaction.atomic
def purge(reports: QuerySet[Article], key: int, *, dry_run: bool = False) -> Purged | None:
    """Removes the report of this number and all that is only of it, but for the files of its originals; None where it
    is not among the reports any more: somebody took it out of the trash.

    Its files are noted in its tombstone, for `delete_files`. With `dry_run` all this is undone.
    """
    one_import_at_a_time()
    article = reports.select_for_update(of=("self",)).filter(pk=key).first()
    if article is None:
        return None
    purged = Purged(article.pk, article.title, article.trashed_reason)
    keys = {
        Article: [article.pk],
        Version: list(article.versions.values_list("pk", flat=True)),
        Quote: list(article.quotes.values_list("pk", flat=True)),
    }
    keys[ErrorReport] = _error_reports(article, keys[Quote])
    purged.versions, purged.quotes = len(keys[Version]), len(keys[Quote])
    read_from = Original.objects.filter(readings__version__article=article).distinct()
    others = Reading.objects.filter(original=OuterRef("pk")).exclude(version__article=article)
    own = list(read_from.exclude(Exists(others)))
    hashes = sorted(read_from.values_list("sha256", flat=True))
    purged.originals, purged.shared = len(own), len(hashes) - len(own)
    people, organisations = people_in(article), organisations_in(article)
    Tombstone.objects.create(
        number=article.pk,
        reason=article.trashed_reason,
        originals=hashes,
        quotes=sorted(keys[Quote]),
        files=sorted(original.sha256 for original in own),
    )
    article.quotes.all().delete()
    article.versions.all().delete()
    article.delete()
    ErrorReport.objects.filter(pk__in=keys[ErrorReport]).delete()
    ImportLine.objects.filter(original__in=own).update(original=None)
    Original.objects.filter(pk__in=[original.pk for original in own]).delete()
    purged.events = _delete_history(keys)
    purged.removed = [
        *remove_unnamed(Person, Name, people),
        *remove_unnamed(Organisation, OrganisationName, organisations),
    ]
    if dry_run:
        transaction.set_rollback(True)
    return purged


def _error_reports(article: Article, quotes: list[int]) -> list[int]:
    """What readers have written of the report and of its quotes."""
    of_report = Q(kind=ErrorReport.Kind.REPORT, number=article.pk)
    of_quotes = Q(kind=ErrorReport.Kind.QUOTE, number__in=quotes)
    return list(ErrorReport.objects.filter(of_report | of_quotes).order_by().values_list("pk", flat=True))


def _delete_history(keys: dict[type[models.Model], list[int]]) -> int:
    """Deletes what the triggers and the admin recorded of these records and of all that refers to them, also who did it
    and why where that tells of nothing else, and gives how many changes that were. To be called after the records
    themselves are deleted, which is recorded too."""
    count = 0
    contexts: set[UUID] = set()
    recorded = [model for model in apps.get_app_config("archive").get_models() if hasattr(model, "pgh_tracked_model")]
    for model in recorded:
        for each in model._meta.fields:
            if each.related_model in keys:
                events = model.objects.filter(**{f"{each.name}__in": keys[each.related_model]})
                contexts.update(events.exclude(pgh_context=None).values_list("pgh_context", flat=True))
                deleted, _ = events.delete()
                count += deleted
    others = [Exists(model.objects.filter(pgh_context=OuterRef("pk"))) for model in recorded]
    Context.objects.filter(*(~other for other in others), pk__in=contexts).delete()
    for model, of_model in keys.items():
        kind = ContentType.objects.get_for_model(model)
        LogEntry.objects.filter(content_type=kind, object_id__in=map(str, of_model)).delete()
    return count


def lift(tombstones: QuerySet[Tombstone]) -> int:
    """Lets the originals of these be imported again, and gives how many were not lifted before. The addresses stay
    gone: what comes back gets new ones."""
    return tombstones.filter(lifted=None).update(lifted=timezone.now())


def delete_files() -> Iterator[str]:
    """Deletes the files that the tombstones say are yet to go, also what a purge that was stopped has left, and tells
    the SHA-256 of each that is gone."""
    for number in list(Tombstone.objects.unfinished().values_list("number", flat=True)):
        yield from _delete_files_of(number)


@transaction.atomic
def _delete_files_of(number: int) -> list[str]:
    # An editor may have lifted it, and an import brought such bytes back. While this waits for none and lets none
    # begin, what no row names is nobody's.
    one_import_at_a_time()
    tombstone = Tombstone.objects.select_for_update().get(pk=number)
    held = set(Original.objects.filter(sha256__in=tombstone.files).values_list("sha256", flat=True))
    gone = [sha256 for sha256 in tombstone.files if sha256 not in held]
    for sha256 in gone:
        originals().delete(Original.path_of(sha256))
    tombstone.files = []
    tombstone.save(update_fields=["files"])
    return gone
