"""Reads what the triggers recorded of a record: who changed what, when, and through which page or command."""

from dataclasses import dataclass
from datetime import datetime

import pghistory.models
from django.contrib.auth import get_user_model
from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Change:
    """One event: `fields` are (name, before, after); before is None for a record that was added. `why` is what the
    editor gave as the reason, where one was asked for."""

    when: datetime
    who: str
    through: str
    why: str
    what: str
    fields: tuple[tuple[str, object, object], ...]


def changes_of(record: Model, related: tuple[str, ...] = ()) -> list[Change]:
    """The changes of a record and of the rows that its `related` managers name, the newest first."""
    records = [record]
    for name in related:
        records += getattr(record, name).all()
    by_model: dict[type[Model], list[Model]] = {}
    for one in records:
        by_model.setdefault(type(one), []).append(one)
    events = [event for group in by_model.values() for event in pghistory.models.Events.objects.tracks(*group)]
    users = get_user_model().objects.in_bulk(
        {context["user"] for event in events if (context := _context(event)).get("user")}
    )
    events.sort(key=lambda event: (event.pgh_created_at, event.pgh_slug), reverse=True)
    return [_change(event, users) for event in events]


def _context(event) -> dict:
    return event.pgh_context or {}


def _change(event, users) -> Change:
    context = _context(event)
    user = users.get(context.get("user"))
    command = context.get("command", "")
    if command and context.get("run"):
        command = f"{command}, run {context['run']}"
    through = context.get("url") or command or "no page or command of the archive"
    if context.get("bulk"):
        through = f"{through}, change in bulk {context['bulk']}"
    kind = event.pgh_obj_model.rpartition(".")[2].lower()
    return Change(
        when=event.pgh_created_at,
        who=user.get_username() if user else "the machine" if command else "not known",
        through=through,
        why=context.get("reason", ""),
        what=f"{kind} {event.pgh_obj_id} {event.pgh_label}",
        fields=tuple((name, before, after) for name, (before, after) in (event.pgh_diff or {}).items()),
    )
