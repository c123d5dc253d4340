"""An editor splits off from a person what belongs to somebody else of the same name. It is undone as a merge is."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from archive.curation.duplicates import set_apart
from archive.curation.ledger import BELONGINGS, Kind, Row, What, coming_to, enter_made, move, rows_of
from archive.curation.merging import locked, what_became_of
from archive.curation.reasons import giving
from archive.curation.refusal import Refused, unhindered
from archive.curation.speakers import add_person
from archive.importing.articles import one_import_at_a_time
from archive.models import Name, Person, Transfer, TransferredRow


@dataclass(frozen=True, slots=True)
class Chosen:
    """What belongs to somebody else: quotes and names by their keys, and by the keys of reports whatever else names
    the person there (mentions, roles, candidates)."""

    quotes: Collection[int] = ()
    names: Collection[int] = ()
    reports: Collection[int] = ()


def split(
    giver: int, chosen: Chosen, reason: str, editor=None, *, name: str = "", taker: int | None = None
) -> Transfer:
    """Gives what is chosen of the giver's to a new person of this name, or to one who is there: the `taker`'s key.

    The preferred name of the giver stays theirs, and the other one gets it too. Both are set down as different people.

    Raises Refused, with the reasons, where that cannot be done.
    """
    with giving(reason):
        return unhindered(lambda: _split(giver, chosen, reason.strip(), editor, name, taker))


@transaction.atomic
def _split(giver: int, chosen: Chosen, reason: str, editor, name: str, taker: int | None) -> Transfer:
    if not reason:
        raise Refused("Say why this is somebody else: whoever doubts it later will want to know.")
    if bool(name) == (taker is not None):
        raise Refused("Give either a name for a new person, or somebody who is there: one of the two.")
    if giver == taker:
        raise Refused("This is the same person: choose another one, or give a name for a new one.")
    one_import_at_a_time()
    wanted = [giver] if taker is None else [giver, taker]
    people = locked(wanted)
    if gone := [key for key in wanted if key not in people]:
        raise Refused(*map(what_became_of, gone))
    one, other = people[giver], add_person(name) if taker is None else people[taker]
    rows = _rows(one, chosen)
    transfer = Transfer.objects.create(
        kind=Transfer.Kind.SPLIT,
        giver=one.pk,
        giver_name=one.name,
        taker=other.pk,
        taker_name=other.name,
        made_taker=taker is None,
        reason=reason,
        made_by=editor,
    )
    if taker is None:
        enter_made(transfer, Kind.NAME, other.names.get())
    _share_preferred_name(transfer, one, other, chosen)
    for kind, coming in rows.items():
        belonging = BELONGINGS[kind]
        there = {row.known_by: row for row in rows_of(belonging, other.pk)} if belonging.once else {}
        move(transfer, belonging, coming_to(there, coming, belonging))
    pair, state = set_apart(one.pk, other.pk, f"split off: {other} from {one}")
    TransferredRow.objects.create(transfer=transfer, kind=Kind.FIRST, what=What.MADE, key=pair.pk, row={"state": state})
    return transfer


def _rows(one: Person, chosen: Chosen) -> dict[Kind, list[Row]]:
    """The chosen rows that move; raises Refused where nothing is chosen, or what is chosen is not the giver's."""
    narrowed = {
        Kind.QUOTE: {"pk__in": chosen.quotes},
        Kind.NAME: {"pk__in": chosen.names},
        Kind.MENTION: {"article__in": chosen.reports},
        Kind.ROLE: {"article__in": chosen.reports},
        Kind.CANDIDATE: {"quote__article__in": chosen.reports},
    }
    rows = {kind: rows_of(BELONGINGS[kind], one.pk, **condition) for kind, condition in narrowed.items()}
    if not any(rows.values()):
        raise Refused("Nothing is chosen: mark what belongs to somebody else.")
    missing = len({*chosen.quotes}) - len(rows[Kind.QUOTE]) + len({*chosen.names}) - len(rows[Kind.NAME])
    if missing:
        raise Refused(f"Of what was chosen, {missing} is not {one}'s any more: open the page anew, and choose again.")
    rows[Kind.NAME] = [row for row in rows[Kind.NAME] if row.known_by != (one.name,)]
    return rows


def _share_preferred_name(transfer: Transfer, one: Person, other: Person, chosen: Chosen) -> None:
    preferred = one.names.filter(text=one.name, pk__in=chosen.names).first()
    if preferred and not other.names.filter(text=preferred.text).exists():
        shared = Name(person=other, text=preferred.text, identifies=preferred.identifies)
        shared.save()
        enter_made(transfer, Kind.NAME, shared)
