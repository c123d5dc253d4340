"""Finds the word of the archive that a rare or unknown word may be a slip for."""

import string
from collections.abc import Callable, Iterator
from math import log10

from rapidfuzz.distance import OSA

from archive.search.tokens import stem

SHORTEST = 4  # letters: shorter words are too near to each other
SHORT = 5  # letters of a word in which one slip is likely, and two make another word
LEAST_DOCUMENTS = 5  # that have a word for it to be known
TIMES_AS_OFTEN = 20  # as the word that was typed, for it to be what was meant
# Powers of ten by which a word must be more frequent to be preferred all the same.
SECOND_SLIP = 2.0
OTHER_FIRST_LETTER = 1.0

WordsFrom = Callable[[str], list[tuple[str, int]]]


def correction(word: str, words_from: WordsFrom, documents: int) -> str | None:
    """The word that was probably meant, or None where there is none, or nothing to correct.

    `word` is in its plain form and stands in so many `documents`; `words_from` gives the archive's words that begin
    with some letters, each with the number of its documents.
    """
    if len(word) < SHORTEST or not word.isalpha():
        return None
    slips = 1 if len(word) <= SHORT else 2
    own = max((count for term, count in words_from(word) if term == word), default=0)
    enough = max(LEAST_DOCUMENTS, TIMES_AS_OFTEN * max(documents, own))
    own_stem = stem(word)
    best: tuple[float, str] | None = None
    for beginning in beginnings(word):
        for term, count in words_from(beginning):
            if count < enough or term == word or not term.isalpha():
                continue
            if stem(term) == own_stem:
                return None  # another form of a word that the archive knows
            distance = OSA.distance(word, term, score_cutoff=slips)
            if distance > slips:
                continue
            unlikely = SECOND_SLIP * (distance - 1) + OTHER_FIRST_LETTER * (word[0] != term[0])
            candidate = (unlikely - log10(count), term)
            best = min(best, candidate) if best else candidate
    return best[1] if best else None


def beginnings(word: str) -> Iterator[str]:
    """What the word meant may begin with: the first three letters, or four where one slip is among the first three.

    They are many but narrow: together they hold few words of a language.
    """
    yield from dict.fromkeys([word[:3], *_with_a_slip(word)])


def _with_a_slip(word: str) -> Iterator[str]:
    letters = string.ascii_lowercase if word.isascii() else "".join(sorted({*string.ascii_lowercase, *word}))
    for at in range(3):
        before, after = word[:at], word[at:]
        yield before + after[1:2] + after[0] + word[at + 2 : 4]  # two letters were swapped
        yield before + word[at + 1 : 5]  # one is too many
        for letter in letters:
            yield before + letter + word[at + 1 : 4]  # another one was meant
            yield before + letter + word[at:3]  # one is missing
