"""An editor decides who spoke: confirms it, chooses another one, says that nobody is named or nothing was quoted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, Model

from archive.curation.merging import what_became_of
from archive.curation.reasons import giving
from archive.curation.refusal import NoLongerSo, Refused, unhindered
from archive.curation.speakers import add_person
from archive.models import Organisation, Person, Quote

State = Quote.State
SpeakerKind = Quote.SpeakerKind
DECIDED = ("state", "speaker_id", "organisation_id", "speaker_kind", "role", "rule", "confidence", "chain")
CHANGED = "This quote was changed meanwhile, by somebody else or by an import. Nothing of yours was saved."


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of a quote: what it was `before`, its last event since, and the person that was made for it.

    All of it can be kept as JSON until somebody undoes it.
    """

    quote: int
    before: dict[str, Any]
    event: int
    made: int | None = None


def last_event(record: Model) -> int:
    """The key of the last event in a record's history; 0 where it has none. It tells whether anything has changed."""
    return record.events.aggregate(last=Max("pgh_id"))["last"] or 0


def confirm(key: int, seen: int, reason: str) -> Decided:
    """The attribution is right as it is, also where it is that the speaker is not known.

    As of all that follow, `seen` is the `last_event` that the editor saw; raises NoLongerSo where there is a later one.
    """
    return _decide(key, seen, reason, _confirm)


def attribute(key: int, seen: int, reason: str, speaker: type[Person | Organisation], speaker_key: int) -> Decided:
    """The person or organisation of this key spoke; Refused where there is none any more."""

    def decide(quote: Quote) -> None:
        record = speaker.objects.filter(pk=speaker_key).first()
        if record is None:
            raise Refused(
                what_became_of(speaker_key) if speaker is Person else "There is no such organisation any more."
            )
        _attribute(quote, record)

    return _decide(key, seen, reason, decide)


def attribute_to_new_person(key: int, seen: int, reason: str, name: str) -> Decided:
    """A new person of this name spoke, whether or not somebody else bears it too."""
    made: list[int] = []

    def decide(quote: Quote) -> None:
        person = add_person(name)
        made[:] = [person.pk]
        _attribute(quote, person)

    decided = _decide(key, seen, reason, decide)
    return Decided(decided.quote, decided.before, decided.event, *made)


def reject(key: int, seen: int, reason: str) -> Decided:
    """These words are no quotation."""
    return _decide(key, seen, reason, lambda quote: setattr(quote, "state", State.REJECTED))


def attribute_to_unnamed(key: int, seen: int, reason: str) -> Decided:
    """The report does not name who spoke."""
    return _decide(key, seen, reason, lambda quote: _set_speaker(quote, None, None, SpeakerKind.UNNAMED))


def undo(decided: Decided, reason: str) -> None:
    """The quote is what it was before; a person who was made for it goes where nothing else names them.

    Raises NoLongerSo where the quote was changed since, Refused where there is no such speaker any more.
    """
    unhindered(lambda: _undo(decided, reason))


def take_as_editors(quote: Quote) -> None:
    """Sets down that who spoke is an editor's word: how the machine went from the words beside the quote to a name was
    for its own attribution. What is printed there stays: it is the report's."""
    quote.rule, quote.confidence, quote.chain = Quote.EDITOR, None, quote.chain[:1]


def _decide(key: int, seen: int, reason: str, decide: Callable[[Quote], None]) -> Decided:
    return unhindered(lambda: _write(key, seen, reason, decide))


@transaction.atomic
def _write(key: int, seen: int, reason: str, decide: Callable[[Quote], None]) -> Decided:
    quote = locked(key, seen)
    before = {name: getattr(quote, name) for name in DECIDED}
    with giving(reason):
        decide(quote)
        after = {name: getattr(quote, name) for name in DECIDED}
        is_confirmed = before["state"] != State.REJECTED and after == before | {"state": State.CONFIRMED}
        with giving(reason, unseen=is_confirmed):
            quote.save(update_fields=DECIDED)
    return Decided(key, before, last_event(quote))


@transaction.atomic
def _undo(decided: Decided, reason: str) -> None:
    quote = locked(decided.quote, decided.event)
    speaker = decided.before["speaker_id"]
    if speaker and not Person.objects.filter(pk=speaker).exists():
        raise Refused(what_became_of(speaker))
    with giving(reason):
        for name, value in decided.before.items():
            setattr(quote, name, value)
        quote.save(update_fields=DECIDED)
        made = Person.objects.filter(pk=decided.made).first() if decided.made else None
        if made and not (made.quotes.exists() or made.mentions.exists() or made.mergers.exists()):
            made.delete()


def locked(key: int, seen: int) -> Quote:
    """The quote of this key, which nobody else changes until the end of the transaction. Raises NoLongerSo where it has
    a later event than `seen`, or is no more."""
    quote = Quote.objects.select_for_update(of=("self",), no_key=True).filter(pk=key).first()
    if quote is None or last_event(quote) != seen:
        raise NoLongerSo(CHANGED)
    return quote


def _confirm(quote: Quote) -> None:
    quote.state = State.CONFIRMED


def _attribute(quote: Quote, speaker: Person | Organisation) -> None:
    if quote.said_by == speaker:
        _confirm(quote)
    elif isinstance(speaker, Person):
        _set_speaker(quote, speaker, None, SpeakerKind.PERSON)
    else:
        _set_speaker(quote, None, speaker, SpeakerKind.ORGANISATION)


def _set_speaker(quote: Quote, person: Person | None, organisation: Organisation | None, kind: SpeakerKind) -> None:
    if (person and quote.organisation_id) or (organisation and quote.speaker_id):
        quote.role = ""  # the other one's
    quote.speaker, quote.organisation, quote.speaker_kind = person, organisation, kind
    quote.state = State.CORRECTED
    take_as_editors(quote)
