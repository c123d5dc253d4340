"""Short ways to write down what a text yields."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.extraction import Extraction, Quote, QuoteKind, extract

Said = Callable[[str], list[tuple[str, str]]]
Words = Callable[[str], list[str]]


def speaker_of(found: Extraction, quote: Quote) -> str:
    return found.people[quote.person].name if quote.person is not None else quote.speaker_name


def quoted(found: Extraction) -> list[Quote]:
    """The quotes with quote marks, without reported speech."""
    return [quote for quote in found.quotes if quote.kind is not QuoteKind.REPORTED]


def reports(found: Extraction) -> list[Quote]:
    """The reported speech."""
    return [quote for quote in found.quotes if quote.kind is QuoteKind.REPORTED]


@pytest.fixture
def said() -> Said:
    """Return the quoted words of a text with the name of the speaker, empty where unknown."""

    def quotations(text: str) -> list[tuple[str, str]]:
        found = extract(text)
        return [(text[q.start : q.end], speaker_of(found, q)) for q in quoted(found)]

    return quotations


@pytest.fixture
def reported() -> Said:
    """Return the clauses that a text reports with the name of their source, empty where unknown."""

    def clauses(text: str) -> list[tuple[str, str]]:
        found = extract(text)
        return [(text[q.start : q.end], speaker_of(found, q)) for q in reports(found)]

    return clauses


@pytest.fixture
def rule() -> Words:
    """Return the rule that decided on each quotation of a text, reported speech left out."""
    return lambda text: [quote.rule for quote in quoted(extract(text))]


@pytest.fixture
def people() -> Words:
    """Return the names of the people of a text."""
    return lambda text: [person.name for person in extract(text).people]


@pytest.fixture
def organisations() -> Callable[[str], dict[str, tuple[str, ...]]]:
    """Return the organisations that speak in a text, each with the forms it is printed in besides its name."""
    return lambda text: {body.name: body.forms[1:] for body in extract(text).organisations}


@pytest.fixture
def chain() -> Words:
    """Return the mentions from the words beside the last quote of a text to the fullest name, as printed."""
    return lambda text: [text[step.start : step.end] for step in extract(text).quotes[-1].chain]


@pytest.fixture
def candidates() -> Words:
    """Return who may have said the last quote of a text, where that is not decided."""
    return lambda text: [candidate.name for candidate in extract(text).quotes[-1].candidates]
