"""Made-up reports to measure on, the same ones at every call."""

import itertools
import random
from collections.abc import Iterator

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "in", "or", "un")]
FIRST = ["Anna", "Boris", "Carla", "David", "Elena", "Farid", "Greta", "Hassan", "Irina", "Jonas", "Karim", "Lena"]
CUES = ["said", "added", "told reporters", "said in a statement"]
RANKS = ["", "", "General ", "spokeswoman ", "Colonel ", "minister "]


def made_up_words(count: int) -> list[str]:
    return ["".join(pair) for pair in itertools.islice(itertools.product(SYLLABLES, SYLLABLES), count)]


def made_up_reports(size: int):
    """`size` records of about 300 words and four quotes, the same ones at every call; words by Zipf's law."""
    chance = random.Random(2018)  # noqa: S311 - reports, not secrets
    words = made_up_words(8000)
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))
    surnames = [word.capitalize() + "ov" for word in chance.sample(words, 600)]

    def sentence(length: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=length))

    for number in range(size):
        speaker = f"{chance.choice(FIRST)} {chance.choice(surnames)}"
        paragraphs = [sentence(24).capitalize() + "." for _ in range(9)]
        paragraphs[1] = f"“{sentence(14).capitalize()}”, {chance.choice(RANKS)}{speaker} {chance.choice(CUES)}."
        for place in (3, 5, 7):
            paragraphs[place] = f"“{sentence(16).capitalize()}”, {speaker.split()[1]} {chance.choice(CUES)}."
        yield {
            "id": f"bench-{number}",
            "title": sentence(8).capitalize(),
            "body": "\n\n".join(paragraphs),
            "date": f"{1990 + number % 30}-{1 + number % 12:02}-{1 + number % 28:02}",
            "source": f"Outlet {number % 200}",
        }


TITLES = ["", "", "General", "Colonel", "Minister", "spokeswoman", "police chief", "Mayor", "Dr."]
VERBS = ["met", "visited", "left", "called", "saw", "warned", "joined", "received"]
FILLERS = [
    "the", "a", "of", "in", "on", "at", "and", "to", "from", "with", "after", "before", "near", "for", "by", "as",
    "that", "were", "was", "had", "their", "its", "several",
]  # fmt: skip
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def made_up_articles(count: int) -> Iterator[str]:
    """Texts of about 600 words as a paper prints them: eight people, some by surname or pronoun later on, two bodies,
    eight quotations in the usual forms, and four times reported speech."""
    chance = random.Random(1948)  # noqa: S311 - reports, not secrets
    words = made_up_words(4000)
    surnames = [word.capitalize() + "ov" for word in chance.sample(words, 900)]

    def phrase(length: int) -> str:
        return " ".join(chance.choice(FILLERS if chance.random() < 0.45 else words) for _ in range(length))

    for _ in range(count):
        people = [(chance.choice(FIRST), chance.choice(surnames), chance.choice(TITLES)) for _ in range(8)]
        place = chance.choice(words).capitalize()
        paragraphs = []
        for first, last, title in people:
            whole = f"{title} {first} {last}".strip()
            paragraphs += [
                chance.choice(
                    [
                        f"“{phrase(14).capitalize()}”, {whole} {chance.choice(CUES)} on {chance.choice(DAYS)}.",
                        f"{whole}, head of the {phrase(2)} council, said: “{phrase(16).capitalize()}.”",
                        f"According to {whole}, {phrase(9)} “{phrase(5)}” {phrase(4)}.",
                        f"“{phrase(8).capitalize()}”, said {whole}. “{phrase(9).capitalize()}.”",
                    ]
                ),
                f"{phrase(11).capitalize()}, {last} said, {phrase(8)}.",
                f"{phrase(9).capitalize()} in {place}: {chance.choice(people)[1]} {chance.choice(VERBS)} {phrase(5)}.",
                chance.choice(
                    [
                        f"The {place} police said that {phrase(12)}.",
                        f"He added that {phrase(10)}.",
                        f"“{phrase(10).capitalize()}”, she said.",
                        f"{phrase(14).capitalize()}.",
                    ]
                ),
            ]
        yield "\n\n".join(paragraphs)
