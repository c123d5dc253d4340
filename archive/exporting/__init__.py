"""Writes records in formats that other programs read: CSV, JSON lines, RIS, BibTeX, CSL-JSON and schema.org's JSON-LD;
and citations that people read."""

from archive.exporting.formats import CITED, FORMATS, Format, exported

__all__ = ["CITED", "FORMATS", "Format", "exported"]
