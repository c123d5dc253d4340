"""Pairs of common words side by side, each a term of the index of its own.

Half of all reports have two common words, and to find a phrase of them Tantivy reads in each of those where they stand.
The term of the pair finds it at once. Known as common grams (Burton-West 2010, of a library of ten million books).
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

SHARE = 0.05  # of the reports that have a common word: of rarer ones few places are to be read
MOST = 1000  # common words
NAME = "common-words.json"  # beside the fields of a build, for which they hold as long as it lasts
JOINT = "_"  # is in no word


@dataclass(frozen=True, slots=True)
class CommonWords:
    """The plain words of which a build of the index holds the pairs, and the reports that there were when it began."""

    words: frozenset[str] = frozenset()
    reports: int = 0

    @classmethod
    def of_build(cls, build: Path) -> "CommonWords":
        """Those of a build; none where it was begun without."""
        try:
            kept = json.loads((build / NAME).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        return cls(frozenset(kept["words"]), kept["reports"])

    def keep_in(self, build: Path) -> None:
        """For whoever reads the build or writes to it."""
        kept = {"words": sorted(self.words), "reports": self.reports}
        (build / NAME).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")

    def terms(self, plains: Sequence[str]) -> list[str]:
        """A term for each two words side by side. Pairs with another word have one in common, so that a long report
        is as long in its pairs as in its words, and is weighed like it."""
        words = self.words
        return [f"{one}{JOINT}{other}" if one in words and other in words else JOINT for one, other in pairwise(plains)]

    def terms_of(self, phrase: Sequence[str]) -> list[str]:
        """The terms of those pairs of a phrase that the index holds."""
        return [term for term in self.terms(phrase) if term != JOINT]


def common_words(reports: Iterable[Collection[str]]) -> frozenset[str]:
    """The words that so many of these reports have, each given by its plain words."""
    having: Counter[str] = Counter()
    number = 0
    for words in reports:
        having.update(set(words))
        number += 1
    ranked = sorted((-count, word) for word, count in having.items() if count >= SHARE * number)
    return frozenset(word for _, word in ranked[:MOST])
