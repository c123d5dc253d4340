"""The fields of the embedded index, and how a document fills them.

Reports and quotes have an index of their own with these fields: BM25 weighs a word by how many documents have it and a
document by how long it is beside the average, and quotes, short and many, would bend both for reports.
"""

from collections.abc import Iterable
from datetime import date
from itertools import chain

import tantivy

from archive.search.documents import Document
from archive.search.pairs import CommonWords
from archive.search.query import Column, Place
from archive.search.tokens import terms

# Raise it with every change to the fields or to what tokens.py makes of a text: the index is then built anew.
SCHEMA_VERSION = 5

# The words are cut by tokens.py and joined by spaces: this tokenizer only undoes that, and every process has it.
TOKENIZER = "whitespace"

UNDATED = 0  # the year of those without a date: a column in which every document has a value is read in half the time
LATEST_DAY = date.max.toordinal() + 1  # of the undated, which come last among the oldest too
KEY_BITS = 40  # of an order by day and then key


def field_of(place: Place, *, exact: bool) -> str:
    """The field in which words of this place are looked for."""
    form = "plain" if exact else "stems"
    return form if place == Place.TEXT else f"{place}_{form}"


def build_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # Signed: deletion by an unsigned field silently deletes nothing.
    builder.add_integer_field("key", indexed=True, fast=True)
    builder.add_integer_field("article", indexed=True, fast=True)
    for place in Place:
        for exact in (False, True):
            builder.add_text_field(field_of(place, exact=exact), tokenizer_name=TOKENIZER)
    builder.add_text_field("pairs", tokenizer_name=TOKENIZER, index_option="freq")
    builder.add_text_field("phrases", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    for column in (Column.OUTLET, Column.SPEAKER, Column.ABOUT, Column.YEAR):
        builder.add_integer_field(column, indexed=True, fast=True)
    builder.add_text_field(Column.QUOTE_KIND, tokenizer_name="raw", fast=True)
    # Days are numbered from 1 January of the year 1, as date.toordinal does.
    for name in ("published_earliest", "published_latest", "newest", "oldest"):
        builder.add_integer_field(name, indexed=True, fast=True)
    return builder.build()


def fill(document: Document, common: CommonWords) -> tantivy.Document:
    """The document's fields in an index that holds the pairs of these common words. Each text is a value of its own,
    over whose ends phrases do not reach."""
    filled = tantivy.Document()
    filled.add_integer("key", document.key)
    filled.add_integer("article", document.article)
    filled.add_text("language", document.language)
    _fill_text(filled, document, common)
    _fill_place(filled, Place.TITLE, (document.title,) if document.title else (), document.language)
    _fill_place(filled, Place.SPEAKER, document.printed_speakers, document.language)
    _fill_place(filled, Place.ROLE, document.roles, document.language)
    for phrase in document.phrases:
        filled.add_text("phrases", phrase)
    for column, values in (
        (Column.OUTLET, (document.outlet,) if document.outlet else ()),
        (Column.SPEAKER, document.speakers),
        (Column.ABOUT, document.about),
        (Column.YEAR, document.years or (UNDATED,)),
    ):
        for value in values:
            filled.add_integer(column, value)
    if document.quote_kind:
        filled.add_text(Column.QUOTE_KIND, document.quote_kind)
    _fill_days(filled, document)
    return filled


def _fill_text(filled: tantivy.Document, document: Document, common: CommonWords) -> None:
    joined = []
    for text in document.texts:
        found = terms(text, document.language)
        filled.add_text("stems", " ".join(found.stems))
        filled.add_text("plain", " ".join(found.plains))
        filled.add_text("pairs", " ".join(common.terms(found.plains)))
        joined += found.joined
    names = [terms(name, document.language) for name in document.names]
    for name in names:
        filled.add_text("plain", " ".join(name.plains))
        filled.add_text("pairs", " ".join(common.terms(name.plains)))
    # Once each: somebody with ten names does not say a word ten times.
    named = dict.fromkeys(stem for name in names for stem in chain(name.stems, name.joined))
    for stems in (joined, named):
        if stems:
            filled.add_text("stems", " ".join(stems))


def _fill_place(filled: tantivy.Document, place: Place, texts: Iterable[str], language: str) -> None:
    for text in texts:
        found = terms(text, language)
        filled.add_text(field_of(place, exact=True), " ".join(found.plains))
        filled.add_text(field_of(place, exact=False), " ".join(found.stems))
        if found.joined:
            filled.add_text(field_of(place, exact=False), " ".join(found.joined))


def _fill_days(filled: tantivy.Document, document: Document) -> None:
    earliest, latest = document.published_earliest, document.published_latest
    if earliest and latest:
        filled.add_integer("published_earliest", earliest.toordinal())
        filled.add_integer("published_latest", latest.toordinal())
    first = earliest.toordinal() if earliest else None
    filled.add_integer("newest", (first or 0) << KEY_BITS | document.key)
    filled.add_integer("oldest", (first or LATEST_DAY) << KEY_BITS | document.key)
