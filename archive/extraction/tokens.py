"""Cuts the narration of a report into words and signs, with each quotation as one token."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from archive.extraction.marks import Span


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
    """One word or sign; `lower` is the word in lower case without its closing dot, `quotation` an index."""

    sign: Sign
    start: int
    end: int
    text: str
    lower: str
    quotation: int = -1


SPLIT = re.compile(
    r"(?P<word>(?:[A-Z]\.){2,}(?:-[^\W\d_]+)?|[A-Z]\.(?=[\s.]?\s*[A-Z])"
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Pte|Pfc|Brig|Adm|Cmdr|Cmdre|Sen|Rep|Gov|Rev|Prof|St|Hon|Supt|Insp|Det|Const"
    r"|Ald|Coun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Ont|Que|Alta|Sask|Inc|Ltd|Co|Corp|Fr|Msgr|Amb|Sec|Pres|Gens|Sens|Reps|Drs|Messrs|Jr|Sr|Eng|Engr|Spc|Pvt|Ste|Mt|Ft|No|vs)\.(?=[\s-])"
    r"|[^\W_]+(?:[-.'’´`&](?!s\b)[^\W_]+)*)"
    r"|(?P<possessive>['’´`]s\b|(?<=s)['’´`](?=\s))|(?P<comma>,)|(?P<stop>[.?!…]+)|(?P<colon>:)|(?P<semicolon>;)"
    r"|(?P<dash>[–—]|-+)|(?P<break>[\n\r\u2028\u2029])|(?P<other>[^\s\w])"
)
SIGNS = {
    "word": Sign.WORD,
    "possessive": Sign.POSSESSIVE,
    "comma": Sign.COMMA,
    "stop": Sign.STOP,
    "colon": Sign.COLON,
    "semicolon": Sign.SEMICOLON,
    "dash": Sign.DASH,
    "break": Sign.BREAK,
    "other": Sign.OTHER,
}


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of text[start:end]; several line breaks in a row are one token."""
    found: list[Token] = []
    for match in SPLIT.finditer(text, start, end):
        sign = SIGNS[match.lastgroup or "other"]
        if sign is Sign.BREAK and found and found[-1].sign is Sign.BREAK:
            continue
        if sign is Sign.STOP and not _stops(text, match.end()):
            sign = Sign.OTHER
        word = match.group()
        lower = _lowered(word) if sign is Sign.WORD else word
        found.append(Token(sign, match.start(), match.end(), word, lower))
    return found


def _stops(text: str, end: int) -> bool:
    """Tell whether a dot ends its sentence: not before a comma or, after one space, a small letter."""
    after = text[end : end + 2]
    return not (after[:1] == "," or (after[:1] == " " and after[1:].islower()))


def _lowered(word: str) -> str:
    if word == "US":
        return "u.s"  # the country, not the pronoun
    return word.lower().rstrip(".").replace("’", "'").replace("´", "'")


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
