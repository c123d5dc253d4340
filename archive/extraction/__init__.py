"""Finds quotations, their speakers and the people of a report in plain text; knows nothing of the database."""

from archive.extraction.extractor import EXTRACTOR_VERSION, extract
from archive.extraction.records import (
    Candidate,
    Extraction,
    Mention,
    Organisation,
    Person,
    Quote,
    QuoteKind,
    SpeakerKind,
)

__all__ = [
    "EXTRACTOR_VERSION",
    "Candidate",
    "Extraction",
    "Mention",
    "Organisation",
    "Person",
    "Quote",
    "QuoteKind",
    "SpeakerKind",
    "extract",
]
