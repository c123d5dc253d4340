"""The dates that people write: one day, a month or a year; never a guess which number is the month."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

_MONTHS = {name[:3].lower(): number for number, name in enumerate(calendar.month_name) if name}
_WEEKDAYS = {name[:3].lower(): number for number, name in enumerate(calendar.day_name)}
# Before the first newspapers and after this century a year is a misprint.
_FIRST_YEAR = 1600
_LAST_YEAR = 2100

_WEEKDAY = r"(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+)?"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})(?![0-9])"
_CLOCK = r"[0-9]{1,2}(?:[:.h][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?|[0-9]{2})?\s*(?:[ap]\.?m\b\.?)?"
_ZONE = r"(?:Z|UTC|GMT|[A-Z]{2,5})?\s*(?:[+-][0-9]{1,2}:?(?:[0-9]{2})?)?"
_TIME = rf"(?:(?:T|,|\s|-|\|)\s*(?:at\s+)?{_CLOCK}(?:\s*(?:hrs?|hours)\b)?\s*\(?{_ZONE}\)?)?"


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days, both included, that a stated date may mean: a day, a month or a year."""

    earliest: date
    latest: date


class UnusableDate(ValueError):
    """A date that cannot be used; `str()` is one line: why, and how to write it; `remark` the same for an editor."""

    def __init__(self, match: re.Match[str], problem: str, advice: str = "write it like 2018-05-30") -> None:
        stated = " ".join(match.group().split())
        super().__init__(f"the date {stated} {problem}; {advice}")
        self.remark = f"the date {stated} {problem} and was left out; {advice}"


def parse_date(text: str) -> DateRange | None:
    """The date that `text` is, with or without a weekday and a time of day (which are read and left out).

    None if it is no date at all. Raises `UnusableDate` for one that can be read two ways (6/7/2016), that does
    not exist (2018-02-30), or whose weekday is another.
    """
    stated = " ".join(text.split())
    if len(stated) > 80:
        return None
    for form in _FORMS:
        match = form.whole.fullmatch(stated)
        if match:
            return form.read(match)
    return None


@dataclass(frozen=True, slots=True)
class LeadingDate:
    """A full date at the beginning of a text: where it ends, and whether a weekday stands before it.

    `read` gives the day, or raises `UnusableDate` as `parse_date` does.
    """

    end: int
    has_weekday: bool
    read: Callable[[], DateRange]


def leading_date(text: str) -> LeadingDate | None:
    """The full date that `text` begins with, unread: what follows may show that it is not wanted."""
    for form in _FORMS:
        match = form.start.match(text) if form.is_day else None
        if match:
            return LeadingDate(match.end(), bool(match["weekday"]), partial(form.read, match))
    return None


class _Form:
    """One way to write a date."""

    def __init__(self, pattern: str, read: Callable[[re.Match[str]], DateRange], *, is_day: bool = True) -> None:
        self.whole = re.compile(_WEEKDAY + pattern + (_TIME if is_day else ""), re.IGNORECASE)
        self.start = re.compile(_WEEKDAY + pattern, re.IGNORECASE)
        self.read = read
        self.is_day = is_day


def _named_day(match: re.Match[str]) -> DateRange:
    return _day(match, int(match["year"]), _MONTHS[match["month"][:3].lower()], int(match["day"]))


def _iso_day(match: re.Match[str]) -> DateRange:
    return _day(match, int(match["year"]), int(match["month"]), int(match["day"]))


def _numbered_day(match: re.Match[str]) -> DateRange:
    """Day and month in either order: the numbers decide, or a weekday that fits one of the readings only."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if len(match["year"]) == 2:
        raise UnusableDate(match, "has a year of two digits")
    if first > 12 or first == second:
        return _day(match, year, second, first)
    if second > 12:
        return _day(match, year, first, second)
    readings = [(year, first, second), (year, second, first)]
    if match["weekday"] and _FIRST_YEAR <= year <= _LAST_YEAR:
        fitting = [reading for reading in readings if date(*reading).weekday() == _weekday(match)]
        if len(fitting) == 1:
            return _day(match, *fitting[0])
    one, other = (f"{year:04}-{month:02}-{day:02}" for year, month, day in readings)
    raise UnusableDate(match, "can be read two ways", f"write it as {one} or {other}")


def _named_month(match: re.Match[str]) -> DateRange:
    return _month(match, _MONTHS[match["month"][:3].lower()])


def _iso_month(match: re.Match[str]) -> DateRange:
    return _month(match, int(match["month"]))


def _month(match: re.Match[str], month: int) -> DateRange:
    year = _sane_year(match)
    if not 1 <= month <= 12:
        raise UnusableDate(match, "does not exist", "write it like 2018-05")
    return DateRange(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _year(match: re.Match[str]) -> DateRange:
    year = _sane_year(match)
    return DateRange(date(year, 1, 1), date(year, 12, 31))


def _day(match: re.Match[str], year: int, month: int, day: int) -> DateRange:
    _sane_year(match)
    try:
        found = date(year, month, day)
    except ValueError:
        raise UnusableDate(match, "does not exist") from None
    if match["weekday"] and found.weekday() != _weekday(match):
        named = calendar.day_name[found.weekday()]
        raise UnusableDate(match, "contradicts itself", f"{found} was a {named}")
    return DateRange(found, found)


def _sane_year(match: re.Match[str]) -> int:
    year = int(match["year"])
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UnusableDate(match, "has an impossible year", f"years from {_FIRST_YEAR} to {_LAST_YEAR} can be used")
    return year


def _weekday(match: re.Match[str]) -> int:
    return _WEEKDAYS[match["weekday"][:3].lower()]


_FORMS = (
    _Form(rf"{_DAY}(?:\s+of\s+|[\s.-]*){_MONTH}[\s,-]*{_YEAR}", _named_day),
    _Form(rf"{_MONTH}\s*{_DAY}(?![0-9])(?:\s*,\s*|\s+){_YEAR}", _named_day),
    _Form(rf"{_YEAR}[-/.](?P<month>[0-9]{{1,2}})[-/.](?P<day>[0-9]{{1,2}})(?![0-9])", _iso_day),
    _Form(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])", _iso_day),
    _Form(
        r"(?P<first>[0-9]{1,2})(?P<mark>[-/.])(?P<second>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])",
        _numbered_day,
    ),
    _Form(rf"{_MONTH}[\s,-]*{_YEAR}", _named_month, is_day=False),
    _Form(rf"{_YEAR}[-/](?P<month>[0-9]{{1,2}})", _iso_month, is_day=False),
    _Form(_YEAR, _year, is_day=False),
)
