"""Reads from roles and dates what tells two people of one name apart: country, field of activity, era.

Only what is plain counts: a role that says nothing sure says nothing, and nothing speaks against nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

HERE = Path(__file__).parent

# As long as a public life: who was in the news at thirty is there at seventy-five, hardly later. Reports further apart
# are more often of a grandchild, or look back; which of them, an editor sees.
LONGEST_ERA = 45

WORD = re.compile(r"[^\W_]+(?:(?:\.-|[.'’-])[^\W_]+)*\.?")  # "U.S.-backed" is one
OPENINGS = re.compile(r"(?:then|ex|former)-", re.IGNORECASE)
CUTS = re.compile(r"[,;:()/]")
COMPLEMENT = re.compile(r"\s(?:of|for|in|at|with|from|on|to|by|under|about|against|who|which|that)\s.*", re.IGNORECASE)
JOINTS = re.compile(r"\s(?:and|or|turned)\s", re.IGNORECASE)


@dataclass(slots=True)
class Standing:
    """What reports say of one person. What several reports say is taken together."""

    countries: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    earliest: date | None = None
    latest: date | None = None

    def add_roles(self, roles: Iterable[str]) -> None:
        """Take in what the roles, as printed, say of country and field."""
        for role in roles:
            self.countries |= countries_of(role)
            self.fields |= fields_of(role)

    def add_dates(self, earliest: date | None, latest: date | None) -> None:
        """Take in a report that was published on a day from `earliest` to `latest`; None for one without a date."""
        if earliest is not None and latest is not None:
            self.earliest = min(self.earliest or earliest, earliest)
            self.latest = max(self.latest or latest, latest)

    def add(self, other: Standing) -> None:
        """Take in what is known of the same person from another report."""
        self.countries |= other.countries
        self.fields |= other.fields
        self.add_dates(other.earliest, other.latest)

    def against(self, other: Standing) -> str:
        """What speaks against both being one person, in words for an editor; empty where nothing does."""
        reasons = []
        if _apart(self.countries, other.countries):
            reasons.append(f"the roles name different countries: {_listed(self.countries)}, {_listed(other.countries)}")
        if _apart(self.fields, other.fields):
            reasons.append(f"the roles are of different fields: {_listed(self.fields)}, {_listed(other.fields)}")
        if (years := self._years_from(other)) > LONGEST_ERA:
            reasons.append(f"the reports are {years} years apart")
        return ", and ".join(reasons)

    def agrees_with(self, other: Standing) -> bool:
        """Whether they share a country or a field, and nothing speaks against their being one person."""
        shares = self.countries & other.countries or self.fields & other.fields
        return bool(shares) and not self.against(other)

    def _years_from(self, other: Standing) -> int:
        if self.earliest is None or self.latest is None or other.earliest is None or other.latest is None:
            return 0
        return max(self.earliest.year - other.latest.year, other.earliest.year - self.latest.year, 0)


def _apart(one: set[str], other: set[str]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def _listed(names: Iterable[str]) -> str:
    return " and ".join(sorted(name.title() if name in _countries() else name for name in names))


@lru_cache(maxsize=50_000)
def countries_of(role: str) -> frozenset[str]:
    """The country that the office belongs to, as the role says at its beginning, or after "of" where it is of the
    state.

    "US envoy for Syria" is of the United States, "UN envoy for Syria" of no country; "French-Syrian" says both,
    "Korean" one of two.
    """
    words = WORD.findall(role)
    while words and (words[0].lower() in _words("before a country") or _is_from_outside(words[0])):
        words = words[1:]
    if not words:
        return frozenset()
    words[0] = OPENINGS.sub("", words[0])
    return _opening(words) or _of_state(role)


def _opening(words: list[str]) -> frozenset[str]:
    sayings, names = _sayings(), _names()
    for length in (2, 1):
        if len(words) < length:
            continue
        opening, following = words[:length], [word.lower() for word in words[length:]]
        said = "-".join(_plain(word) for word in opening)
        if said in sayings and _is_capital(opening):
            institution = _words("institution").intersection(following[:2])
            return frozenset() if institution else sayings[said]
        if length == 1 and "-" in opening[0]:
            parts = [_plain(part) for part in opening[0].split("-")]
            if all(part in sayings for part in parts) and _is_capital(opening):
                return frozenset().union(*(sayings[part] for part in parts))
        name = " ".join(word.lower() for word in opening)
        owner = re.sub(r"(?:['’]s?|s['’])$", "", name)
        if owner != name and owner in names:
            return frozenset({names[owner]})
        if name.endswith("s") and name[:-1] in names and name not in names:
            return frozenset({names[name[:-1]]})  # its apostrophe was lost: "Syrias president"
        if name in names and _words("office of state").intersection(following[:3]):
            return frozenset({names[name]})
    return frozenset()


def _of_state(role: str) -> frozenset[str]:
    """The country after "of", where the words before end in an office of state: "foreign minister of Cuba"."""
    head, of, after = role.partition(" of ")
    words = head.lower().replace("-", " ").split()
    country = re.split(r"[,;(]| and | from ", after, maxsplit=1)[0].strip(" .").lower()
    if of and words and words[-1] in _words("office of state") and country in _names():
        return frozenset({_names()[country]})
    return frozenset()


def _is_from_outside(word: str) -> bool:
    """Whether it is such as "US-led" or "London-based"."""
    return word.lower().rpartition("-")[2] in _words("from outside")


def _plain(word: str) -> str:
    return word.lower().replace(".", "")


def _is_capital(words: list[str]) -> bool:
    """ "US", not "us"; lower-case "syrian" is Syrian all the same."""
    return words[0].lower() != "us" or words[0].isupper()


@lru_cache(maxsize=50_000)
def fields_of(role: str) -> frozenset[str]:
    """The fields that the role's nouns name: "sports minister" is of politics, "former actor" of the arts."""
    found = set()
    heads = (COMPLEMENT.sub("", part) for part in CUTS.split(role))
    for part in (part for head in heads for part in JOINTS.split(head)):
        words = [word.lower().rstrip(".") for word in WORD.findall(part)]
        if not words or _words("before no general").intersection(words[-2:-1]):
            continue
        for head in (words[-1], "-".join(words[-2:])):
            found |= {known for noun in (head, head.removesuffix("s")) if (known := _fields().get(noun))}
    return frozenset(found)


@cache
def _countries() -> Mapping[str, tuple[list[str], list[str]]]:
    """Each country with the words that say it and with its other names."""
    table = {}
    for country, rest in _lines("countries.txt"):
        words, _, names = rest.partition(";")
        table[country] = (words.split(), [name.strip() for name in names.split(",") if name.strip()])
    return table


@cache
def _sayings() -> Mapping[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for country, (words, _) in _countries().items():
        for word in words:
            table[word] = table.get(word, frozenset()) | {country}
    return table


@cache
def _names() -> Mapping[str, str]:
    """The names of countries; not Georgia, whose governor is an American."""
    table = {name: country for country, (_, names) in _countries().items() for name in (country, *names)}
    del table["georgia"]
    return table


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word for known, words in _lines("role_words.txt") if known == kind for word in words.split())


@cache
def _fields() -> Mapping[str, str]:
    return {noun: field for field, nouns in _lines("fields.txt") for noun in nouns.split()}


def _lines(file: str) -> list[tuple[str, str]]:
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return [(before.strip(), after.strip()) for before, _, after in pairs]
