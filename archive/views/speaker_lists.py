"""What the page of a person or an organisation lists and counts of them: told by the index or, while there is none that
can be read, by the database, which tells less and takes longer where they are quoted very often."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from django.db.models import Count, QuerySet

from archive.models import Article, Organisation, Outlet, Person, Quote
from archive.models.named import Named
from archive.search import Asked, Column, Kind, Match, Search, Sort
from archive.search.documents import MOST_YEARS, code_of, of_code
from archive.search.overview import SPOKEN
from archive.search.query import All, Any, Condition, Members, Not, Words
from archive.search.tokens import terms
from archive.views.asked import days_of, published_in

MOST_VALUES = 200  # outlets and years that are counted


class Part(StrEnum):
    """What is listed: their quoted words, reported speech, reports that name them, those that do so and no more."""

    SPOKEN = "spoken"
    REPORTED = "reported"
    NAMED = "named"
    UNQUOTED = "unquoted"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a page is narrowed to: words, a year, month or day ("2018-05"), an outlet."""

    words: str = ""
    published: str = ""
    outlet: Outlet | None = None

    def __bool__(self) -> bool:
        return bool(self.words or self.published or self.outlet)


@dataclass(frozen=True, slots=True)
class InPrint:
    """How many of the reports that name somebody have the words of a name, and the first and the last of these reports
    by date."""

    count: int
    first: int
    last: int


Spoke = tuple[tuple[type[Person] | type[Organisation], int], int]


class Lists(Protocol):
    """The lists of one person or organisation, the newest first, and what is counted in them. All is narrowed, and what
    is counted over time is so but for the time."""

    def total(self, part: Part) -> int: ...

    def whole(self, part: Part) -> int:
        """The total without any narrowing."""

    def keys(self, part: Part, offset: int, limit: int) -> list[int]:
        """Of quotes or, of the last two parts, of articles."""

    def years(self, part: Part) -> dict[int, int]:
        """How many there may be of each year."""

    def undated(self, part: Part) -> int: ...

    def by_days(self, part: Part, days: Sequence[int]) -> list[int]:
        """How many there may be between each two of the days, as ordinals."""

    def outlets(self) -> list[int]:
        """Who published the most reports that quote or name them; not narrowed by outlet."""

    def beside(self, most: int) -> list[Spoke]:
        """Who is quoted in the most of the reports that quote them, and in how many; not narrowed by words."""

    def in_print(self, names: Iterable[str]) -> dict[str, InPrint]:
        """Of the names, in which reports that name them each stands; not narrowed. Left out is what stands in none, and
        what cannot be told from another name: a part of it, another spelling of the same letters."""


def first_search(named: Named) -> Asked:
    """What an index is asked first, for `IndexedLists` to ask on."""
    return Asked(kind=Kind.QUOTE, filters=(("speaker", Members(Column.SPEAKER, (code_of(type(named), named.pk),))),))


class IndexedLists:
    """Told by one commit of the index."""

    def __init__(self, named: Named, narrowing: Narrowing, search: Search):
        self._code, self._search = code_of(type(named), named.pk), search
        speaks, is_named = Members(Column.SPEAKER, (self._code,)), Members(Column.ABOUT, (self._code,))
        self._conditions = {
            Part.SPOKEN: (Kind.QUOTE, All((speaks, SPOKEN))),
            Part.REPORTED: (Kind.QUOTE, All((speaks, Members(Column.QUOTE_KIND, (Quote.Kind.REPORTED,))))),
            Part.NAMED: (Kind.REPORT, is_named),
            Part.UNQUOTED: (Kind.REPORT, All((is_named, Not(speaks)))),
        }
        self._filters: tuple[tuple[str, Condition], ...] = ()
        if narrowing.published:
            self._filters += (("published", published_in(narrowing.published)),)
        if narrowing.outlet:
            self._filters += (("outlet", Members(Column.OUTLET, (narrowing.outlet.pk,))),)
        self._words = narrowing.words
        self._searches = {part: self._of(*self._conditions[part]) for part in Part}
        self._quoting = self._of(Kind.REPORT, speaks, words="")
        self._any = self._of(Kind.REPORT, Any((speaks, is_named)))

    def _of(self, kind: Kind, condition: Condition, words: str | None = None) -> Search:
        words = self._words if words is None else words
        return self._search.alike(Asked(words, kind, Sort.NEWEST, Match.ALL, (("part", condition), *self._filters)))

    @property
    def hints(self) -> list[str]:
        """What was not understood of the words, or not found."""
        return list(dict.fromkeys(hint for search in self._searches.values() for hint in search.question.hints))

    def total(self, part: Part) -> int:
        return self._searches[part].total

    def whole(self, part: Part) -> int:
        kind, condition = self._conditions[part]
        return self._search.total_alike(Asked(kind=kind, filters=(("part", condition),)))

    def keys(self, part: Part, offset: int, limit: int) -> list[int]:
        return self._searches[part].keys(offset, limit)

    def _by_year(self, part: Part):
        return self._searches[part].tally({Column.YEAR: MOST_VALUES}, without="published")

    def years(self, part: Part) -> dict[int, int]:
        return {int(year): count for year, count in self._by_year(part).values[Column.YEAR]}

    def undated(self, part: Part) -> int:
        return self._by_year(part).undated

    def by_days(self, part: Part, days: Sequence[int]) -> list[int]:
        return self._searches[part].count_by_days(days, without="published")

    def outlets(self) -> list[int]:
        counted = self._any.tally({Column.OUTLET: MOST_VALUES}, without="outlet").values[Column.OUTLET]
        return [int(key) for key, _ in counted]

    def beside(self, most: int) -> list[Spoke]:
        counted = self._quoting.tally({Column.SPEAKER: most + 1}).values[Column.SPEAKER]
        return [(of_code(int(code)), count) for code, count in counted if code != self._code][:most]

    def in_print(self, names: Iterable[str]) -> dict[str, InPrint]:
        _, is_named = self._conditions[Part.NAMED]
        found = {name: self._name_in_print(is_named, words) for name, words in told_apart(names).items()}
        return {name: seen for name, seen in found.items() if seen}

    def _name_in_print(self, is_named: Condition, words: tuple[str, ...]) -> InPrint | None:
        filters = (("named", is_named), ("name", Words((words,), exact=True)))
        newest, oldest = (
            self._search.alike(Asked(kind=Kind.REPORT, sort=sort, filters=filters))
            for sort in (Sort.NEWEST, Sort.OLDEST)
        )
        if not newest.total:
            return None
        return InPrint(newest.total, oldest.keys(0, 1)[0], newest.keys(0, 1)[0])


def told_apart(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The words of each name that the index can tell from the other names.

    It knows neither case nor apostrophes: "Brenns" may be "Brenn's".
    """
    kept: dict[str, tuple[str, ...]] = {}
    words = {name: tuple(terms(name).plains) for name in names}
    for name, own in words.items():
        others = [other for other in words.values() if other != own]
        possessive = (*own[:-1], own[-1].removesuffix("s")) if own and own[-1].endswith("s") else None
        part = any(own == other[at : at + len(own)] for other in others for at in range(len(other)))
        if own and not part and possessive not in others and own not in kept.values():
            kept[name] = own
    return kept


class DatabaseLists:
    """Told by the database, which does not look for words, nor for what is counted in many reports."""

    hints: tuple[str, ...] = ()

    def __init__(self, named: Named, narrowing: Narrowing):
        self._named, self._narrowing = named, narrowing
        self._dates: dict[Part, list[tuple[date | None, date | None, int]]] = {}

    def _all(self, part: Part) -> QuerySet:
        quotes = self._named.quotes.standing().in_reports_seen()
        match part:
            case Part.SPOKEN:
                return quotes.spoken()
            case Part.REPORTED:
                return quotes.reported()
            case Part.NAMED:
                return Article.objects.mentioning(self._named)
        return Article.objects.mentioning(self._named).exclude(pk__in=quotes.values("article"))

    def _narrowed(self, rows: QuerySet, without: str = "") -> QuerySet:
        """The quotes or articles of the time and the outlet."""
        article = "article__" if rows.model is Quote else ""
        if self._narrowing.outlet:
            rows = rows.filter(**{f"{article}outlet": self._narrowing.outlet})
        if self._narrowing.published and without != "published":
            first, last = days_of(self._narrowing.published)
            rows = rows.filter(**{f"{article}published_latest__gte": first, f"{article}published_earliest__lte": last})
        return rows

    def total(self, part: Part) -> int:
        return self._narrowed(self._all(part)).count()

    def whole(self, part: Part) -> int:
        return self._all(part).count()

    def keys(self, part: Part, offset: int, limit: int) -> list[int]:
        rows = self._narrowed(self._all(part)).newest_first().values_list("pk", flat=True)
        return list(rows[offset : offset + limit])

    def _dates_of(self, part: Part) -> list[tuple[date | None, date | None, int]]:
        """How many there are of each first and last day."""
        if part not in self._dates:
            rows = self._narrowed(self._all(part), without="published").order_by()
            article = "article__" if rows.model is Quote else ""
            days = (f"{article}published_earliest", f"{article}published_latest")
            self._dates[part] = list(rows.values_list(*days).annotate(n=Count("pk")))
        return self._dates[part]

    def years(self, part: Part) -> dict[int, int]:
        counts: Counter[int] = Counter()
        for earliest, latest, count in self._dates_of(part):
            if earliest and latest:
                for year in range(earliest.year, min(latest.year, earliest.year + MOST_YEARS) + 1):
                    counts[year] += count
        return dict(counts)

    def undated(self, part: Part) -> int:
        return sum(count for earliest, _, count in self._dates_of(part) if earliest is None)

    def by_days(self, part: Part, days: Sequence[int]) -> list[int]:
        dated = [
            (earliest.toordinal(), latest.toordinal(), count)
            for earliest, latest, count in self._dates_of(part)
            if earliest and latest
        ]
        return [
            sum(count for earliest, latest, count in dated if earliest < following and latest >= first)
            for first, following in zip(days, days[1:], strict=False)
        ]

    def outlets(self) -> list[int]:
        return []

    def beside(self, most: int) -> list[Spoke]:
        return []

    def in_print(self, names: Iterable[str]) -> dict[str, InPrint]:
        return {}
