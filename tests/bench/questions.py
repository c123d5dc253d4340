"""The questions that are put to the archive and its peers: classes of them, each with many different ones."""

import random
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.bench.collection import Collection, outlet_name
from tests.bench.made_up import words_of_rank
from tests.bench.report import FIRST_DAY

PAGE_SIZE = 20
EACH = 20  # different questions in a class


@dataclass(frozen=True, slots=True)
class Question:
    """Some words, of which any is enough unless they are a phrase, and what narrows and orders what they find.

    Outlet and speaker are numbers of the collection; their keys in the database are one more.
    """

    words: tuple[str, ...]
    phrase: bool = False
    alternatives: bool = False
    outlet: int | None = None
    year: int | None = None
    speaker: int | None = None
    speaker_name: str = ""
    newest: bool = False
    page: int = 1

    @property
    def outlet_key(self) -> int | None:
        return None if self.outlet is None else self.outlet + 1

    @property
    def speaker_key(self) -> int | None:
        return None if self.speaker is None else self.speaker + 1

    @property
    def offset(self) -> int:
        return (self.page - 1) * PAGE_SIZE

    def address_query(self) -> str:
        """The question as the archive is asked it, from the ? on."""
        words = (" OR " if self.alternatives else " ").join(self.words)
        parts = [f'"{words}"' if self.phrase else words]
        if self.outlet is not None:
            parts.append(f'outlet:"{outlet_name(self.outlet)}"')
        if self.year is not None:
            parts.append(f"year:{self.year}")
        if self.speaker is not None:
            parts.append(f'by:"{self.speaker_name}"')
        parameters = {"q": " ".join(parts)}
        if self.newest:
            parameters["sort"] = "newest"
        if self.page > 1:
            parameters["page"] = str(self.page)
        return f"?{urlencode(parameters)}"


def questions(collection: Collection) -> dict[str, list[Question]]:
    """The classes by name, the same for every collection of a size.

    The twenty commonest words are in two of three reports or more, those up to rank 100 in one of five. There is no
    page 100 of fewer than 4,000 reports.
    """
    chance = random.Random(1815)  # noqa: S311 - questions, not secrets
    common = [words_of_rank(chance, 1, 20, EACH) for _ in range(3)]
    last = min(100, max(collection.size // (2 * PAGE_SIZE), 1))

    def several(number: int, *ranks: int) -> list[tuple[str, ...]]:
        return [tuple(words_of_rank(chance, *ranks, number)) for _ in range(EACH)]

    def by(word: str) -> Question:
        speaker = collection.some(chance, 0)
        return Question((word,), speaker=speaker, speaker_name=collection.full_name(speaker))

    def filtered(word: str) -> Question:
        return Question((word,), outlet=chance.randrange(10), year=FIRST_DAY.year + chance.randrange(30))

    return {
        "one very common word": [Question((word,)) for word in common[0]],
        "two words": [Question(words) for words in several(2, 5, 300)],
        "three words": [Question(words) for words in several(3, 5, 1000)],
        "phrase of common words": [Question(words, phrase=True) for words in several(2, 1, 30)],
        "rare word": [Question(words) for words in several(1, 5_000, 50_000)],
        "OR of common words": [Question(words, alternatives=True) for words in several(2, 1, 60)],
        "filter and facet": [filtered(word) for word in common[1]],
        "by speaker": [by(word) for (word,) in several(1, 1, 100)],
        "sorted by date": [Question((word,), newest=True) for word in common[2]],
        "page 100, or half way": [Question((word,), page=last) for word in common[0]],
    }
