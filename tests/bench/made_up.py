"""Made-up words, and made-up texts to measure the extraction on, the same ones at every call."""

import itertools
import random
from collections.abc import Iterator
from functools import cache

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "in", "or", "un")]
FIRST = ["Anna", "Boris", "Carla", "David", "Elena", "Farid", "Greta", "Hassan", "Irina", "Jonas", "Karim", "Lena"]
CUES = ["said", "added", "told reporters", "said in a statement"]


VOCABULARY = 200_000  # different words
DRAWN = 1 << 22  # words in the urn they are drawn from: the rarest is in it once, the commonest every thirteenth time
STOPWORDS = {"before", "more", "same", "some"}  # real words that a search engine may leave out


def made_up_words(count: int) -> list[str]:
    """Words of two syllables, then of three."""
    made = itertools.chain.from_iterable(itertools.product(SYLLABLES, repeat=number) for number in (2, 3))
    words = map("".join, made)
    return list(itertools.islice((word for word in words if word not in STOPWORDS), count))


@cache
def vocabulary() -> list[str]:
    """All words, the commonest first; as in any language, those are short."""
    words = made_up_words(VOCABULARY)
    random.Random(1935).shuffle(words)  # noqa: S311 - reports, not secrets
    return sorted(words, key=len)


@cache
def urn() -> list[str]:
    """Words as often as Zipf's law has them: drawing from it is four times as fast as drawing by weights."""
    weights = list(itertools.accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    drawn: list[str] = []
    for word, weight in zip(vocabulary(), weights, strict=True):
        drawn += [word] * (round(weight / weights[-1] * DRAWN) - len(drawn))
    return drawn


def words_of_rank(chance: random.Random, commonest: int, rarest: int, count: int) -> list[str]:
    """Different words, of those from one rank to another (the commonest word has rank 1)."""
    return chance.sample(vocabulary()[commonest - 1 : rarest], count)


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
