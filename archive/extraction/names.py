"""Finds the names of people in the tokens of a report, with title and rank taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from archive.extraction.tokens import Sign, Token
from archive.extraction.vocabulary import (
    CUES,
    FIRST_NAMES,
    FUNCTION_WORDS,
    NATIONALITIES,
    ORGANISATION_WORDS,
    PARTICLES,
    PLACE_WORDS,
    PLACES,
    TITLES,
    is_role,
    unaccented,
    word_list,
)

COUNTRIES = word_list("countries")
FACILITIES = word_list("facilities")
SURNAME_WORDS = word_list("surname_words")
PLACE_PREPOSITIONS = word_list("place_prepositions")
ARTICLES = frozenset({"the", "this", "that", "these", "those", "a", "an"})
VERBS = word_list("verbs_after_names")
NAMING = frozenset({"named", "called", "identified"})
AGE = re.compile(r"\d{1,3}\Z")
LONGEST_NAME = 6


class Part(IntEnum):
    """What a capitalised word can be in a name."""

    NAME = 0
    TITLE = 1
    OTHER = 2
    PARTICLE = 3
    INITIAL = 4
    FUNCTION = 5


@dataclass(frozen=True, slots=True)
class NameMention:
    """A possible person's name: tokens [first, last) are the name, [title, first) what was taken off."""

    title: int
    first: int
    last: int
    words: tuple[str, ...]
    start: int
    end: int
    score: float
    """Evidence that this is a person's name, from what stands in and around it."""
    place: bool
    titled: bool

    @property
    def full(self) -> bool:
        """Whether first name and surname are there."""
        return len(self.words) > 1


@lru_cache(maxsize=50_000)
def part_of(text: str, lower: str) -> Part:
    """Tell what a capitalised word, seen alone, can be."""
    if len(text) == 2 and text[1] == "." and text[0].isupper():
        return Part.INITIAL
    if lower in FUNCTION_WORDS:
        return Part.FUNCTION
    if lower in TITLES or is_role(lower):
        return Part.TITLE
    if text.endswith(".") and len(text) > 2:
        return Part.OTHER
    if lower in ORGANISATION_WORDS or lower in NATIONALITIES or lower in CUES:
        return Part.OTHER
    if lower not in FIRST_NAMES and _is_place(lower):
        return Part.OTHER
    if len(text) > 1 and text.isupper() and text.isalpha() and (len(text) < 3 or lower not in FIRST_NAMES):
        return Part.OTHER
    if any(c.isdigit() for c in text) or "&" in text:
        return Part.OTHER
    if "-" in lower and not lower.startswith(("al-", "el-", "abu-", "ul-")):
        parts = lower.split("-")
        if any(part in ORGANISATION_WORDS or part in NATIONALITIES or part in TITLES or not part for part in parts):
            return Part.OTHER
        if parts[-1] in {"based", "backed", "led", "held", "born", "controlled", "style", "era", "run", "wide"}:
            return Part.OTHER
    return Part.NAME


def _city(lower: str) -> bool:
    """Tell whether a word is a place that people are also called after ("Preston"), and no country."""
    return lower in PLACE_WORDS and lower not in COUNTRIES


def _is_place(lower: str) -> bool:
    return lower in PLACE_WORDS or (lower.endswith("s") and lower[:-1] in PLACE_WORDS)


def capitalised(token: Token) -> bool:
    """Tell whether a token is a word that starts as names do ("Tayib", "al-Tayib", "d'Estaing")."""
    return token.sign is Sign.WORD and (token.text[0].isupper() or _capital_inside(token.text))


def _capital_inside(text: str) -> bool:
    return (
        text[0].islower()
        and len(text) > 3
        and ("-" in text[:5] or "'" in text[:2])
        and any(text[i].isupper() and text[i - 1] in "-'" for i in range(2, min(len(text), 6)))
    )


def find_names(tokens: Sequence[Token]) -> list[NameMention]:
    """Return every stretch of capitalised words that may be the name of a person, in order."""
    found: list[NameMention] = []
    for first, last in _runs(tokens):
        found.extend(_names_in_run(tokens, first, last))
    return found


def find_surnames(tokens: Sequence[Token], surnames: Set[str]) -> list[NameMention]:
    """Return lone words that are a known surname here though they mean a nation or a trade elsewhere ("Danish")."""
    found: list[NameMention] = []
    for at, token in enumerate(tokens):
        if token.lower not in surnames or not capitalised(token) or part_of(token.text, token.lower) is Part.NAME:
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if at and capitalised(tokens[at - 1]) and part_of(tokens[at - 1].text, tokens[at - 1].lower) is not Part.TITLE:
            continue
        if after is None or after.sign is not Sign.WORD or after.lower in VERBS or after.lower in CUES:
            found.append(NameMention(at, at, at + 1, (token.text,), token.start, token.end, 0.0, False, titled=False))
    return found


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    i, n = 0, len(tokens)
    while i < n:
        if not capitalised(tokens[i]):
            i += 1
            continue
        j = i + 1
        while j < n:
            if capitalised(tokens[j]):
                j += 1
            elif _joins(tokens, j):
                j += 1 if capitalised(tokens[j + 1]) else 2
            else:
                break
        yield i, j
        i = j


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether tokens[at] is one or two particles with a capitalised word after them."""
    if tokens[at].sign is not Sign.WORD or tokens[at].lower not in PARTICLES or at + 1 >= len(tokens):
        return False
    if capitalised(tokens[at + 1]):
        return True
    return tokens[at + 1].lower in PARTICLES and at + 2 < len(tokens) and capitalised(tokens[at + 2])


def _names_in_run(tokens: Sequence[Token], first: int, last: int) -> Iterator[NameMention]:
    parts = _parts(tokens, first, last)
    i = 0
    while i < len(parts):
        if parts[i] not in (Part.NAME, Part.INITIAL, Part.PARTICLE):
            i += 1
            continue
        j = i + 1
        while j < len(parts) and parts[j] in (Part.NAME, Part.INITIAL, Part.PARTICLE):
            j += 1
        name = _mention(tokens, first, parts, i, j)
        if name is not None:
            yield name
        i = j


def _parts(tokens: Sequence[Token], first: int, last: int) -> list[Part]:
    parts: list[Part] = []
    for at in range(first, last):
        token = tokens[at]
        if not capitalised(token):
            parts.append(Part.PARTICLE)
            continue
        part = part_of(token.text, token.lower)
        previous = parts[-1] if parts else None
        following = tokens[at + 1] if at + 1 < last else None
        after_first_name = previous is Part.INITIAL or (previous is Part.NAME and tokens[at - 1].lower in FIRST_NAMES)
        if part in (Part.OTHER, Part.TITLE, Part.FUNCTION) and after_first_name and following is None:
            if token.lower in SURNAME_WORDS or token.lower in NATIONALITIES or _city(token.lower):
                part = Part.NAME
        elif part is Part.FUNCTION and following is not None and token.lower in FIRST_NAMES and at > first:
            part = Part.NAME
        elif part is Part.FUNCTION and following is not None and token.lower in SURNAME_WORDS & FIRST_NAMES.keys():
            part = Part.NAME if part_of(following.text, following.lower) is Part.NAME else part
        elif part is Part.OTHER and token.lower in FIRST_NAMES and following is not None and previous is not Part.OTHER:
            named = part_of(following.text, following.lower) is Part.NAME
            if named and len(token.text) > 2 and not token.text.isupper() and token.lower in NATIONALITIES | CUES:
                part = Part.NAME
        parts.append(part)
    return parts


def _mention(tokens: Sequence[Token], first: int, parts: list[Part], i: int, j: int) -> NameMention | None:
    while j > i and parts[j - 1] is Part.PARTICLE:
        j -= 1
    if sum(part is Part.NAME for part in parts[i:j]) == 0 or j - i > LONGEST_NAME:
        return None
    begin, stop = first + i, first + j
    introduced = begin > 0 and (is_role(tokens[begin - 1].lower) or tokens[begin - 1].lower in NAMING)
    swallowed = j - i > 2 and tokens[begin].lower not in FIRST_NAMES and "-" not in tokens[begin].text
    if swallowed and not introduced and tokens[begin + 1].lower in FIRST_NAMES and parts[i] is Part.NAME:
        begin, i = begin + 1, i + 1
    if j < len(parts) and tokens[stop].lower in FACILITIES:
        return None
    words = tuple(tokens[k].text for k in range(begin, stop))
    titled = i > 0 and parts[i - 1] is Part.TITLE
    title = _title_start(tokens, first, parts, i) if titled else begin
    place = _in_place(tokens, begin if not titled else title)
    score = _score(tokens, begin, stop, titled, title)
    return NameMention(title, begin, stop, words, tokens[begin].start, tokens[stop - 1].end, score, place, titled)


def _title_start(tokens: Sequence[Token], first: int, parts: list[Part], i: int) -> int:
    start = i
    while start > 0 and parts[start - 1] in (Part.TITLE, Part.OTHER):
        start -= 1
    return first + start


def _in_place(tokens: Sequence[Token], begin: int) -> bool:
    return begin > 0 and tokens[begin - 1].lower in PLACE_PREPOSITIONS


def _score(tokens: Sequence[Token], begin: int, stop: int, titled: bool, title: int) -> float:
    score = 0.0
    words = [tokens[k].lower for k in range(begin, stop)]
    before = tokens[title - 1] if title > 0 else None
    if (
        words[0] in FIRST_NAMES
        or words[0].split("-")[0] in FIRST_NAMES
        or not words[0].isascii()
        and unaccented(words[0]) in FIRST_NAMES
    ):
        score += 2.0
    elif any(word in FIRST_NAMES for word in words[1:-1]):
        score += 1.0
    if any(len(word) == 1 for word in words) or any(word in PARTICLES for word in words):
        score += 1.0
    if any(word.startswith(("al-", "el-", "abu-")) for word in words[1:]):
        score += 1.0
    if titled:
        score += 3.0
    if before is not None and before.sign is Sign.WORD:
        if is_role(before.lower) or before.lower in NAMING:
            score += 3.0
        elif before.lower in CUES and before.text.islower():
            score += 1.5
        elif before.lower in ARTICLES and not titled:
            score -= 4.0
    if " ".join(words) in PLACES:
        score -= 4.0
    return score + _score_after(tokens, stop)


def _score_after(tokens: Sequence[Token], stop: int) -> float:
    if stop >= len(tokens):
        return 0.0
    after = tokens[stop]
    if after.sign is Sign.WORD:
        return 2.0 if after.lower in CUES and after.lower.endswith(("d", "s", "ote")) else 0.0
    if after.sign is not Sign.COMMA:
        return 0.0
    for token in tokens[stop + 1 : stop + 9]:
        if token.sign is Sign.WORD and AGE.match(token.text):
            return 2.0
        if token.sign not in (Sign.WORD, Sign.POSSESSIVE):
            break
        if is_role(token.lower):
            return 1.5
    return 0.0
