"""Cuts what stands around a quote back to its own paragraph and to whole words."""

import re
from collections.abc import Iterable

from archive.models import Quote
from archive.models.quote import CONTEXT

# A blank line parts paragraphs; a single line break does so where a sentence has just ended.
PARAGRAPH_END = re.compile(r"\n\s*\n\s*|(?<=[.!?…:\"”»)])\n")
ELLIPSIS = "…"
LITTLE = 80  # characters around a quote of a report of which only extracts may be shown


def lead_in(before: str, limit: int) -> str:
    """The end of `before` that belongs to the paragraph the quote starts in.

    Where `before` is `limit` characters long and holds no paragraph's start, its first word may be half there: it
    gives way to an ellipsis.
    """
    *earlier, own = PARAGRAPH_END.split(before)
    if not earlier and len(before) >= limit:
        own = ELLIPSIS + own.partition(" ")[2]
    return own


def follow_up(after: str, limit: int) -> str:
    """The start of `after` that belongs to the paragraph the quote ends in; the mirror of `lead_in`."""
    own, *later = PARAGRAPH_END.split(after)
    if not later and len(after) >= limit:
        own = own.rpartition(" ")[0] + ELLIPSIS
    return own


def set_context(quotes: Iterable[Quote]) -> None:
    """Sets on each quote, which was read `with_words` and its source, its `lead_in` and `follow_up`."""
    for quote in quotes:
        limit = LITTLE if quote.article.extracts_only else CONTEXT
        quote.lead_in = lead_in(quote.before[-limit:], limit)
        quote.follow_up = follow_up(quote.after[:limit], limit)
