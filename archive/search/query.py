"""Reads the words that somebody typed into a question; every input is a question, none is an error.

- `rocket strike`: what has any of the words, ranked; the best has most of them.
- `"peace proposal"`: these words, exactly, side by side.
- `-word`, `-"some words"`: not what has them.
- `opium OR poppy`: one of the two; binds tighter than a space.

As soon as there is one of the last three, all parts are required.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, product

from archive.search.tokens import DESIGNATOR, Token, tokenize

LONGEST = 1000  # characters of a question that are read
MOST_WORDS = 64  # words of a question that are sought
MOST_FORMS = 8  # ways to write one phrase with designators in it

QUOTE_MARKS = '"“”„‟«»″＂'
PART = re.compile(
    rf"(?P<minus>(?<!\S)-(?=[\w{QUOTE_MARKS}]))?"
    rf"(?:[{QUOTE_MARKS}](?P<phrase>[^{QUOTE_MARKS}]*)[{QUOTE_MARKS}]|(?P<word>[^\s{QUOTE_MARKS}]+))"
)
DESIGNATOR_LETTERS = re.compile(r"[A-Z][A-Za-z]{0,2}|[a-z]")
DESIGNATOR_NUMBER = re.compile(r"[0-9]{1,4}[A-Za-z]{0,3}")

# Lucene's list. They are sought in phrases, and where a question has no other words.
LUCENE_STOPWORDS = (
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these they "
    "this to was will with"
)
STOPWORDS = frozenset(LUCENE_STOPWORDS.split())


@dataclass(frozen=True, slots=True)
class Sought:
    """A word or phrase: found where the words of one of its forms stand side by side.

    The forms are of stems, or, where `exact`, of plain words.
    """

    forms: tuple[tuple[str, ...], ...]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is sought: groups of alternatives, and what must not be there.

    `strict`: every group is required; else any is enough.
    """

    groups: tuple[tuple[Sought, ...], ...] = ()
    excluded: tuple[Sought, ...] = ()
    strict: bool = False
    hints: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        return not self.groups and not self.excluded

    def sought(self) -> tuple[Sought, ...]:
        """All that is to be highlighted."""
        return tuple(sought for group in self.groups for sought in group)

    def relaxed(self) -> "Question | None":
        """The question to ask where nothing was found: phrases stay required, of the other words any is enough.

        None where that is the same question.
        """
        sought = [part for part in self.sought() if not part.exact]
        words = dict.fromkeys(Sought(((word,),)) for part in sought for form in part.forms for word in form)
        phrases = tuple(group for group in self.groups if any(part.exact for part in group))
        if not words:
            return None
        groups = phrases or tuple((word,) for word in words)
        relaxed = replace(self, groups=groups, strict=bool(phrases))
        return None if relaxed.groups == self.groups and relaxed.strict == self.strict else relaxed


def _spellings(words: list[Token], joined: list[Token], *, exact: bool) -> tuple[tuple[str, ...], ...]:
    """The ways to write these words: hyphenated words and designators in parts or as one."""
    choices: list[tuple[tuple[str, ...], ...]] = []
    position = 0
    while position < len(words):
        token = words[position]
        whole = next((j for j in joined if j.start == token.start), None)
        parts = [w for w in words[position:] if whole and w.end <= whole.end] or [token]
        spelled = [tuple(part.plain if exact else part.stem for part in parts)]
        if whole:
            spelled.append((whole.plain if exact else whole.stem,))
        elif designator := DESIGNATOR.fullmatch(token.plain):
            spelled.append(designator.groups())
        choices.append(tuple(spelled))
        position += len(parts)
    return tuple(tuple(word for part in way for word in part) for way in islice(product(*choices), MOST_FORMS))


def _sought(text: str, *, exact: bool) -> Iterator[Sought]:
    """What one typed part asks for. A word of several parts ("US/UK") may ask for several things."""
    words, joined = tokenize(text)
    if exact:
        if words:
            yield Sought(_spellings(words, joined, exact=True), exact=True)
        return
    position = 0
    while position < len(words):
        token = words[position]
        whole = next((j for j in joined if j.start == token.start), None)
        parts = [w for w in words[position:] if whole and w.end <= whole.end] or [token]
        yield Sought(_spellings(parts, [whole] if whole else [], exact=False))
        position += len(parts)


def _is_stopword(sought: Sought) -> bool:
    return not sought.exact and all(len(form) == 1 and form[0] in STOPWORDS for form in sought.forms)


def parse(text: str) -> Question:
    """The question that the typed text asks."""
    hints = []
    if len(text) > LONGEST:
        text = text[:LONGEST]
        hints.append(f"The question was cut to its first {LONGEST} characters.")
    if sum(text.count(mark) for mark in QUOTE_MARKS) % 2:
        hints.append("A quotation mark is not closed, so the words after it were searched one by one.")

    groups: list[tuple[Sought, ...]] = []
    excluded: list[Sought] = []
    designators: list[tuple[Sought, Sought, Sought]] = []
    strict = joins = False
    last_word = ""
    for part in PART.finditer(text):
        word, phrase = part["word"] or "", part["phrase"]
        if word == "OR" and not part["minus"]:
            joins = bool(groups) and last_word != "-"
            last_word = ""
            continue
        found = list(_sought(word if phrase is None else phrase, exact=phrase is not None))
        if not found:
            continue
        if part["minus"]:
            excluded.extend(found)
            last_word, joins, strict = "-", False, True
            continue
        strict = strict or phrase is not None or joins
        if joins:
            groups[-1] = (*groups[-1], *found)
        else:
            if _is_designator(last_word, word):
                whole = Sought(_spellings(*tokenize(f"{last_word}-{word}"), exact=False))
                designators.append((groups[-1][-1], found[0], whole))
            groups.extend((sought,) for sought in found)
        joins, last_word = False, word
    groups = _with_designators(groups, designators, strict)
    return _question(groups, excluded, strict, hints)


def _is_designator(letters: str, number: str) -> bool:
    """Whether two words are one designator written with a space: S 300, Su 25."""
    return bool(
        DESIGNATOR_LETTERS.fullmatch(letters)
        and DESIGNATOR_NUMBER.fullmatch(number)
        and letters.lower() not in STOPWORDS
    )


def _with_designators(
    groups: list[tuple[Sought, ...]], designators: list[tuple[Sought, Sought, Sought]], strict: bool
) -> list[tuple[Sought, ...]]:
    """The groups, with S 300 sought as S-300 too, or instead where both words would be required."""
    parts = {(part,) for *both, _ in designators for part in both}
    return [*(g for g in groups if not (strict and g in parts)), *((whole,) for *_, whole in designators)]


def _question(groups: list[tuple[Sought, ...]], excluded: list[Sought], strict: bool, hints: list[str]) -> Question:
    groups = list(dict.fromkeys(groups))
    content = [group for group in groups if not all(map(_is_stopword, group))]
    groups = content or groups
    if len(groups) + len(excluded) > MOST_WORDS:
        groups, excluded = groups[:MOST_WORDS], excluded[:MOST_WORDS]
        hints.append(f"Only the first {MOST_WORDS} words were searched.")
    return Question(tuple(groups), tuple(dict.fromkeys(excluded)), strict, tuple(hints))
