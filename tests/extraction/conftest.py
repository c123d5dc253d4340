"""Short ways to write down what a text yields."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.extraction import Extraction, extract

Said = Callable[[str], list[tuple[str, str]]]


def speaker_of(found: Extraction, index: int) -> str:
    quote = found.quotes[index]
    return found.people[quote.person].name if quote.person is not None else quote.speaker_name


@pytest.fixture
def said() -> Said:
    """Return the quotations of a text with the name of the speaker, empty where unknown."""

    def quotations(text: str) -> list[tuple[str, str]]:
        found = extract(text)
        return [(text[q.start : q.end], speaker_of(found, i)) for i, q in enumerate(found.quotes)]

    return quotations


@pytest.fixture
def people() -> Callable[[str], list[str]]:
    """Return the names of the people of a text."""
    return lambda text: [person.name for person in extract(text).people]


@pytest.fixture
def rule() -> Callable[[str], list[str]]:
    """Return the rule that decided on each quotation of a text."""
    return lambda text: [quote.rule for quote in extract(text).quotes]
