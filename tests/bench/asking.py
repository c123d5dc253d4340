"""Puts the questions to the archive and its peers in turn, and takes the time."""

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import ceil

from django.test import Client
from django.urls import Resolver404, resolve

from tests.bench.peers import MOST_SECONDS, Peer
from tests.bench.questions import Question

PATIENCE = 60.0  # seconds that one is asked the questions of a class; those that are left then are not put to it

PAGE, API = "page", "API"
BARE = "a bare answer"  # of the same site, beside which its pages are measured
API_ADDRESS = "/api/v1/search"
A_RESULT = re.compile(rb"/reports/\d+")


@dataclass(slots=True)
class Times:
    """The milliseconds of one who was asked the questions of one class, and how many reports it found each time."""

    milliseconds: list[float] = field(default_factory=list)
    found: list[int] = field(default_factory=list)

    def percentile(self, percent: int) -> float:
        """By nearest rank: a time that was measured."""
        ordered = sorted(self.milliseconds)
        return ordered[max(ceil(len(ordered) * percent / 100), 1) - 1]

    @property
    def empty(self) -> int:
        return sum(not number for number in self.found)


class Pages:
    """The whole way of a request through the archive, all but the socket: middleware, search, database, templates."""

    def __init__(self, address: str):
        self._address = address
        self._client = Client(headers={"host": "localhost"})

    def ask(self, question: Question) -> int:
        """Returns how many addresses of reports are on the page."""
        response = self._client.get(self._address + question.address_query())
        if response.status_code != 200:
            raise RuntimeError(f"{self._address}{question.address_query()} answers {response.status_code}")
        return len(A_RESULT.findall(response.content))


def all_asked(peers: Iterable[Peer]) -> dict[str, Callable[[Question], int]]:
    """Who is asked, by name: the archive's page, its API where it has one, and the peers."""
    asked: dict[str, Callable[[Question], int]] = {PAGE: Pages("/search/").ask}
    try:
        resolve(API_ADDRESS)
    except Resolver404:
        pass
    else:
        asked[API] = Pages(API_ADDRESS).ask
    return asked | {peer.name: peer.ask for peer in peers}


def ask_class(questions: list[Question], asked: dict[str, Callable[[Question], int]]) -> dict[str, Times]:
    """The times of each who is asked, one question after the other to all of them, each once: the archive remembers
    what it counted in a commit of the index, and a reader who asks first is to be measured.

    A question that takes too long counts as the longest time there is.
    """
    times = {name: Times() for name in asked}
    for question in questions:
        for name, ask in asked.items():
            if sum(times[name].milliseconds) > PATIENCE * 1000:
                continue
            began = time.perf_counter()
            try:
                found = ask(question)
                seconds = time.perf_counter() - began
            except TimeoutError:
                found, seconds = 0, float(MOST_SECONDS)
            times[name].milliseconds.append(seconds * 1000)
            times[name].found.append(found)
    return times
