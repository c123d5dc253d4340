"""JSON lines: one object a line, with all that is known; the only format that has a report's text, and its quotes."""

import json
from datetime import date

from archive.exporting.records import Record
from archive.search import Kind


def header(kind: Kind) -> str:
    return ""


def entry(kind: Kind, record: Record) -> str:
    return json.dumps(record, ensure_ascii=False, default=_written) + "\n"


def _written(value: date) -> str:
    return value.isoformat()
