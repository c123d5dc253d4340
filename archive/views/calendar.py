"""The calendar: how many reports there are of each year, and of each day of a year."""

from calendar import Calendar, day_abbr, day_name, month_abbr, month_name, monthrange
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from math import log

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.models import Article
from archive.models.article import ArticleQuerySet
from archive.templatetags.published import month_words
from archive.views.asked import first_and_last_day
from archive.views.listing import Reports, with_reports
from archive.views.reports import Period, picture_of

WEEK = Calendar()  # begins on a Monday
LEVELS = 4  # shades of a day or a month, the darkest for those with most reports
BY_MONTH = 60  # years of which all months are counted


@dataclass(frozen=True, slots=True)
class Cell:
    """A day or a month of the calendar, how many reports are of it, and how dark it is drawn."""

    number: int
    name: str
    count: int
    level: int
    address: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month by weeks, whose days are None where they belong to another month.

    `whole` is how many reports are of this month and no known day of it.
    """

    name: str
    address: str
    count: int
    whole: int
    weeks: tuple[tuple[Cell | None, ...], ...]

    @property
    def total(self) -> int:
        return self.count + self.whole


@dataclass(frozen=True, slots=True)
class Year:
    """A year: its months, how many reports are of a known day of it, how many of no known month, and how many are of it
    or of another; and the years before and after of which there are reports."""

    number: int
    months: tuple[Month, ...]
    of_days: int
    of_no_month: int
    perhaps: int
    before: int | None
    after: int | None
    weekdays: tuple[tuple[str, str], ...] = tuple(zip(day_abbr, day_name, strict=True))

    @property
    def of_no_day(self) -> int:
        """Of a known month, but of no known day of it."""
        return sum(month.whole for month in self.months)

    @property
    def total(self) -> int:
        return self.of_days + self.of_no_day + self.of_no_month + self.perhaps


@require_safe
def calendar(request):
    """The years."""
    return render(request, "calendar.html", with_reports(years_of))


def years_of(reports: Reports) -> dict:
    years = reports.years()
    return {
        "timeline": picture_of(reports, Period(), calendar_address),
        "years": [
            (year, count, calendar_address(Period(year)), months)
            for (year, count), months in zip(reversed(years), months_of(reports, years), strict=True)
        ],
        "months": tuple(zip(month_abbr[1:], month_name[1:], strict=True)) if len(years) <= BY_MONTH else (),
        "undated": reports.count_undated(),
        "undated_address": Period(undated=True).address(),
        "total": reports.count(),
    }


def months_of(reports: Reports, years: list[tuple[int, int]]) -> list[tuple[Cell, ...]]:
    """The months of each of the years, the latest first; none where there are too many years."""
    if not years or len(years) > BY_MONTH:
        return [()] * len(years)
    months = [Period(year, month) for year, _ in years for month in range(1, 13)]
    begin = {month: month.days[0].toordinal() for month in months}
    days = sorted({*begin.values(), *(month.days[1].toordinal() + 1 for month in months)})
    counts = dict(zip(days, [*reports.by_days(days), 0], strict=True))
    highest = max(counts[begin[month]] for month in months)
    cells = [cell_of(month, month.month, counts[begin[month]], highest) for month in months]
    return [tuple(cells[place : place + 12]) for place in reversed(range(0, len(cells), 12))]


def cell_of(period: Period, number: int, count: int, highest: int) -> Cell:
    return Cell(number, period.words, count, level_of(count, highest), period.address() if count else "")


def calendar_address(period: Period) -> str:
    """Of the days of a year; of a month or a day, of the list of its reports."""
    if period.month:
        return period.address()
    return reverse("calendar_year", args=[period.year]) if period.year else reverse("calendar")


@require_safe
def calendar_year(request, year):
    """The days of a year; raises Http404 for a year that is none."""
    if not MINYEAR <= year <= MAXYEAR:
        raise Http404("There is no such year.")
    return render(request, "calendar_year.html", with_reports(lambda reports: year_of(reports, year)))


def year_of(reports: Reports, number: int) -> dict:
    years = reports.years()
    first, last = first_and_last_day(number, None)
    by_day = Article.objects.visible().filter(published_earliest__range=(first, last)).count_by_day()
    whole, of_no_month, perhaps = told_roughly(number, Article.objects.visible().published_between(first, last))
    year = Year(
        number,
        tuple(month_of(number, month, by_day, whole[month]) for month in range(1, 13)),
        sum(by_day.values()),
        of_no_month,
        perhaps,
        max((year for year, _ in years if year < number), default=None),
        min((year for year, _ in years if year > number), default=None),
    )
    return {
        "year": year,
        "address": Period(number).address(),
        "undated": reports.count_undated(),
        "undated_address": Period(undated=True).address(),
    }


def told_roughly(year: int, articles: ArticleQuerySet) -> tuple[Counter[int], int, int]:
    """Of those of which no day is known, how many are of each month, of the year but of no known month of it, and of
    this year or another."""
    of_month: Counter[int] = Counter()
    of_no_month = perhaps = 0
    for (earliest, latest), count in articles.count_by_range().items():
        if earliest.year < year or latest.year > year:
            perhaps += count
        elif earliest.month == latest.month:
            of_month[earliest.month] += count
        else:
            of_no_month += count
    return of_month, of_no_month, perhaps


def month_of(year: int, month: int, by_day: Mapping[date, int], whole: int) -> Month:
    highest = max(by_day.values(), default=0)

    def day_of(number: int) -> Cell:
        return cell_of(Period(year, month, number), number, by_day.get(date(year, month, number), 0), highest)

    days = [date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1)]
    weeks = tuple(
        tuple(day_of(number) if number else None for number in week) for week in WEEK.monthdayscalendar(year, month)
    )
    total = sum(by_day.get(day, 0) for day in days)
    return Month(month_words(days[0]), Period(year, month).address(), total, whole, weeks)


def level_of(count: int, highest: int) -> int:
    """From 1 for a single report to LEVELS for as many as the fullest day has; 0 for none.

    >>> [level_of(count, 40) for count in (0, 1, 10, 40)]
    [0, 1, 3, 4]
    """
    if not count:
        return 0
    return 1 + round(log(count) / log(highest) * (LEVELS - 1)) if highest > 1 else 1
