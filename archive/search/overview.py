"""What the archive holds in all, told by the index: to count five million quotes takes the database seconds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from archive.models import Organisation, Person, Quote
from archive.search.documents import code_of, of_code
from archive.search.engine import Snapshot
from archive.search.listing import Reports
from archive.search.query import All, Column, Condition, Members
from archive.search.readers import with_snapshot
from archive.search.results import Kind

SPOKEN = Members(Column.QUOTE_KIND, tuple(sorted({*Quote.Kind.values} - {Quote.Kind.REPORTED})))
REPORTED = Members(Column.QUOTE_KIND, (Quote.Kind.REPORTED,))
# Speakers whose quotes are counted, of whom some are organisations; where too few are people, the next number. In a
# million reports 12 take 50 ms, 30 take 150.
COUNTED = (12, 30, 1000)
ENOUGH = 20  # reports of a year of which it can be said who was quoted most in it

Ranked = tuple[tuple[int, int], ...]  # numbers of records, each with how often; the most first


@dataclass(frozen=True, slots=True)
class Overview:
    """How many reports and quotes there are, how many reports by year and without a date, which outlets have most, and
    who is quoted most: ever, and in the latest year of which that can be said, None where no report has a date."""

    reports: int
    quotes: int
    years: tuple[tuple[int, int], ...]
    undated: int
    outlets: Ranked
    most_quoted: Ranked
    lately: int | None
    quoted_lately: Ranked


@dataclass(frozen=True, slots=True)
class Heard:
    """How often somebody is quoted, how often their words are reported, and how many reports name them."""

    quotes: int = 0
    reported: int = 0
    reports: int = 0


def overall(most: int, this_year: int) -> Overview:
    """With so many people at least, where as many are quoted. Raises NotReady."""
    return with_snapshot(lambda snapshot: _overview(snapshot, most, this_year))


def latest_year(years: Sequence[tuple[int, int]], this_year: int) -> int | None:
    """The latest year with enough reports, else the latest there is; none that is yet to come, which is a slip of
    somebody's.

    >>> latest_year([(2019, 400), (2020, 3), (2062, 1)], 2026)
    2019
    """
    past = [(year, count) for year, count in years if year <= this_year]
    return max((year for year, count in past if count >= ENOUGH), default=max((year for year, _ in past), default=None))


def _overview(snapshot: Snapshot, most: int, this_year: int) -> Overview:
    reports = Reports(snapshot, All())
    years = tuple(reports.years())
    lately = latest_year(years, this_year)
    of_lately = Members(Column.YEAR, (lately,)) if lately else None
    return Overview(
        reports=reports.count(),
        quotes=snapshot.count(Kind.QUOTE, SPOKEN),
        years=years,
        undated=reports.count_undated(),
        outlets=tuple(reports.by_outlet().items()),
        most_quoted=_quoted_most(snapshot, SPOKEN, most),
        lately=lately,
        quoted_lately=_quoted_most(snapshot, All((SPOKEN, of_lately)), most) if of_lately else (),
    )


def _quoted_most(snapshot: Snapshot, condition: Condition, most: int) -> Ranked:
    """The people whose quotes the most meet the condition."""
    people: Ranked = ()
    for counted in COUNTED:
        speakers = snapshot.tally(Kind.QUOTE, condition, {Column.SPEAKER: counted}).values[Column.SPEAKER]
        values = [(of_code(int(code)), count) for code, count in speakers]
        people = tuple((key, count) for (model, key), count in values if model is Person)
        if len(people) >= most or len(values) < counted:
            break
    return people


def quoted_most_of_outlet(outlet: int, most: int) -> Ranked:
    """The people quoted most in the outlet's reports. Raises NotReady."""
    condition = All((SPOKEN, Members(Column.OUTLET, (outlet,))))
    return with_snapshot(lambda snapshot: _quoted_most(snapshot, condition, most))


def heard(model: type[Person] | type[Organisation], keys: Collection[int]) -> dict[int, Heard]:
    """What is heard of each of these people or organisations. Raises NotReady."""
    return with_snapshot(lambda snapshot: _heard(snapshot, model, keys))


def _heard(snapshot: Snapshot, model: type[Person] | type[Organisation], keys: Collection[int]) -> dict[int, Heard]:
    codes = tuple(sorted(code_of(model, key) for key in keys))

    def count(kind: Kind, column: Column, *conditions: Condition) -> dict[int | str, int]:
        theirs = All((*conditions, Members(column, codes)))
        return dict(snapshot.tally(kind, theirs, {column: len(codes)}, among=codes).values[column])

    quotes, reported = (count(Kind.QUOTE, Column.SPEAKER, said) for said in (SPOKEN, REPORTED))
    reports = count(Kind.REPORT, Column.ABOUT)
    return {
        key: Heard(quotes.get(code, 0), reported.get(code, 0), reports.get(code, 0))
        for key, code in ((key, code_of(model, key)) for key in keys)
    }
