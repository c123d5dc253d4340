"""An editor merges people who are one person: all that is theirs goes to the one who stays; their addresses lead on.

The ledger keeps what is needed to undo it (`undoing`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db import transaction
from django.utils.timezone import localtime

from archive.curation.duplicates import hide_pairs, show_pairs
from archive.curation.ledger import BELONGINGS, Kind, Moving, coming_to, enter_made, move, rows_of, whole
from archive.curation.reasons import giving
from archive.curation.refusal import Refused, unhindered
from archive.importing.articles import one_import_at_a_time
from archive.importing.known import FIRST_REPORTS
from archive.models import FormerSlug, Mention, Person, PossibleDuplicate, Transfer

FILLED = ("wikidata_id", "note")  # what the one who stays takes over where they have none


@dataclass(frozen=True, slots=True)
class Plan:
    """What merging one person into the one who stays will do: for each kind of row what becomes of it, what the one
    who stays will take over of the record itself, and what of it only the ledger keeps."""

    giver: Person
    rows: dict[Kind, Moving]
    filled: dict[str, str]
    left: dict[str, str]


def plans(stays: Person, merged: Sequence[Person]) -> list[Plan]:
    """What merging these into the one who stays, one after the other, will do.

    As many statements for each person, however much is theirs.
    """
    there: dict[Kind, dict] = {}
    for kind, belonging in BELONGINGS.items():
        there[kind] = {row.known_by: row for row in rows_of(belonging, stays.pk)} if belonging.once else {}
    record = {name: getattr(stays, name) for name in FILLED}
    made = []
    for giver in merged:
        rows = {
            kind: coming_to(there[kind], rows_of(belonging, giver.pk), belonging)
            for kind, belonging in BELONGINGS.items()
        }
        own = {name: value for name in FILLED if (value := getattr(giver, name))}
        filled = {name: value for name, value in own.items() if not record[name]}
        left = {name: value for name, value in own.items() if record[name] not in ("", value)}
        record |= filled
        made.append(Plan(giver, rows, filled, left))
    return made


def objections(stays: Person, merged: Sequence[Person]) -> list[str]:
    """Why these cannot be merged, in sentences for an editor."""
    people = [stays, *merged]
    keys = {person.pk for person in people}
    if stays in merged or len(keys) < len(people):
        return [
            f"{stays if stays in merged else people[-1]} cannot be merged with themself: each is to be chosen once."
        ]
    if not merged:
        return ["Choose two people at least: there is nobody to merge."]
    found = [
        f"{pair.first} ({pair.first.slug}) and {pair.second} ({pair.second.slug}) were set down as different people. If"
        " that was wrong, open their pair again in the list of possible duplicates first."
        for pair in PossibleDuplicate.objects.shown()
        .filter(first__in=keys, second__in=keys, state=PossibleDuplicate.State.DIFFERENT)
        .select_related("first", "second")
        .order_by("pk")
    ]
    on_wikidata = sorted((person for person in people if person.wikidata_id), key=lambda person: person.pk)
    for one, other in pairwise(on_wikidata):
        found.append(
            f"{one} is {one.wikidata_id} in Wikidata, and {other} is {other.wikidata_id}: these are two people. If one"
            " of these ids is wrong, take it out first."
        )
    return found


def merge(stays: int, merged: Collection[int], reason: str, editor=None) -> list[Transfer]:
    """Merges the people of these keys into the one who stays, all of them or none; an entry in the ledger for each.

    Raises Refused, with the reasons, where they cannot be merged.
    """
    with giving(reason):
        return unhindered(lambda: _merge(stays, list(merged), reason.strip(), editor))


@transaction.atomic
def _merge(stays: int, merged: list[int], reason: str, editor) -> list[Transfer]:
    if not reason:
        raise Refused("Say why these are one person: whoever doubts it later will want to know.")
    one_import_at_a_time()
    people = locked([stays, *merged])
    if gone := [key for key in dict.fromkeys([stays, *merged]) if key not in people]:
        raise Refused(*map(what_became_of, gone))
    taker, givers = people[stays], [people[key] for key in merged]
    if reasons := objections(taker, givers):
        raise Refused(*reasons)
    return [_take_in(taker, plan, reason, editor) for plan in plans(taker, givers)]


def locked(keys: Collection[int]) -> dict[int, Person]:
    """Those of the people who are there, by their keys; until the end of the transaction nobody else changes them.

    In the order of their keys, so that two who want the same people wait for each other once. What refers to them can
    be written meanwhile: whoever waits for these rows may hold some that we want.
    """
    found = Person.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return {person.pk: person for person in found}


def what_became_of(key: int) -> str:
    """Says of a person who is no more by whom they were merged into whom, where they were."""
    merger = Transfer.objects.standing().with_editors().filter(kind=Transfer.Kind.MERGE, giver=key).first()
    if merger is None:
        return f"There is no person with the number {key} any more."
    return f"{merger.giver_name} was merged into {merger.taker_name} {when(merger.made, merger.made_by)}."


def when(moment: datetime, editor=None) -> str:
    """A moment in words, and who did it then, where that is known."""
    return f"on {localtime(moment):%-d %B %Y at %H:%M}" + (f" by {editor}" if editor else "")


def _take_in(taker: Person, plan: Plan, reason: str, editor) -> Transfer:
    giver = plan.giver
    transfer = Transfer.objects.create(
        kind=Transfer.Kind.MERGE,
        giver=giver.pk,
        giver_name=giver.name,
        taker=taker.pk,
        taker_name=taker.name,
        holder=taker,
        giver_row=whole(giver),
        filled=list(plan.filled),
        first_reports=_first_reports(giver),
        reason=reason,
        made_by=editor,
    )
    hide_pairs([giver.pk])
    for kind, moving in plan.rows.items():
        move(transfer, BELONGINGS[kind], moving)
    show_pairs([taker.pk])
    Transfer.objects.filter(holder=giver).update(holder=taker)
    Person.objects.filter(pk=giver.pk).delete()
    enter_made(transfer, Kind.ADDRESS, FormerSlug.objects.create(slug=giver.slug, person=taker))
    if plan.filled:
        Person.objects.filter(pk=taker.pk).update(**plan.filled)
    return transfer


def _first_reports(person: Person) -> list[int]:
    rows = Mention.objects.first_reports([person.pk], FIRST_REPORTS)
    return sorted({article for _, article, *_ in rows})
