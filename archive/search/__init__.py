"""Finds reports and quotes: `find` and `ask`, and where the words stand in a text.

The truth is in PostgreSQL. The index is derived from it (sync.py) and can be built anew at any time.
"""

from archive.search.alike import Alike, alike
from archive.search.asking import Asked, Search, ask, find, has_rare_words, phrases
from archive.search.counts import set_counts
from archive.search.elsewhere import quotes_with, words_of
from archive.search.listing import Reports, with_reports
from archive.search.overview import Heard, Overview, heard, latest_year, overall, quoted_most_of_outlet
from archive.search.passages import Passage, found_spans, highlight, snippet
from archive.search.query import Column
from archive.search.readers import NotReady, build_progress
from archive.search.results import Hit, Kind, Match, Piece, Results, Sort, Tally

__all__ = [
    "Alike",
    "Asked",
    "Column",
    "Heard",
    "Hit",
    "Kind",
    "Match",
    "NotReady",
    "Overview",
    "Passage",
    "Piece",
    "Reports",
    "Results",
    "Search",
    "Sort",
    "Tally",
    "alike",
    "ask",
    "build_progress",
    "find",
    "found_spans",
    "has_rare_words",
    "heard",
    "highlight",
    "latest_year",
    "overall",
    "phrases",
    "quoted_most_of_outlet",
    "quotes_with",
    "set_counts",
    "snippet",
    "with_reports",
    "words_of",
]
