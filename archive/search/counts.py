"""How often some people or organisations are quoted and named, told by the index: of one who is quoted 100,000 times
the database counts for seconds."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.models import Quote
from archive.models.named import Named
from archive.search.documents import code_of
from archive.search.engine import Snapshot
from archive.search.overview import SPOKEN
from archive.search.query import All, Column, Condition, Members
from archive.search.readers import NotReady, with_snapshot
from archive.search.results import Kind

REPORTED = Members(Column.QUOTE_KIND, (Quote.Kind.REPORTED.value,))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many quotes and reported speech of somebody there are, and how many reports name them."""

    quotes: int
    reported: int
    reports: int


def set_counts(named: Sequence[Named]) -> None:
    """Sets on each of the people, or the organisations, what `with_counts` adds, as of the last commit of the index;
    while there is none, the database counts."""
    if not named:
        return
    model = type(named[0])
    keys = [one.pk for one in named]
    try:
        counts = with_snapshot(lambda snapshot: _counts(snapshot, {key: code_of(model, key) for key in keys}))
    except NotReady:
        counted = model.objects.filter(pk__in=keys).with_counts()
        counts = {one.pk: Counts(one.quote_count, one.reported_count, one.article_count) for one in counted}
    for one in named:
        own = counts.get(one.pk, Counts(0, 0, 0))
        one.quote_count, one.reported_count, one.article_count = own.quotes, own.reported, own.reports


def _counts(snapshot: Snapshot, codes: dict[int, int]) -> dict[int, Counts]:
    quotes, reported = (_said(snapshot, kind, tuple(codes.values())) for kind in (SPOKEN, REPORTED))
    return {
        # One by one: reports name many others too, and a tally of all whom they name would leave out the rare.
        key: Counts(
            quotes.get(code, 0), reported.get(code, 0), snapshot.count(Kind.REPORT, Members(Column.ABOUT, (code,)))
        )
        for key, code in codes.items()
    }


def _said(snapshot: Snapshot, kind: Condition, codes: tuple[int, ...]) -> dict[int | str, int]:
    theirs = All((kind, Members(Column.SPEAKER, codes)))
    return dict(snapshot.tally(Kind.QUOTE, theirs, {Column.SPEAKER: len(codes)}, codes).values[Column.SPEAKER])
