"""The list of all reports: the newest first, of an outlet, a year, a month or a day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date
from itertools import groupby
from urllib.parse import urlencode

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from archive.models import Article, Outlet
from archive.templatetags.published import day_words, month_words, published_words
from archive.views.asked import first_and_last_day
from archive.views.listing import Reports, articles_of, with_reports
from archive.views.paging import described, numbered_page
from archive.views.timeline import Series, Timeline, drawn

PAGE_SIZE = 30
MOST_OUTLETS = 100  # to choose from in a form; the page of outlets has them all


class ReportFilter(forms.Form):
    """What the list can be narrowed to; a value that makes no sense names no page."""

    outlet = forms.SlugField(required=False)
    year = forms.IntegerField(required=False, min_value=MINYEAR, max_value=MAXYEAR)
    month = forms.IntegerField(required=False, min_value=1, max_value=12)
    day = forms.IntegerField(required=False, min_value=1, max_value=31)
    undated = forms.ChoiceField(required=False, choices=[("yes", "yes")])


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a month or a day; without a year all time. With `undated` the reports of no known time."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    undated: bool = False

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last."""
        if not self.year:
            return None
        if self.month and self.day:
            return (date(self.year, self.month, self.day),) * 2
        return first_and_last_day(self.year, self.month)

    @property
    def value(self) -> str:
        """As a picture over time calls it, such as "2018-05"."""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])

    @property
    def words(self) -> str:
        if self.undated:
            return "date not known"
        if not self.days:
            return ""
        if self.day:
            return day_words(self.days[0])
        return month_words(self.days[0]) if self.month else str(self.year)

    @property
    def wider(self) -> Period | None:
        """The month of a day, the year of a month, all time of a year."""
        if self.day:
            return replace(self, day=None)
        if self.month:
            return replace(self, month=None)
        return Period() if self.year or self.undated else None

    def address(self, outlet: Outlet | None = None) -> str:
        """Of the list of this time's reports, of an outlet or of all."""
        parameters = {
            "outlet": outlet and outlet.slug,
            "year": self.year,
            "month": self.month,
            "day": self.day,
            "undated": "yes" if self.undated else None,
        }
        query = urlencode({name: value for name, value in parameters.items() if value})
        return f"{reverse('articles')}?{query}" if query else reverse("articles")


class Links:
    """Lets the bars of a picture lead to an address for each time, as `Addresses` lets them narrow a search."""

    def __init__(self, address: Callable[[Period], str]):
        self._address = address

    def only(self, parameter: str, value: str, match: object = None) -> str:
        """For a year, a month or a day, such as "2018-05"."""
        return self._address(Period(*map(int, value.split("-"))))

    def with_(self, **changes: None) -> str:
        """For all time."""
        return self._address(Period())


@require_safe
def articles(request):
    """Raises Http404 for a list that makes no sense."""
    narrowed = ReportFilter(request.GET)
    if not narrowed.is_valid():
        raise Http404("There is no such list of reports.")
    period = asked_period(narrowed.cleaned_data)
    outlet = None
    if slug := narrowed.cleaned_data["outlet"]:
        outlet = get_object_or_404(Outlet.objects.visible(), slug=slug)
    context = with_reports(lambda reports: list_of(request, reports, outlet, period))
    return render(request, "articles.html", context)


def asked_period(parameters: dict) -> Period:
    """The time that an address asks for; raises Http404 where there is none such."""
    year, month, day = (parameters[name] for name in ("year", "month", "day"))
    undated = bool(parameters["undated"])
    if (undated and year) or (day and not (year and month)):
        raise Http404("There is no such list of reports.")
    if day and day > monthrange(year, month)[1]:
        raise Http404("There is no such day.")
    return Period(year, month if year else None, day, undated)


def list_of(request, reports: Reports, outlet: Outlet | None, period: Period) -> dict:
    """What the page shows of these reports."""
    years = reports.years()
    of_outlet = reports.of_outlet(outlet.pk) if outlet else reports
    found = of_outlet.undated() if period.undated else of_outlet.between(*period.days) if period.days else of_outlet
    numbered = numbered_page(request, range(found.count()), PAGE_SIZE)
    rows = articles_of(found[max(numbered.start_index() - 1, 0) : numbered.end_index()])
    page = described(request, numbered, rows)
    return {
        "page": page,
        "groups": grouped(rows, period),
        "outlet": outlet,
        "period": period,
        "ways": ways(of_outlet, outlet, period),
        "timeline": picture_of(of_outlet, period, lambda each: each.address(outlet)),
        "undated": of_outlet.count_undated(),
        "undated_address": Period(undated=True).address(outlet),
        "outlets": outlets_to_choose(reports, outlet),
        "years": [year for year, _ in reversed(years)],
        **known_of_day(outlet, period, numbered.paginator.count),
    }


def known_of_day(outlet: Outlet | None, period: Period, total: int) -> dict:
    """Where a day is asked for, how many of the reports are known to be of it, and how many may be of another."""
    if not (period.day and period.days):
        return {}
    found = Article.objects.visible().of_one_day().filter(published_earliest=period.days[0])
    exactly = (found.filter(outlet=outlet) if outlet else found).count()
    return {"exactly": exactly, "perhaps": max(total - exactly, 0)}


def outlets_to_choose(reports: Reports, outlet: Outlet | None) -> list[Outlet]:
    """Those with the most reports, and the one that is chosen, by name."""
    keys = list(reports.by_outlet())[:MOST_OUTLETS]
    if outlet and outlet.pk not in keys:
        keys.append(outlet.pk)
    return list(Outlet.objects.visible().filter(pk__in=keys).order_by("name"))


def picture_of(reports: Reports, period: Period, address: Callable[[Period], str]) -> Timeline | None:
    """The years of these reports, the months of the one that is chosen, or the days of a month; None where there is
    nothing to draw. Of reports of a single year its months are drawn at once."""
    if period.undated:
        return None
    series = Series(dict(reports.years()), reports.count_undated(), reports.by_days)
    timeline = drawn([series], [period.value] if period.year else [], Links(address))
    return timeline if timeline and timeline.bars and timeline.highest.count else None


def ways(reports: Reports, outlet: Outlet | None, period: Period) -> dict:
    """From a time to the one before, the one after and the wider one: pairs of address and words."""

    def way(to: Period | None) -> tuple[str, str] | None:
        return (to.address(outlet), to.words) if to else None

    before = after = None
    if period.day and period.days:
        articles = Article.objects.visible()
        if outlet:
            articles = articles.filter(outlet=outlet)
        found = articles.day_before(period.days[0]), articles.day_after(period.days[0])
        before, after = (Period(day.year, day.month, day.day) if day else None for day in found)
    elif period.month and period.year:
        before, after = (beside(period.year, period.month, step) for step in (-1, 1))
    elif period.year:
        years = [year for year, _ in reports.years()]
        before = next((Period(year) for year in reversed(years) if year < period.year), None)
        after = next((Period(year) for year in years if year > period.year), None)
    return {"before": way(before), "after": way(after), "wider": way(period.wider)}


def beside(year: int, month: int, step: int) -> Period | None:
    """The month before or after; none beyond the years that the list can be asked for."""
    year, place = divmod(year * 12 + month - 1 + step, 12)
    return Period(year, place + 1) if MINYEAR <= year <= MAXYEAR else None


def grouped(rows: list[Article], period: Period) -> list[tuple[str, list[Article]]]:
    """The rows in groups, each with its heading: by year, within a year by month, and of a day those that may be of
    another after those that are known to be of it."""

    def heading(row: Article) -> str:
        earliest, latest = row.published_earliest, row.published_latest
        if period.day:
            return period.words if earliest == latest else f"Perhaps of {period.words}"
        if earliest is None or earliest.year != latest.year:
            return published_words(earliest, latest)
        if not period.year:
            return str(earliest.year)
        return month_words(earliest) if earliest.month == latest.month else published_words(earliest, latest)

    if period.day:
        rows = sorted(rows, key=lambda row: row.published_earliest != row.published_latest)
    return [(capfirst(each), list(members)) for each, members in groupby(rows, key=heading)]
