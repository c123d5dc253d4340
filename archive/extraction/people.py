"""Joins the names of one report into people: "Nicholson" and "General John Nicholson" are one."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from archive.extraction.names import NameMention, find_surnames
from archive.extraction.records import Mention, Person
from archive.extraction.tokens import Token
from archive.extraction.vocabulary import FIRST_NAMES, PARTICLES, PLACES, honorific_genders, unaccented

ENOUGH_EVIDENCE = 2.0
ALIKE_LOOKED_AT = 30  # of one surname or role; more stand only in lists, and all of them would take quadratic time
ARTICLE_PREFIXES = ("al-", "el-", "ul-", "as-", "ash-")
SECOND = frozenset({"vice", "deputy", "assistant"})
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def key_of(word: str) -> str:
    """Return a name word as it is compared: lower case, no dots, no Arabic article."""
    key = unaccented(word.lower()).rstrip(".").replace("’", "'").replace("´", "'")
    for prefix in ARTICLE_PREFIXES:
        if key.startswith(prefix) and len(key) > len(prefix) + 1:
            return key[len(prefix) :]
    return key


@dataclass(slots=True)
class Named:
    """A person of the report while the table is built."""

    keys: tuple[str, ...]
    name: str
    gender: str
    gender_said: bool = False
    """Whether a title such as "Mrs." says the gender; else it is a guess from the first name."""
    forms: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)

    def add(self, form: str, mention: NameMention) -> None:
        """Record one more mention of this person."""
        if form not in self.forms:
            self.forms.append(form)
        insort(self.mentions, (mention.start, mention.end))


class NameTable:
    """The people of one report, and who a name printed in it belongs to."""

    def __init__(self, text: str, furniture: Sequence[tuple[int, int]] = ()) -> None:
        self._text = text
        self._furniture = _merged(furniture)
        self._starts = [start for start, _ in self._furniture]
        self.people: list[Named] = []
        self._by_surname: dict[str, list[int]] = {}
        self._by_beginning: dict[str, dict[str, None]] = {}
        self._by_keys: dict[tuple[str, ...], int] = {}
        self._by_role: dict[str, list[int]] = {}
        self._by_first: dict[str, list[int]] = {}
        self._by_middle: dict[str, list[int]] = {}
        self._by_surname_alone: dict[str, int] = {}
        self._by_pair: dict[tuple[str, ...], list[int]] = {}
        self._owner: dict[int, int] = {}

    def in_furniture(self, at: int) -> bool:
        """Tell whether a character offset lies in page furniture."""
        i = bisect_left(self._starts, at + 1) - 1
        return i >= 0 and at < self._furniture[i][1]

    def add_all(self, sources: Iterable[tuple[Sequence[Token], Sequence[NameMention]]]) -> None:
        """Fill the table with the mentions of narration and quotations, each with the tokens they index."""
        mentions = [
            (mention, tokens) for tokens, found in sources for mention in found if not self.in_furniture(mention.start)
        ]
        mentions.sort(key=lambda pair: pair[0].start)
        accepted = self._accepted(mention for mention, _ in mentions)
        for mention, tokens in mentions:
            if mention.full and _full_key(mention) in accepted:
                self._own(mention, self._enter(mention), tokens)
        self._adopt(mentions)

    def adopt_surnames(self, tokens: Sequence[Token]) -> list[NameMention]:
        """Add and return the lone surnames that also mean something else, now that the people are known."""
        found = [
            mention
            for mention in find_surnames(tokens, self._by_surname.keys())
            if not self.in_furniture(mention.start) and mention.start not in self._owner
        ]
        self._adopt([(mention, tokens) for mention in found])
        return found

    def _adopt(self, mentions: Iterable[tuple[NameMention, Sequence[Token]]]) -> None:
        for mention, tokens in mentions:
            if mention.start not in self._owner and not _is_town(mention):
                person = self.find(mention.words, mention.start, _said_gender(mention, tokens))
                if person is not None:
                    self._own(mention, person, tokens)

    def owner(self, mention: NameMention) -> int | None:
        """Return the index of the person a mention belongs to, or None."""
        return self._owner.get(mention.start)

    def find(self, words: Sequence[str], at: int, gender: str = "") -> int | None:
        """Return whom `words`, printed at offset `at`, name: by surname, else by first name where only one bears it.

        `gender` is what a title before the words says.
        """
        keys = tuple(key_of(word) for word in words)
        candidates = self._by_surname.get(keys[-1]) or (
            self._by_surname.get(keys[-1][:-1]) if keys[-1].endswith("s") else None
        )
        if candidates:
            if len(keys) > 1:
                candidates = [c for c in candidates[-ALIKE_LOOKED_AT:] if _compatible(self.people[c].keys, keys)]
                return self._nearest(candidates, at)
            return self._called(keys[-1], candidates, at, gender)
        if len(keys) > 1:
            return None
        alike = self._by_beginning.get(keys[0][:3], {})
        misspelt = [known for known in islice(alike, ALIKE_LOOKED_AT) if _one_letter_off(known, keys[0])]
        if len(misspelt) == 1:
            return self._nearest(self._by_surname[misspelt[0]], at)
        by_first = self._by_first.get(keys[0], []) or self._by_middle.get(keys[0], [])
        return by_first[0] if len(by_first) == 1 else None

    def _called(self, surname: str, candidates: Sequence[int], at: int, gender: str) -> int | None:
        """Return who is meant by a surname alone, of those who bear it: whoever was called so before the others came.

        "Trump … Trump's niece Mary Trump … Trump": kin and namesakes keep their first names.
        """
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        candidates = candidates[-ALIKE_LOOKED_AT:]
        fitting = [c for c in candidates if not gender or self.people[c].gender in ("", gender)] or candidates
        named = [c for c in fitting if self.people[c].mentions[0][0] < at] or fitting
        if len(named) == 1:
            return self._by_surname_alone.setdefault(surname, named[0]) if not gender else named[0]
        called = self._by_surname_alone.get(surname)
        if called in named:
            return called
        return None if self._named_together(named, at) else self._nearest(named, at)

    def _named_together(self, candidates: Sequence[int], at: int) -> bool:
        """Tell whether the last two were named in one breath, as "Karl Meyer and Anna Meyer": neither is nearer."""
        last = sorted(
            (self.mention_before(candidate, at) for candidate in candidates), key=lambda mention: mention.start
        )
        return last[-1].start - last[-2].end <= len(" and ")

    def _nearest(self, candidates: Sequence[int], at: int) -> int | None:
        """Return the candidate mentioned last before `at`, else the first to come."""
        if len(candidates) < 2:
            return candidates[0] if candidates else None

        return max(candidates[-ALIKE_LOOKED_AT:], key=lambda candidate: self.last_mention(candidate, at))

    def last_mention(self, person: int, at: int) -> int:
        """Return where a person was last mentioned before the offset `at`, or -1."""
        mentions = self.people[person].mentions
        i = bisect_left(mentions, (at, 0))
        return mentions[i - 1][0] if i else -1

    def mention_before(self, person: int, at: int) -> Mention:
        """Return the last mention of a person before the offset `at`, else the first one."""
        mentions = self.people[person].mentions
        i = bisect_left(mentions, (at, 0))
        return Mention(*mentions[max(i - 1, 0)])

    def add_role(self, person: int, role: str) -> None:
        """Record a role as printed, once, and find the person by its words from now on."""
        named = self.people[person]
        if role and role not in named.roles:
            named.roles.append(role)
            before = ""
            for word in role.lower().split():
                if before not in SECOND:  # "the president" is no vice president
                    self._by_role.setdefault(word, []).append(person)
                before = word

    def know_as(self, person: int, head: str) -> None:
        """Find the person by a role noun that stands before the name: "the mayor, Rosa Lind"."""
        self._by_role.setdefault(head, []).append(person)

    def bearers(self, head: str) -> Sequence[int]:
        """Return the people in whose roles the word `head` stands."""
        return self._by_role.get(head, ())[-ALIKE_LOOKED_AT:]

    @staticmethod
    def _accepted(mentions: Iterable[NameMention]) -> set[str]:
        best: dict[str, float] = {}
        kinlike: set[str] = set()
        places: dict[str, bool] = {}
        for mention in mentions:
            if mention.full:
                key = _full_key(mention)
                best[key] = max(best.get(key, -9.0), mention.score)
                if len(mention.words) == 2 and mention.words[0].istitle() and mention.words[1][0].isupper():
                    kinlike.add(key)  # not "EUs Lind", "CentOS Lind", "Dahiyet al-Lind"
                places[key] = places.get(key, False) or mention.place
        sure = {
            key
            for key, score in best.items()
            if score >= ENOUGH_EVIDENCE + (1.0 if places[key] else 0.0) and " " in key
        }
        surnames = {key.split()[-1] for key in sure}
        kin = {key for key in best if key in kinlike and not places[key] and key.split()[-1] in surnames}
        return sure | {key for key in kin if best[key] >= 0}

    def _enter(self, mention: NameMention) -> int:
        keys = tuple(key_of(word) for word in mention.words)
        same_beginning = self._by_pair.get(keys[:2], []) if len(keys) > 1 else []
        same_surname = self._by_surname.get(_surname(keys), [])
        exactly = self._by_keys.get(keys)
        first = [] if exactly is None else [exactly]
        for candidate in [*first, *same_surname[-ALIKE_LOOKED_AT:], *same_beginning[-ALIKE_LOOKED_AT:]]:
            person = self.people[candidate]
            if candidate in same_beginning or _compatible(person.keys, keys):
                if _fuller(keys, person.keys):
                    person.keys, person.name = keys, " ".join(mention.words)
                    person.gender = person.gender or _gender(keys)
                    if candidate not in self._by_surname.setdefault(_surname(keys), []):
                        self._by_surname[_surname(keys)].append(candidate)
                return candidate
        index = len(self.people)
        self.people.append(Named(keys, " ".join(mention.words), _gender(keys)))
        self._by_surname.setdefault(_surname(keys), []).append(index)
        self._by_beginning.setdefault(_surname(keys)[:3], {})[_surname(keys)] = None
        self._by_keys.setdefault(keys, index)
        self._by_first.setdefault(keys[0], []).append(index)
        if len(keys) > 1 and keys[1] not in PARTICLES and len(keys[0]) > 1:
            # "Wanda Vázquez" and "Wanda Vázquez Garced" are one in one report.
            self._by_pair.setdefault(keys[:2], []).append(index)
        for middle in keys[1:-1]:
            if len(middle) > 2 and middle not in PARTICLES:  # "Vázquez" of "Wanda Vázquez Garced"
                self._by_middle.setdefault(middle, []).append(index)
        if len(keys) > 2:
            two = " ".join(keys[-2:])
            self._by_surname.setdefault(two, []).append(index)
        return index

    def _own(self, mention: NameMention, index: int, tokens: Sequence[Token]) -> None:
        person = self.people[index]
        self._owner[mention.start] = index
        person.add(self._printed(mention), mention)
        for at in range(mention.title, mention.first):
            said = honorific_genders().get(tokens[at].lower)
            if said:
                person.gender, person.gender_said = said, True

    def _printed(self, mention: NameMention) -> str:
        return " ".join(self._text[mention.start : mention.end].split())

    def records(self, keep: Sequence[int]) -> tuple[Person, ...]:
        """Return the people with the indices `keep` as records."""
        return tuple(self._record(self.people[index]) for index in keep)

    @staticmethod
    def _record(person: Named) -> Person:
        forms = (person.name, *(form for form in person.forms if form != person.name))
        mentions = tuple(Mention(start, end) for start, end in person.mentions)
        return Person(person.name, forms, tuple(person.roles), mentions)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap as one, and none that is empty."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _said_gender(mention: NameMention, tokens: Sequence[Token]) -> str:
    """Return what a title before a name says of its bearer's gender."""
    said = (honorific_genders().get(tokens[at].lower, "") for at in range(mention.title, mention.first))
    return next((gender for gender in said if gender), "")


def _is_town(mention: NameMention) -> bool:
    """Tell whether a lone word is a place where it stands: "in Washington"."""
    return mention.place and not mention.full and not mention.titled and mention.words[0].lower() in PLACES


def _one_letter_off(one: str, other: str) -> bool:
    """Tell whether two spellings of a long name differ in one letter: "Barrea" and "Barree"."""
    if len(one) < 5 or len(one) != len(other) or one[:3] != other[:3]:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def length(words: Sequence[str]) -> int:
    """Return how many words of a name are more than particles."""
    return sum(word.lower() not in PARTICLES for word in words)


def _fuller(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether a name says more than another of the same person: more words, or "Rosa" for "R."."""
    if length(one) == length(other):
        return len(other[0]) == 1 < len(one[0])
    return length(one) > length(other)


def _gender(keys: tuple[str, ...]) -> str:
    """Guess a gender from a first name or, after an initial, from the second."""
    first = next((key for key in keys[:2] if len(key) > 1), "")
    return FIRST_NAMES.get(unaccented(first)) or ""


def _full_key(mention: NameMention) -> str:
    return " ".join(key_of(word) for word in mention.words)


def _surname(keys: tuple[str, ...]) -> str:
    return keys[-2] if keys[-1] in SUFFIXES and len(keys) > 2 else keys[-1]


def _compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two full names of one surname can be one person's: same first name, or its initial."""
    a, b = one[0], other[0]
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    shorter, longer = sorted((one[:-1], other[:-1]), key=len)
    return set(shorter) <= set(longer)
