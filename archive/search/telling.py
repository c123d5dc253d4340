"""Which words tell what a report is about: how often it has them, and how few others do."""

import math
from collections import Counter
from collections.abc import Iterable

from archive.search.documents import outside
from archive.search.tokens import language_of, stem, terms
from archive.search.wording import STOPWORDS

LONGEST = 20_000  # characters of a report that are read

STOP_STEMS = frozenset(map(stem, STOPWORDS))


def counted_stems(title: str, language: str, text: str, furniture: Iterable[tuple[int, int]]) -> Counter[str]:
    """How often each stem stands in a report's title and the beginning of its text, furniture left out."""
    counted: Counter[str] = Counter()
    for part in (title, *outside(text[:LONGEST], furniture)):
        counted.update(terms(part, language_of(language)).stems)
    return counted


def tells(each: str) -> bool:
    """Whether a stem can say anything of what a report is about."""
    return len(each) > 2 and not each[0].isdigit() and each not in STOP_STEMS


def rarity(frequency: int, size: int) -> float:
    """BM25's weight of a stem that so many of all reports have."""
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))
