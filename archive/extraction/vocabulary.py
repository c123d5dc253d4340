"""The word lists under `words/`, each read once and kept as a frozen set of lower-case words."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the words of `words/<name>.txt` in lower case; lines that start with # are comments."""
    lines = (WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=20_000)
def unaccented(word: str) -> str:
    """Return a word without accents, as the lists of first names have it ("Agnès": "agnes")."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@cache
def genders() -> dict[str, str]:
    """Return first names and honorifics, in lower case, with "m", "f" or "" (borne by both)."""
    table = dict.fromkeys(word_list("first_names_either"), "")
    table.update(dict.fromkeys(word_list("first_names_men"), "m"))
    table.update(dict.fromkeys(word_list("first_names_women"), "f"))
    return table


@cache
def honorific_genders() -> dict[str, str]:
    """Return words such as "mrs" or "spokesman" with the gender they say."""
    table: dict[str, str] = {}
    for line in word_list("honorifics"):
        word, _, table[word] = line.partition(" ")
    return table


@cache
def role_synonyms() -> dict[str, frozenset[str]]:
    """Return role nouns with those that one report may use for the same person ("the pontiff": "pope")."""
    table: dict[str, frozenset[str]] = {}
    for line in word_list("role_synonyms"):
        words = frozenset(line.split())
        for word in words:
            table[word] = table.get(word, frozenset()) | words
    return table


CUES = word_list("cues")
DESCRIBING_CUES = word_list("cues_describing")
TITLES = word_list("titles")
ROLES = word_list("roles")
BODIES = word_list("speaking_bodies")
ORGANISATION_WORDS = word_list("organisation_words")
FUNCTION_WORDS = word_list("function_words")
PREPOSITIONS = word_list("prepositions")
PARTICLES = word_list("particles")
NATIONALITIES = word_list("nationalities")
PLACES = word_list("places")
PLACE_WORDS = frozenset(place for place in PLACES if " " not in place)
WORKS = word_list("works")
FIRST_NAMES = genders()
NOT_ROLES = frozenset({"specimen", "regimen", "yemen", "people", "women", "men"})


@lru_cache(maxsize=50_000)
def is_role(word: str) -> bool:
    """Tell whether a lower-case word is a noun for somebody who speaks, singular or plural."""
    if word in ROLES or (word.endswith("s") and word[:-1] in ROLES) or (word.endswith("sses") and word[:-2] in ROLES):
        return True
    if word.endswith(("women", "men", "people")):
        return word not in NOT_ROLES
    return len(word) > 6 and word.endswith(("ologist", "ographer", "ologists", "woman"))
