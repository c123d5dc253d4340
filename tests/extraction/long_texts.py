"""Long texts that would take for ever if anything in the extraction grew faster than the text."""

import itertools
from collections.abc import Callable, Iterator

RUNS = [
    '"', "'", "“", "”", "«", '"a ', '"a," ', "'a ", "“a", ".", ",", ", ", " ", "\n", "al-", "’s", "A", "A ", "A. ",
    "(Rosa ", "Rosa ", "Rosa, ", "Rosa-", "Gen. ", "GENERAL ROSA LIND ", "police ", "said ", "he said ", "that ",
    "according to ", "the general said ", "the ministry said that ", "Rosa Lind said that police said that ",
    "who, who, ", "‘Go on ", "the head of ", "van ", "the general of the army, ", "“Go on\n\n", "Xaver Quelq said. ",
    '"We go," he said. ', '"We go," the general said. ', 'Rosa Lind, the general, said "no way at all" and ',
    '"We go," said Rosa Lind.\n\n', "Rosa Lind has not said that the army would go. ",
    'He issued a statement saying "we go". ', 'His statement. He said "we go". ', "a statement issued ",
]  # fmt: skip
SYLLABLES = ["".join(pair) for pair in itertools.product("bdfgklmnprstvz", ("a", "e", "i", "o", "u", "an", "er", "in"))]


def words() -> Iterator[str]:
    """Made-up words, each once."""
    return ("".join(three) for three in itertools.product(SYLLABLES, repeat=3))


def _runs(piece: str) -> Callable[[int], str]:
    return lambda length: (piece * (length // len(piece) + 1))[:length]


def _each(sentence: str, and_then: str = "") -> Callable[[int], str]:
    """Sentences with a new word in each, and as many of another kind after them, with the same words."""

    def write(length: int) -> str:
        count = length // (len(sentence) + len(and_then) + 6)
        first, second = (
            [one.replace("X", word.capitalize()) for word in itertools.islice(words(), count)]
            for one in (sentence, and_then)
        )
        return "".join(first + second)

    return write


LONG: dict[str, Callable[[int], str]] = {repr(piece): _runs(piece) for piece in RUNS} | {
    "many of one first name": _each("Rosa X said no. "),
    "many of one first name, then their surnames": _each("Rosa X said no. ", "“No”, X said. "),
    "many of one surname": _each("General X Lind said no. "),
    "many of one surname, then the surname": _each("X Lind said no. ", "“No”, Lind said. "),
    "many generals, then the general": _each("General X Xov said no. ", "“No”, the general said. "),
    "many men, then he": _each("General John X said no. ", "“No”, he said. "),
    "many that begin alike, then misspelt": _each("Rosa Bab-X said no. Rosa BabX said. ", "“No”, BabXo said. "),
    "many roles of one": _each("The X general Rosa Lind said no. "),
    "many middle names of one": _each("Rosa X Lind said no. "),
    "many bodies": _each("The X ministry said that the X army would go. ", "The ministry said no. "),
}
"""What fills each text, and how to write it of a given length in characters, or nearly."""
