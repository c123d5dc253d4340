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
from archive.views.reports import Period, period_of
from archive.views.timeline import Bar, Span, Timeline, bars_of, counts_of, month_spans, year_spans

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
    undated = reports.count_undated()
    return {
        "timeline": Timeline(year_bars(years), "year", undated) if years else None,
        "years": [
            (year, count, calendar_address(year), months)
            for (year, count), months in zip(reversed(years), months_of(reports, years), strict=True)
        ],
        "months": tuple(zip(month_abbr[1:], month_name[1:], strict=True)) if len(years) <= BY_MONTH else (),
        "undated": undated,
        "undated_address": Period(undated=True).address(),
        "total": reports.count(),
    }


def months_of(reports: Reports, years: list[tuple[int, int]]) -> list[tuple[Cell, ...]]:
    """The months of each of the years, the latest first; none where there are too many years."""
    if len(years) > BY_MONTH:
        return [()] * len(years)
    spans = [span for year, _ in years for span in month_spans(year)]
    days = sorted({day for span in spans for day in (span.first, span.following)})
    counts = dict(zip(days, reports.by_days(days), strict=False)) if days else {}
    highest = max((counts[span.first] for span in spans), default=0)
    cells = [
        Cell(number % 12 + 1, span.name, counts[span.first], level_of(counts[span.first], highest), address_of(span))
        for number, span in enumerate(spans)
    ]
    return [tuple(cells[place : place + 12]) for place in reversed(range(0, len(cells), 12))]


def address_of(span: Span) -> str:
    return period_of(span).address()


def year_bars(years: list[tuple[int, int]]) -> tuple[Bar, ...]:
    """Bars that lead to the calendar of each year."""
    spans = year_spans(dict(years))
    counts = counts_of(spans, dict(years))
    return bars_of(spans, counts, lambda span: calendar_address(int(span.value)))


def calendar_address(year: int) -> str:
    return reverse("calendar_year", args=[year])


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

    def day_of(day: date) -> Cell | None:
        if day.month != month:
            return None
        count = by_day.get(day, 0)
        address = Period(year, month, day.day).address() if count else ""
        return Cell(day.day, f"{day.day} {month_words(day)}", count, level_of(count, highest), address)

    days = [date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1)]
    weeks = tuple(
        tuple(day_of(date(year, month, number)) if number else None for number in week)
        for week in WEEK.monthdayscalendar(year, month)
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
