"""Cuts text into the words that are indexed, sought and highlighted: one definition for all three.

A word is looked at in two forms. Its plain form has no case, accents, apostrophes or inner dots ("O’Donnell" →
odonnell, "U.S." → us, "1,200" → 1200); phrases compare it. Its stem has lost the possessive and the endings of its
language too; bare words compare that.

Words with hyphens are cut at them and also give one joined token, and so do designators, however they are
written: "cease-fire" gives cease, fire and ceasefire; "S-300" and "S 300" give s, 300 and s300; "S300" gives s300.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import tantivy
from anyascii import anyascii

MOST_KNOWN = 100_000  # words of a language, some 40 MB
MOST_LOOKED_FOR = 20  # words, each over the whole text; more are compared with each word of it
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
# Most words are plain letters with a space behind them: those need not be tried for anything else, which takes longer.
WORD = re.compile(rf"[A-Za-z]++(?=[ ,\n]|\.[ \n])|{PART}(?:[{HYPHENS}]{PART}){{0,9}}+")
BEFORE_A_WORD = frozenset(' \n\t("“[')  # behind these a word begins, for they are in none
SPACED_DESIGNATOR = re.compile(r"(?<!\w)[A-Z][A-Za-z]{0,2}[ \u00a0][0-9]{1,4}[A-Za-z]{0,3}(?!\w)")
POSSESSIVE = re.compile(rf"(.+)[{APOSTROPHES}]s", re.IGNORECASE | re.DOTALL)
PLURAL_DESIGNATOR = re.compile(r"([a-z]{1,4}[0-9]{1,4}[a-z]?)s")
DESIGNATOR = re.compile(r"([a-z]{1,4})([0-9]{1,4}[a-z]{0,3})")

DEFAULT_LANGUAGE = "en"  # of reports that do not say theirs
# Tantivy's stemmers by the language's code (ISO 639); words of other languages stay as they are.
STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "nb": "norwegian",
    "nn": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}


class Token(NamedTuple):
    """A word at [start, end) of a text, in characters. `base` is what is stemmed: the plain form without possessive.

    `place` numbers the words of the text from 0; what is joined has the place of its first word, or 0.
    """

    start: int
    end: int
    plain: str
    base: str
    stem: str
    place: int = 0


class Tokens(NamedTuple):
    """A text's words in order, and the joined forms of its hyphenated words and designators."""

    words: list[Token]
    joined: list[Token]


class Terms(NamedTuple):
    """The same without places: plain forms and stems in order, and the stems of the joined forms."""

    plains: list[str]
    stems: list[str]
    joined: list[str]


def language_of(tag: str) -> str:
    """The code of a language tag's language: "pt-BR" → pt; the default one where there is no tag."""
    return tag.replace("_", "-").partition("-")[0].strip().lower() or DEFAULT_LANGUAGE


@cache
def _stemmer(language: str) -> tantivy.TextAnalyzer | None:
    if language not in STEMMERS:
        return None
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer(STEMMERS[language])).build()
    )


@lru_cache(maxsize=50_000)
def stem(base: str, language: str = DEFAULT_LANGUAGE) -> str:
    """The word without the endings of its language: victories → victori, F-16s → f16."""
    if not base.isalpha() and (designator := PLURAL_DESIGNATOR.fullmatch(base)):
        return designator[1]
    stemmer = _stemmer(language)
    return (stemmer.analyze(base) or [base])[0] if stemmer else base


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


@lru_cache(maxsize=20_000)  # some 12 MB; the rest of a language's words are rare
def _read(word: str, language: str) -> Word:
    parts = []
    for found in PARTS.finditer(word):
        plain = _fold(found[0])
        if plain:  # nothing is left of a sign such as ª
            owner = POSSESSIVE.fullmatch(found[0])
            base = _fold(owner[1]) or plain if owner else plain
            parts.append(Token(found.start(), found.end(), plain, base, stem(base, language)))
    whole = "".join(part.plain for part in parts)
    joined = None
    # Numbers do not join: 2001-2014 is no word.
    if len(parts) > 1 and len(whole) <= LONGEST and not whole.replace(".", "").isdigit():
        joined = Token(parts[0].start, parts[-1].end, whole, whole, stem(whole, language))
    return Word(tuple(parts), tuple(part.plain for part in parts), tuple(part.stem for part in parts), joined)


def _spaced_designators(text: str, language: str) -> Iterator[Token]:
    for found in SPACED_DESIGNATOR.finditer(text):
        plain = "".join(found[0].split()).lower()
        yield Token(found.start(), found.end(), plain, plain, stem(plain, language))


class Forms(NamedTuple):
    """Plain forms, stems and joined stem ("" without one) of a word as printed, and all of these together."""

    plains: tuple[str, ...]
    stems: tuple[str, ...]
    joined: str
    every: tuple[str, ...]


EVERY = Forms._fields.index("every")  # by number, which is quicker than by name


class _Known(dict[str, Forms]):
    """The forms of a language's words met last, as printed."""

    def __init__(self, language: str):
        self._language = language

    def __missing__(self, printed: str) -> Forms:
        if len(self) >= MOST_KNOWN:
            self.clear()
        self[printed] = forms = self._forms(printed)
        return forms

    def _forms(self, printed: str) -> Forms:
        if printed.isascii() and printed.isalnum():  # as most are, and as `_read` would have it
            plain = printed.lower()[:LONGEST]
            stemmed = stem(plain, self._language)
            return Forms((plain,), (stemmed,), "", (plain, stemmed))
        word = _read(printed, self._language)
        joined = word.joined.stem if word.joined else ""
        return Forms(word.plains, word.stems, joined, (*word.plains, *word.stems, joined))


_known = cache(_Known)


class Sought(NamedTuple):
    """The words that alone are wanted of a text: those with one of these as plain form or stem, or beginning so."""

    forms: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    placed: bool = False  # whether their places are wanted too

    @property
    def has_numbers(self) -> bool:
        """Whether designators can be among them."""
        return any(character.isdigit() for form in self.forms for character in form)


def tokenize(text: str, language: str = DEFAULT_LANGUAGE, sought: Sought | None = None) -> Tokens:
    """All words of a text with their places, and the joined forms of those that are written in parts.

    With `sought`, of the words only those, which is faster by far.
    """
    words: list[Token] = []
    joined = [] if sought and not sought.has_numbers else list(_spaced_designators(text, language))
    place = end = 0
    for found in _matches(text, language, sought):
        at = found.start()
        if sought and sought.placed:
            known = _known(language)
            place += sum(len(known[printed].plains) for printed in WORD.findall(text, end, at))
            end = found.end()
        word = _read(found[0], language)
        if word.joined:
            joined.append(_moved(word.joined, at, place))
        for part in word.parts:
            words.append(_moved(part, at, place))
            place += 1
    return Tokens(words, joined)


def _matches(text: str, language: str, sought: Sought | None) -> Iterable[re.Match[str]]:
    """Where words stand, in order, or those that are sought. Of a text's words few are: each is looked at once however
    often it stands there, and those that are sought are looked for."""
    if sought is None:
        return WORD.finditer(text)
    known, forms, beginnings = _known(language), sought.forms, sought.beginnings
    printed = set(WORD.findall(text))
    wanted = {word for word in printed if not forms.isdisjoint(known[word][EVERY])}
    if beginnings:
        wanted |= {word for word in printed if any(plain.startswith(beginnings) for plain in known[word].plains)}
    if len(wanted) > MOST_LOOKED_FOR:
        return [match for match in WORD.finditer(text) if match[0] in wanted]
    found: list[re.Match[str]] = []
    for word in wanted:
        at = text.find(word)
        while at >= 0:
            before = text[at - 1] if at else " "
            if before in BEFORE_A_WORD:
                match = WORD.match(text, at)
                if match and match[0] == word:
                    found.append(match)
            elif not (before.isascii() and before.isalnum()):  # which are inside a word
                return [match for match in WORD.finditer(text) if match[0] in wanted]
            at = text.find(word, at + 1)
    return sorted(found, key=re.Match.start)


def _moved(token: Token, at: int, place: int) -> Token:
    start, end, plain, base, stemmed, _ = token
    return Token(at + start, at + end, plain, base, stemmed, place)


def terms(text: str, language: str = DEFAULT_LANGUAGE) -> Terms:
    """What `tokenize` finds, faster, for the index."""
    plains: list[str] = []
    stems: list[str] = []
    joined = [token.stem for token in _spaced_designators(text, language)]
    known = _known(language)
    for printed in WORD.findall(text):
        forms = known[printed]
        plains += forms[0]
        stems += forms[1]
        if forms[2]:
            joined.append(forms[2])
    return Terms(plains, stems, joined)
