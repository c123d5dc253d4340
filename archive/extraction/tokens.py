"""Cuts the narration of a report into words and signs, with each quotation as one token."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from archive.extraction.marks import Span
from archive.extraction.vocabulary import FUNCTION_WORDS


class Sign(IntEnum):
    """What a token is."""

    WORD = 0
    POSSESSIVE = 1
    COMMA = 2
    STOP = 3
    COLON = 4
    SEMICOLON = 5
    DASH = 6
    OTHER = 7
    BREAK = 8
    QUOTATION = 9


class Token(NamedTuple):
    """One word or sign; `lower` is the word in lower case without its closing dot, `quotation` an index.

    `capital` tells whether a word starts as names do: "Tayib", "al-Tayib", "d'Estaing".
    """

    sign: Sign
    start: int
    end: int
    text: str
    lower: str
    quotation: int = -1
    capital: bool = False


SPLIT = re.compile(
    r"(?P<word>"
    r"[ap]\.m\.(?=[\s,;)]+[^A-Z\s]|\s(?:[A-Z]{2,4}|[A-Z][a-z]+day|[A-Z][a-z]+ time)\b)"
    r"|(?:[A-Z]\.){2,}(?:-(?:(?:[A-Z]\.)+|[^\W\d_]+))?|[A-Z]\.(?=[\s.]?\s*[A-Z])"
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Pte|Pfc|Brig|Adm|Cmdr|Cmdre|Sen|Rep|Gov|Rev|Prof|St|Hon|Supt|Insp|Det|Const"
    r"|Ald|Coun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Ont|Que|Alta|Sask|Inc|Ltd|Co|Corp|Fr|Msgr|Amb|Sec|Pres|Del|Gens|Sens|Reps|Drs|Messrs|Jr|Sr|Eng|Engr|Spc|Pvt|Ste|Mt|Ft|No|vs)\.(?=[\s-])"
    r"|[^\W_]+(?:[-.'’´`&](?!s\b)[^\W_]+)*)"
    r"|(?P<possessive>['’´`]s\b|(?<=s)['’´`](?=\s))|(?P<comma>,)|(?P<stop>[.?!…]+)|(?P<colon>:)|(?P<semicolon>;)"
    r"|(?P<dash>[–—]|-+)|(?P<break>[\n\r\u2028\u2029])|(?P<other>[^\s\w])"
)
LONGEST_HEADLINE = 40  # tokens
# Written in capitals these are names, not pronouns.
ACRONYMS = {"US": "u.s", "WHO": "w.h.o", "IT": "i.t"}
BY_GROUP = [Sign.OTHER, *(Sign[name.upper()] for name in SPLIT.groupindex)]


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of text[start:end]; several line breaks in a row are one token."""
    # Half of the time that extraction takes is spent here and in what looks at each token: hence the plain tuples.
    found: list[Token] = []
    append, new = found.append, tuple.__new__
    last: Sign | None = None
    for match in SPLIT.finditer(text, start, end):
        sign = BY_GROUP[match.lastindex or 0]
        first, after = match.span()
        word = text[first:after]
        if sign is Sign.WORD:
            lower, capital = _word(word)
            append(new(Token, (sign, first, after, word, lower, -1, capital)))
        elif sign is not Sign.BREAK or last is not Sign.BREAK:
            if sign is Sign.STOP and not _stops(text, after):
                sign = Sign.OTHER
            append(new(Token, (sign, first, after, word, word, -1, False)))
        last = sign
    return found


def line_end(tokens: Sequence[Token]) -> int:
    """Return the token after the first line, 0 where it is longer than a headline."""
    return next((at for at, token in enumerate(tokens[:LONGEST_HEADLINE]) if token.sign is Sign.BREAK), 0)


def headline_end(tokens: Sequence[Token]) -> int:
    """Return the token after the first line, if that is a headline in which every word has a capital, else 0."""
    end = line_end(tokens)
    words = [token for token in tokens[:end] if token.sign is Sign.WORD and token.lower not in FUNCTION_WORDS]
    return end if all(token.capital or not token.text[0].isalpha() for token in words) else 0


def _stops(text: str, end: int) -> bool:
    """Tell whether a dot ends its sentence: not before a comma or, after one space, a small letter."""
    after = text[end : end + 2]
    return not (after[:1] in (",", ")") or (after[:1] == " " and after[1:].islower()))


@lru_cache(maxsize=100_000)
def _word(word: str) -> tuple[str, bool]:
    """Return a word in lower case without its closing dot, and whether it starts as names do ("al-Tayib")."""
    lower = ACRONYMS.get(word) or word.lower().rstrip(".").replace("’", "'").replace("´", "'")
    return lower, word[0].isupper() or _capital_inside(word)


def _capital_inside(text: str) -> bool:
    return (
        text[0].islower()
        and len(text) > 3
        and ("-" in text[:5] or "'" in text[:2])
        and any(text[i].isupper() and text[i - 1] in "-'" for i in range(2, min(len(text), 6)))
    )


def narrate(text: str, spans: Sequence[Span]) -> list[Token]:
    """Return the tokens of the whole text, each of `spans` as a single QUOTATION token."""
    found: list[Token] = []
    at = 0
    for index, span in enumerate(spans):
        found.extend(tokenise(text, at, span.start))
        found.append(Token(Sign.QUOTATION, span.start, span.end, "", "", index))
        at = span.end
    found.extend(tokenise(text, at, len(text)))
    return found
