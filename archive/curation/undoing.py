"""An editor undoes a merge or a split: what it moved and is still where it put it goes back, what came later stays."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from archive.curation.duplicates import set_apart, show_pairs
from archive.curation.ledger import (
    BELONGINGS,
    PAIRS,
    Kind,
    What,
    fillers,
    give_back,
    later_rows,
    made_of,
    remove_made,
)
from archive.curation.merging import FILLED, locked, what_became_of, when
from archive.curation.reasons import giving
from archive.curation.refusal import Refused, unhindered
from archive.importing.articles import one_import_at_a_time
from archive.models import FormerSlug, Name, Person, PossibleDuplicate, Transfer


def undo(key: int, editor=None, *, different: bool = False, reason: str = "") -> Transfer:
    """Undoes the transfer of this key, for the reason. With `different`, it is set down that those whom a merge took
    for one are different people, so that they are not proposed again.

    Raises Refused, and changes nothing, where it is undone already or later changes stand in the way.
    """
    with giving(reason):
        return unhindered(lambda: _undo(key, editor, different))


@transaction.atomic
def _undo(key: int, editor, different: bool) -> Transfer:
    one_import_at_a_time()
    transfer = Transfer.objects.with_editors().get(pk=key)
    locked(_involved(transfer))
    if reasons := obstacles(transfer):
        raise Refused(*reasons)
    merge = transfer.kind == Transfer.Kind.MERGE
    if merge:
        _bring_back(transfer)
    for kind, belonging in BELONGINGS.items():
        if kind not in PAIRS:
            give_back(transfer, belonging)
    if merge:
        _keep_preferred_name(transfer)
    _give_back_pairs(transfer)
    remove_made(transfer, Kind.NAME)
    if transfer.made_taker:
        Person.objects.filter(pk=transfer.taker).delete()
    transfer.undone, transfer.undone_by, transfer.holder = timezone.now(), editor, None
    transfer.save(update_fields=["undone", "undone_by", "holder"])
    if merge and different:
        reason = f"a merge of both was undone: {transfer.taker_name}, {transfer.giver_name}"
        set_apart(transfer.giver, transfer.taker, reason)
    return transfer


def _involved(transfer: Transfer) -> list[int]:
    merge = transfer.kind == Transfer.Kind.MERGE
    return [transfer.taker] if merge else [transfer.taker, transfer.giver]


def obstacles(transfer: Transfer) -> list[str]:
    """What stands in the way of undoing it, in sentences for an editor that say what to do first."""
    if transfer.undone:
        return [f"It was undone already, {when(transfer.undone, transfer.undone_by)}."]
    people = Person.objects.in_bulk(_involved(transfer))
    if gone := [key for key in _involved(transfer) if key not in people]:
        return [f"{what_became_of(key)} As long as that is so, this cannot be undone." for key in gone]
    taker = people[transfer.taker]
    found = _passed_on(transfer)
    if transfer.made_taker:
        return found + _later_than_the_split(transfer, taker)
    found += _name_in_the_way(transfer, taker)
    if transfer.kind == Transfer.Kind.MERGE:
        found += _addresses_in_the_way(transfer, taker) + _wikidata_in_the_way(transfer)
    return found


def _passed_on(transfer: Transfer) -> list[str]:
    """What came with the transfer and was split off from the taker later."""
    splits = Transfer.objects.standing().filter(giver=transfer.taker, pk__gt=transfer.pk)
    brought = _moved_by(transfer) if splits else set()
    return [
        f"{later.taker_name} was split off from {later.giver_name} {when(later.made)}, with some of what this brought:"
        " undo that first."
        for later in splits.order_by("pk")
        if not brought.isdisjoint(_moved_by(later))
    ]


def _moved_by(transfer: Transfer) -> set[tuple[str, int]]:
    """The kind and key of each row that went with the transfer."""
    return set(transfer.rows.filter(what=What.MOVED).values_list("kind", "key"))


def _name_in_the_way(transfer: Transfer, taker: Person) -> list[str]:
    preferred = Name.objects.get(person=taker, text=taker.name)
    brought = transfer.rows.filter(Q(key=preferred.pk, what=What.MOVED) | Q(row__text=preferred.text), kind=Kind.NAME)
    stays = any(filler.row["text"] == preferred.text for filler in fillers(transfer, Kind.NAME))
    if stays or not brought.exclude(what=What.REMOVED).exists():
        return []
    return [
        f"{taker} is called so by a name that goes back to {transfer.giver_name}: give {taker} another preferred name"
        " first."
    ]


def _addresses_in_the_way(transfer: Transfer, taker: Person) -> list[str]:
    former = transfer.rows.filter(kind=Kind.ADDRESS, what=What.MOVED)
    wanted = [transfer.giver_row["slug"], *former.values_list("row__slug", flat=True)]
    found = [
        f"The page of {person} is at “{person.slug}” by now, an address of {transfer.giver_name}: give {person} another"
        " preferred name first, and so another address."
        for person in Person.objects.filter(slug__in=wanted)
    ]
    elsewhere = FormerSlug.objects.filter(slug__in=wanted).exclude(person=taker).select_related("person")
    found += [
        f"The address “{address.slug}” of {transfer.giver_name} leads to {address.person} by now."
        for address in elsewhere
    ]
    return found


def _wikidata_in_the_way(transfer: Transfer) -> list[str]:
    wikidata_id = transfer.giver_row["wikidata_id"]
    if not wikidata_id:
        return []
    others = Person.objects.filter(wikidata_id=wikidata_id)
    if "wikidata_id" in transfer.filled:
        others = others.exclude(pk=transfer.taker)
    return [
        f"{person} has {wikidata_id} in Wikidata by now, which {transfer.giver_name} had: take it out first."
        for person in others
    ]


def _later_than_the_split(transfer: Transfer, taker: Person) -> list[str]:
    """Of a person whom the split made, and who goes with its undoing, whatever else is theirs."""
    counts = {
        kind.label: later_rows(transfer, belonging) for kind, belonging in BELONGINGS.items() if kind not in PAIRS
    }
    later = [f"{label}: {count}" for label, count in counts.items() if count]
    later += [name for name, value in (("Wikidata id", taker.wikidata_id), ("note", taker.note)) if value]
    if not later:
        return []
    return [
        f"{taker} has got more since ({', '.join(later)}), and would be without a record: merge {taker} into"
        f" {transfer.giver_name} instead."
    ]


def _bring_back(transfer: Transfer) -> None:
    """The merged person's record and address, and what the taker has of it goes."""
    row = transfer.giver_row
    taker = Person.objects.get(pk=transfer.taker)
    for name in transfer.filled:
        if getattr(taker, name) == row[name]:
            setattr(taker, name, _from_another(transfer, name))
    taker.save(update_fields=FILLED)
    remove_made(transfer, Kind.ADDRESS)
    Person.objects.bulk_create([made_of(Person, row)])
    # Who had been merged into them is theirs again.
    holders = {transfer.giver}
    merges = Transfer.objects.standing().filter(kind=Transfer.Kind.MERGE).exclude(pk=transfer.pk)
    while new := set(merges.filter(taker__in=holders).values_list("giver", flat=True)) - holders:
        holders |= new
    merges.filter(taker__in=holders).update(holder=transfer.giver)


def _from_another(transfer: Transfer, name: str) -> str:
    """What the taker would have taken over from the next one merged into them, had this one not been."""
    others = Transfer.objects.standing().filter(kind=Transfer.Kind.MERGE, taker=transfer.taker).exclude(pk=transfer.pk)
    for other in others.order_by("pk"):
        if value := other.giver_row[name]:
            other.filled.append(name)
            other.save(update_fields=["filled"])
            return value
    return ""


def _keep_preferred_name(transfer: Transfer) -> None:
    """Should an editor have taken it out while it was one of many of the taker's, it is there again."""
    name = transfer.giver_row["name"]
    if not Name.objects.filter(person=transfer.giver, text=name).exists():
        Name(person_id=transfer.giver, text=name).save()


def _give_back_pairs(transfer: Transfer) -> None:
    # One that comes back equals none in view: as long as the giver was no record, no pair was theirs.
    for kind in PAIRS:
        give_back(transfer, BELONGINGS[kind])
    for entry in transfer.rows.filter(kind=Kind.FIRST, what=What.MADE):
        told_apart = PossibleDuplicate.objects.filter(pk=entry.key, state=PossibleDuplicate.State.DIFFERENT)
        if entry.row["state"]:
            told_apart.update(state=entry.row["state"])
        else:
            told_apart.delete()
    show_pairs([transfer.taker, transfer.giver])
