"""Writes records in formats that other programs read: CSV, JSON lines, RIS and BibTeX."""

from archive.exporting.formats import FORMATS, Format, exported

__all__ = ["FORMATS", "Format", "exported"]
