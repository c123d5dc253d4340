"""Draws what is counted over time: by years, then the months of one, then its days; each bar is a link."""

from calendar import month_abbr, month_name, monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from archive.search import Match, Search
from archive.views.asked import Addresses, Inquiry
from archive.views.facets import Facets, counted_by

HEIGHT = 100  # units of the highest bar above the line
DEPTH = 60  # of the deepest below it
WIDTH = 10  # units of a bar with the gap beside it
GAP = 2
PIXELS = 4  # for a unit of width, at most
BAR_WIDTH = WIDTH - GAP
MOST_BARS = 150  # years that are drawn with the empty ones between them
LEAST_HEIGHT = 2  # of a bar that stands for anything


@dataclass(frozen=True, slots=True)
class Series:
    """Something that a picture counts, without the choice of a time, and how that is told and drawn.

    Series stand on each other, the first one on the line; one that hangs has a scale of its own below it.
    """

    years: Mapping[int, int]
    undated: int
    by_days: Callable[[list[int]], list[int]]
    told: Callable[[int], str] = "{:,}".format
    shape: str = "bar"
    hanging: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What is drawn of one series at one place: its class, and where it stands."""

    name: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, of a shape for each series that has anything there; a link that narrows to its time."""

    label: str
    name: str
    counts: tuple[int, ...]
    told: str
    address: str
    selected: bool
    x: int
    shapes: tuple[Shape, ...]

    @property
    def count(self) -> int:
        """Of the first series."""
        return self.counts[0]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture: its bars, what they are, how many are undated, and the way back to a wider view."""

    bars: tuple[Bar, ...]
    unit: str
    undated: int
    within: str = ""
    wider: str = ""
    wider_name: str = ""
    hanging: bool = False

    @property
    def highest(self) -> Bar:
        """The first of the highest ones."""
        return min(self.bars, key=lambda bar: min((shape.y for shape in bar.shapes), default=HEIGHT))

    @property
    def width(self) -> int:
        return max(len(self.bars) * WIDTH - GAP, 1)

    @property
    def pixels(self) -> int:
        """How wide it is drawn where there is room."""
        return self.width * PIXELS

    @property
    def height(self) -> int:
        return HEIGHT + GAP + DEPTH if self.hanging else HEIGHT


@dataclass(frozen=True, slots=True)
class Span:
    """What a bar stands for: its value in the address, its names, and the days [first, following)."""

    value: str
    label: str
    name: str
    first: int = 0
    following: int = 0


def timeline_of(search: Search, inquiry: Inquiry, facets: Facets, addresses: Addresses) -> Timeline | None:
    """Of what a search found; None where nothing is found."""
    found = Series(
        dict(facets.years), facets.tally.undated, lambda days: search.count_by_days(days, without="published")
    )
    chosen = [one.value for one in inquiry.chosen_in("published")]
    return drawn([found], chosen, addresses, counted_by(search))


def drawn(
    series: Sequence[Series], chosen: list[str], addresses: Addresses, match: Match | None = None
) -> Timeline | None:
    """The picture of the series, of which a link narrows `addresses` to its bar's time; `chosen` are the times that it
    is narrowed to. Without bars where nothing has a date; None where there is nothing."""
    drawing = Drawing(series, chosen, addresses, match)
    years = sorted({year for one in series for year in one.years})
    if not years:
        return Timeline((), "year", drawing.undated) if drawing.undated else None
    if len(chosen) != 1:
        return drawing.months(years[0]) if len(years) == 1 and not chosen else drawing.years(years)
    year, *month = (int(part) for part in chosen[0].split("-")[:2])
    return drawing.days(year, month[0]) if month else drawing.months(year, narrowed=True)


class Drawing:
    """Draws series by years, months or days."""

    def __init__(self, series: Sequence[Series], chosen: list[str], addresses: Addresses, match: Match | None):
        self._series, self._chosen, self._addresses, self._match = series, chosen, addresses, match
        self.undated = sum(one.undated for one in series)

    def years(self, counted: list[int]) -> Timeline:
        first, last = counted[0], counted[-1]
        years = range(first, last + 1) if last - first < MOST_BARS else counted
        spans = [Span(f"{year:04}", str(year), str(year)) for year in years]
        return self._timeline(spans, [[one.years.get(year, 0) for year in years] for one in self._series], "year")

    def months(self, year: int, narrowed: bool = False) -> Timeline:
        spans = []
        for month in range(1, 13):
            first = date(year, month, 1).toordinal()
            following = first + monthrange(year, month)[1]
            name = f"{month_name[month]} {year}"
            spans.append(Span(f"{year:04}-{month:02}", month_abbr[month], name, first, following))
        wider = self._addresses.with_(published=None) if narrowed else ""
        return self._timeline(spans, self._counts(spans), "month", str(year), wider, "all years")

    def days(self, year: int, month: int) -> Timeline:
        """Where a single day is chosen, its neighbours are counted too."""
        first = date(year, month, 1)
        spans = []
        for number in range(monthrange(year, month)[1]):
            day = first + timedelta(days=number)
            name = f"{day.day} {month_name[month]} {year}"
            spans.append(Span(day.isoformat(), str(day.day), name, day.toordinal(), day.toordinal() + 1))
        wider = self._addresses.only("published", f"{year:04}")
        return self._timeline(spans, self._counts(spans), "day", f"{month_name[month]} {year}", wider, str(year))

    def _counts(self, spans: list[Span]) -> list[list[int]]:
        days = [*(span.first for span in spans), spans[-1].following]
        return [one.by_days(days) for one in self._series]

    def _timeline(self, spans: list[Span], counts: list[list[int]], unit: str, *where: str) -> Timeline:
        """`counts` of each series in each span."""
        hanging = [one.hanging for one in self._series]
        above = [
            sum(n for n, below in zip(own, hanging, strict=True) if not below) for own in zip(*counts, strict=True)
        ]
        below = [sum(n for n, below in zip(own, hanging, strict=True) if below) for own in zip(*counts, strict=True)]
        highest, deepest = max(above), max(below)
        bars = tuple(
            self._bar(place, span, tuple(own), highest, deepest)
            for place, (span, own) in enumerate(zip(spans, zip(*counts, strict=True), strict=True))
        )
        return Timeline(bars, unit, self.undated, *where, hanging=bool(deepest))

    def _bar(self, place: int, span: Span, counts: tuple[int, ...], highest: int, deepest: int) -> Bar:
        shapes, top = [], HEIGHT
        for one, count in zip(self._series, counts, strict=True):
            if count and one.hanging:
                shapes.append(Shape(one.shape, HEIGHT + GAP, _height(count, deepest, DEPTH)))
            elif count:
                height = _height(count, highest, HEIGHT)
                top = max(top - height, 0)
                shapes.append(Shape(one.shape, top, height))
        return Bar(
            label=span.label,
            name=span.name,
            counts=counts,
            told=", ".join(one.told(count) for one, count in zip(self._series, counts, strict=True) if count),
            address=self._addresses.only("published", span.value, self._match) if shapes else "",
            selected=span.value in self._chosen,
            x=place * WIDTH,
            shapes=tuple(shapes),
        )


def _height(count: int, most: int, height: int) -> int:
    return max(round(count / most * height), LEAST_HEIGHT)
