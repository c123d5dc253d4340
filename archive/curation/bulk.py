"""Sets one value in all that a search found, and takes it back: at once where they are few, else slice by slice.

Whoever does a slice holds the row of its change, so that no slice is done twice, however many work at it. A slice is
one transaction with the rows that tell of it: killed at any point, what was not committed is done the next time.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pghistory
from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from archive.curation.reasons import giving
from archive.curation.refusal import Refused
from archive.importing.run import is_away, persistently
from archive.models import Article, BulkChange, BulkChangeRow, Quote
from archive.search.lock import wake_writer

log = logging.getLogger(__name__)

AT_ONCE = 300  # records that are changed while the editor waits
SLICE = 200  # records of a transaction of a larger change: the index takes them in before the next ones come
DRAFTS_KEPT = timedelta(days=1)

Action, State, Outcome = BulkChange.Action, BulkChange.State, BulkChangeRow.Outcome
Record = Article | Quote


@dataclass(frozen=True, slots=True)
class Act:
    """What one kind of change sets, in which records, and who may do it. `target` gives the values for a change, by
    their columns; `edited` is the name that `Article.edited` has for them."""

    model: type[Record]
    permission: str
    target: Callable[[BulkChange], dict[str, Any]]
    edited: str = ""


ACTS = {
    Action.OUTLET: Act(
        Article,
        "archive.change_article",
        lambda change: {"outlet_id": change.outlet_id},
        Article.Field.OUTLET.value,
    ),
    Action.DATE: Act(
        Article,
        "archive.change_article",
        lambda change: {
            "published_earliest": change.published_earliest,
            "published_latest": change.published_latest,
        },
        Article.Field.PUBLISHED.value,
    ),
    Action.HIDE: Act(
        Article,
        "archive.change_article",
        lambda change: {"hidden": change.begun or change.made, "hidden_reason": change.reason},
    ),
    Action.CONFIRM: Act(Quote, "archive.change_quote", lambda change: {"state": Quote.State.CONFIRMED}),
}
DECIDED = [Quote.State.CORRECTED, Quote.State.ADDED]  # by an editor who knew it, which to confirm would not add to


def act_of(change: BulkChange) -> Act:
    return ACTS[Action(change.action)]


@transaction.atomic
def prepare(change: BulkChange, keys: Iterable[list[int]]) -> BulkChange:
    """Saves a change that is not begun, with the records of these keys, in their order. Those that nobody began within
    a day are cleared away. Raises Refused where there are no records."""
    BulkChange.objects.filter(state=State.DRAFT, made__lt=timezone.now() - DRAFTS_KEPT).delete()
    change.save()
    for some in keys:
        change.add_rows(some)
    if not change.rows.exists():
        raise Refused("The search finds nothing any more. Nothing was changed.")
    return change


@transaction.atomic
def begin(key: int, user=None) -> BulkChange:
    """Does what was prepared under this key: where it is small at once, else the worker is told of it.

    Raises Refused where it is not there, or was begun before.
    """
    change = _locked(key)
    if change.state != State.DRAFT:
        raise Refused(f"This change is {change.get_state_display()} by now.")
    change.state, change.begun, change.made_by = State.DOING, timezone.now(), user
    change.save()
    _do_what_is_small(change)
    return change


@transaction.atomic
def undo(key: int, user=None) -> BulkChange:
    """Brings back what was there before in all records that nobody has changed since; the others are left alone, and
    their rows say so. What was not done yet is not done any more.

    Raises Refused where it is not there, or there is nothing to undo.
    """
    change = _locked(key)
    if change.state not in (State.DOING, State.DONE):
        raise Refused(f"This change is {change.get_state_display()}: there is nothing to undo.")
    change.rows.filter(outcome=Outcome.WAITING).update(outcome=Outcome.STOPPED)
    change.state, change.undone, change.undone_by = State.UNDOING, timezone.now(), user
    change.problem = ""
    change.save()
    _do_what_is_small(change)
    return change


@transaction.atomic
def go_on(key: int) -> None:
    """Has a change that something stopped tried again. Raises Refused where nothing did."""
    change = _locked(key)
    if not change.problem:
        raise Refused("Nothing has stopped this change.")
    change.problem = ""
    change.save(update_fields=["problem"])
    wake_writer()


@transaction.atomic
def discard(key: int) -> None:
    """Forgets a change that was only looked at. Raises Refused where it was begun."""
    change = _locked(key)
    if change.state != State.DRAFT:
        raise Refused(f"This change is {change.get_state_display()} by now: undo it instead.")
    change.delete()


def do_slice() -> bool:
    """Does the next slice of a large change, of those that nobody else is at, and tells whether there was one.

    What hinders a slice is noted with its change, which then waits for an editor. Raises an error of the database where
    that is away.
    """
    with pghistory.context(command="worker"):
        return persistently(_next_slice)


@transaction.atomic
def _next_slice() -> bool:
    change = BulkChange.objects.under_way().select_for_update(skip_locked=True).first()
    if change is None:
        return False
    try:
        with transaction.atomic():
            _advance(change, SLICE)
    except Exception as error:  # whatever it is, the worker has to go on with the index
        if is_away(error):
            raise
        log.exception("The change in bulk %d was stopped", change.pk)
        # With its row still held, so that it is not noted of an undoing that came in between.
        problem = next(iter(str(error).splitlines()), "") or type(error).__name__
        BulkChange.objects.filter(pk=change.pk).update(problem=problem)
    return True


def _locked(key: int) -> BulkChange:
    change = BulkChange.objects.select_for_update().filter(pk=key).first()
    if change is None:
        raise Refused("There is no such change any more.")
    return change


def _do_what_is_small(change: BulkChange) -> None:
    if change.rows.count() <= AT_ONCE:
        _advance(change, AT_ONCE + 1)
    else:
        wake_writer()


def _advance(change: BulkChange, size: int) -> None:
    """Does or undoes so many more of the records, in the transaction that holds the change."""
    doing = change.state == State.DOING
    to_do = change.rows.filter(outcome=Outcome.WAITING if doing else Outcome.CHANGED)
    rows = list(to_do[:size])
    who, why = change.made_by_id, change.reason
    if not doing:
        who, why = change.undone_by_id, f"Change in bulk {change.pk} was undone ({change.reason})"
    unseen = change.action == Action.CONFIRM
    with pghistory.context(user=who, bulk=change.pk), giving(why, unseen=unseen):
        (_change if doing else _restore)(change, rows)
        BulkChangeRow.objects.bulk_update(rows, ["outcome", "before"])
        if not to_do.exists():
            change.state, change.ended = (State.DONE if doing else State.UNDONE), timezone.now()
            change.save(update_fields=["state", "ended"])
        connection.check_constraints()  # now, and not at the commit, where nobody could note what is wrong


def _records(change: BulkChange, rows: Sequence[BulkChangeRow]) -> dict[int, Record]:
    """The records by their keys, locked in the order of these."""
    found = _read(change).select_for_update(of=("self",)).filter(pk__in=[row.key for row in rows])
    return {record.pk: record for record in found.order_by("pk")}


def _read(change: BulkChange) -> QuerySet:
    model = act_of(change).model
    return model.objects.select_related("article" if model is Quote else "outlet")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a change would come to, in numbers of records."""

    found: int
    gone: int
    same: int
    decided: int
    """An editor has set something else."""
    noted: int
    """Those that have the value from an import: it is noted as an editor's, so that no import changes it."""
    changed: int
    """Those that get another value."""

    @property
    def written(self) -> int:
        return self.changed + self.noted


def foreseen(change: BulkChange) -> Foreseen:
    """What the change would come to now."""
    act = act_of(change)
    found = change.rows.count()
    there = act.model.objects.visible().filter(pk__in=change.rows.order_by().values("key")).order_by()
    same, nothing = Q(**act.target(change)), Q(pk__in=[])
    sorts = {"same": same, "noted": nothing, "decided": Q(state__in=DECIDED) if act.model is Quote else nothing}
    if act.edited:
        by_editor = Q(edited__contains=[act.edited])
        sorts = {"same": same & by_editor, "noted": same & ~by_editor, "decided": ~same & by_editor}
    counts = there.aggregate(seen=Count("pk"), **{name: Count("pk", filter=sort) for name, sort in sorts.items()})
    seen = counts.pop("seen")
    kept = 0 if change.overrules else counts["decided"]
    changed = seen - counts["same"] - counts["noted"] - kept
    return Foreseen(found=found, gone=found - seen, changed=changed, **counts)


def first_records(change: BulkChange, count: int) -> list[Record]:
    """The first of the records that were found, in their order, as they are now."""
    keys = list(change.rows.values_list("key", flat=True)[:count])
    records = _read(change).in_bulk(keys)
    return [records[key] for key in keys if key in records]


def outcome_of(change: BulkChange, record: Record | None) -> Outcome:
    """What becomes of a record when the change is done."""
    act = act_of(change)
    if record is None or not _is_seen(record):
        return Outcome.GONE
    same = _has(record, act.target(change))
    if same and (not act.edited or act.edited in record.edited):
        return Outcome.SAME
    if not same and _is_decided(act, record) and not change.overrules:
        return Outcome.KEPT
    return Outcome.CHANGED


def is_so_already(change: BulkChange, record: Record) -> bool:
    """Whether the record has what the change sets, whoever set it."""
    return _has(record, act_of(change).target(change))


def _is_seen(record: Record) -> bool:
    if isinstance(record, Quote):
        return not record.gone and record.state != Quote.State.REJECTED and _is_seen(record.article)
    return record.state == Article.State.VISIBLE


def _is_decided(act: Act, record: Record) -> bool:
    return record.state in DECIDED if isinstance(record, Quote) else bool(act.edited) and act.edited in record.edited


def _change(change: BulkChange, rows: Sequence[BulkChangeRow]) -> None:
    act, records = act_of(change), _records(change, rows)
    target = act.target(change)
    changed = []
    for row in rows:
        record = records.get(row.key)
        row.outcome = outcome_of(change, record)
        if row.outcome == Outcome.CHANGED:
            row.before = {name: _stored(getattr(record, name)) for name in target}
            if act.edited:
                row.before["edited"] = act.edited in record.edited
                record.edited = sorted({*record.edited, act.edited})
            _set(record, target)
            changed.append(record)
    _write(act, changed, target)


def _restore(change: BulkChange, rows: Sequence[BulkChangeRow]) -> None:
    act, records = act_of(change), _records(change, rows)
    target = act.target(change)
    restored = []
    for row in rows:
        record = records.get(row.key)
        if record is None:
            row.outcome = Outcome.GONE
        elif not _has(record, target):
            row.outcome = Outcome.LATER
        else:
            row.outcome = Outcome.UNDONE
            before = dict(row.before)
            if act.edited and not before.pop("edited"):
                record.edited = [name for name in record.edited if name != act.edited]
            _set(record, {name: before[name] for name in target})
            restored.append(record)
    _write(act, restored, target)


def _write(act: Act, records: list[Record], target: dict[str, Any]) -> None:
    if records:
        fields = [act.model._meta.get_field(name).name for name in target]
        act.model.objects.bulk_update(records, [*fields, *(["edited"] if act.edited else [])])


def _set(record: Record, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(record, name, record._meta.get_field(name).to_python(value))


def _has(record: Record, target: dict[str, Any]) -> bool:
    return all(getattr(record, name) == value for name, value in target.items())


def _stored(value: Any) -> Any:
    """As JSON keeps it, to the microsecond."""
    return value.isoformat() if isinstance(value, date | datetime) else value
