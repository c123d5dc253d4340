"""Reads what the triggers recorded: each change of a row, with what was before and after it, and who made it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet
from pghistory.models import Context

ADDED, CHANGED, DELETED = "added", "changed", "deleted"
OWN = ("pgh_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")  # of the event, not of the row
PROGRAMS = "archive "  # how the names begin that the archive's own programs give the database


@dataclass(frozen=True, slots=True)
class Event:
    """A change of the row `key` of a model. `before` and `after` hold the columns of the row that are on record; None
    where there was no row, and `before` also where nothing is on record of what was before."""

    model: type[Model]
    number: int
    key: int
    label: str
    when: datetime
    context: dict[str, Any] = field(hash=False)
    context_id: Any = field(hash=False)
    before: dict[str, Any] | None = field(hash=False)
    after: dict[str, Any] | None = field(hash=False)

    def __str__(self):
        return f"{self.kind} change {self.number}"

    @property
    def kind(self) -> str:
        return self.model._meta.model_name

    @property
    def fields(self) -> dict[str, tuple[Any, Any]]:
        """What it changed of a row that was there before and after: for each column the value before and after."""
        if self.before is None or self.after is None:
            return {}
        return {name: (self.before[name], value) for name, value in self.after.items() if self.before[name] != value}


def history_of(model: type[Model]) -> type[Model]:
    """The model of the events of a model's rows. Raises AttributeError where no history is kept of it."""
    return model.pgh_event_models[CHANGED]


def event_of(model: type[Model], number: int) -> Event | None:
    """The event of this number in the history of a model."""
    found = read(model, history_of(model).objects.filter(pgh_id=number), 1)
    return found[0] if found else None


def later(model: type[Model], key: int, number: int) -> list[Event]:
    """What happened to a row since the event of this number, the oldest first."""
    return read(model, history_of(model).objects.filter(pgh_obj_id=key, pgh_id__gt=number), None)[::-1]


def read(model: type[Model], rows: QuerySet, most: int | None) -> list[Event]:
    """The newest of these events of a model's history, at most so many, the newest first.

    `rows` are all events of some rows, or all since one of them.
    """
    found = list(rows.order_by("-pgh_id").values()[:most])
    earlier = _before(model, found)
    contexts = Context.objects.in_bulk({row["pgh_context_id"] for row in found if row["pgh_context_id"]})
    events = []
    for row in found:
        state = _state(row)
        context = contexts.get(row["pgh_context_id"])
        label = row["pgh_label"]
        events.append(
            Event(
                model,
                row["pgh_id"],
                row["pgh_obj_id"],
                label,
                row["pgh_created_at"],
                context.metadata if context else {},
                row["pgh_context_id"],
                before=state if label == DELETED else earlier.get(row["pgh_id"]),
                after=None if label == DELETED else state,
            )
        )
    return events


def _state(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in OWN}


def _before(model: type[Model], found: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """What each change among these, the newest first, found: the state that the event of its row before it left."""
    if not any(row["pgh_label"] == CHANGED for row in found):
        return {}
    previous = history_of(model).objects.filter(
        pgh_obj_id__in={row["pgh_obj_id"] for row in found}, pgh_id__lt=found[-1]["pgh_id"]
    )
    newest = previous.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id").values()
    states = {row["pgh_obj_id"]: _state(row) for row in newest}
    before = {}
    for row in reversed(found):
        if row["pgh_label"] == CHANGED and row["pgh_obj_id"] in states:
            before[row["pgh_id"]] = states[row["pgh_obj_id"]]
        states[row["pgh_obj_id"]] = _state(row)
    return before


@dataclass(frozen=True, slots=True)
class Origin:
    """Who changed something, through which page, command or program, and why, where a reason was asked for."""

    who: str
    through: str
    why: str


def origins(events: Iterable[Event]) -> dict[Event, Origin]:
    """Where each of the events came from. Where neither a page nor a command of the archive is known, it is the
    database's own user and application that tell."""
    events = list(events)
    keys = {event.context.get(name) for event in events for name in ("user", "proposed_by")}
    users = get_user_model().objects.in_bulk(keys - {None, ""})
    return {event: _origin(event.context, users) for event in events}


def _named(user: int | None, users: dict) -> str:
    if user is None:
        return "somebody whose account is no more"
    return users[user].get_username() if user in users else f"user {user}, who is no more"


def _origin(context: dict[str, Any], users: dict) -> Origin:
    why = context.get("reason", "")
    user, url, command = (context.get(name) for name in ("user", "url", "command"))
    database = context.get("database") or {}
    if command and context.get("run"):
        command = f"{command}, run {context['run']}"
    if bulk := context.get("bulk"):
        url, command = (f"{through}, change in bulk {bulk}" if through else through for through in (url, command))
    if user:
        who = _named(user, users)
        if "proposed_by" in context:
            who = f"{who}, as {_named(context['proposed_by'], users)} proposed"
        return Origin(who, url or command or "no page or command of the archive", why)
    if command:
        return Origin("the machine", command, why)
    if url:
        return Origin("somebody who was not logged in", url, why)
    if not database:
        return Origin("not known", "no page or command of the archive", why)
    who = f"{database['user']} (database user)"
    if role := database.get("role"):
        who = f"{database['user']} as {role} (database user)"
    application = database.get("application", "")
    if application.startswith(PROGRAMS):
        return Origin(who, application, why)
    through = f"SQL, with {application}" if application else "SQL"
    return Origin(who, f"{through} from {address}" if (address := database.get("address")) else through, why)
