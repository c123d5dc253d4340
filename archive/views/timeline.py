"""Draws when reports were published, or what a search found: by years, then the months of one, then its days."""

from calendar import month_abbr, month_name, monthrange
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from archive.search import Search
from archive.views.asked import Addresses, Inquiry
from archive.views.facets import Facets, counted_by

HEIGHT = 100  # units of the highest bar
WIDTH = 10  # units of a bar with the gap beside it
GAP = 2
BAR_WIDTH = WIDTH - GAP
MOST_BARS = 150  # years that are drawn with the empty ones between them
LEAST_HEIGHT = 2  # of a bar that stands for anything
MOST_LABELS = 16  # that stand below bars without touching each other
FEW_LABELS = 8  # that do so on a phone
STEPS = (1, 5, 10, 25)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, with its place in the picture; a link that narrows the search to it."""

    label: str
    name: str
    count: int
    address: str
    selected: bool
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture: its bars, what they are, how many are undated, and the way back to a wider view."""

    bars: tuple[Bar, ...]
    unit: str
    undated: int
    within: str = ""
    wider: str = ""
    wider_name: str = ""

    @property
    def width(self) -> int:
        return max(len(self.bars) * WIDTH - GAP, 1)

    @property
    def frame(self) -> str:
        """The part of the plane with each bar in the middle of its room, where labels of one width stand below."""
        return f"{-GAP // 2} 0 {len(self.bars) * WIDTH} {HEIGHT}"

    @property
    def highest(self) -> Bar:
        """The first of those that stand for most."""
        return max(self.bars, key=lambda bar: bar.count)

    @property
    def ticks(self) -> list[tuple[str, bool]]:
        """A label below each bar, empty where there are too many bars for all of them, and whether it is one of those
        that are left out where there is little room."""
        step = next((step for step in STEPS if len(self.bars) <= MOST_LABELS * step), STEPS[-1])
        labels = [bar.label if step == 1 or int(bar.label) % step == 0 else "" for bar in self.bars]
        written = [place for place, label in enumerate(labels) if label]
        left_out = {*written[1::2]} if len(written) > FEW_LABELS else set()
        return [(label, place in left_out) for place, label in enumerate(labels)]

    @property
    def height(self) -> int:
        return HEIGHT


@dataclass(frozen=True, slots=True)
class Span:
    """What a bar stands for: its value in the address, its names, and the days [first, following)."""

    value: str
    label: str
    name: str
    first: int
    following: int


def timeline_of(search: Search, inquiry: Inquiry, facets: Facets, addresses: Addresses) -> Timeline | None:
    """Without bars where nothing found has a date; None where nothing is found."""
    chosen = [one.value for one in inquiry.chosen_in("published")]
    years = facets.years
    undated = facets.tally.undated
    if not years:
        return Timeline((), "year", undated) if undated else None
    if len(chosen) != 1:
        if len(years) == 1 and not chosen:
            return _months(search, addresses, years[0][0], undated)
        return _years(search, addresses, years, chosen, undated)
    parts = [int(part) for part in chosen[0].split("-")]
    if len(parts) == 1:
        return _months(search, addresses, parts[0], undated, narrowed=True)
    return _days(search, addresses, parts[0], parts[1], chosen[0], undated)


def _years(search: Search, addresses: Addresses, counted, chosen: list[str], undated: int) -> Timeline:
    counts = dict(counted)
    spans = year_spans(counts)
    return Timeline(_narrowing(search, addresses, spans, counts_of(spans, counts), chosen), "year", undated)


def _months(search: Search, addresses: Addresses, year: int, undated: int, narrowed: bool = False) -> Timeline:
    spans = month_spans(year)
    bars = _narrowing(search, addresses, spans, _counts(search, spans), [])
    wider = addresses.with_(published=None) if narrowed else ""
    return Timeline(bars, "month", undated, str(year), wider, "all years")


def _days(search: Search, addresses: Addresses, year: int, month: int, chosen: str, undated: int) -> Timeline:
    spans = day_spans(year, month)
    bars = _narrowing(search, addresses, spans, _counts(search, spans), [chosen])
    wider = addresses.only("published", f"{year:04}")
    return Timeline(bars, "day", undated, f"{month_name[month]} {year}", wider, str(year))


def _counts(search: Search, spans: list[Span]) -> list[int]:
    """Of the search without its own choice of time, where that is a single day, its neighbours are counted too."""
    return search.count_by_days(days_of_spans(spans), without="published")


def _narrowing(
    search: Search, addresses: Addresses, spans: list[Span], counts: list[int], chosen: list[str]
) -> tuple[Bar, ...]:
    """Bars that lead to the search narrowed to each."""
    match = counted_by(search)
    return bars_of(spans, counts, lambda span: addresses.only("published", span.value, match), chosen)


def year_spans(years: Collection[int]) -> list[Span]:
    """From the first of the years to the last; of very many only those themselves."""
    first, last = min(years), max(years)
    drawn = range(first, last + 1) if last - first < MOST_BARS else sorted(years)
    return [
        Span(f"{year:04}", str(year), str(year), date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
        for year in drawn
    ]


def month_spans(year: int) -> list[Span]:
    spans = []
    for month in range(1, 13):
        first = date(year, month, 1).toordinal()
        following = first + monthrange(year, month)[1]
        name = f"{month_name[month]} {year}"
        spans.append(Span(f"{year:04}-{month:02}", month_abbr[month], name, first, following))
    return spans


def day_spans(year: int, month: int) -> list[Span]:
    first = date(year, month, 1)
    spans = []
    for number in range(monthrange(year, month)[1]):
        day = first + timedelta(days=number)
        name = f"{day.day} {month_name[month]} {year}"
        spans.append(Span(day.isoformat(), str(day.day), name, day.toordinal(), day.toordinal() + 1))
    return spans


def days_of_spans(spans: Sequence[Span]) -> list[int]:
    """The first day of each, and that after the last."""
    return [*(span.first for span in spans), spans[-1].following]


def counts_of(spans: Sequence[Span], by_year: Mapping[int, int]) -> list[int]:
    """Of each span that is a year, how many there are."""
    return [by_year.get(int(span.value), 0) for span in spans]


def bars_of(
    spans: Sequence[Span], counts: Sequence[int], address: Callable[[Span], str], chosen: Collection[str] = ()
) -> tuple[Bar, ...]:
    """A bar for each span, as high as its count; those that stand for anything lead to an address."""
    highest = max(counts, default=0) or 1
    bars = []
    for place, (span, count) in enumerate(zip(spans, counts, strict=True)):
        height = max(round(count / highest * HEIGHT), LEAST_HEIGHT) if count else 0
        bars.append(
            Bar(
                label=span.label,
                name=span.name,
                count=count,
                address=address(span) if count else "",
                selected=span.value in chosen,
                x=place * WIDTH,
                y=HEIGHT - height,
                height=height,
            )
        )
    return tuple(bars)
