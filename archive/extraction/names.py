"""Finds the names of people in the tokens of a report, with title and rank taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from archive.extraction.name_parts import COUNTRIES, SURNAME_WORDS, Part, part_of, parts_of
from archive.extraction.tokens import Sign, Token, headline_end
from archive.extraction.vocabulary import (
    CUES,
    FIRST_NAMES,
    FUNCTION_WORDS,
    PARTICLES,
    PLACES,
    is_role,
    unaccented,
    word_list,
)

FACILITIES = word_list("facilities")
PLACE_NOUNS = word_list("place_nouns")
GROUP_OPENERS = word_list("group_openers")
OUTLETS = word_list("outlets")
PLACE_OPENERS = word_list("place_openers")
ENGLISH = word_list("english_words") - FIRST_NAMES.keys() - SURNAME_WORDS
BODY_NOUNS = word_list("body_nouns")
PLACE_PREPOSITIONS = word_list("place_prepositions")
ARTICLES = frozenset({"the", "this", "that", "these", "those", "a", "an"})
VERBS = word_list("verbs_after_names")
NAMING = frozenset({"named", "called", "identified"})
AGE = re.compile(r"\d{1,3}\Z")
INTRODUCED = 2.0  # what a first name, a title or a role before the name is worth at the least
LONGEST_NAME = 6  # words
GLUED = re.compile(r"(?<=[a-z]{2})(?:Image|Photo|Photos|Handout|Getty|Video|File|AFP|AP|Reuters|Follow|Share)\Z")
LONGEST_TAGS = 60  # tokens
LONGEST_LIST = 14  # tokens
LONGEST_NICKNAME = 24  # characters


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


def find_names(tokens: Sequence[Token], *, bare_possessives: bool = False) -> list[NameMention]:
    """Return every stretch of capitalised words that may be the name of a person, in order.

    `bare_possessives` says that the text has lost its apostrophes: in "Assads forces" the name is "Assad".
    """
    found: list[NameMention] = []
    for first, last in _runs(tokens):
        found.extend(_names_in_run(tokens, first, last))
    found = [_without_caption(name) for name in _outside_tags(tokens, found)]
    headline = headline_end(tokens)
    found = [_without_verb(tokens, name) if name.last <= headline else name for name in found]
    return [_without_possessive(tokens, name) for name in found] if bare_possessives else found


def _outside_tags(tokens: Sequence[Token], names: Sequence[NameMention]) -> Iterator[NameMention]:
    """Make little of names in a page's list of tags, which are places and groups as often as people."""
    listed: set[int] = set()
    for at, token in enumerate(tokens):
        if token.text == "Tags" and at not in listed:
            end = at + 1
            while end < min(len(tokens), at + LONGEST_TAGS) and tokens[end].sign is Sign.WORD:
                if tokens[end].lower in FUNCTION_WORDS and tokens[end].text.islower():
                    break
                end += 1
            listed.update(range(at, end))
    for name in names:
        yield replace(name, score=name.score - 4.0) if name.first in listed else name


def _without_verb(tokens: Sequence[Token], name: NameMention) -> NameMention:
    """Cut off the verb of "Rosa Lind Presses Her Advantage"."""
    for at in range(name.first + 2, name.last):
        if tokens[at].lower in ENGLISH and len(name.words) == name.last - name.first:
            return replace(name, last=at, words=name.words[: at - name.first], end=tokens[at - 1].end)
    return name


def _without_caption(name: NameMention) -> NameMention:
    """Cut off what a page has stuck to a name: "Jane RoeImage"."""
    glued = GLUED.search(name.words[-1])
    if glued is None:
        return name
    length = len(name.words[-1]) - glued.start()
    return replace(name, words=(*name.words[:-1], name.words[-1][: glued.start()]), end=name.end - length)


def _without_possessive(tokens: Sequence[Token], name: NameMention) -> NameMention:
    after = tokens[name.last] if name.last < len(tokens) else None
    surname = name.words[-1]
    if len(surname) < 5 or not surname.endswith("s") or surname.endswith("ss"):
        return name
    if after is None or after.sign is not Sign.WORD or not after.text[0].islower():
        return name
    if after.lower in FUNCTION_WORDS or after.lower in CUES or after.lower in VERBS or after.lower.endswith("ed"):
        return name
    return replace(name, words=(*name.words[:-1], surname[:-1]), end=name.end - 1)


def find_surnames(tokens: Sequence[Token], surnames: Set[str]) -> list[NameMention]:
    """Return lone words that are a known surname here though they mean a nation or a trade elsewhere ("Danish")."""
    found: list[NameMention] = []
    for at, token in enumerate(tokens):
        if token.lower not in surnames or not token.capital or part_of(token.text, token.lower) is Part.NAME:
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if at and tokens[at - 1].capital and part_of(tokens[at - 1].text, tokens[at - 1].lower) is not Part.TITLE:
            continue
        if after is None or after.sign is not Sign.WORD or after.lower in VERBS or after.lower in CUES:
            found.append(NameMention(at, at, at + 1, (token.text,), token.start, token.end, 0.0, False, titled=False))
    return found


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    j, n = 0, len(tokens)
    for i in [at for at, token in enumerate(tokens) if token.capital]:
        if i < j:
            continue
        j = i + 1
        while j < n:
            if tokens[j].capital:
                j += 1
            elif _nickname(tokens, j):
                j += 2
            elif _joins(tokens, j):
                j += 1 if tokens[j + 1].capital else 2
            else:
                break
        yield i, j


def _nickname(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether tokens[at] is what stands in quote marks inside a name: `Ryan "Moose" Musgrave`."""
    token = tokens[at]
    return (
        token.sign is Sign.QUOTATION
        and token.end - token.start <= LONGEST_NICKNAME
        and at + 1 < len(tokens)
        and tokens[at - 1].lower in FIRST_NAMES
        and tokens[at + 1].capital
        and part_of(tokens[at + 1].text, tokens[at + 1].lower) is Part.NAME
        and tokens[at + 1].start - token.end == 1 == token.start - tokens[at - 1].end
    )


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether tokens[at] is one or two particles with a capitalised word after them."""
    if tokens[at].sign is not Sign.WORD or tokens[at].lower not in PARTICLES or at + 1 >= len(tokens):
        return False
    if tokens[at + 1].capital:
        return True
    return tokens[at + 1].lower in PARTICLES and at + 2 < len(tokens) and tokens[at + 2].capital


def _names_in_run(tokens: Sequence[Token], first: int, last: int) -> Iterator[NameMention]:
    parts = parts_of(tokens, first, last)
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


def _mention(tokens: Sequence[Token], first: int, parts: list[Part], i: int, j: int) -> NameMention | None:
    while j > i and parts[j - 1] is Part.PARTICLE:
        j -= 1
    if sum(part is Part.NAME for part in parts[i:j]) == 0 or j - i > LONGEST_NAME:
        return None
    begin, stop = first + i, first + j
    introduced = begin > 0 and (is_role(tokens[begin - 1].lower) or tokens[begin - 1].lower in NAMING)
    unlike = tokens[begin].lower not in FIRST_NAMES or tokens[begin].lower in COUNTRIES
    swallowed = j - i > 2 and unlike and "-" not in tokens[begin].text
    if swallowed and not introduced and tokens[begin + 1].lower in FIRST_NAMES and parts[i] is Part.NAME:
        begin, i = begin + 1, i + 1
    if _part_of_other_name(tokens, begin, stop, in_run=j < len(parts), opens_run=i == 0):
        return None
    words = tuple(tokens[k].text for k in range(begin, stop) if tokens[k].sign is Sign.WORD)
    titled = i > 0 and parts[i - 1] is Part.TITLE
    title = _title_start(tokens, first, parts, i) if titled else begin
    place = _in_place(tokens, begin if not titled else title)
    score = _score(tokens, begin, stop, titled, title)
    return NameMention(title, begin, stop, words, tokens[begin].start, tokens[stop - 1].end, score, place, titled)


def _part_of_other_name(tokens: Sequence[Token], begin: int, stop: int, *, in_run: bool, opens_run: bool) -> bool:
    """Tell whether the words are no person's name but part of a body's, a group's, an outlet's or a place's."""
    following = tokens[stop].lower if stop < len(tokens) else ""
    if in_run and (following in FACILITIES or following in BODY_NOUNS):
        return True
    if stop - begin > 1 and tokens[stop - 1].lower in BODY_NOUNS:
        return True
    before = tokens[begin - 1].lower if begin else ""
    if not opens_run and (before in PLACE_OPENERS or before in GROUP_OPENERS):
        return True
    if stop - begin > 1 and tokens[begin].lower in GROUP_OPENERS and tokens[begin + 1].lower.startswith("al-"):
        return True
    words = " ".join(token.lower for token in tokens[begin:stop])
    if words in OUTLETS:
        return True
    if following in PLACE_NOUNS and tokens[stop].text.islower():
        return True
    return _listed_as_place(tokens, begin)


def _listed_as_place(tokens: Sequence[Token], begin: int) -> bool:
    """Tell whether "the towns of X, Y and" or the like stands before."""
    at = begin - 1
    while at > max(0, begin - LONGEST_LIST) and (
        tokens[at].capital or tokens[at].sign is Sign.COMMA or tokens[at].lower == "and"
    ):
        at -= 1
    return at > 0 and tokens[at].lower == "of" and tokens[at - 1].lower in PLACE_NOUNS


def _title_start(tokens: Sequence[Token], first: int, parts: list[Part], i: int) -> int:
    start = i
    while start > 0 and parts[start - 1] in (Part.TITLE, Part.OTHER):
        start -= 1
    return first + start


def _in_place(tokens: Sequence[Token], begin: int) -> bool:
    return begin > 0 and tokens[begin - 1].lower in PLACE_PREPOSITIONS


def _score(tokens: Sequence[Token], begin: int, stop: int, titled: bool, title: int) -> float:
    score = 0.0
    words = [tokens[k].lower for k in range(begin, stop) if tokens[k].sign is Sign.WORD]
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
    if words[0].startswith(("al-", "el-")) and len(words) > 1:
        score -= 2.0  # no first name has the article: a family, a place, a newspaper
    if titled:
        score += 3.0
    if before is not None and before.sign is Sign.WORD:
        if is_role(before.lower) or before.lower in NAMING:
            score += 3.0
        elif before.lower in CUES and before.text.islower():
            score += 1.5
        elif before.lower in ARTICLES and not titled and not (before.lower == "that" and words[0] in FIRST_NAMES):
            score -= 4.0  # but "police said that Rosa Lind was dead"
    if " ".join(words) in PLACES or (words[0] in PLACE_OPENERS and not titled):
        score -= 4.0
    if score < INTRODUCED and any(word in ENGLISH for word in words):
        score -= 3.0  # "Coordination Committees": an ordinary word makes a name only after a title or a first name
    return score + _score_after(tokens, stop)


def _apposed(tokens: Sequence[Token], stop: int) -> bool:
    """Tell whether a role follows without a comma, as scraped texts have it: "Abu Tarn a member of", "head of"."""
    at = stop + 1 if tokens[stop].lower in ("a", "an", "the") else stop
    following = tokens[at : at + 3]
    for place, token in enumerate(following):
        if token.sign is not Sign.WORD or token.lower in FUNCTION_WORDS:
            return False
        if is_role(token.lower) and token.text[0].islower():
            return place + 1 < len(following) or at > stop
    return False


def _score_after(tokens: Sequence[Token], stop: int) -> float:
    if stop >= len(tokens):
        return 0.0
    after = tokens[stop]
    if after.sign is Sign.WORD:
        if after.lower in CUES and after.lower.endswith(("d", "s", "ote")):
            return 2.0
        return 1.5 if _apposed(tokens, stop) else 0.0
    if after.sign is not Sign.COMMA:
        return 0.0
    if stop + 1 < len(tokens) and tokens[stop + 1].lower in ("who", "whose"):
        return 2.0
    for token in tokens[stop + 1 : stop + 9]:
        if token.sign is Sign.WORD and AGE.match(token.text):
            return 2.0
        if token.sign not in (Sign.WORD, Sign.POSSESSIVE) or token.lower in CUES:
            break
        if is_role(token.lower):
            return 1.5
    return 0.0
