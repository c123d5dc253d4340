"""Reading: bytes as they came become clean text, title, date and outlet, with a map back to the original."""

from archive.reading.dates import DateRange, UnusableDate, parse_date
from archive.reading.encoding import decode
from archive.reading.layout import Span, paragraphs
from archive.reading.mapping import Run, original_place
from archive.reading.outcome import READER_VERSION, Reading, Unreadable
from archive.reading.plain_text import read_plain_text
from archive.reading.records import field_text, read_record

__all__ = [
    "READER_VERSION",
    "DateRange",
    "Reading",
    "Run",
    "Span",
    "Unreadable",
    "UnusableDate",
    "decode",
    "original_place",
    "paragraphs",
    "parse_date",
    "read",
    "read_characters",
    "read_plain_text",
    "read_record",
]


def read(data: bytes, media_type: str) -> Reading:
    """Read an original by its media type: `text/plain`, or `application/json` for one record.

    Raises `Unreadable`, also for a media type nothing here reads.
    """
    kind = media_type.partition(";")[0].strip().lower()
    if kind == "text/plain":
        return read_plain_text(data)
    if kind == "application/json":
        return read_record(data)
    raise Unreadable(f"is of the kind {kind or 'unknown'!r}; plain text and JSON records can be read")


def read_characters(data: bytes, part: str) -> str:
    """What a reading's runs lead back to: the characters of an original, or of the field of a record that `part` names.

    Raises `Unreadable` for what is no record, where `part` names a field.
    """
    return field_text(data, part) if part else decode(data)[0]
