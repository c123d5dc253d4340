"""Makes the index's documents of articles, in any process: cutting words is most of the work of a build."""

import tantivy

from archive.search.documents import documents_of
from archive.search.pairs import CommonWords
from archive.search.results import Kind
from archive.search.schema import fill


def filled(common: CommonWords, articles: list[int]) -> tuple[int, list[tuple[Kind, tantivy.Document]]]:
    """How many articles these were, and their documents as the engine takes them, each with its kind."""
    return len(articles), [(document.kind, fill(document, common)) for document in documents_of(articles)]
