"""What reading an original gives: a Reading, or Unreadable with the reason."""

from dataclasses import dataclass

from archive.reading.dates import DateRange
from archive.reading.layout import Span
from archive.reading.mapping import Run

READER_VERSION = 1
"""Raised by one whenever the same bytes may read differently than before."""


class Unreadable(Exception):
    """An original that is not an article; `str()` is one line for the user: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as read from one original.

    `text` is the body without the title line. All offsets are half open, in characters. `runs` lead from `text`
    back to the decoded original (`archive.reading.decode`), or, where `part` names a field, to that field's value.
    """

    title: str
    title_is_ours: bool
    text: str
    furniture: tuple[Span, ...]
    runs: tuple[Run, ...]
    encoding: str
    part: str
    published: DateRange | None
    outlet: str
    author: str
    url: str
    language: str
    import_id: str
    remarks: tuple[str, ...]
    date_left_out: bool = False
    """It states a date that cannot be used: nobody else's date may take its place."""
