"""The made-up reports that search is measured on: any number of them, the same ones at every call."""

import random
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate

from tests.bench.made_up import FIRST, vocabulary
from tests.bench.report import Report, Writing

OUTLETS = 200
RANKS = ["", "", "General", "Colonel", "Mayor", "Minister", "Judge"]
BODIES = ["Committee", "Council", "Commission", "Agency", "Authority"]


def outlet_name(number: int) -> str:
    return f"Outlet {number}"


class Collection:
    """`size` reports with the people and organisations named in them, of whom there are more in a larger one.

    `name` leads the reports' import ids; collections of different names hold different reports.
    """

    def __init__(self, size: int, name: str = "bench"):
        self.size, self.name = size, name
        self.people = max(size // 2, 24)
        self.organisations = max(size // 200, 10)
        self._surnames = -(-self.people // len(FIRST))
        self._likely = [
            list(accumulate(1 / rank for rank in range(1, count + 1)))
            for count in (self.people, self.organisations, OUTLETS)
        ]

    def full_name(self, person: int) -> str:
        return f"{FIRST[person // self._surnames]} {self.surname(person)}"

    def surname(self, person: int) -> str:
        return vocabulary()[person % self._surnames].capitalize() + "ov"

    def rank(self, person: int) -> str:
        return RANKS[person % len(RANKS)]

    def organisation_name(self, organisation: int) -> str:
        word = vocabulary()[organisation // len(BODIES)].capitalize()
        return f"{word} {BODIES[organisation % len(BODIES)]}"

    def reports(self) -> Iterator[Report]:
        chance = random.Random(f"2018 {self.name}")  # noqa: S311 - reports, not secrets
        for number in range(self.size):
            yield Writing(self, chance, number).report

    def records(self) -> Iterator[dict]:
        """The reports as lines of a file to import."""
        for report in self.reports():
            day = report.published[0].isoformat() if report.published else ""
            yield {
                "id": f"{self.name}-{report.number}",
                "title": report.title,
                "body": report.text,
                "date": day,
                "source": outlet_name(report.outlet),
            }

    def some(self, chance: random.Random, of: int) -> int:
        """One of the people (0), the organisations (1) or the outlets (2), by Zipf's law."""
        likely = self._likely[of]
        return bisect(likely, chance.random() * likely[-1], 0, len(likely) - 1)
