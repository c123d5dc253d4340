"""CSV (RFC 4180) as spreadsheets read it: with a mark of its encoding, and no cell that is run as a formula."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from archive.exporting.records import COLUMNS, Record
from archive.search import Kind

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for the encoding of its own country
# A cell that begins so is a formula to some spreadsheet, and one from a report could send what is beside it elsewhere:
# the list of the Open Worldwide Application Security Project (CSV Injection), with its wide forms.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def header(kind: Kind) -> str:
    return BYTE_ORDER_MARK + _line(COLUMNS[kind])


def entry(kind: Kind, record: Record) -> str:
    return _line(cell(record[column]) for column in COLUMNS[kind])


def cell(value: object) -> str:
    """As it stands in the file; nothing for what is not known.

    Text that a spreadsheet would take for a formula gets an apostrophe before it, which says that it is text.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case list():
            return " ".join(map(str, value))
        case str():
            return f"'{value}" if value.startswith(FORMULA) else value
    return str(value)


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
