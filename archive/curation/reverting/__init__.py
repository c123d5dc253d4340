"""An editor takes a change back: what it changed is again what it was before, whoever made it and by whatever path.

A change is taken back where nothing later changed the same. What takes it back is a change of its own, which can be
taken back in turn.
"""

import pghistory
from django.db import connection, transaction
from django.db.models import Model

from archive.curation.events import Event, event_of, history_of
from archive.curation.merging import when
from archive.curation.refusal import Refused, unhindered
from archive.curation.reverting import reports, speakers
from archive.curation.reverting.taking import Taking
from archive.curation.withholding import NotPossible
from archive.importing.articles import one_import_at_a_time
from archive.models import (
    Article,
    Name,
    Organisation,
    OrganisationName,
    Outlet,
    Person,
    PossibleDuplicate,
    Quote,
    Tombstone,
    Transfer,
    Version,
)

WAYS = {
    Article: reports.of_report,
    Version: reports.of_version,
    Quote: reports.of_quote,
    Person: speakers.of_speaker,
    Organisation: speakers.of_speaker,
    Name: speakers.of_name,
    OrganisationName: speakers.of_name,
    Outlet: speakers.of_outlet,
    PossibleDuplicate: speakers.of_pair,
    Tombstone: speakers.of_tombstone,
}


def plan(event: Event) -> Taking:
    """What taking the change back would do, or what stands in its way."""
    if transfers := transfers_of(event):
        return Taking(obstacles=[_instead(event, transfer) for transfer in transfers])
    way = WAYS.get(event.model)
    if way is None:
        name = event.model._meta.verbose_name
        return Taking(obstacles=[f"The history of a {name} tells what happened; it is not taken back by itself."])
    return way(event)


def transfers_of(event: Event) -> list[Transfer]:
    """The merges and splits, or their undoings, that the change was part of."""
    if event.context_id is None:
        return []
    entries = history_of(Transfer).objects.filter(pgh_context=event.context_id)
    return list(Transfer.objects.with_editors().filter(pk__in=entries.values("pgh_obj_id")).order_by("pk"))


def _instead(event: Event, transfer: Transfer) -> str:
    if transfer.undone:
        return (
            f"It was part of this: {transfer}, undone {when(transfer.undone, transfer.undone_by)}. Merge or split anew."
        )
    return f"It is part of this: {transfer}, {when(transfer.made, transfer.made_by)}. Undo that instead, as a whole."


def take_back(model: type[Model], number: int, reason: str) -> Taking:
    """Takes back the change of this number in the history of a model, and gives what that did.

    Raises Refused, and changes nothing, where something stands in the way: a later change of the same, which is named,
    a row that is gone, a constraint.
    """
    reason = reason.strip()
    if not reason:
        raise Refused("Say why: whoever reads the history later will want to know.")
    return unhindered(lambda: _take_back(model, number, reason))


@transaction.atomic
def _take_back(model: type[Model], number: int, reason: str) -> Taking:
    one_import_at_a_time()
    event = event_of(model, number)
    if event is None:
        raise Refused("There is no such change any more: its record was removed for good.")
    list(model.objects.select_for_update(of=("self",), no_key=True).filter(pk=event.key))
    taking = plan(event)
    if taking.obstacles:
        raise Refused(*taking.obstacles)
    with pghistory.context(reason=reason, takes_back=str(event)):
        try:
            taking.write(reason)
        except NotPossible as error:
            raise Refused(f"Nothing was changed: {error}.") from None
    connection.check_constraints()
    return taking
