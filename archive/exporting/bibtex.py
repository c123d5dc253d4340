"""BibTeX entries that BibTeX itself and biber read, in UTF-8.

BibTeX counts braces also where a backslash stands before them ("Tame the BeaST", Markey, 2009, on braces), so that a
brace of the text can only be written as a command. pybtex and bibtexparser read and write whole bibliographies; all
they would spare us here is the table of escapes, which pybtex applies to escapes too.
"""

from collections.abc import Iterator

from archive.exporting.records import Record
from archive.exporting.references import SITE_NAME, Reference, reference_of
from archive.search import Kind

ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "$&#_%"},
    }
)
# The only signs that end an argument; an address has them written so.
IN_ADDRESSES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def header(kind: Kind) -> str:
    return ""


def entry(kind: Kind, record: Record) -> str:
    """Its key is made of the record's number, so that it is the same in every export and there is none like it."""
    reference = reference_of(kind, record)
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(reference))
    return f"@misc{{{reference.identifier},\n{fields}}}\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    # Within a second pair of braces no style changes capitals, and no "and" parts an author in two.
    yield "title", f"{{{{{escaped(reference.title)}}}}}"
    if reference.author:
        yield "author", f"{{{{{escaped(reference.author)}}}}}"
    if reference.outlet:
        yield "howpublished", f"{{{escaped(reference.outlet)}}}"
    # Where no year is known there is none: styles then print "n.d." themselves.
    for name, part in zip(("year", "month", "day"), reference.parts_of_date, strict=False):
        yield name, MONTHS[int(part) - 1] if name == "month" else f"{{{int(part)}}}"
    yield "url", f"{{{reference.url.translate(IN_ADDRESSES)}}}"
    yield "urldate", f"{{{reference.accessed.isoformat()}}}"
    if reference.language:
        yield "language", f"{{{escaped(reference.language)}}}"
    yield "note", f"{{{escaped('. '.join((SITE_NAME, *reference.notes)))}}}"


def escaped(text: str) -> str:
    """The text as LaTeX prints it, with no brace but those of commands.

    >>> escaped("{50% of $3}")
    '\\\\textbraceleft{}50\\\\% of \\\\$3\\\\textbraceright{}'
    """
    return text.translate(ESCAPES)
