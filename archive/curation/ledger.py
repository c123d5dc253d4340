"""Moves what belongs to one person to another, keeps a ledger of it, and gives it back by the ledger."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Model

from archive.models import (
    FormerSlug,
    Mention,
    Name,
    PossibleDuplicate,
    Quote,
    QuoteCandidate,
    Role,
    Transfer,
    TransferredRow,
)

Kind = TransferredRow.Kind
What = TransferredRow.What
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Belonging:
    """A kind of row that belongs to a person: by which column, and by what it is known should it be written anew, as
    an extraction writes mentions, roles and candidates. Where `once`, nobody has two that are known by the same."""

    kind: Kind
    model: type[Model]
    owner: str = "person_id"
    known_by: tuple[str, ...] = ()
    once: bool = False


BELONGINGS = {
    one.kind: one
    for one in (
        Belonging(Kind.NAME, Name, known_by=("text",), once=True),
        Belonging(Kind.ROLE, Role, known_by=("article_id", "text"), once=True),
        Belonging(Kind.MENTION, Mention, known_by=("version_id", "start"), once=True),
        Belonging(Kind.QUOTE, Quote, owner="speaker_id"),
        Belonging(Kind.CANDIDATE, QuoteCandidate, known_by=("quote_id", "start")),
        Belonging(Kind.ADDRESS, FormerSlug, known_by=("slug",)),
        Belonging(Kind.FIRST, PossibleDuplicate, owner="first_id"),
        Belonging(Kind.SECOND, PossibleDuplicate, owner="second_id"),
    )
}
REWRITTEN = {Kind.ROLE, Kind.MENTION}  # by extractions; nobody else takes one away
PAIRS = (Kind.FIRST, Kind.SECOND)


class Row(NamedTuple):
    """A row: its id, what it is known by, and whether it goes before another one that is known by the same."""

    key: int
    known_by: tuple
    first: bool = False


@dataclass(slots=True)
class Moving:
    """What comes to somebody: the rows that `move`; those that do not, as there is the `same` already; and those that
    are `displaced` by a name that identifies and did not before."""

    move: list[Row] = field(default_factory=list)
    same: list[Row] = field(default_factory=list)
    displaced: list[Row] = field(default_factory=list)

    @property
    def new(self) -> int:
        return len(self.move) - len(self.displaced)

    @property
    def there(self) -> int:
        return len(self.same) + len(self.displaced)


def rows_of(belonging: Belonging, person: int, **narrowed) -> list[Row]:
    """The person's rows of this kind in the order of their ids."""
    ranked = ("identifies",) if belonging.kind == Kind.NAME else ()
    found = belonging.model._base_manager.filter(**{belonging.owner: person}, **narrowed).order_by("pk")
    known = len(belonging.known_by)
    return [
        Row(key, tuple(rest[:known]), any(rest[known:]))
        for key, *rest in found.values_list("pk", *belonging.known_by, *ranked)
    ]


def coming_to(there: dict[tuple, Row], rows: Iterable[Row], belonging: Belonging) -> Moving:
    """What becomes of the rows of somebody else when they come to somebody who has those `there` already; they are
    among those there afterwards."""
    moving = Moving()
    for row in rows:
        held = there.get(row.known_by) if belonging.once else None
        if held and not (row.first and not held.first):
            moving.same.append(row)
            continue
        if held:
            moving.displaced.append(held)
        moving.move.append(row)
        there[row.known_by] = row
    return moving


def move(transfer: Transfer, belonging: Belonging, moving: Moving) -> None:
    """Moves rows of the giver to the taker, as planned, and enters them in the ledger."""
    removed = [row.key for row in (*moving.same, *moving.displaced)]
    _enter(transfer, belonging.kind, What.REMOVED, _whole(belonging.model, removed))
    _delete(belonging.model, removed)
    _give(belonging, [row.key for row in moving.move], transfer.giver, transfer.taker)
    known = ((row.key, dict(zip(belonging.known_by, row.known_by, strict=True))) for row in moving.move)
    _enter(transfer, belonging.kind, What.MOVED, known)


def enter_made(transfer: Transfer, kind: Kind, record: Model) -> None:
    """Enters a record that the transfer made for the taker."""
    known_by = BELONGINGS[kind].known_by
    row = {name: getattr(record, name) for name in known_by}
    TransferredRow.objects.create(transfer=transfer, kind=kind, what=What.MADE, key=record.pk, row=row)


def give_back(transfer: Transfer, belonging: Belonging) -> None:
    """Moves back what the transfer moved and the taker still has, and brings back what it removed.

    What came to the taker later stays theirs. Of what others gave them and was removed because it was the same as what
    goes back now, one row takes its place.
    """
    entries = _entries(transfer, belonging.kind)
    moved = {entry.key: entry for entry in entries[What.MOVED]}
    known = {_known_by(entry, belonging): entry for entry in moved.values()} if belonging.known_by else {}
    taken = rows_of(belonging, transfer.taker, **({} if known else {"pk__in": list(moved)}))
    own = {row.known_by for row in rows_of(belonging, transfer.giver)} if belonging.once else set()
    back = [row for row in taken if (row.key in moved or row.known_by in known) and row.known_by not in own]
    _give(belonging, [row.key for row in back], transfer.taker, transfer.giver)
    if not belonging.once:
        return
    removed = [entry for entry in entries[What.REMOVED] if entry.row[belonging.owner] == transfer.giver]
    if belonging.kind in REWRITTEN:
        removed = list(_still_read(removed, belonging))
    held = own.union(row.known_by for row in back)
    _insert(belonging.model, [entry.row for entry in removed if _known_by(entry, belonging) not in held])
    vacated = {row.known_by for row in back}.union(
        _known_by(moved[row.key], belonging) for row in back if row.key in moved
    )
    _fill(transfer, belonging, vacated)


def remove_made(transfer: Transfer, kind: Kind) -> None:
    """Takes away what the transfer made for the taker and they still have."""
    belonging = BELONGINGS[kind]
    for entry in _entries(transfer, kind)[What.MADE]:
        found = belonging.model._base_manager.filter(**{belonging.owner: transfer.taker})
        (found.filter(**entry.row) if entry.row else found.filter(pk=entry.key)).delete()


def later_rows(transfer: Transfer, belonging: Belonging) -> int:
    """How many rows of this kind the taker has that the transfer has not given them."""
    entries = _entries(transfer, belonging.kind)
    given = [*entries[What.MOVED], *entries[What.MADE]]
    keys = {entry.key for entry in given}
    known = {_known_by(entry, belonging) for entry in given if belonging.known_by}
    rows = rows_of(belonging, transfer.taker)
    return sum(row.key not in keys and row.known_by not in known for row in rows)


def whole(record: Model) -> dict[str, Any]:
    """All columns of a record."""
    return {column.attname: getattr(record, column.attname) for column in record._meta.concrete_fields}


def made_of(model: type[Model], row: dict[str, Any]) -> Model:
    """The record of the columns that `whole` gave, where need be before the model got others or lost some."""
    columns = {column.attname: column for column in model._meta.concrete_fields}
    return model(**{name: columns[name].to_python(value) for name, value in row.items() if name in columns})


def fillers(transfer: Transfer, kind: Kind) -> Iterator[TransferredRow]:
    """The rows that were removed because the taker had the same, and may take its place: what the taker had before the
    transfer, then what came with others, the earliest first."""
    belonging = BELONGINGS[kind]
    for entry in _entries(transfer, kind)[What.REMOVED]:
        if entry.row[belonging.owner] == transfer.taker:
            yield entry
    others = Transfer.objects.standing().filter(taker=transfer.taker).exclude(pk=transfer.pk)
    removed = TransferredRow.objects.filter(transfer__in=others, kind=kind, what=What.REMOVED)
    yield from removed.order_by("transfer", "pk")


def _fill(transfer: Transfer, belonging: Belonging, vacated: set[tuple]) -> None:
    vacated = vacated.difference(row.known_by for row in rows_of(belonging, transfer.taker))
    if not vacated:
        return
    waiting: dict[tuple, list[TransferredRow]] = defaultdict(list)
    for entry in fillers(transfer, belonging.kind):
        if (known_by := _known_by(entry, belonging)) in vacated:
            waiting[known_by].append(entry)
    rows = []
    for entries in waiting.values():
        chosen = next((entry for entry in entries if entry.row.get("identifies")), entries[0])
        rows.append(chosen.row | {belonging.owner: transfer.taker})
        for entry in entries:
            if entry is not chosen and entry.transfer_id == transfer.pk:
                # What the taker had before is now removed because of what another transfer brought.
                TransferredRow.objects.filter(pk=entry.pk).update(transfer=chosen.transfer_id)
        if chosen.transfer_id != transfer.pk:
            row = {name: chosen.row[name] for name in belonging.known_by}
            TransferredRow.objects.filter(pk=chosen.pk).update(what=What.MOVED, row=row)
    _insert(belonging.model, rows)


def _still_read(entries: Sequence[TransferredRow], belonging: Belonging) -> Iterator[TransferredRow]:
    """Those of whom an extraction has not found meanwhile that nothing of the kind is printed there."""
    report, _ = belonging.known_by
    reports = {entry.row[report] for entry in entries}
    found = belonging.model._base_manager.filter(**{f"{report}__in": reports}).values_list(*belonging.known_by)
    printed = set(found)
    return (entry for entry in entries if _known_by(entry, belonging) in printed)


def _entries(transfer: Transfer, kind: Kind) -> dict[str, list[TransferredRow]]:
    entries: dict[str, list[TransferredRow]] = defaultdict(list)
    for entry in transfer.rows.filter(kind=kind).order_by("pk"):
        entries[entry.what].append(entry)
    return entries


def _known_by(entry: TransferredRow, belonging: Belonging) -> tuple:
    return tuple(entry.row[name] for name in belonging.known_by)


def _enter(transfer: Transfer, kind: Kind, what: What, rows: Iterable[tuple[int, dict]]) -> None:
    entries = (TransferredRow(transfer=transfer, kind=kind, what=what, key=key, row=row) for key, row in rows)
    TransferredRow.objects.bulk_create(entries, batch_size=BATCH)


def _whole(model: type[Model], keys: Collection[int]) -> list[tuple[int, dict]]:
    return [(record.pk, whole(record)) for record in model._base_manager.filter(pk__in=keys).order_by("pk")]


def _give(belonging: Belonging, keys: Collection[int], owner: int, person: int) -> None:
    """To the person what is still the owner's: an editor may have given it to somebody else this moment."""
    if keys:
        own = belonging.model._base_manager.filter(pk__in=keys, **{belonging.owner: owner})
        own.update(**{belonging.owner: person})


def _delete(model: type[Model], keys: Collection[int]) -> None:
    if keys:
        model._base_manager.filter(pk__in=keys).delete()


def _insert(model: type[Model], rows: Iterable[dict]) -> None:
    model._base_manager.bulk_create([made_of(model, row) for row in rows], batch_size=BATCH)
