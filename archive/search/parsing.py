"""Reads what somebody typed into a question; every input is a question, none is an error.

- `rocket strike`: what has any of the words, ranked.
- `"peace proposal"`: these words, exactly, side by side; `"peace talks"~5`: within five words of each other.
- `vict*`: words that begin so.
- `-word`, `-"some words"`: not what has them.
- `opium OR poppy`: one of the two; binds tighter than a space. Brackets group.
- `title:`, `by:`, `role:`, `about:`, `outlet:`, `after:`, `before:`, `year:`, each with a word, a phrase or brackets.

As soon as there is one of these, all parts are required. Rules that guess: in a question of more than five words
without a single small letter, OR, AND and NOT are words.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from archive.search.query import NOTHING, All, Any, Condition, Named, NamedBy, Not, Place, Published, Question, Words
from archive.search.tokens import tokenize
from archive.search.wording import STOPWORDS, designator, is_designator, or_whole, phrase, sought

LONGEST = 1000  # characters of a question that are read
MOST_WORDS = 64  # words of a question that are sought
MOST_NAMES = 16  # names in fields of a question; each is looked up
DEEPEST = 20  # brackets in brackets
SHORTEST_PREFIX = 3  # letters before a star; fewer would stand for half the dictionary

QUOTE_MARKS = '"“”„‟«»″＂'
LEXEME = re.compile(
    rf"(?P<minus>(?<![^\s(])-(?=[\w{QUOTE_MARKS}(]))"
    rf"|(?P<field>(?<![^\s(\-])[A-Za-z]{{2,20}}(?=:[^\s:/])):"
    rf"|[{QUOTE_MARKS}](?P<phrase>[^{QUOTE_MARKS}]*)[{QUOTE_MARKS}](?:~(?P<slop>\d{{1,4}}))?"
    rf"|(?P<open>\()|(?P<close>\))"
    rf"|(?P<word>[^\s{QUOTE_MARKS}()]+)"
)
DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
PREFIX = re.compile(r"([^*]+)\*+")

PLACES = {"title": Place.TITLE, "role": Place.ROLE}
NAMES = {name.value: name for name in NamedBy}
DATES = ("after", "before", "year")


@dataclass(frozen=True, slots=True)
class Bare:
    """Words that nothing ties together: in a question without operators any of them is enough."""

    words: tuple[Words, ...]


@lru_cache(maxsize=1000)
def parse(text: str) -> Question:
    """The question that the typed text asks."""
    return _Parser(text).question()


class _Parser:
    """Goes once over the lexemes of a text, from left to right."""

    def __init__(self, text: str) -> None:
        self.hints: list[str] = []
        if len(text) > LONGEST:
            text = text[:LONGEST]
            self._hint(f"The question was cut to its first {LONGEST} characters.")
        if sum(text.count(mark) for mark in QUOTE_MARKS) % 2:
            self._hint("A quotation mark is not closed, so the words after it were searched one by one.")
        self.lexemes = list(LEXEME.finditer(text))
        self.at = 0
        self.depth = 0
        self.named = 0
        self.apart: dict[Words, tuple[Words, Words]] = {}  # of designators written with a space
        self.strict = False
        words = [lexeme["word"] for lexeme in self.lexemes if lexeme["word"]]
        self.shouted = not any(letter.islower() for letter in text)
        self.has_operators = not (self.shouted and len(words) > 5)

    def question(self) -> Question:
        parts = self._sequence()
        while self.at < len(self.lexemes):  # what follows a bracket that nothing opened
            self._hint("A closing bracket has no opening one and was left out.")
            self.at += 1
            parts += self._sequence()
        if not self.strict:
            words = (word for part in parts if isinstance(part, Bare) for word in part.words)
            bare = tuple(dict.fromkeys(each for word in words for each in self.apart.get(word, (word,))))
            return Question(bare=self._first(self._content(bare)), hints=tuple(self.hints))
        return Question(required=self._required(parts), hints=tuple(self.hints))

    def _hint(self, hint: str) -> None:
        if hint not in self.hints:
            self.hints.append(hint)

    def _first(self, words: tuple[Words, ...]) -> tuple[Words, ...]:
        if len(words) > MOST_WORDS:
            self._hint(f"Only the first {MOST_WORDS} words were searched.")
        return words[:MOST_WORDS]

    def _content(self, words: tuple[Words, ...]) -> tuple[Words, ...]:
        """The words without the stopwords, unless there are no others."""
        return tuple(word for word in words if not self._is_stopword(word)) or words

    def _is_stopword(self, word: Words) -> bool:
        capitals = word.typed.isupper() and len(word.typed) > 1 and not self.shouted
        plain = all(len(spelling) == 1 and spelling[0] in STOPWORDS for spelling in word.spellings)
        return plain and not (word.exact or word.prefix or capitals)

    def _required(self, parts: list[Bare | Condition]) -> Condition | None:
        """All parts of a sequence as one condition; None where it has none."""
        bare = [part for part in parts if isinstance(part, Bare)]
        stop = all(self._is_stopword(word) for part in bare for word in part.words)
        others = len(bare) < len(parts)
        conditions: list[Condition] = []
        for part in parts:
            if not isinstance(part, Bare):
                conditions.append(part)
            elif stop and not others:
                conditions += part.words
            else:
                conditions += [word for word in part.words if not self._is_stopword(word)]
        conditions = list(dict.fromkeys(conditions))
        if len(conditions) > MOST_WORDS:
            self._hint(f"Only the first {MOST_WORDS} words were searched.")
            conditions = conditions[:MOST_WORDS]
        if not conditions:
            return None
        return conditions[0] if len(conditions) == 1 and not isinstance(conditions[0], Not) else All(tuple(conditions))

    def _sequence(self) -> list[Bare | Condition]:
        """The parts up to the next closing bracket or the end."""
        parts: list[Bare | Condition] = []
        joins = negates = False
        last_word = ""
        while self.at < len(self.lexemes):
            lexeme = self.lexemes[self.at]
            if lexeme["close"]:
                break
            self.at += 1
            if lexeme["minus"]:
                negates = True
                continue
            operator = lexeme["word"] if self.has_operators and lexeme["word"] in ("OR", "AND", "NOT") else ""
            if operator:
                if operator == "NOT":
                    negates = self._goes_on()
                else:
                    joins = operator == "OR" and bool(parts)
                    self.strict = self.strict or (operator == "AND" and bool(parts) and self._goes_on())
                last_word = ""
                continue
            found = self._part(lexeme, last_word, parts, joins or negates)
            last_word = (lexeme["word"] or "") if not (joins or negates) else ""
            if found is None:
                continue
            alternative: Bare | Condition = Not(self._one(found)) if negates else found
            self.strict = self.strict or negates or joins
            if joins and parts:
                parts[-1] = self._either(self._one(parts[-1]), self._one(alternative))
            else:
                parts.append(alternative)
            joins = negates = False
        return parts

    def _either(self, one: Condition, other: Condition) -> Condition:
        if not (isinstance(one, Any) and one.least == 1):
            return Any((one, other))
        if len(one.conditions) >= MOST_WORDS:
            self._hint(f"Only the first {MOST_WORDS} alternatives were searched.")
            return one
        return Any((*one.conditions, other))

    def _goes_on(self) -> bool:
        return self.at < len(self.lexemes) and not self.lexemes[self.at]["close"]

    def _one(self, part: Bare | Condition) -> Condition:
        if not isinstance(part, Bare):
            return part
        return part.words[0] if len(part.words) == 1 else All(part.words)

    def _part(
        self, lexeme: re.Match[str], last_word: str, parts: list[Bare | Condition], tied: bool
    ) -> Bare | Condition | None:
        """What one lexeme, or what it opens, asks for; None where that is nothing."""
        if lexeme["open"]:
            return self._brackets(Place.TEXT)
        if lexeme["field"]:
            return self._field(lexeme["field"])
        if lexeme["phrase"] is not None:
            return self._phrase(lexeme, Place.TEXT)
        return self._word(lexeme["word"], last_word, parts, tied)

    def _phrase(self, lexeme: re.Match[str], place: Place) -> Words | None:
        found = phrase(lexeme["phrase"], place, int(lexeme["slop"] or 0), lexeme[0])
        self.strict = self.strict or found is not None
        return found

    def _brackets(self, place: Place) -> Bare | Condition | None:
        if self.depth == DEEPEST:
            self._hint(f"Brackets more than {DEEPEST} deep were left out.")
            return None
        self.depth += 1
        parts = self._sequence()
        self.depth -= 1
        if self.at < len(self.lexemes):
            self.at += 1  # the closing one
        else:
            self._hint("A bracket is not closed; it was taken to end at the end.")
        if place != Place.TEXT:
            parts = [_placed(part, place) for part in parts]
        if all(isinstance(part, Bare) for part in parts):
            words = tuple(word for part in parts if isinstance(part, Bare) for word in part.words)
            return Bare(words) if words else None
        return self._required(parts)

    def _field(self, name: str) -> Bare | Condition | None:
        """The condition of a field and its value, which is the next lexeme."""
        lowered = name.lower()
        value = self.lexemes[self.at] if self.at < len(self.lexemes) else None
        if value is None or value["minus"] or value["field"] or value["close"]:
            return self._word(name, "", [], True)
        typed = value["phrase"] if value["phrase"] is not None else value["word"] or ""
        if lowered in PLACES:
            self.at += 1
            self.strict = True
            if value["open"]:
                found = self._brackets(PLACES[lowered])
                return self._required([found]) if found is not None else None
            if value["phrase"] is not None:
                return self._phrase(value, PLACES[lowered])
            found = self._word(typed, "", [], True)
            return self._one(_placed(found, PLACES[lowered])) if found is not None else None
        if lowered in NAMES and (tokenize(typed).words or value["open"]):
            self.at += 1
            names = self._raw_brackets() if value["open"] else [typed]
            return self._named(NAMES[lowered], [name for name in names if tokenize(name).words])
        if lowered in DATES:
            published = _published(lowered, typed)
            if published:
                self.at += 1
                self.strict = True
                return published
            self._hint(f"“{name}:{typed}” names no day, month or year (such as 2018-05), so it was searched as words.")
        elif lowered in NAMES:
            self._hint(f"“{name}:” is followed by no name, so it was searched as a word.")
        else:
            self._hint(f"“{name}:” is no field of the search, so it was searched as words.")
        return self._word(name, "", [], True)

    def _named(self, by: NamedBy, names: list[str]) -> Condition | None:
        """One of the names; None where there are none."""
        self.named += len(names)
        if self.named > MOST_NAMES:
            self._hint(f"Only the first {MOST_NAMES} names were searched.")
            return None
        self.strict = self.strict or bool(names)
        conditions = tuple(Named(by, name) for name in names)
        return Any(conditions) if len(conditions) > 1 else next(iter(conditions), None)

    def _raw_brackets(self) -> list[str]:
        """The words up to the closing bracket, which belong to one name, or to several with OR between them."""
        names: list[list[str]] = [[]]
        depth = 1
        while depth and self.at < len(self.lexemes):
            lexeme = self.lexemes[self.at]
            self.at += 1
            depth += bool(lexeme["open"]) - bool(lexeme["close"])
            if lexeme["word"] == "OR":
                names.append([])
            else:
                names[-1].append(lexeme["phrase"] or lexeme["word"] or "")
        return [" ".join(filter(None, words)) for words in names]

    def _word(self, typed: str, last_word: str, parts: list[Bare | Condition], tied: bool) -> Bare | Condition | None:
        if "*" in typed:
            starred = PREFIX.fullmatch(typed)
            words = tokenize(starred[1] if starred else typed).words
            if starred and len(words) == 1 and len(words[0].plain) >= SHORTEST_PREFIX:
                self.strict = True
                return Words(((words[0].plain,),), exact=True, prefix=True, typed=typed)
            if words:
                self._hint(
                    f"A star stands for the end of a word after at least {SHORTEST_PREFIX} letters; "
                    f"“{typed}” was searched as words."
                )
        found = tuple(sought(typed))
        if not found:
            return None
        if not tied and last_word and is_designator(last_word, typed) and parts and isinstance(parts[-1], Bare):
            *before, letters = parts.pop().words
            whole = designator(last_word, typed)
            self.apart[whole] = or_whole(letters, whole), or_whole(found[0], whole)
            return Bare((*before, whole))
        return Bare(found)


def _placed(part: Bare | Condition | None, place: Place) -> Bare | Condition:
    """The same words, looked for in another place."""
    match part:
        case Bare(words):
            return Bare(tuple(replace(word, place=place) for word in words))
        case Words():
            return replace(part, place=place)
        case All(conditions):
            return All(tuple(_placed(each, place) for each in conditions))
        case Any(conditions, least):
            return Any(tuple(_placed(each, place) for each in conditions), least)
        case Not(condition):
            return Not(_placed(condition, place))
        case None:
            return NOTHING
        case _:
            return part


def _published(field: str, typed: str) -> Published | None:
    """`after:` a day, month or year is from its beginning on, `before:` ends the day before it begins."""
    found = DAY.fullmatch(typed)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        if field == "after":
            return Published(earliest=first)
        if field == "before":
            return Published(latest=first - timedelta(days=1))
        return None if month else Published(first, date(first.year, 12, 31))
    except (ValueError, OverflowError):
        return None
