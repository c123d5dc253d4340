"""Measures how long anything takes that somebody may type, operators and signs in any order among common words."""

import random
import time

from django.test import Client

from tests.bench.asking import Times
from tests.bench.collection import Collection
from tests.bench.made_up import words_of_rank

QUESTIONS = 200
MOST_PIECES = 12
KINDS = ("reports", "quotes")
SIGNS = "\" “ ” - + ( ) * ~5 ~50 : ' % \\"
FIELDS = "by: title: role: about: outlet: after: before: year: nothing:"
OTHERS = "2018 2018-05 2018-13 1990 S 300 x-y é 北京 صنعاء a a* the"
PIECES = [*f"{SIGNS} {FIELDS} {OTHERS}".split(), "a" * 70, *3 * [" "], " OR ", " AND ", " NOT "]


def measure_any_words(collection: Collection) -> tuple[Times, str]:
    """The times of the pages, and what was asked when it took longest. Raises RuntimeError for an error page."""
    chance = random.Random(1833)  # noqa: S311 - questions, not secrets
    client = Client(headers={"host": "localhost"})
    times, longest = Times(), ""
    for number in range(QUESTIONS):
        common = words_of_rank(chance, 1, 60, 12)
        words = "".join(chance.choice((chance.choice(common), chance.choice(PIECES))) for _ in range(MOST_PIECES))
        began = time.perf_counter()
        response = client.get("/search/", {"q": words, "kind": KINDS[number % len(KINDS)]})
        milliseconds = (time.perf_counter() - began) * 1000
        if response.status_code != 200:
            raise RuntimeError(f"The search for {words!r} answers {response.status_code}.")
        if milliseconds > max(times.milliseconds, default=0):
            longest = words
        times.milliseconds.append(milliseconds)
    return times, longest
