"""Joins the names of bodies in one report into organisations: "SOHR", "the Observatory" and the full name are one.

A body is an organisation of its own only where the report says which it is: "Kabul police", "the Russian defence
ministry", "Reuters". "Police" or "the ministry" alone is nobody's name; it is taken for the one body of that kind that
the report names before, if there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.extraction.names import BODY_NOUNS, ENGLISH, OUTLETS, PLACE_NOUNS, PLACE_PREPOSITIONS
from archive.extraction.phrases import DETERMINERS, Phrase, PhraseKind
from archive.extraction.records import Mention, Organisation
from archive.extraction.tokens import Sign, Token
from archive.extraction.vocabulary import (
    BODIES,
    FIRST_NAMES,
    FUNCTION_WORDS,
    NATIONALITIES,
    ORGANISATION_WORDS,
    PLACE_WORDS,
    PLACES,
    is_role,
    word_list,
)

LINKS = frozenset(["of", "for", "on", "to", "the", "de", "du", "des", "and"])
QUALIFIERS = (
    ("-based", "-led", "-backed", "-run", "-linked", "-aligned", "-affiliated", "-owned", "-controlled")
    + ("-language", "-opposition", "-made", "-held")
)  # fmt: skip
DOCUMENTS = frozenset({"statement", "letter", "email", "e-mail", "report", "memo", "post", "tweet", "release"})
SIDES = ("anti-", "pro-")
# Acronyms that say of which country or union a body is, and none by themselves beside other words.
OF_WHOM = frozenset(["us", "u.s", "u.s.", "uk", "u.k", "un", "u.n", "eu", "e.u", "uae", "usa", "tv", "state-run"])
# Heads that stand for whichever body was named last: "the group said".
ANY_BODY = frozenset(
    [
        "group",
        "agency",
        "monitor",
        "organisation",
        "organization",
        "watchdog",
        "network",
        "charity",
        "body",
        "broadcaster",
    ]
    + ["company", "outlet", "newspaper", "paper", "faction", "movement", "institution"]
)
GOVERNING = (
    (word_list("countries") - {"aleppo", "mosul"}) | word_list("capitals") | {"u.s", "us", "uk", "u.k", "usa", "uae"}
)
# Words that are the name of one body by themselves, though ordinary ones, or as short as a unit's.
PROPER_NAMES = frozenset(
    ["pentagon", "kremlin", "amnesty", "w.h.o", "un", "u.n", "eu", "e.u", "is", "rt", "daesh", "hezbollah", "hizbollah"]
    + ["reuters", "ap", "tass", "nato", "isis", "isil", "unicef", "unesco", "unhcr", "al-qaeda", "al-qaida"]
    + ["al-shabaab", "google", "microsoft", "amazon", "wikipedia"]
    + ["hizbullah", "hamas", "taliban", "fatah", "houthis", "peshmerga", "mossad", "interpol", "europol"]
)
# One of these alone names nobody, capital or not.
GENERIC = (
    BODY_NOUNS
    | PLACE_NOUNS
    | frozenset(["article", "source", "sources", "channel", "west", "east", "gmt", "ngo", "tv"])
)
ANYBODYS = frozenset(
    ["media", "channel", "national", "statement", "report", "website", "newspaper", "sources", "daily"]
)
NO_NAMES = word_list("times") | frozenset(
    ["tags", "read", "photo", "video", "related", "copyright", "published", "updated", "twitter", "facebook"]
    + ["youtube", "instagram", "unverified"]
)
LONGEST = 10  # words
BODIES_LOOKED_AT = 20  # of one kind; so many only where a text is no report
SHORTEST_ACRONYM = 3


@dataclass(slots=True)
class Body:
    """An organisation while the table is built."""

    name: str
    words: tuple[str, ...]
    """Its words that are more than links, in lower case."""
    head: str
    """The noun that says what it is: "observatory" of "Syrian Observatory for Human Rights"."""
    fullest: Mention
    """Where the fullest form stands first."""
    forms: list[str] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)


class OrganisationTable:
    """The named bodies of one report, and which of them a phrase stands for."""

    def __init__(self, text: str, tokens: Sequence[Token], phrases: Sequence[Phrase]) -> None:
        self._text = text
        self._tokens = tokens
        self.bodies: list[Body] = []
        self._by_form: dict[str, int] = {}
        self._by_word: dict[str, list[int]] = {}
        self._by_initials: dict[str, int] = {}
        self._owner: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        last: int | None = None
        covered = 0
        for phrase in phrases:
            if phrase.kind is not PhraseKind.BODY or phrase.first in self._owner:
                continue
            if phrase.first < covered and last is not None:
                self._owner[phrase.first] = last  # "Defence" of "Ministry of Defence"
                continue
            index = self._enter(phrase)
            if index is None:
                index = self._alias(phrase, last)
            if index is not None:
                self._owner[phrase.first] = last = index
                covered = self.printed_end(phrase)

    def owner(self, phrase: Phrase) -> int | None:
        """Return the index of the organisation that a phrase names, or None."""
        return self._owner.get(phrase.first)

    def printed_end(self, phrase: Phrase) -> int:
        """Return the token after the whole name that begins with `phrase`: "… for Human Rights (SOHR)"."""
        return self._ends.get(phrase.first, phrase.last)

    def record(self, index: int) -> Organisation:
        """Return the organisation with this index as a record."""
        body = self.bodies[index]
        forms = (body.name, *(form for form in body.forms if form != body.name))
        return Organisation(body.name, forms, tuple(Mention(start, end) for start, end in body.mentions))

    def _enter(self, phrase: Phrase) -> int | None:
        """Record a proper name; return None where the phrase is none."""
        tokens = self._tokens
        proper = [at for at in range(phrase.first, phrase.last) if self._proper(at)]
        if not proper:
            return None
        first = proper[0]
        if len(proper) > 2 and tokens[first].lower in PLACE_WORDS and tokens[proper[1]].lower in NATIONALITIES:
            first = proper[1]  # what a lost line break has put before it: "Aleppo Syrian Observatory"
        document = tokens[phrase.last - 1].text in DOCUMENTS  # "a Human Rights Watch report": the channel, not the body
        last = phrase.last - 1 if document else self._whole(phrase.last)
        while document and last - 1 > first and not tokens[last - 1].capital:
            last -= 1  # "an AEW press release", "a Human Rights Watch 16-page report"
        if document and (" ".join(token.lower for token in tokens[first:last]) in GOVERNING):
            return None  # "a U.S. report": by whomever
        if not document and tokens[phrase.first].lower in ("a", "an", "one", "another", "some", "several"):
            return None  # "a U.S. government agency": one of many
        itself = next((at for at in proper if self._names_itself(at)), None)
        if itself is not None and last == phrase.last:
            first, last = itself, itself + 1  # "state news agency SANA"
        first = self._after_lost_break(first, last)
        words = [token.lower for token in tokens[first:last] if token.sign is Sign.WORD]
        if len(words) > LONGEST or NO_NAMES.intersection(words) or words[0] == "watch":
            return None
        telling = [word for word in words if word not in LINKS]
        short = len(telling) == 1 and tokens[first].text.isupper() and telling[0] in self._by_initials
        if not short and not _may_name(tokens[first:last], telling):
            return None
        head = tokens[last - 1].lower if document else tokens[phrase.last - 1].lower
        index = self._known(telling, head)
        name = self._printed(first, last)
        place = Mention(tokens[phrase.first].start, tokens[last - 1].end)
        if index is None:
            index = len(self.bodies)
            self.bodies.append(Body(name, tuple(telling), head, place))
            for initials in (_initials(telling), _initials(words)):  # "MD" and "MOD"
                self._by_initials.setdefault(initials, index)
            for word in dict.fromkeys(telling):
                self._by_word.setdefault(word, []).append(index)
        elif len(telling) > len(self.bodies[index].words) and not self._in_place(phrase):
            body = self.bodies[index]
            body.name, body.words, body.fullest = name, tuple(telling), place
        self._note(index, name, first, last)
        self._ends[phrase.first] = last
        acronym = self._acronym(last)
        if acronym is not None and acronym not in self._by_form:
            self._note(index, tokens[last + 1].text, last + 1, last + 2)
            self._ends[phrase.first] = last + 3
        return index

    def _after_lost_break(self, first: int, last: int) -> int:
        """Return where the name begins where two have run together: "Syrian regime Syrian Observatory"."""
        for at in range(last - 2, first, -1):
            token = self._tokens[at]
            if (
                token.sign is Sign.WORD
                and not token.capital
                and token.lower not in LINKS
                and self._tokens[at + 1].capital
            ):
                return at + 1
        return first

    def _in_place(self, phrase: Phrase) -> bool:
        """Tell whether a place may stand before a name, the comma lost: "in Hama Human Rights Watch said"."""
        before = self._tokens[phrase.first - 1] if phrase.first else None
        return before is not None and before.lower in PLACE_PREPOSITIONS

    def _proper(self, at: int) -> bool:
        """Tell whether a token begins a name: capitalised, and not only because a sentence begins with it."""
        token = self._tokens[at]
        if token.sign is not Sign.WORD or not token.capital or token.lower in FUNCTION_WORDS | DETERMINERS:
            return False
        if token.lower.endswith(QUALIFIERS) or token.lower.startswith(SIDES):
            return False
        opens = at == 0 or self._tokens[at - 1].sign not in (Sign.WORD, Sign.COMMA, Sign.POSSESSIVE)
        return not (opens and (token.lower in BODIES or is_role(token.lower)))

    def _names_itself(self, at: int) -> bool:
        token = self._tokens[at]
        return token.lower in OUTLETS or (_is_acronym(token.text) and token.lower not in OF_WHOM)

    def _whole(self, last: int) -> int:
        """Return the token after a name that goes on: "Office" of "Office for the Coordination of …"."""
        tokens = self._tokens
        if not tokens[last - 1].capital:
            return last
        at = start = last
        while at < len(tokens) and at - start < LONGEST:
            joins = tokens[at].lower == "and" and at > start and tokens[at - 1].lower in PLACE_WORDS
            if not (joins or tokens[at].lower in LINKS - {"the", "and"}) or not tokens[at].text.islower():
                break
            link = at + 1
            if link < len(tokens) and tokens[link].lower == "the":
                link += 1
            if link >= len(tokens) or not tokens[link].capital or tokens[link].lower in FUNCTION_WORDS:
                break
            if joins and tokens[link].lower not in PLACE_WORDS | {"levant"}:
                break
            if tokens[at].lower in ("on", "to") and tokens[link].lower in NO_NAMES | FUNCTION_WORDS:
                break
            at = link
            while at < len(tokens) and tokens[at].capital and tokens[at].lower not in FUNCTION_WORDS:
                at += 1
            last = at
        return last

    def _acronym(self, at: int) -> str | None:
        """Return the acronym that stands in brackets at token `at`, in lower case."""
        tokens = self._tokens
        if at + 2 >= len(tokens) or tokens[at].text != "(" or tokens[at + 2].text != ")":
            return None
        inside = tokens[at + 1]
        return inside.lower if _is_acronym(inside.text) else None

    def _known(self, telling: Sequence[str], head: str) -> int | None:
        form = " ".join(telling)
        if form in self._by_form:
            return self._by_form[form]
        given = set(telling)
        for index in self._by_word.get(head, [])[-BODIES_LOOKED_AT:]:
            body = self.bodies[index]
            shorter, longer = sorted((given, set(body.words)), key=len)
            if body.head == head and len(shorter) > 1 and shorter <= longer:
                return index
        return self._by_initials.get(telling[0]) if len(telling) == 1 else None

    def _alias(self, phrase: Phrase, last: int | None) -> int | None:
        """Return the organisation that "the observatory", "the group" or "police" goes back to."""
        if phrase.last - phrase.first > 2 or not (phrase.definite or phrase.last - phrase.first == 1):
            return None
        if phrase.head in NATIONALITIES or phrase.head in PLACE_WORDS:
            return None
        if phrase.first and self._tokens[phrase.first - 1].sign is Sign.POSSESSIVE:
            return None  # "Russia's ministry": somebody else's
        alike = [
            index
            for index in self._by_word.get(phrase.head, [])[-BODIES_LOOKED_AT:]
            if self.bodies[index].head == phrase.head
        ]
        if len(alike) == 1 or (alike and phrase.definite):
            index = alike[0] if len(alike) == 1 else max(alike, key=lambda one: self.bodies[one].mentions[-1])
            self._note(index, self._printed(phrase.last - 1, phrase.last), phrase.last - 1, phrase.last)
            return index
        return last if phrase.definite and phrase.head in ANY_BODY else None

    def _note(self, index: int, form: str, first: int, last: int) -> None:
        body = self.bodies[index]
        if form not in body.forms:
            body.forms.append(form)
        body.mentions.append((self._tokens[first].start, self._tokens[last - 1].end))
        telling = [token.lower for token in self._tokens[first:last] if token.sign is Sign.WORD]
        self._by_form.setdefault(" ".join(word for word in telling if word not in LINKS), index)

    def _printed(self, first: int, last: int) -> str:
        return " ".join(self._text[self._tokens[first].start : self._tokens[last - 1].end].split())


def _may_name(name: Sequence[Token], telling: Sequence[str]) -> bool:
    """Tell whether words can name a body: not only a nation or a town, nor a noun with a capital, nor somebody."""
    telling = list(telling)
    if not telling or all(word in NATIONALITIES or word in DETERMINERS for word in telling):
        return False
    if telling == ["human", "rights"] or telling[0] == "war":
        return False
    if telling[-1] in ANYBODYS and all(word in NATIONALITIES or word in ("state", "tv") for word in telling[:-1]):
        return False  # "Kurdish media"
    if is_town(telling):
        return False
    if len(telling) > 1:
        like_a_person = telling[0] in FIRST_NAMES and len(telling) == 2 and telling[1] not in ENGLISH
        known = any(word in ORGANISATION_WORDS or word in BODIES or word in PLACE_WORDS for word in telling)
        return telling[0] not in FIRST_NAMES or (known and not like_a_person)
    word = telling[0]
    if word in OUTLETS or word in PROPER_NAMES or " ".join(telling) in GOVERNING:
        return True
    if word in BODIES or word in GENERIC or word in ENGLISH or is_role(word):
        return False
    return _is_acronym(name[0].text) if name[0].text.isupper() else word not in ORGANISATION_WORDS


def is_town(words: Sequence[str]) -> bool:
    """Tell whether words are a place that is no country and no capital, and so speaks for nobody."""
    return " ".join(words) in PLACES and " ".join(words) not in GOVERNING


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "").replace("-", "")
    return letters.isalpha() and letters.isupper() and len(letters) >= SHORTEST_ACRONYM


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words) if len(words) > 1 else ""
