"""The formats, and an export in one of them, some records at a time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from archive.exporting import bibtex, comma_separated, csl, json_lines, ris
from archive.exporting.records import Record, records_of
from archive.search import Kind

BATCH = 100  # records in memory at a time, with their texts


@dataclass(frozen=True, slots=True)
class Format:
    """How records are written: what stands before them all, and each by itself."""

    name: str
    media_type: str
    header: Callable[[Kind], str]
    entry: Callable[[Kind, Record], str]
    with_text: bool = False


FORMATS = {
    "csv": Format("CSV", "text/csv; charset=utf-8", comma_separated.header, comma_separated.entry),
    "jsonl": Format(
        "JSON lines", "application/jsonl; charset=utf-8", json_lines.header, json_lines.entry, with_text=True
    ),
    "ris": Format("RIS", "application/x-research-info-systems; charset=utf-8", ris.header, ris.entry),
    "bib": Format("BibTeX", "application/x-bibtex; charset=utf-8", bibtex.header, bibtex.entry),
}
# In which one record is cited, by the suffix of its file.
CITED = {
    "bib": FORMATS["bib"],
    "ris": FORMATS["ris"],
    "json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", csl.header, csl.entry),
}


def exported(format_: Format, kind: Kind, chunks: Iterable[list[int]]) -> Iterator[str]:
    """The file of the records whose keys are in the chunks; the first piece comes before any of them is read.

    What goes wrong is raised, so that a file that was cut off never ends like a whole one.
    """
    yield format_.header(kind)
    for keys in chunks:
        for start in range(0, len(keys), BATCH):
            records = records_of(kind, keys[start : start + BATCH], format_.with_text)
            _let_go_of_connection()
            yield "".join(format_.entry(kind, record) for record in records)


def _let_go_of_connection() -> None:
    """Back to the pool with it: whoever reads slowly would keep it for hours."""
    if not connection.in_atomic_block:
        connection.close()
