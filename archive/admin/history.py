"""Tells what the triggers recorded of a record: who changed what, when, through which page or command, and why."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import Model

from archive.curation.events import ADDED, CHANGED, Event, history_of, origins, read
from archive.models import Organisation, Outlet, Person

MOST = 1000  # changes on a page
CALLED = (Organisation, Outlet, Person)  # said by name where a change refers to them
TELLING = ("text", "slug")  # what says which row it was that came or went; of a report its number is enough


@dataclass(frozen=True, slots=True)
class Change:
    """One event: `fields` are (name, before, after); before is None for a record that was added. `why` is what the
    editor gave as the reason, where one was asked for. `takes_back` names the change that it took back."""

    event: Event
    when: datetime
    who: str
    through: str
    why: str
    what: str
    fields: tuple[tuple[str, object, object], ...]
    takes_back: str
    is_taken_back: bool


def changes_of(record: Model, related: tuple[str, ...] = ()) -> list[Change]:
    """The newest changes of a record and of the rows that its `related` managers name now or named once, the newest
    first."""
    if not hasattr(record, "pgh_event_models"):
        return []
    events = read(type(record), history_of(type(record)).objects.filter(pgh_obj_id=record.pk), MOST)
    for name in related:
        manager = getattr(record, name)
        history = history_of(manager.model)
        once = history.objects.filter(**{manager.field.attname: record.pk}).values("pgh_obj_id")
        events += read(manager.model, history.objects.filter(pgh_obj_id__in=once), MOST)
    events.sort(key=lambda event: (event.when, event.kind, event.number), reverse=True)
    return told(events[:MOST])


def told(events: list[Event]) -> list[Change]:
    """The events as an editor reads them."""
    came_from = origins(events)
    taken_back = {event.context.get("takes_back") for event in events}
    fields_of = [_fields(event) for event in events]
    fields = named([(event.model, *one) for event, own in zip(events, fields_of, strict=True) for one in own])
    changes = []
    for event, own in zip(events, fields_of, strict=True):
        origin = came_from[event]
        changes.append(
            Change(
                event,
                event.when,
                origin.who,
                origin.through,
                origin.why,
                f"{event.kind} {event.key} {event.label}",
                tuple(islice(fields, len(own))),
                event.context.get("takes_back", ""),
                str(event) in taken_back,
            )
        )
    return changes


def _fields(event: Event) -> list[tuple[str, object, object]]:
    if event.label == CHANGED:
        return [(column, before, after) for column, (before, after) in event.fields.items()]
    row = event.after if event.label == ADDED else event.before
    telling = [(name, row[name]) for name in TELLING if name in row and "title" not in row]
    return [(name, None, value) if event.label == ADDED else (name, value, None) for name, value in telling]


def named(columns: list[tuple[type[Model], str, object, object]]) -> Iterator[tuple[str, object, object]]:
    """Of each (model, column, before, after) the name of the field, and both values as an editor reads them: somebody
    who is referred to and still there by name, nothing as None."""
    fields = [history_of(model)._meta.get_field(column) for model, column, _, _ in columns]
    keys: dict[type[Model], set] = defaultdict(set)
    for field, (_, _, *values) in zip(fields, columns, strict=True):
        if field.related_model in CALLED:
            keys[field.related_model].update(values)
    found = {model: model.objects.in_bulk(wanted - {None}) for model, wanted in keys.items()}
    for field, (_, _, *values) in zip(fields, columns, strict=True):
        there = found.get(field.related_model, {})
        before, after = (_in_words(value, there) for value in values)
        yield field.name, before, after


def _in_words(value: object, there: dict[int, Model]) -> object:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or None
    if value == "":
        return None
    return f"{there[value]} ({value})" if isinstance(value, int) and value in there else value
