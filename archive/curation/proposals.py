"""A contributor proposes a change of a record; an editor accepts or declines it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pghistory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from archive.curation.attributing import last_event
from archive.curation.refusal import Refused
from archive.models import Article, Organisation, Person, Proposal, Quote

MODELS: dict[str, type[Model]] = {
    Proposal.Kind.ARTICLE: Article,
    Proposal.Kind.QUOTE: Quote,
    Proposal.Kind.PERSON: Person,
    Proposal.Kind.ORGANISATION: Organisation,
}
MOST_OPEN = 20  # proposals of one contributor that wait for an editor
MOST_A_DAY = 50
SUBJECT = Proposal._meta.get_field("subject").max_length

Changes = dict[str, dict[str, Any]]


@transaction.atomic
def propose(user: AbstractUser, record: Model, subject: str, changes: Changes, reason: str) -> Proposal:
    """The proposal of this user to change the record, for an editor to decide on.

    Raises Refused where nothing would change, where one of theirs for the same record is open, and where they have
    proposed too much.
    """
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)  # so that two at once are counted
    if not changes:
        raise Refused("Nothing would change: put in what should be different.")
    kind = next(kind for kind, model in MODELS.items() if isinstance(record, model))
    own = Proposal.objects.of(user)
    if own.open().filter(kind=kind, key=record.pk).exists():
        raise Refused("A proposal of yours for this record is open: wait for an editor's answer.")
    if own.open().count() >= MOST_OPEN:
        raise Refused(f"{MOST_OPEN} proposals of yours are open: wait for the editors' answers.")
    if own.filter(made__gt=timezone.now() - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(f"You have made {MOST_A_DAY} proposals in a day: go on tomorrow.")
    return Proposal.objects.create(
        kind=kind,
        key=record.pk,
        article=record if isinstance(record, Article) else getattr(record, "article", None),
        subject=subject if len(subject) <= SUBJECT else subject[: SUBJECT - 1] + "…",
        changes=changes,
        seen=last_event(record),
        reason=reason,
        by=user,
    )


@transaction.atomic
def accept(key: int, editor: AbstractUser, make: Callable[[Model, dict[str, Any], str], None]) -> Proposal:
    """Changes the record as the proposal of this number says, by `make`, which is given the record, the new values and
    the reason, and does what an editor's own form does.

    Raises Refused where it was decided on before, where the record is no more or has changed since, and whatever
    `make` raises; then nothing is changed.
    """
    proposal = _open(key)
    record = MODELS[proposal.kind].objects.select_for_update(no_key=True, of=("self",)).filter(pk=proposal.key).first()
    if record is None:
        raise Refused("The record is no more: it was merged or removed. Decline the proposal, and say so.")
    if last_event(record) != proposal.seen:
        raise Refused(
            "The record has changed since this was proposed (its history says how). Make the change yourself where it "
            "is still right, and decline the proposal with a word on that."
        )
    # Readers are told the reason; who proposed it, the history alone.
    reason = f"Proposed by a contributor: {proposal.reason}"
    with pghistory.context(reason=reason, proposed_by=proposal.by_id):
        make(record, {field: change["value"] for field, change in proposal.changes.items()}, reason)
    return _decide(proposal, Proposal.State.ACCEPTED, editor, "")


@transaction.atomic
def decline(key: int, editor: AbstractUser, answer: str) -> Proposal:
    """The proposal of this number is not followed, and the answer says why. Raises Refused where it was decided on
    before."""
    return _decide(_open(key), Proposal.State.DECLINED, editor, answer)


def _open(key: int) -> Proposal:
    proposal = Proposal.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if proposal is None:
        raise Refused("There is no such proposal any more.")
    if proposal.state != Proposal.State.OPEN:
        raise Refused(f"The proposal is {proposal.get_state_display()} already.")
    return proposal


def _decide(proposal: Proposal, state: Proposal.State, editor: AbstractUser, answer: str) -> Proposal:
    proposal.state, proposal.decided, proposal.decided_by, proposal.answer = state, timezone.now(), editor, answer
    proposal.save(update_fields=["state", "decided", "decided_by", "answer"])
    return proposal
