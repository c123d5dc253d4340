"""Gives wire copy in capitals the case it would have in print, so that the same rules read it."""

from __future__ import annotations

import re

from archive.extraction.vocabulary import (
    BODIES,
    CUES,
    FIRST_NAMES,
    FUNCTION_WORDS,
    NATIONALITIES,
    ORGANISATION_WORDS,
    PLACE_WORDS,
    TITLES,
    is_role,
)

WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?")
SHOUTED_SHARE = 0.7
FEWEST_CAPITALS = 40
LONGEST_SAMPLE = 2_000
KNOWN = FUNCTION_WORDS | TITLES | CUES | BODIES | ORGANISATION_WORDS | NATIONALITIES | PLACE_WORDS
ABBREVIATED = re.compile(r"(?:[A-Z]\.){2,}\Z")
SHORT_TITLES = frozenset(
    {"gen", "col", "lt", "maj", "capt", "sgt", "adm", "brig", "mr", "mrs", "ms", "dr", "sen", "rep", "gov"}
)


def is_shouted(text: str) -> bool:
    """Tell whether a text is written in capitals."""
    sample = text[:LONGEST_SAMPLE]
    large, small = sum(map(str.isupper, sample)), sum(map(str.islower, sample))
    return large > FEWEST_CAPITALS and large > SHOUTED_SHARE * (large + small)


def recase(text: str) -> str:
    """Return a text in capitals with only names and what else is capitalised in print; offsets stay the same."""
    words = [(match.start(), match.group()) for match in WORD.finditer(text)]
    surnames = _surnames(words)
    pieces: list[str] = []
    at = 0
    for start, word in words:
        pieces.append(text[at:start])
        pieces.append(_cased(word, text, start, surnames))
        at = start + len(word)
    pieces.append(text[at:])
    result = "".join(pieces)
    return result if len(result) == len(text) else text


def _plain(word: str) -> str:
    return word.lower().rstrip(".")


def _unknown(word: str) -> bool:
    """Tell whether a word is none that the lists know as anything but a name."""
    return word not in KNOWN and not is_role(word)


def _surnames(words: list[tuple[int, str]]) -> set[str]:
    """Return the words that stand after a title or a first name, and so are names throughout the text."""
    found: set[str] = set()
    for (start, word), (following_start, following) in zip(words, words[1:], strict=False):
        plain, after = _plain(word), _plain(following)
        adjacent = following_start - start - len(word) == 1 and not (word.endswith(".") and plain not in TITLES)
        if (
            adjacent
            and _unknown(after)
            and (plain in TITLES or plain in found or (plain in FIRST_NAMES and _unknown(plain)))
        ):
            if plain in FIRST_NAMES and plain not in TITLES:
                found.add(plain)
            if after in FIRST_NAMES or plain in TITLES or plain in found:
                found.add(after)
    return found


def _cased(word: str, text: str, start: int, surnames: set[str]) -> str:
    plain = _plain(word)
    if ABBREVIATED.match(word):
        return word
    special = plain in NATIONALITIES or plain in PLACE_WORDS or plain in ORGANISATION_WORDS
    if plain in surnames or plain in SHORT_TITLES or special or _opens(text, start):
        return _capital(word)
    return word.lower()


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 6) : start].rstrip(" \t\n")
    return not before or before[-1] in '.?!"“'


def _capital(word: str) -> str:
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))
