"""One made-up report: its text, and where in it somebody is quoted and named."""

import calendar
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.bench.made_up import CUES, urn

if TYPE_CHECKING:
    from tests.bench.collection import Collection

FIRST_DAY = date(1990, 1, 1)
DAYS = 30 * 365 + 7  # thirty years
MEDIAN, SPREAD = 300, 0.5  # words of a report: the logarithm of their number is normal
SHORTEST, LONGEST = 60, 3000
UNDATED, MONTHS = 0.02, 0.05  # of the reports

Span = tuple[int, int]


@dataclass(slots=True)
class Quoted:
    """One quotation of a report, its places as an import finds them; the speaker is a person or an organisation."""

    start: int
    end: int
    kind: str
    speaker: Span
    cue: Span
    chain: list[Span]
    person: int | None = None
    organisation: int | None = None
    role: str = ""


@dataclass(slots=True)
class Report:
    """One report, with everything that is named in it. People, organisations and outlets are numbers from 0."""

    number: int
    title: str
    outlet: int
    published: tuple[date, date] | None
    text: str = ""
    quotes: list[Quoted] = field(default_factory=list)
    mentions: list[tuple[int, Span]] = field(default_factory=list)
    organisation_mentions: list[tuple[int, Span]] = field(default_factory=list)


class Writing:
    """One report on its way: paragraphs of quotation among paragraphs without, as an agency writes."""

    def __init__(self, collection: "Collection", chance: random.Random, number: int):
        self._collection, self._chance = collection, chance
        self._parts: list[str] = []
        self._at = 0
        self._introduced: dict[int, Span] = {}
        self._bodies: dict[int, Span] = {}
        words = min(max(int(chance.lognormvariate(0, SPREAD) * MEDIAN), SHORTEST), LONGEST)
        quotations = chance.randint(3, 5)
        title = " ".join(chance.choices(urn(), k=chance.randint(5, 10))).capitalize()
        self.report = Report(number, title, collection.some(chance, 2), _published(chance))
        people = [collection.some(chance, 0) for _ in range(chance.randint(1, 3))]
        narrated = max(words - 16 * quotations, 10) // (quotations + 1)
        self._narrate(narrated)
        for _ in range(quotations):
            self._write("\n\n")
            match chance.random():
                case low if low < 0.15 and self.report.quotes:
                    self._report_speech(chance.choice(people))
                case low if low < 0.3:
                    self._quote_body(collection.some(chance, 1))
                case _:
                    self._quote_person(chance.choice(people))
            self._write("\n\n")
            self._narrate(narrated)
        self.report.text = "".join(self._parts)

    def _write(self, text: str) -> Span:
        start = self._at
        self._parts.append(text)
        self._at += len(text)
        return start, self._at

    def _words(self, fewest: int, most: int) -> str:
        return " ".join(self._chance.choices(urn(), k=self._chance.randint(fewest, most)))

    def _narrate(self, count: int) -> None:
        """Sentences of `count` words in all; in one of three somebody is met who says nothing."""
        words = self._chance.choices(urn(), k=count)
        sentences = [" ".join(words[at : at + 16]).capitalize() + "." for at in range(0, count, 16)]
        self._write(" ".join(sentences))
        if self._chance.random() < 0.3:
            person = self._collection.some(self._chance, 0)
            self._write(" ")
            name = self._write(self._collection.full_name(person))
            self.report.mentions.append((person, name))
            self._introduced.setdefault(person, name)
            self._write(f" met {words[0]}.")

    def _quote_person(self, person: int) -> None:
        quoted = self._quotation()
        speaker, chain, role = self._person(person)
        self._write(" ")
        cue = self._write(self._chance.choice(CUES).split()[0])
        self._write(".")
        self.report.quotes.append(Quoted(*quoted, "direct", speaker, cue, chain, person=person, role=role))

    def _quote_body(self, organisation: int) -> None:
        quoted = self._quotation()
        start = self._write("the ")[0]
        name = self._write(self._collection.organisation_name(organisation))
        self.report.organisation_mentions.append((organisation, name))
        speaker = (start, name[1])
        first = self._bodies.setdefault(organisation, speaker)
        chain = [speaker] if first == speaker else [speaker, first]
        self._write(" ")
        cue = self._write("said")
        self._write(" in a statement.")
        self.report.quotes.append(Quoted(*quoted, "direct", speaker, cue, chain, organisation=organisation))

    def _report_speech(self, person: int) -> None:
        speaker, chain, role = self._person(person)
        self._write(" ")
        cue = self._write("said")
        self._write(" that ")
        words = self._write(self._words(8, 20))
        self._write(".")
        self.report.quotes.append(Quoted(*words, "reported", speaker, cue, chain, person=person, role=role))

    def _quotation(self) -> Span:
        span = self._write(f"“{self._words(8, 24).capitalize()}”")
        self._write(", ")
        return span

    def _person(self, person: int) -> tuple[Span, list[Span], str]:
        """Names somebody, with rank and full name the first time: where, the way to the fullest name, and the rank."""
        first = self._introduced.get(person)
        if first:
            name = self._write(self._collection.surname(person))
            self.report.mentions.append((person, name))
            return name, [name, first], ""
        role = self._collection.rank(person)
        start = self._write(f"{role} ")[0] if role else self._at
        name = self._write(self._collection.full_name(person))
        self.report.mentions.append((person, name))
        self._introduced[person] = start, name[1]
        return self._introduced[person], [self._introduced[person]], role


def _published(chance: random.Random) -> tuple[date, date] | None:
    lot = chance.random()
    day = FIRST_DAY + timedelta(chance.randrange(DAYS))
    if lot < UNDATED:
        return None
    if lot < UNDATED + MONTHS:
        last = calendar.monthrange(day.year, day.month)[1]
        return day.replace(day=1), day.replace(day=last)
    return day, day
