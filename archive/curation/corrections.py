"""Reads the public corrections from the history: what editors changed of what readers see, and why.

A correction is a context of the history that an editor gave a reason in; what its events say in words is worked out in
`corrected`. Nothing of it is kept: what is hidden now shows in no correction, and shows again when it is shown.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from pghistory.models import Context

from archive.curation.corrected import Change, changes_in, nets_of
from archive.curation.events import ADDED, CHANGED, history_of
from archive.curation.reasons import UNSEEN
from archive.curation.shown import Key, Kind
from archive.models import (
    Article,
    CorrectedSpeaker,
    ErrorReport,
    Name,
    Organisation,
    OrganisationName,
    Outlet,
    Person,
    Quote,
    Transfer,
    Version,
)

MOST_EVENTS = 20  # of a context and a model that are read: a bulk change is told by its first ones
LAST = 10  # among which the last correction is looked for, past answers
BATCH = 31  # contexts that are read together
MOST_BATCHES = 10  # of a page, should there be nothing for readers in many contexts in a row
START = datetime(1970, 1, 1, tzinfo=UTC)
TOLD = (
    Article,
    ErrorReport,
    Name,
    Organisation,
    OrganisationName,
    Outlet,
    Person,
    Quote,
    Transfer,
    Version,
)  # whose events are read


@dataclass(frozen=True, slots=True)
class Correction:
    """What one editor changed at one time, for one reason; with `more`, only the first of many changes are here."""

    key: UUID
    when: datetime
    reason: str
    changes: tuple[Change, ...]
    more: bool = False

    @property
    def is_answer(self) -> bool:
        """Whether all that was done is that a reader's error report was answered."""
        return all(change.is_answer for change in self.changes)

    @property
    def by_record(self) -> list[tuple[Change, list[Change]]]:
        """The changes of each record together, after the first of them."""
        found: dict[Key, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.record.key, []).append(change)
        return [(changes[0], changes) for changes in found.values()]


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place in the list after a context."""

    created: datetime
    key: UUID

    def __str__(self):
        return f"{(self.created - START) // timedelta(microseconds=1)}-{self.key.hex}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Raises ValueError where the text is none."""
        microseconds, _, key = text.partition("-")
        try:
            return cls(START + timedelta(microseconds=int(microseconds)), UUID(hex=key))
        except OverflowError:
            raise ValueError(text) from None


@dataclass(frozen=True, slots=True)
class Corrections:
    """A part of the list, the newest first, and where it goes on; None at its end."""

    rows: list[Correction]
    following: Cursor | None


def corrections(
    most: int, after: Cursor | None = None, of: Key | None = None, batches: int = MOST_BATCHES
) -> Corrections:
    """At most so many corrections, the newest first: of all records, or of one (kind and number)."""
    conditions = {model: Q() for model in TOLD} if of is None else _conditions_of(*of)
    contexts = _given()
    if of is not None:
        contexts = contexts.filter(pk__in=_contexts_of(*of, conditions))
    rows: list[tuple[Cursor, Correction]] = []
    for _ in range(batches):
        batch = list(_part(contexts, conditions, after, BATCH))
        for correction in _read(batch, of):
            rows.append((Cursor(correction.when, correction.key), correction))
        if len(rows) > most:
            return Corrections([row for _, row in rows[:most]], rows[most - 1][0])
        if len(batch) < BATCH:
            after = None
            break
        after = Cursor(batch[-1].created_at, batch[-1].pk)
    return Corrections([row for _, row in rows], after)


def last_corrected(of: Key) -> datetime | None:
    """When an editor last corrected a record; None where nobody has. An answer to a reader is no correction."""
    rows = corrections(LAST, of=of, batches=1).rows
    return next((row.when for row in rows if not row.is_answer), None)


def _given() -> QuerySet[Context]:
    """The contexts in which an editor gave a reason for what readers may see."""
    # Asked for just so, an index of those few serves.
    given = Context.objects.filter(metadata__has_key="reason").exclude(Q(metadata__reason=""))
    return given.exclude(metadata__has_key=UNSEEN)


def _told_of_quotes() -> Q:
    """The events of quotes that readers may be told of: not those that just set one into another version of its text,
    or add what the machine has found there. In a report with many these would be all that are read."""
    earlier = history_of(Quote).objects.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id"))
    stays = Exists(earlier.filter(version=OuterRef("version")))
    return Q(pgh_label=ADDED, state=Quote.State.ADDED) | (Q(pgh_label=CHANGED) & stays)


def _part(
    contexts: QuerySet[Context], conditions: dict[type[Model], Q], after: Cursor | None, count: int
) -> QuerySet[Context]:
    """The next contexts, each with the keys of its events of each model."""
    if after:
        contexts = contexts.filter(created_at__lte=after.created).exclude(created_at=after.created, pk__gte=after.key)
    conditions = conditions | {Quote: conditions[Quote] & _told_of_quotes()}
    events = {
        f"of_{model._meta.model_name}": ArraySubquery(
            # In no order, so that no more are read than are wanted.
            history_of(model).objects.filter(condition, pgh_context=OuterRef("pk")).values("pgh_id")[: MOST_EVENTS + 1]
        )
        for model, condition in conditions.items()
    }
    user = KeyTextTransform("user", "metadata")
    return contexts.annotate(user=user, **events).filter(user__isnull=False).order_by("-created_at", "-pk")[:count]


def _read(batch: list[Context], of: Key | None) -> list[Correction]:
    keys = {
        context.pk: {model: getattr(context, f"of_{model._meta.model_name}", []) for model in TOLD} for context in batch
    }
    first = {pk: {model: events[:MOST_EVENTS] for model, events in each.items()} for pk, each in keys.items()}
    told = changes_in(nets_of(first))
    read = []
    for context in batch:
        changes = tuple(change for change in told.get(context.pk, ()) if of is None or of in change.about)
        if changes:
            # What moved with a merge or a split is not told.
            more = not keys[context.pk][Transfer] and any(
                len(events) > MOST_EVENTS for events in keys[context.pk].values()
            )
            read.append(Correction(context.pk, context.created_at, context.metadata["reason"], changes, more))
    return read


def _conditions_of(kind: str, number: int) -> dict[type[Model], Q]:
    """Which events tell of a record, for each model."""
    reported = ErrorReport.objects.of(kind, number).order_by().values("pk")
    conditions: dict[type[Model], Q] = {ErrorReport: Q(pgh_obj__in=reported)}
    match kind:
        case Kind.REPORT:
            return conditions | {Article: Q(pgh_obj=number), Version: Q(article=number), Quote: Q(article=number)}
        case Kind.QUOTE:
            return conditions | {Quote: Q(pgh_obj=number)}
        case Kind.PERSON:
            transfers = Transfer.objects.filter(Q(giver=number) | Q(taker=number)).order_by().values("pk")
            own = {Person: Q(pgh_obj=number), Name: Q(person=number), Transfer: Q(pgh_obj__in=transfers)}
            return conditions | own | {Quote: Q()}
        case _:
            own = {Organisation: Q(pgh_obj=number), OrganisationName: Q(organisation=number)}
            return conditions | own | {Quote: Q()}


def _contexts_of(kind: str, number: int, conditions: dict[type[Model], Q]) -> QuerySet:
    """The keys of the contexts in which something of a record changed. Whose quotes changed is asked of a table of its
    own: the events of somebody's quotes are as many as the quotes."""
    found = [
        history_of(model).objects.filter(condition, pgh_context__isnull=False).order_by().values("pgh_context")
        for model, condition in conditions.items()
        if condition
    ]
    if not conditions[Quote]:
        found.append(CorrectedSpeaker.objects.filter(kind=kind, number=number).values("context"))
    return reduce(lambda one, other: one.union(other), found)
