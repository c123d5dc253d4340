"""Cuts text into the words that are indexed, sought and highlighted: one definition for all three.

A word is looked at in two forms. Its plain form has no case, accents, apostrophes or inner dots ("O’Donnell" →
odonnell, "U.S." → us, "1,200" → 1200); phrases compare it. Its stem has lost its English endings too; bare words
compare that.

Words with hyphens are cut at them and also give one joined token, and so do designators, however they are
written: "cease-fire" gives cease, fire and ceasefire; "S-300" and "S 300" give s, 300 and s300; "S300" gives s300.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import tantivy
from anyascii import anyascii

LONGEST = 64  # characters of a word that count; longer ones are debris such as encoded pictures


def _ranges(characters: Iterator[str]) -> str:
    """The characters as the inside of a regular expression's class."""
    runs: list[list[int]] = []
    for character in characters:
        if runs and runs[-1][1] == ord(character) - 1:
            runs[-1][1] += 1
        else:
            runs.append([ord(character)] * 2)
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in runs)


# Combining marks, the soft hyphen and joiners stand inside words without ending them.
MARKS = r"\u00ad\u200c\u200d" + _ranges(
    c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) in ("Mn", "Mc")
)
# Written without spaces: each character is a word.
UNSPACED = r"\u0e01-\u0e30\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
APOSTROPHES = "'’‘´`ʼʻ′"
HYPHENS = "-‐‑"
LETTER = rf"[^\W_{UNSPACED}]"
RUN = rf"{LETTER}++(?:[{MARKS}]++{LETTER}*+)*+"

NUMBER = rf"\d+(?:[.,]\d+)+(?!{LETTER})"
ABBREVIATION = rf"[^\W\d_{UNSPACED}](?:\.[^\W\d_{UNSPACED}])+\.?(?!{LETTER})"
PART = rf"(?:{NUMBER}|{ABBREVIATION}|{RUN}(?:[{APOSTROPHES}]{RUN})*+|[{UNSPACED}][{MARKS}]*+)"

PARTS = re.compile(PART)
WORD = re.compile(f"{PART}(?:[{HYPHENS}]{PART}){{0,9}}+")
SPACED_DESIGNATOR = re.compile(r"(?<!\w)[A-Z][A-Za-z]{0,2}[ \u00a0][0-9]{1,4}[A-Za-z]{0,3}(?!\w)")
POSSESSIVE = re.compile(rf"(.+)[{APOSTROPHES}]s", re.IGNORECASE | re.DOTALL)
PLURAL_DESIGNATOR = re.compile(r"([a-z]{1,4}[0-9]{1,4}[a-z]?)s")
DESIGNATOR = re.compile(r"([a-z]{1,4})([0-9]{1,4}[a-z]{0,3})")

_stemmer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer("english")).build()


class Token(NamedTuple):
    """A word at [start, end) of a text, in characters."""

    start: int
    end: int
    plain: str
    stem: str


class Tokens(NamedTuple):
    """A text's words in order, and the joined forms of its hyphenated words and designators."""

    words: list[Token]
    joined: list[Token]


class Terms(NamedTuple):
    """The same without places: plain forms and stems in order, and the stems of the joined forms."""

    plains: list[str]
    stems: list[str]
    joined: list[str]


def stem(plain: str) -> str:
    """The plain form without its English ending: victories → victori, F-16s → f16."""
    if designator := PLURAL_DESIGNATOR.fullmatch(plain):
        return designator[1]
    return (_stemmer.analyze(plain) or [plain])[0]


def _letter(character: str) -> str:
    """One character of a word without case and accent; "" for what is no letter or digit."""
    if character.isascii():
        return character if character.isalnum() or character == "." else ""
    if unicodedata.name(character, "").startswith("LATIN "):
        return anyascii(character)
    return character if character.isalnum() else ""


def _fold(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word.lower()[:LONGEST]
    letters = "".join(map(_letter, unicodedata.normalize("NFKD", word).casefold()))
    # A dot counts in numbers alone; anyascii may give capitals and signs.
    kept = "".join(c for c in letters.casefold() if c.isalnum() or c == ".")
    return (kept if "." in kept and kept.replace(".", "").isdigit() else kept.replace(".", ""))[:LONGEST]


class Word(NamedTuple):
    """What a word as printed gives: its parts, with places in the word, and all of them as one where they can be."""

    parts: tuple[Token, ...]
    plains: tuple[str, ...]
    stems: tuple[str, ...]
    joined: Token | None


@lru_cache(maxsize=50_000)  # some 30 MB; the rest of a language's words are rare
def _read(word: str) -> Word:
    parts = []
    for found in PARTS.finditer(word):
        plain = _fold(found[0])
        if plain:  # nothing is left of a sign such as ª
            owner = POSSESSIVE.fullmatch(found[0])
            stemmed = stem(_fold(owner[1]) or plain if owner else plain)
            parts.append(Token(found.start(), found.end(), plain, stemmed))
    whole = "".join(part.plain for part in parts)
    joined = None
    # Numbers do not join: 2001-2014 is no word.
    if len(parts) > 1 and len(whole) <= LONGEST and not whole.replace(".", "").isdigit():
        joined = Token(parts[0].start, parts[-1].end, whole, stem(whole))
    return Word(tuple(parts), tuple(part.plain for part in parts), tuple(part.stem for part in parts), joined)


def _spaced_designators(text: str) -> Iterator[Token]:
    for found in SPACED_DESIGNATOR.finditer(text):
        plain = "".join(found[0].split()).lower()
        yield Token(found.start(), found.end(), plain, stem(plain))


def tokenize(text: str) -> Tokens:
    """All words of a text with their places, and the joined forms of those that are written in parts."""
    words: list[Token] = []
    joined = list(_spaced_designators(text))
    for found in WORD.finditer(text):
        at = found.start()
        word = _read(found[0])
        for start, end, plain, stemmed in word.parts:
            words.append(Token(at + start, at + end, plain, stemmed))
        if word.joined:
            joined.append(Token(at + word.joined.start, at + word.joined.end, word.joined.plain, word.joined.stem))
    return Tokens(words, joined)


def terms(text: str) -> Terms:
    """What `tokenize` finds, faster, for the index."""
    plains: list[str] = []
    stems: list[str] = []
    joined = [token.stem for token in _spaced_designators(text)]
    for word in map(_read, WORD.findall(text)):
        plains.extend(word.plains)
        stems.extend(word.stems)
        if word.joined:
            joined.append(word.joined.stem)
    return Terms(plains, stems, joined)
