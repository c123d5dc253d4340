"""What the archive holds in all, told by the index: to count five million quotes takes the database seconds."""

from dataclasses import dataclass

from archive.models import Person, Quote
from archive.search.documents import of_code
from archive.search.engine import Snapshot
from archive.search.query import Column, Members
from archive.search.readers import with_snapshot
from archive.search.results import Kind

SPOKEN = Members(Column.QUOTE_KIND, tuple(sorted({*Quote.Kind.values} - {Quote.Kind.REPORTED})))
# Speakers whose quotes are counted, of whom some are organisations; where too few are people, the second number.
COUNTED = (30, 1000)


@dataclass(frozen=True, slots=True)
class Overview:
    """How many quotes there are, and the numbers of the people quoted most, each with how often; the most first."""

    quotes: int
    most_quoted: tuple[tuple[int, int], ...]


def overall(most: int) -> Overview:
    """With so many people at least, where as many are quoted. Raises NotReady."""
    return with_snapshot(lambda snapshot: _overview(snapshot, most))


def _overview(snapshot: Snapshot, most: int) -> Overview:
    for counted in COUNTED:
        tally = snapshot.tally(Kind.QUOTE, SPOKEN, {Column.SPEAKER: counted})
        values = [(of_code(int(code)), count) for code, count in tally.values[Column.SPEAKER]]
        people = tuple((key, count) for (model, key), count in values if model is Person)
        if len(people) >= most or len(values) < counted:
            break
    return Overview(tally.total, people)
