"""The parameters that narrow a list or a search, and what they stand for."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

from ninja.errors import HttpError
from pydantic import StringConstraints

from archive.models import Organisation, Outlet, Person
from archive.models.named import Named
from archive.search import Column
from archive.search.documents import code_of
from archive.search.query import Any, Condition, Members
from archive.search.query import Published as PublishedBetween

Slug = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]{0,100}$")]
Period = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$")]

MEANS = "A year, a month or a day, such as 2018, 2018-05 or 2018-05-30: what may have been published then."


def outlets_of(slugs: Iterable[str]) -> list[Outlet]:
    """Those outlets; 404 where one of them is not there."""
    slugs = set(slugs)
    found = {outlet.slug: outlet for outlet in Outlet.objects.filter(slug__in=slugs)}
    for slug in sorted(slugs - found.keys()):
        raise HttpError(404, f"There is no outlet called “{slug}”.")
    return list(found.values())


def days_of(period: str) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day; 422 for a day that is in no calendar."""
    year, month, day = [*map(int, period.split("-")), None, None][:3]
    try:
        first = date(year, month or 1, day or 1)
        if day:
            return first, first
        # Of the year 9999 the day after the last is in no calendar either.
        return first, date(year, 12, 31) if (month or 12) == 12 else date(year, month + 1, 1) - timedelta(days=1)
    except ValueError:
        raise HttpError(422, f"published: “{period}” is no year, month or day.") from None


def from_outlets(slugs: list[str]) -> Condition:
    return Members(Column.OUTLET, tuple(outlet.pk for outlet in outlets_of(slugs)))


def said_by(model: type[Named], slugs: list[str]) -> Condition:
    """By one of those at these addresses, or once at them; 404 where one of them is not there."""
    found = dict(model.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    former = model.objects.filter(former_slugs__slug__in=set(slugs) - found.keys())
    found |= dict(former.values_list("former_slugs__slug", "pk"))
    for slug in slugs:
        if slug not in found:
            raise HttpError(404, f"There is no {model._meta.verbose_name} called “{slug}”.")
    return Members(Column.SPEAKER, tuple(sorted({code_of(model, key) for key in found.values()})))


def any_speaker(people: list[str], organisations: list[str]) -> Condition:
    conditions = [said_by(model, slugs) for model, slugs in ((Person, people), (Organisation, organisations)) if slugs]
    return conditions[0] if len(conditions) == 1 else Any(tuple(conditions))


def published_in(periods: list[str]) -> Condition:
    conditions = [PublishedBetween(*days_of(period)) for period in periods]
    return conditions[0] if len(conditions) == 1 else Any(tuple(conditions))
