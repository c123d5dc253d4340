"""Says in words what events of the history changed of what readers see; what they may not see is left out."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, OuterRef, Subquery
from django.template.defaultfilters import truncatechars

from archive.curation.events import ADDED, DELETED, history_of
from archive.curation.shown import OUTLET, Key, Kind, Record, Shown
from archive.importing.furniture import decided
from archive.models import (
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
)
from archive.templatetags.evidence import TAKEN_TO_BE
from archive.templatetags.published import published_words

LONGEST = 200  # characters of a value
NONE = "none"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was changed of a record. Where it has no value before or after it, these are None. `about` are all
    records whose pages tell of it, `within` the report that a quote stands in. With `is_whole`, it came
    or went as a whole, and `what` names its kind."""

    record: Record
    what: str
    before: str | None = None
    after: str | None = None
    about: frozenset[Key] = frozenset()
    within: Record | None = None
    is_answer: bool = False
    is_whole: bool = False

    def in_words(self, page: Key | None = None) -> str:
        """In one line, as the page of a record says it."""
        is_elsewhere = self.record.kind == Kind.QUOTE and page != self.record.key
        of = " of a quotation" if is_elsewhere and not self.is_whole and not self.is_answer else ""
        if self.before is not None and self.after is not None:
            return f"{self.what}{of} from {self.before} to {self.after}"
        value = self.before if self.after is None else self.after
        return f"{self.what}{of}" + ("" if value is None else f": {value}")


@dataclass(slots=True)
class Net:
    """What the events of a context come to for one row: as it was before, None where it was added; and after."""

    model: type[Model]
    key: int
    before: Any
    after: Any


def nets_of(keys: dict[UUID, dict[type[Model], list[int]]]) -> dict[UUID, list[Net]]:
    """For each context, given with the keys of its events, what these come to. Two queries a model, however many."""
    found: dict[UUID, dict[tuple[type[Model], int], Net]] = defaultdict(dict)
    for model in dict.fromkeys(model for events in keys.values() for model in events):
        wanted = [key for events in keys.values() for key in events.get(model, ())]
        if not wanted:
            continue
        events = history_of(model)._default_manager
        earlier = events.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
        read = list(
            events.filter(pgh_id__in=wanted).annotate(earlier=Subquery(earlier.values("pgh_id")[:1])).order_by("pgh_id")
        )
        before = events.in_bulk([event.earlier for event in read if event.earlier])
        for event in read:
            after = None if event.pgh_label == DELETED else event
            nets = found[event.pgh_context_id]
            net = nets.get((model, event.pgh_obj_id))
            if net:
                net.after = after
            else:
                earliest = None if event.pgh_label == ADDED else before.get(event.earlier)
                nets[model, event.pgh_obj_id] = Net(model, event.pgh_obj_id, earliest, after)
    return {context: list(nets.values()) for context, nets in found.items()}


def changes_in(nets: dict[UUID, list[Net]]) -> dict[UUID, list[Change]]:
    """What readers are told of each context; nothing of what they may not see."""
    shown = Shown.of(key for each in nets.values() for net in each for key in _numbers(net))
    return {context: list(_changes(each, shown)) for context, each in nets.items()}


def _numbers(net: Net) -> Iterator[Key]:
    """The records that a net change tells of."""
    states = [state for state in (net.before, net.after) if state is not None]
    if net.model is Article:
        yield Kind.REPORT, net.key
        yield from ((OUTLET, state.outlet_id) for state in states if state.outlet_id)
    elif net.model is Version:
        yield from ((Kind.REPORT, state.article_id) for state in states)
    elif net.model is Quote:
        yield Kind.QUOTE, net.key
        yield from ((Kind.PERSON, state.speaker_id) for state in states if state.speaker_id)
        yield from ((Kind.ORGANISATION, state.organisation_id) for state in states if state.organisation_id)
    elif net.model is Person:
        yield Kind.PERSON, net.key
    elif net.model is Name:
        yield from ((Kind.PERSON, state.person_id) for state in states)
    elif net.model is Organisation:
        yield Kind.ORGANISATION, net.key
    elif net.model is OrganisationName:
        yield from ((Kind.ORGANISATION, state.organisation_id) for state in states)
    elif net.model is Outlet:
        yield OUTLET, net.key
    elif net.model is Transfer:
        yield from ((Kind.PERSON, number) for state in states for number in (state.giver, state.taker))
    elif net.model is ErrorReport:
        yield from ((state.kind, state.number) for state in states)


def _changes(nets: list[Net], shown: Shown) -> Iterator[Change]:
    by_model: dict[type[Model], list[Net]] = defaultdict(list)
    for net in nets:
        by_model[net.model].append(net)
    yield from _each(by_model[ErrorReport], shown, _answers)
    if by_model[Transfer]:
        # What moved with it is what the merge or the split is.
        yield from _each(by_model[Transfer], shown, _transfers)
        return
    yield from _each(by_model[Article], shown, _of_article)
    yield from _of_texts(by_model[Version], shown)
    yield from _each(by_model[Quote], shown, _of_quote)
    # Whom the machine found in a new text, the editor has not added.
    named = () if by_model[Version] else ((Person, Name), (Organisation, OrganisationName))
    for model, names in named:
        yield from _each(by_model[model], shown, _of_named)
        preferred = {net.after.name for net in by_model[model] if net.after}
        yield from (
            change
            for change in _each(by_model[names], shown, _of_name)
            if change.before is not None or change.after not in preferred
        )
    yield from _each(by_model[Outlet], shown, _of_outlet)


def _each(nets, shown: Shown, told) -> Iterator[Change]:
    for net in nets:
        yield from told(net, shown)


def _compared(record: Record, about, pairs, within: Record | None = None) -> Iterator[Change]:
    """A change for each of the pairs (what, before, after) that differ."""
    for what, before, after in pairs:
        if before != after:
            before, after = (truncatechars(value, LONGEST) if value else NONE for value in (before, after))
            yield Change(record, what, before, after, frozenset(about), within)


def _of_article(net: Net, shown: Shown) -> Iterator[Change]:
    record = shown.record(Kind.REPORT, net.key)
    before, after = net.before, net.after
    if not (record and before and after):
        return

    def outlet(number):
        if number is None:
            return ""
        return shown.outlets[number].name if number in shown.outlets else "an outlet that the archive does not show"

    def published(state):
        return published_words(state.published_earliest, state.published_latest)

    pairs = [
        ("title", before.title, after.title),
        ("author", before.author, after.author),
        ("date", published(before), published(after)),
        ("web address", before.url, after.url),
        ("language", before.language, after.language),
    ]
    if before.outlet_id != after.outlet_id:
        pairs.insert(1, ("outlet", outlet(before.outlet_id), outlet(after.outlet_id)))
    yield from _compared(record, {record.key}, pairs)


def _of_texts(nets: list[Net], shown: Shown) -> Iterator[Change]:
    """Which version of a text readers see, and what of it is furniture; its words stand in the versions."""
    no_longer = {net.before.article_id: net.before for net in nets if net.before and net.before.shown}
    for net in nets:
        after = net.after
        if not after or not after.shown:
            continue
        if net.before and net.before.shown:
            yield from _furniture(net, shown)
            continue
        record, earlier = shown.record(Kind.REPORT, after.article_id), no_longer.get(after.article_id)
        if record and earlier:
            maker = Version.Maker(after.maker).label
            words = f"version {earlier.number}", f"version {after.number} ({maker})"
            yield Change(record, "text", *words, frozenset({record.key}))


def _furniture(net: Net, shown: Shown) -> Iterator[Change]:
    """How many passages of the text were marked as page furniture, and from how many the mark was taken off."""
    record, before, after = shown.record(Kind.REPORT, net.after.article_id), net.before.furniture, net.after.furniture
    marked, taken_off = (len(_without(*pair)) for pair in ((after, before), (before, after)))
    told = [f"{_passages(count)} {word}" for count, word in ((marked, "marked"), (taken_off, "taken off")) if count]
    if record and told:
        yield Change(record, f"page furniture of the text: {', '.join(told)}", about=frozenset({record.key}))


def _without(spans: list[list[int]], others: list[list[int]]) -> list[list[int]]:
    """What of the spans is in none of the others."""
    return decided(spans, [(start, end, False) for start, end in others])


def _passages(count: int) -> str:
    return "1 passage" if count == 1 else f"{count} passages"


def _of_quote(net: Net, shown: Shown) -> Iterator[Change]:
    record, before, after = shown.record(Kind.QUOTE, net.key), net.before, net.after
    if not record or not after:
        return
    within = shown.record(Kind.REPORT, shown.quotes[net.key].article_id)
    states = [state for state in (before, after) if state]
    about = {record.key, *([within.key] if within else [])}
    about |= {(Kind.PERSON, state.speaker_id) for state in states if state.speaker_id}
    about |= {(Kind.ORGANISATION, state.organisation_id) for state in states if state.organisation_id}

    def as_whole(what):
        return Change(record, what, about=frozenset(about), within=within, is_whole=True)

    State = Quote.State
    if before is None:
        if after.state == State.ADDED:
            yield as_whole("quotation added")
        return
    if before.state == after.state == State.FOUND and before.version_id != after.version_id:
        return  # the machine has read a new text
    if (before.state == State.REJECTED) != (after.state == State.REJECTED):
        yield as_whole("quotation taken out: it is none" if after.state == State.REJECTED else "quotation put back")
    elif after.state == State.REJECTED:
        return
    pairs = [
        ("role", before.role, after.role),
        ("kind", *(Quote.Kind(state.kind).label.lower() for state in states)),
        ("whether it was said", *("not said" if state.negated else "said" for state in states)),
    ]
    if any(getattr(before, name) != getattr(after, name) for name in ("speaker_id", "organisation_id", "speaker_kind")):
        pairs.insert(0, ("speaker", *(_speaker(state, shown) for state in states)))
    if before.version_id == after.version_id:
        pairs.append(("extent", *(f"characters {state.start} to {state.end}" for state in states)))
    yield from _compared(record, about, pairs, within)


def _speaker(state, shown: Shown) -> str:
    if state.speaker_id:
        return shown.name_of(state.speaker_id)
    if state.organisation_id:
        organisation = shown.organisations.get(state.organisation_id)
        return organisation.name if organisation else "an organisation that the archive does not show"
    return TAKEN_TO_BE[state.speaker_kind]


def _of_named(net: Net, shown: Shown) -> Iterator[Change]:
    kind = Kind.PERSON if net.model is Person else Kind.ORGANISATION
    record, before, after = shown.record(kind, net.key), net.before, net.after
    if not record or not after:
        return
    if before is None:
        yield Change(record, f"{record.kind} added to the archive", about=frozenset({record.key}), is_whole=True)
        return
    pairs = [
        ("preferred name", before.name, after.name),
        ("Wikidata id", before.wikidata_id, after.wikidata_id),
        ("note", before.note, after.note),
    ]
    yield from _compared(record, {record.key}, pairs)


def _of_name(net: Net, shown: Shown) -> Iterator[Change]:
    before, after = net.before, net.after
    bearer = after or before
    if bearer is None:
        return
    number = bearer.person_id if net.model is Name else bearer.organisation_id
    record = shown.record(Kind.PERSON if net.model is Name else Kind.ORGANISATION, number)
    if record is None:
        return
    about = frozenset({record.key})
    if before and after:
        yield from _compared(record, about, [("name", before.text, after.text)])
    elif after:
        yield Change(record, "name added", None, after.text, about)
    else:
        yield Change(record, "name taken out", before.text, None, about)


def _of_outlet(net: Net, shown: Shown) -> Iterator[Change]:
    record, before, after = shown.record(OUTLET, net.key), net.before, net.after
    if not record or not after:
        return
    if before is None:
        yield Change(record, f"{record.kind} added to the archive", about=frozenset({record.key}), is_whole=True)
        return
    how = ("extracts only" if state.extracts_only else "in full" for state in (before, after))
    pairs = [("name", before.name, after.name), ("web address", before.url, after.url), ("reports shown", *how)]
    yield from _compared(record, {record.key}, pairs)


def _transfers(net: Net, shown: Shown) -> Iterator[Change]:
    after = net.after
    undone = bool(net.before and after and not net.before.undone and after.undone)
    if not after or not (undone or net.before is None):
        return
    both = (after.taker, after.giver)
    record = next(filter(None, (shown.record(Kind.PERSON, number) for number in both)), None)
    if record is None or shown.hidden_people.intersection(both):
        return
    merge = after.kind == Transfer.Kind.MERGE
    what = (
        f"{after.giver_name} merged into {after.taker_name}"
        if merge
        else f"{after.taker_name} split off from {after.giver_name}"
    )
    about = frozenset((Kind.PERSON, number) for number in (*both, record.number))
    yield Change(record, f"undone: {what}" if undone else what, about=about)


def _answers(net: Net, shown: Shown) -> Iterator[Change]:
    before, after = net.before, net.after
    if not (before and after) or before.state == after.state:
        return
    if record := shown.record(after.kind, after.number):
        what = f"error reported by a reader: {ErrorReport.State(after.state).label.lower()}"
        about = frozenset({(after.kind, after.number), record.key})
        quote = shown.quotes.get(after.number) if after.kind == Kind.QUOTE else None
        within = shown.record(Kind.REPORT, quote.article_id) if quote else None
        yield Change(record, what, about=about, within=within, is_answer=True)
