"""Tells what each capitalised word of a run can be in a person's name: name, title, particle, or nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

from archive.extraction.tokens import Sign, Token
from archive.extraction.vocabulary import (
    CUES,
    FIRST_NAMES,
    FUNCTION_WORDS,
    NATIONALITIES,
    ORGANISATION_WORDS,
    PLACE_WORDS,
    PLACES,
    TITLES,
    is_role,
    word_list,
)

COUNTRIES = word_list("countries")
SURNAME_WORDS = word_list("surname_words")
NOUN_LIKE = word_list("noun_like_cues")
# "Imogen St John", "Gráinne Mac Suibhne", "Aoife Ní Chonchúir": parts of a surname, never one alone.
SAINTS = frozenset(["st", "ste", "ní", "ni", "nic", "mac", "ó", "uí", "bint", "umm"])
MONTHS = frozenset(["jan", "april", "may", "june", "august"])  # first names too
BEFORE_MONTHS = frozenset(["in", "since", "until", "of", "by", "last", "this", "early", "late", "mid", "and", "to"])


NUMBERED = frozenset(["jr", "sr", "ii", "iii", "iv"])


class Part(IntEnum):
    """What a capitalised word can be in a name."""

    NAME = 0
    TITLE = 1
    OTHER = 2
    PARTICLE = 3
    INITIAL = 4
    FUNCTION = 5


@lru_cache(maxsize=50_000)
def part_of(text: str, lower: str) -> Part:
    """Tell what a capitalised word, seen alone, can be."""
    if len(text) == 2 and text[1] == "." and text[0].isupper():
        return Part.INITIAL
    if lower in SAINTS:
        return Part.PARTICLE
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


def parts_of(tokens: Sequence[Token], first: int, last: int) -> list[Part]:
    parts: list[Part] = []
    for at in range(first, last):
        token = tokens[at]
        if not token.capital or token.sign is Sign.QUOTATION:
            parts.append(Part.PARTICLE)
            continue
        part = part_of(token.text, token.lower)
        previous = parts[-1] if parts else None
        following = tokens[at + 1] if at + 1 < last else None
        introduced = at == first + 1 and first > 0 and is_role(tokens[first - 1].lower)
        after_first_name = (
            previous is Part.INITIAL
            or (previous is Part.NAME and introduced)
            or (previous is Part.NAME and tokens[at - 1].lower in FIRST_NAMES)
        )
        if token.lower in NUMBERED and previous is Part.NAME:
            part = Part.NAME
        elif part in (Part.OTHER, Part.TITLE, Part.FUNCTION) and after_first_name and following is None:
            known = token.lower in SURNAME_WORDS or token.lower in NATIONALITIES or _city(token.lower)
            verb = token.lower in CUES - NOUN_LIKE and not token.lower.endswith(("s", "d", "g"))  # "Stevie Wonder"
            if known or verb or (part is Part.OTHER and ("-" in token.text or _shouted(tokens, at))):
                part = Part.NAME
        elif (
            part is Part.FUNCTION
            and following is not None
            and token.lower in FIRST_NAMES
            and token.lower not in MONTHS
            and at > first
            or part is Part.FUNCTION
            and following is not None
            and token.lower in MONTHS
            and _no_date(tokens, at)
        ):
            part = Part.NAME
        elif part is Part.FUNCTION and following is not None and token.lower in SURNAME_WORDS & FIRST_NAMES.keys():
            part = Part.NAME if part_of(following.text, following.lower) is Part.NAME else part
        elif part is Part.OTHER and token.lower in FIRST_NAMES and following is not None and previous is not Part.OTHER:
            named = part_of(following.text, following.lower) is Part.NAME
            if (
                named
                and len(token.text) > 2
                and not token.text.isupper()
                and token.lower in NATIONALITIES | CUES | {"bill", "art"}
            ):
                part = Part.NAME
        elif token.lower == "white" and following is not None and following.lower == "house":
            part = Part.OTHER
        elif part is Part.OTHER and previous is Part.NAME and _shouted(tokens, at):
            part = Part.NAME
        if part is Part.NAME and previous in (Part.OTHER, Part.NAME, Part.FUNCTION) and at > first:
            place = f"{tokens[at - 1].lower} {token.lower}"
            if place in PLACES and (previous is not Part.NAME or tokens[at - 1].lower not in FIRST_NAMES):
                part = parts[-1] = Part.OTHER  # "Saudi Arabia"
        parts.append(part)
    return parts


def _shouted(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a surname in capitals follows a first name in capitals, as in minutes: "ILSE VANDERMEULEN"."""
    word, before = tokens[at].text, tokens[at - 1].text
    known = tokens[at].lower in ORGANISATION_WORDS or tokens[at].lower in NATIONALITIES
    return len(word) > 3 and word.isupper() and len(before) > 2 and before.isupper() and not known


def _no_date(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "June" is a first name: a name follows, and no word that stands before months."""
    before = tokens[at - 1].lower if at else ""
    following = tokens[at + 1]
    return before not in BEFORE_MONTHS and part_of(following.text, following.lower) is Part.NAME
