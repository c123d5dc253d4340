"""Where else the words of a quotation are quoted, and by whom they are said there."""

from dataclasses import dataclass

from archive import search
from archive.models import Quote

MOST_FOUND = 50  # quotes that are compared
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Quotes of other reports with the same words, those first published first. Of these `given_to_others` have another
    speaker, and `named` name one where this quote has none; `within` are those where the words are part of more."""

    quotes: list[Quote]
    in_all: int
    given_to_others: int
    named: int
    within: int


def same_words(quote: Quote) -> Elsewhere | None:
    """Of a quote that has its `words`; None where they stand nowhere else, are too few to tell anything, or no index is
    there to find them."""
    try:
        keys = search.quotes_with(quote.words, MOST_FOUND)
    except search.NotReady:
        return None
    own = search.words_of(quote.words)
    found = []
    for other in Quote.objects.filter(pk__in=keys).in_other_reports(quote).with_words().with_evidence().with_source():
        words = search.words_of(other.words)
        if has_in_a_row(words, own):
            other.within = len(words) > len(own)
            other.given_to_another = bool(quote.said_by and other.said_by and other.said_by != quote.said_by)
            found.append(other)
    if not found:
        return None
    return Elsewhere(
        found[:MOST_SHOWN],
        len(found),
        sum(other.given_to_another for other in found),
        0 if quote.said_by else sum(other.said_by is not None for other in found),
        sum(other.within for other in found),
    )


def has_in_a_row(words: list[str], sought: list[str]) -> bool:
    """Whether the words that are sought stand side by side among the words."""
    return any(words[place : place + len(sought)] == sought for place in range(len(words) - len(sought) + 1))
