"""How much of one text another has word for word: whether two reports are one that came twice, or one wire copy."""

from archive.importing.anchoring import same_words

RUN = 5  # words
SHORTEST = 20  # runs: a shorter text says too little
ALIKE = 0.8  # of the shorter text's runs that the longer one has too: nearly the same text


def runs_of(text: str) -> set[str]:
    """Each five words of the text that follow each other, without case and punctuation."""
    words = same_words(text).split()
    return {" ".join(words[place : place + RUN]) for place in range(len(words) - RUN + 1)}


def share_in_common(one: set[str], other: set[str]) -> float:
    """How much of the shorter text the other one has too."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0
