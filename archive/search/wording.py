"""What a typed word or phrase asks for: the ways in which a report may write it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

from archive.search.query import Place, Words
from archive.search.tokens import DESIGNATOR, Token, tokenize

MOST_FORMS = 8  # ways to write one phrase with designators in it
MOST_SLOP = 50

DESIGNATOR_LETTERS = re.compile(r"[A-Z][A-Za-z]{0,2}|[a-z]")
DESIGNATOR_NUMBER = re.compile(r"[0-9]{1,4}[A-Za-z]{0,3}")
MONTHS = frozenset(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
)  # "May 12" is no designator

# Lucene's list, and the words that questions are put in. They are sought in phrases, where they are written in
# capitals (WHO, IT), and where a question has no other words.
LUCENE_STOPWORDS = (
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these they "
    "this to was will with"
)
QUESTION_WORDS = (
    "about any been can could did do does from had has have he her him his how i its me my our she should so some than "
    "we were what when where which who whom whose why would you your"
)
STOPWORDS = frozenset(f"{LUCENE_STOPWORDS} {QUESTION_WORDS}".split())


def phrase(text: str, place: Place, slop: int, typed: str) -> Words | None:
    """These words, exactly, with so many others between them at most; None where there are none."""
    words, joined = tokenize(text)
    if not words:
        return None
    slop = min(slop, MOST_SLOP) if len(words) > 1 else 0
    return Words(_spellings(words, joined, exact=True), exact=True, place=place, slop=slop, typed=typed)


def sought(text: str) -> Iterator[Words]:
    """What one typed word asks for. One of several parts ("US/UK") may ask for several things."""
    words, joined = tokenize(text)
    position = 0
    while position < len(words):
        token = words[position]
        whole = next((j for j in joined if j.start == token.start), None)
        parts = [w for w in words[position:] if whole and w.end <= whole.end] or [token]
        spellings = _spellings(parts, [whole] if whole else [], exact=False)
        yield Words(spellings, typed=text[parts[0].start : parts[-1].end])
        position += len(parts)


def is_designator(letters: str, number: str) -> bool:
    """Whether two words are one designator written with a space: S 300, Su 25."""
    return bool(
        DESIGNATOR_LETTERS.fullmatch(letters)
        and DESIGNATOR_NUMBER.fullmatch(number)
        and letters.lower() not in STOPWORDS | MONTHS
    )


def designator(letters: str, number: str) -> Words:
    """The two words as one: S 300 is S-300 and S300 too."""
    return Words(_spellings(*tokenize(f"{letters}-{number}"), exact=False), typed=f"{letters} {number}")


def or_whole(word: Words, whole: Words) -> Words:
    """The S or the 300 of S 300, of which S300 is a spelling too."""
    joined = tuple(spelling for spelling in whole.spellings if len(spelling) == 1)
    return replace(word, spellings=tuple(dict.fromkeys((*word.spellings, *joined))))


def _spellings(words: list[Token], joined: list[Token], *, exact: bool) -> tuple[tuple[str, ...], ...]:
    """The ways to write these words: hyphenated words and designators in parts or as one."""
    choices: list[tuple[tuple[str, ...], ...]] = []
    position = 0
    while position < len(words):
        token = words[position]
        whole = next((j for j in joined if j.start == token.start), None)
        parts = [w for w in words[position:] if whole and w.end <= whole.end] or [token]
        spelled = [tuple(part.plain if exact else part.base for part in parts)]
        if whole:
            spelled.append((whole.plain if exact else whole.base,))
        elif designator := DESIGNATOR.fullmatch(token.plain):
            spelled.append(designator.groups())
        choices.append(tuple(spelled))
        position += len(parts)
    return tuple(tuple(word for part in way for word in part) for way in islice(product(*choices), MOST_FORMS))
