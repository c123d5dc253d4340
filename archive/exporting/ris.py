"""RIS, by its specification (Research Information Systems, 2001 and 2011).

Each field is a line of two characters, two spaces, a dash and a space, and ends with carriage return and line feed; a
record begins with TY and ends with ER. An asterisk may not stand in names of people and periodicals. Text is in UTF-8,
as every program reads it today.

rispy writes the same from dictionaries, with a number before each record; these rules are fewer than its options.
"""

from collections.abc import Iterator

from archive.exporting.records import Record
from archive.exporting.references import SITE_NAME, Reference, reference_of
from archive.search import Kind


def header(kind: Kind) -> str:
    return ""


def entry(kind: Kind, record: Record) -> str:
    fields = [("TY", "NEWS"), *_fields(reference_of(kind, record)), ("ER", "")]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "ID", f"{reference.kind}{reference.key}".upper()
    yield "TI", reference.title
    if reference.author:
        yield "AU", reference.author.replace("*", "")
    if reference.outlet:
        yield "T2", reference.outlet.replace("*", "")
    if reference.published:
        year, month, day = (*reference.parts_of_date, "", "")[:3]
        yield "PY", year
        yield "DA", f"{year}/{month}/{day}/"
    if reference.language:
        yield "LA", reference.language
    yield "UR", reference.url
    yield "Y2", f"{reference.accessed:%Y/%m/%d}/"
    yield "DB", SITE_NAME
    for note in reference.notes:
        yield "N1", note
