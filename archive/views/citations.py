"""What the pages of a report and of a quote say of how to cite them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst

from archive.exporting import CITED, linked_data
from archive.exporting.plain import citation
from archive.exporting.records import Record, originals_behind, quote_fields, report_fields
from archive.exporting.references import Reference, reference_of
from archive.models import Original, Quote, Version
from archive.search import Kind
from archive.templatetags.evidence import negated_words, speaker_words


@dataclass(frozen=True, slots=True)
class File:
    """A citation as a program reads it, and where it can be had by itself."""

    name: str
    suffix: str
    media_type: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Cited:
    """What a page says of how its record is cited: in one line, for programs, and in the words of schema.org."""

    plain: str
    files: list[File]
    reference: Reference
    linked_data: dict | None


def cited_report(version: Version, originals: Iterable[Original], quotes: Iterable[Quote]) -> Cited:
    """For a report with this version of its text; `originals` and `quotes` are those of the version that readers are
    told of."""
    article = version.article
    return _cited(Kind.REPORT, report_record(version), linked_data.of_report(article, originals, quotes))


def cited_quote(quote: Quote) -> Cited:
    """For a quote with its words, its evidence and its source."""
    return _cited(Kind.QUOTE, quote_record(quote), linked_data.of_quote(quote), said_in(quote))


def _cited(kind: Kind, record: Record, data: dict | None, said: str = "") -> Cited:
    reference = reference_of(kind, record)
    files = [
        File(
            name=format_.name,
            suffix=suffix,
            media_type=format_.media_type.partition(";")[0],
            text=format_.header(kind) + format_.entry(kind, record),
            address=reverse(f"cite_{kind}", args=[record["id"], suffix]),
        )
        for suffix, format_ in CITED.items()
    ]
    return Cited(citation(reference, said), files, reference, data)


def report_record(version: Version) -> Record:
    """The report with this version of its text, as it is cited: with the originals of that text."""
    originals = originals_behind({version.pk: version.article_id})[version.pk]
    return report_fields(version.article) | {"originals_sha256": originals}


def quote_record(quote: Quote) -> Record:
    """The quote as it is cited."""
    return quote_fields(quote, originals_behind({quote.version_id: quote.article_id})[quote.version_id])


def said_in(quote: Quote) -> str:
    """Who said what, in one line.

    The speaker is named only where the archive knows who it is, or as the report prints it; a pronoun names nobody.
    """
    words = " ".join(quote.words.split())
    if quote.kind == Quote.Kind.REPORTED:
        words += f" ({'; '.join(filter(None, ('reported speech', negated_words(quote))))})"
    speaker = quote.said_by.name if quote.said_by else capfirst(speaker_words(quote))
    return f"{speaker}: {words}"
