"""Finds the words of a quotation in other quotations."""

from archive.search.engine import Snapshot
from archive.search.query import Words
from archive.search.readers import with_snapshot
from archive.search.results import Kind
from archive.search.tokens import terms

FEWEST = 4  # words: "null and void" is said by many who quote nobody
MOST = 40  # words that are looked for: so many in a row are found nowhere by chance


def quotes_with(words: str, most: int) -> list[int]:
    """The keys of quotes that have the words side by side, whatever their case, signs and spaces, the quote itself
    among them; none where the words are too few. Those that have little else come first. Raises NotReady."""
    plains = words_of(words)
    if len(plains) < FEWEST:
        return []
    sought = Words((tuple(plains[:MOST]),), exact=True)
    return with_snapshot(lambda snapshot: _found(snapshot, sought, most))


def words_of(text: str) -> list[str]:
    """A text's words without case and accents, in which two printings of one quotation agree."""
    return terms(text).plains


def _found(snapshot: Snapshot, sought: Words, most: int) -> list[int]:
    return snapshot.search(Kind.QUOTE, sought, limit=most)
