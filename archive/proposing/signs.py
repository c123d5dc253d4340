"""What speaks for and against two records being of one person: their roles, outlets and times, and who names both."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from archive.importing.standing import Standing
from archive.models import Mention, Person, Role

MOST_READ = 500  # reports of a person, the first ones; of who is in more, these say enough
MOST_NAMED = 3
NEAR = 1  # years between the reports of two who may be one


@dataclass(slots=True)
class Traces:
    """What reports tell of a person."""

    roles: dict[str, str] = field(default_factory=dict)  # as printed, by what is the same in other letters
    outlets: set[str] = field(default_factory=set)
    reports: dict[int, str] = field(default_factory=dict)
    standing: Standing = field(default_factory=Standing)

    @property
    def times(self) -> tuple[date, date] | None:
        earliest, latest = self.standing.earliest, self.standing.latest
        return (earliest, latest) if earliest and latest else None


@dataclass(frozen=True, slots=True)
class Signs:
    """In words for an editor."""

    for_one: list[str]
    against: list[str]
    is_enough: bool = False
    """Whether role, or outlet and time, agree, so that two whose names are nearly the same may be one."""


def traces_of(person: Person) -> Traces:
    """Two statements, however much is theirs."""
    traces = Traces()
    for text in Role.objects.filter(person=person).order_by("article").values_list("text", flat=True)[:MOST_READ]:
        traces.roles.setdefault(text.casefold(), text)
    mentions = Mention.objects.filter(person=person).order_by("article").distinct()
    article = ("article", "article__title", "article__outlet__name")
    days = ("article__published_earliest", "article__published_latest")
    for key, title, outlet, earliest, latest in mentions.values_list(*article, *days)[:MOST_READ]:
        traces.reports[key] = title
        traces.standing.add_dates(earliest, latest)
        if outlet:
            traces.outlets.add(outlet)
    traces.standing.add_roles(traces.roles.values())
    return traces


def signs(one: Traces, other: Traces) -> Signs:
    """What of both agrees, and what does not."""
    for_one, against = [], []
    roles = [one.roles[key] for key in one.roles if key in other.roles]
    outlets = sorted(one.outlets & other.outlets)
    near = bool(one.times and other.times and _are_near(one.times, other.times))
    if roles:
        for_one.append(f"the same role{_s(roles)}: {_listed(roles)}")
    elif fields := sorted(one.standing.fields & other.standing.fields):
        for_one.append(f"roles of the same field: {_listed(fields)}")
    if outlets:
        for_one.append(f"the same outlet{_s(outlets)}: {_listed(outlets)}")
    if near:
        for_one.append(f"reports of the same time: {_years(one.times)}; {_years(other.times)}")
    if contradiction := one.standing.against(other.standing):
        against.append(contradiction)
    if both := [one.reports[key] for key in one.reports if key in other.reports]:
        against.append(f"{len(both)} report{_s(both)} name{'s' if len(both) == 1 else ''} both: {_listed(both)}")
    return Signs(for_one, against, is_enough=bool(roles) or (bool(outlets) and near))


def _are_near(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0].year - other[1].year <= NEAR and other[0].year - one[1].year <= NEAR


def _years(times: tuple[date, date]) -> str:
    first, last = (day.year for day in times)
    return str(first) if first == last else f"{first}–{last}"


def _listed(words: Iterable[str]) -> str:
    words = list(words)
    more = len(words) - MOST_NAMED
    return ", ".join(words[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _s(many: list) -> str:
    return "" if len(many) == 1 else "s"
