"""Finds reports and quotes by their words: `search`, and where the words stand in a text.

The truth is in PostgreSQL. The index is derived from it (sync.py) and can be built anew at any time.
"""

from archive.search.passages import Passage, found_spans, highlight, snippet
from archive.search.reading import search
from archive.search.results import Hit, Kind, Piece, Results

__all__ = ["Hit", "Kind", "Passage", "Piece", "Results", "found_spans", "highlight", "search", "snippet"]
