"""Finds the noun phrases of the narration that can be speakers: names, pronouns, role nouns, bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from archive.extraction.names import ENGLISH, OUTLETS, NameMention
from archive.extraction.tokens import Sign, Token
from archive.extraction.vocabulary import (
    BODIES,
    CUES,
    FIRST_NAMES,
    FUNCTION_WORDS,
    NATIONALITIES,
    ORGANISATION_WORDS,
    PLACE_WORDS,
    is_role,
    word_list,
)

DETERMINERS = word_list("determiners")
PRONOUNS = {
    "he": "m",
    "him": "m",
    "himself": "m",
    "she": "f",
    "herself": "f",
    "they": "",
    "them": "",
    "it": "n",
    "who": "r",
    "i": "i",
    "we": "i",
}
STANDING_PARTICIPLES = frozenset(
    ["retired", "elected", "appointed", "exiled", "jailed", "armed", "united", "wounded", "displaced", "unnamed"]
)
BEFORE_TITLES = word_list("before_titles")
# Before one of these words that are nobody's name are a body's.
SPEAKING = frozenset(["said", "says", "reported", "reports", "announced", "told", "added", "claimed", "stated"])
# Right after a name these are somebody else, who speaks or works for the bearer of the name.
STAFF = frozenset(
    ["spokesman", "spokeswoman", "spokesperson", "spokespeople", "aide", "aides", "adviser", "advisers", "advisor"]
    + ["advisors", "supporter", "supporters", "ally", "allies", "campaign", "administration", "critic", "critics"]
)
LONGEST_PHRASE = 8
LONGEST_RUN = 16
ENOUGH_FOR_A_SPEAKER = 1.5
SAID_SOMETHING = 2.0


class PhraseKind(StrEnum):
    """What a phrase is."""

    NAME = "name"
    PRONOUN = "pronoun"
    ROLE = "role"
    BODY = "body"


@dataclass(slots=True)
class Phrase:
    """Tokens [first, last) that can name a speaker."""

    first: int
    last: int
    kind: PhraseKind
    head: str
    name: NameMention | None = None
    definite: bool = False
    plural: bool = False
    possessive: bool = False
    """Whether it only says whose what follows is: "Lind's office", "Lind spokesman"."""

    @property
    def gender(self) -> str:
        """Return the gender a pronoun asks for, or empty."""
        if self.kind is not PhraseKind.PRONOUN:
            return ""
        return "f" if self.head == "her" else PRONOUNS.get(self.head, "")

    def place(self, tokens: Sequence[Token]) -> tuple[int, int]:
        """Return where the phrase is printed, half open; a caption stuck to its name is no part of it."""
        return tokens[self.first].start, self.name.end if self.name is not None else tokens[self.last - 1].end


def find_phrases(tokens: Sequence[Token], names: Sequence[NameMention], persons: set[int]) -> list[Phrase]:
    """Return the phrases in order; `persons` holds the offsets of the names that are known to be people."""
    found: list[Phrase] = []
    by_first = {
        name.title: name
        for name in names
        if name.start in persons or name.titled or (name.score >= ENOUGH_FOR_A_SPEAKER and _like_a_person(tokens, name))
    }
    i, n, floor = 0, len(tokens), 0
    while i < n:
        token = tokens[i]
        opening = PhraseKind.PRONOUN if _according_to_her(tokens, i) else _opening(token.lower, token.capital)
        if not opening and i not in by_first:
            i += 1
            continue
        phrase = None
        if i in by_first:
            phrase = _name_phrase(tokens, by_first[i], max(0, i - LONGEST_PHRASE))
        elif opening is PhraseKind.PRONOUN:
            phrase = Phrase(i, i + 1, PhraseKind.PRONOUN, token.lower)
        elif opening is PhraseKind.BODY:
            phrase = _body_run(tokens, i, by_first)
        else:
            phrase = _common_phrase(tokens, i, floor, by_first)
        if phrase is None:
            i += 1
            continue
        phrase.possessive = phrase.last < n and (tokens[phrase.last].sign is Sign.POSSESSIVE or _owns(tokens, phrase))
        _join(tokens, found, phrase)
        found.append(phrase)
        i = floor = phrase.last
    return found


def _owns(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Tell whether a name says whose spokesman or aide follows: "another Ryan spokesperson added"."""
    if phrase.kind is not PhraseKind.NAME or tokens[phrase.last].lower not in STAFF:
        return False
    return phrase.last + 1 < len(tokens) and tokens[phrase.last + 1].lower not in ("of", "for", "to", "at", "in")


def _according_to_her(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether token `at` is a "her" that stands for a person; elsewhere it mostly opens a phrase ("her son")."""
    if tokens[at].lower != "her" or at < 2 or tokens[at - 1].lower != "to" or tokens[at - 2].lower != "according":
        return False
    return at + 1 == len(tokens) or tokens[at + 1].sign is not Sign.WORD


@lru_cache(maxsize=50_000)
def _opening(lower: str, capital: bool) -> PhraseKind | None:
    """Return what kind of phrase a word may open, seen alone; None for most words and all signs."""
    if lower in PRONOUNS:
        return PhraseKind.PRONOUN
    if capital and lower not in FUNCTION_WORDS:
        return PhraseKind.BODY
    return PhraseKind.ROLE if is_role(lower) or lower in BODIES else None


def _like_a_person(tokens: Sequence[Token], name: NameMention) -> bool:
    """Tell whether a name that nobody in the report bears in full is a person's: "Jihad", but not "Sputnik said"."""
    word = name.words[0].lower()
    if name.full or word in FIRST_NAMES:
        return True
    if name.score >= SAID_SOMETHING and not word.startswith(("al-", "el-")):
        return word not in ENGLISH and word not in OUTLETS
    before = tokens[name.title - 1] if name.title else None
    return before is not None and before.sign is Sign.WORD and is_role(before.lower)


def _join(tokens: Sequence[Token], found: list[Phrase], phrase: Phrase) -> None:
    """Let a phrase take in what it overlaps, and the body right before it: "US" and "military forces"."""
    if found and _goes_on(tokens, found[-1], phrase):
        phrase.first = found.pop().first
    while found and found[-1].last >= phrase.first:
        previous = found[-1]
        if previous.kind in (PhraseKind.NAME, PhraseKind.PRONOUN):
            phrase.first = max(phrase.first, previous.last)
            if tokens[phrase.first].sign is Sign.POSSESSIVE:
                phrase.first += 1
            break
        opens = tokens[phrase.first].lower in DETERMINERS
        if previous.last == phrase.first and (previous.plural or opens or phrase.kind is PhraseKind.PRONOUN):
            break
        phrase.first = min(phrase.first, previous.first)
        found.pop()


def _goes_on(tokens: Sequence[Token], body: Phrase, phrase: Phrase) -> bool:
    """Tell whether a body's name runs on into a role and its bearer: "Observatory for Human Rights director Lind"."""
    if body.kind is not PhraseKind.BODY or phrase.name is None or phrase.name.title <= phrase.first:
        return False
    if body.last + 1 != phrase.first or tokens[body.last].lower not in ("for", "of") or not tokens[body.first].capital:
        return False
    opener, role = tokens[phrase.first], tokens[phrase.name.title - 1]
    named = opener.capital and not is_role(opener.lower) and opener.lower not in NATIONALITIES
    return named and is_role(role.lower) and role.text.islower()


def _name_phrase(tokens: Sequence[Token], name: NameMention, floor: int) -> Phrase:
    """Take the role words before a name into its phrase: "interior ministry spokesman Najib Danish"."""
    start = name.title
    before = tokens[start - 1] if start > floor else None
    office = _office(tokens, start, floor)
    if office is not None:
        start = _left_edge(tokens, office, floor)
    elif before is not None and before.sign is Sign.WORD and is_role(before.lower):
        start = _left_edge(tokens, start - 1, floor)
    elif start != name.first:
        start = _title_edge(tokens, start, floor)
    elif start > floor + 1 and before is not None and before.lower in ("named", "called"):
        start = _left_edge(tokens, start - 2, floor) if is_role(tokens[start - 2].lower) else start
    return Phrase(start, name.last, PhraseKind.NAME, tokens[name.last - 1].lower, name)


def _office(tokens: Sequence[Token], start: int, floor: int) -> int | None:
    """Return where "Secretary" of "Secretary of State X" stands, if such an office is before the name."""
    at = start
    while at > floor and tokens[at - 1].capital and tokens[at - 1].lower not in FUNCTION_WORDS:
        at -= 1
    if at - 2 >= floor and tokens[at - 1].lower in ("of", "for") and at < start:
        return at - 2 if is_role(tokens[at - 2].lower) else None
    return None


def _title_edge(tokens: Sequence[Token], start: int, floor: int) -> int:
    """Walk left from a capitalised title over what can belong to it: "the country's former" but not "hurt"."""
    while start > floor:
        token = tokens[start - 1]
        if token.lower in DETERMINERS:
            return start - 1
        belongs = token.lower in BEFORE_TITLES or is_role(token.lower) or token.lower in BODIES
        named = token.capital and token.lower not in FUNCTION_WORDS
        if token.sign is not Sign.POSSESSIVE and not (token.sign is Sign.WORD and (belongs or named)):
            break
        start -= 1
    while tokens[start].sign is Sign.POSSESSIVE:
        start += 1
    return start


def _left_edge(tokens: Sequence[Token], at: int, floor: int) -> int:
    """Walk left from token `at` over adjectives and nouns to the determiner or the end of the phrase."""
    start = at
    while start > floor and at - start < LONGEST_PHRASE:
        token = tokens[start - 1]
        if token.sign is Sign.POSSESSIVE:
            start -= 1
            continue
        if token.sign is not Sign.WORD:
            break
        if token.lower in DETERMINERS:
            return start - 1
        if token.lower == "under" and token.text[0].isupper() and tokens[start].lower.startswith("secretary"):
            start -= 1
            continue
        if (token.lower in FUNCTION_WORDS and token.lower not in ("former", "then", "own")) or token.lower in CUES:
            break
        if tokens[start].text[0].isupper() and token.text[0].islower() and not _before_title(token.lower):
            break
        if token.lower.endswith("ly") and not token.text[0].isupper():
            break
        participle = token.lower.endswith("ed") and "-" not in token.lower and token.lower not in STANDING_PARTICIPLES
        participle = participle or (token.lower.endswith("ing") and not token.text[0].isupper())
        if participle and not (start - 2 >= floor and tokens[start - 2].lower in DETERMINERS):
            break
        start -= 1
    while start < at and tokens[start].sign is Sign.POSSESSIVE:
        start += 1
    return start


def _before_title(lower: str) -> bool:
    return lower in BEFORE_TITLES or lower in BODIES or is_role(lower) or "-" in lower


def _common_phrase(tokens: Sequence[Token], at: int, floor: int, names: dict[int, NameMention]) -> Phrase | None:
    """Return the phrase whose head is the last of the nouns that start at `at`."""
    head = at
    ceiling = min(len(tokens) - 1, at + LONGEST_RUN)
    while head < ceiling and head + 1 not in names and tokens[head + 1].sign is Sign.WORD:
        following = tokens[head + 1].lower
        if (is_role(following) or following in BODIES) and following not in CUES:
            head += 1
        else:
            break
    if head + 1 in names and is_role(tokens[head].lower):
        return None  # a role before a name belongs to the name
    lower = tokens[head].lower
    start = _left_edge(tokens, at, floor)
    opener = tokens[start].lower
    kind = PhraseKind.ROLE if is_role(lower) else PhraseKind.BODY
    plural = lower.endswith(("s", "men", "women", "people"))
    definite = opener in ("the", "his", "her", "their", "its", "this", "that")
    return Phrase(start, head + 1, kind, lower, definite=definite, plural=plural)


def _body_run(tokens: Sequence[Token], at: int, names: dict[int, NameMention]) -> Phrase | None:
    """Return a run of capitalised words that is no person's name: a body, a nation, an outlet."""
    end = at
    ceiling = min(len(tokens), at + LONGEST_RUN)
    while end < ceiling and end not in names and tokens[end].capital:
        if tokens[end].lower in FUNCTION_WORDS:
            break
        end += 1
    if end in names or end == at:
        return None  # what stands before a name belongs to the name
    while end < ceiling and end not in names and tokens[end].sign is Sign.WORD:
        if is_role(tokens[end].lower) or tokens[end].lower in BODIES:
            end += 1
        else:
            break
    if all(token.lower in NATIONALITIES for token in tokens[at:end]) and _noun(tokens, end) and end not in names:
        plural = tokens[end].lower.endswith("s")
        return Phrase(at, end + 1, PhraseKind.ROLE, tokens[end].lower, plural=plural)  # "Iranian backers"
    head = tokens[end - 1].lower
    if end in names and is_role(head):
        return None
    kind = PhraseKind.ROLE if is_role(head) else PhraseKind.BODY
    speaks = end < len(tokens) and tokens[end].lower in SPEAKING
    if kind is PhraseKind.BODY and not speaks and not _names_body(tokens, at, end):
        return None
    start = at - 1 if at > 0 and tokens[at - 1].lower in DETERMINERS else at
    definite = start < at and tokens[start].lower == "the"
    return Phrase(start, end, kind, head, definite=definite, plural=head.endswith("s") and is_role(head))


def _noun(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a lower-case word may be a noun, by what it is not."""
    if at >= len(tokens) or tokens[at].sign is not Sign.WORD or tokens[at].capital:
        return False
    word = tokens[at].lower
    return word not in FUNCTION_WORDS and word not in CUES and not word.endswith(("ed", "ing", "ly")) and len(word) > 3


def _names_body(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(
        token.lower in ORGANISATION_WORDS
        or token.lower in NATIONALITIES
        or token.lower in BODIES
        or token.lower in PLACE_WORDS
        or token.text.isupper()
        or "." in token.text
        for token in tokens[first:last]
    )
