"""The fields of the embedded index, and how a document fills them.

Reports, quotes and reported speech each have an index of their own with these fields: BM25 weighs a word by how many
documents have it and a document by how long it is beside the average, and quotes, short and many, would bend both for
reports.
"""

from itertools import chain

import tantivy

from archive.search.documents import Document
from archive.search.tokens import terms

# Raise it with every change to the fields or to what tokens.py makes of a text: the index is then built anew.
SCHEMA_VERSION = 2

# The words are cut by tokens.py and joined by spaces: this tokenizer only undoes that, and every process has it.
TOKENIZER = "whitespace"


def build_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # Signed: deletion by an unsigned field silently deletes nothing.
    builder.add_integer_field("key", indexed=True, fast=True)
    builder.add_integer_field("article", indexed=True, fast=True)
    builder.add_text_field("stems", tokenizer_name=TOKENIZER)
    builder.add_text_field("plain", tokenizer_name=TOKENIZER)
    # Days are numbered from 1 January of the year 1, as date.toordinal does.
    for name in ("outlet", "published_earliest", "published_latest", "speaker"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_text_field("quote_kind", tokenizer_name="raw", fast=True)
    return builder.build()


def fill(document: Document) -> tantivy.Document:
    """The document's fields. Each text is a value of its own, over whose ends phrases do not reach."""
    filled = tantivy.Document()
    filled.add_integer("key", document.key)
    filled.add_integer("article", document.article)
    joined = []
    for text in document.texts:
        found = terms(text)
        filled.add_text("stems", " ".join(found.stems))
        filled.add_text("plain", " ".join(found.plains))
        joined += found.joined
    names = [terms(name) for name in document.names]
    for name in names:
        filled.add_text("plain", " ".join(name.plains))
    # Once each: somebody with ten names does not say a word ten times.
    named = dict.fromkeys(stem for name in names for stem in chain(name.stems, name.joined))
    for stems in (joined, named):
        if stems:
            filled.add_text("stems", " ".join(stems))
    for name, number in (
        ("outlet", document.outlet),
        ("speaker", document.speaker),
        ("published_earliest", document.published_earliest and document.published_earliest.toordinal()),
        ("published_latest", document.published_latest and document.published_latest.toordinal()),
    ):
        if number is not None:
            filled.add_integer(name, number)
    if document.quote_kind:
        filled.add_text("quote_kind", document.quote_kind)
    return filled
