"""What taking a change back does, and what may stand in its way: the parts that all kinds of records share."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Model

from archive.curation.events import CHANGED, Event, later, origins
from archive.curation.merging import what_became_of, when
from archive.models import Name, Person


@dataclass(slots=True)
class Taking:
    """What taking a change back does: of each column its value now and then, in `obstacles` why it cannot be done, in
    whole sentences, and else `write`, which is given the reason. `permission` is what it needs beside that to change
    the record."""

    fields: dict[str, tuple[object, object]] = field(default_factory=dict)
    obstacles: list[str] = field(default_factory=list)
    write: Callable[[str], object] = lambda reason: None
    permission: str = ""
    does: str = ""
    """What it does where no columns tell."""


def simply(event: Event, columns: Collection[str]) -> Taking:
    """The columns are what they were."""
    if event.label != CHANGED:
        return refused("What came or went as a whole is not taken back by itself.")
    taking, row = changed(event, columns)
    return taking if row is None else writing(taking, row)


def changed(event: Event, columns: Collection[str]) -> tuple[Taking, Model | None]:
    """Those of the columns that the change changed, with the row as it is; the obstacles where it was changed since.
    No row where nothing can be taken back at all."""
    if event.before is None:
        return refused("Nothing is on record of what was before it."), None
    row = row_of(event)
    if row is None:
        return refused(gone(event.model, event.key)), None
    changed = {column: then for column, (then, _) in event.fields.items() if column in columns}
    if not changed:
        names = ", ".join(event.fields)
        return refused(f"It changed only what follows from other changes ({names}): take those back."), None
    taking = Taking({column: (getattr(row, column), then) for column, then in changed.items()})
    compared = changed.keys() - {"edited"}  # of which each entry is taken back by itself
    if later_on := sorted(column for column in compared if getattr(row, column) != event.after[column]):
        since = later(event.model, event.key, event.number)
        known = named_later((column, one) for one in since for column in later_on if column in one.fields)
        taking.obstacles += known or [f"It is different by now: {', '.join(later_on)}."]
    return taking, row


def named_later(changes: Iterable[tuple[str, Event]]) -> list[str]:
    """In sentences, what was changed again and by which change, the newest first: that is to be taken back before."""
    changes = list(changes)
    came_from = origins(event for _, event in changes)
    return [
        f"Changed again {when(event.when, came_from[event].who)}: {what} ({event}). Take that back first."
        for what, event in reversed(changes)
    ]


def writing(taking: Taking, row: Model) -> Taking:
    """The same, which writes its columns into the row."""
    values = {column: then for column, (_, then) in taking.fields.items()}
    check(taking, row, values)
    taking.write = lambda reason: type(row).objects.filter(pk=row.pk).update(**values)
    return taking


def check(taking: Taking, row: Model, values: dict[str, object]) -> None:
    """Sets the values, and says what the database would not allow."""
    for column, value in values.items():
        setattr(row, column, value)
        related = row._meta.get_field(column).related_model
        if related and value is not None and not related.objects.filter(pk=value).exists():
            taking.obstacles.append(gone(related, value))
    if taking.obstacles:
        return
    if isinstance(row, Name):
        row.set_keys()  # some are not on record: they follow from its text
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        taking.obstacles += error.messages


def brought_back(event: Event) -> Taking:
    """A row that was deleted is there again."""
    row = event.model(**event.before)
    taking = Taking(does=f"“{row}” is there again.")
    if row_of(event) is not None:
        return refused("It is there again already.")
    check(taking, row, {name: value for name, value in event.before.items() if name != row._meta.pk.attname})
    taking.write = lambda reason: row.save(force_insert=True)
    return taking


def row_of(event: Event) -> Model | None:
    return event.model.objects.filter(pk=event.key).first()


def gone(model: type[Model], key: int) -> str:
    """Says that a row is not there any more, and where that is known what became of it."""
    if model is Person:
        return what_became_of(key)
    return f"The {model._meta.verbose_name} {key} is not there any more."


def refused(reason: str) -> Taking:
    return Taking(obstacles=[reason])
