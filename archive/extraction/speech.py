"""Tells speech from other things in quote marks, and whole utterances from quoted stretches."""

from __future__ import annotations

from archive.extraction.attribution import Attribution
from archive.extraction.context import Context
from archive.extraction.names import capitalised
from archive.extraction.phrases import DETERMINERS
from archive.extraction.records import QuoteKind
from archive.extraction.tokens import Sign
from archive.extraction.vocabulary import DESCRIBING_CUES, WORKS

GUESSED_RULES = frozenset({"none", "subject", "last-speaker", "sentence-before", "continuation"})
SHORT = 3
TITLE_LENGTH = 8
SCARE_DISTANCE = 12


def is_speech(context: Context, quotation: int, found: Attribution) -> bool:
    """Tell whether a quoted stretch is somebody's words rather than a name, a title, a nickname or a scare quote."""
    inner = context.inner(quotation)
    words = inner.split()
    if not any(character.isalpha() for character in inner):
        return False
    at = context.position[quotation]
    if _nickname(context, at, len(words)) or _names_thing(context, at, words):
        return False
    if _titled(context, at, inner, words) or (found.rule in GUESSED_RULES and _all_titled(words)):
        return False
    if len(words) <= 2 and inner[-1:] not in ".?!," and found.rule == "cue-inside":
        return False
    if (
        len(words) == 1
        and inner[-1:] not in ".?!,"
        and context.lower(at - 1) in DETERMINERS
        and not _described(context, found)
    ):
        return False
    if len(words) <= 2 and inner[-1:] not in ".?!," and found.rule == "cue-before-far" and _far(context, at, found):
        return False
    finished = inner[-1:] in ".?!,"
    return not (found.rule in GUESSED_RULES and len(words) <= SHORT and not finished)


def _far(context: Context, at: int, found: Attribution) -> bool:
    return found.cue is not None and at - found.cue > SCARE_DISTANCE


def _titled(context: Context, at: int, inner: str, words: list[str]) -> bool:
    """Tell whether a stretch inside a sentence is written as titles and names are: `the "Al-Noor Brigade"`."""
    if inner[-1:] in "?!," or len(words) > TITLE_LENGTH or not any(character.islower() for character in inner):
        return False
    if context.opens_sentence(at) or context.sign(at - 1) in (Sign.COMMA, Sign.COLON):
        return False
    return _all_titled(words)


def _all_titled(words: list[str]) -> bool:
    """Tell whether every word longer than "and" starts with a capital, as in a title."""
    long = [word for word in words if len(word) > 3 or word[:1].isupper()]
    capitals = [word[:1].isupper() or ("-" in word and word.split("-")[1][:1].isupper()) for word in long]
    return len(words) <= TITLE_LENGTH and len(words) > 1 and all(capitals) and words[-1][-1:] not in "?!."


def _described(context: Context, found: Attribution) -> bool:
    return found.cue is not None and context.lower(found.cue) in DESCRIBING_CUES


def _nickname(context: Context, at: int, length: int) -> bool:
    """`John "Jack" Smith`."""
    if length > SHORT or at == 0 or at + 1 >= len(context.tokens):
        return False
    return capitalised(context.tokens[at - 1]) and capitalised(context.tokens[at + 1]) and not context.ends_sentence(at)


def _names_thing(context: Context, at: int, words: list[str]) -> bool:
    """`Operation "Dawn"`, `the so-called "republic"`, `his book "Leaving Home"`."""
    if len(words) > TITLE_LENGTH or context.lower(at - 1) not in WORKS:
        return False
    return context.lower(at - 1) != "called" or len(words) <= 2


def kind_of(context: Context, quotation: int) -> QuoteKind:
    """Return direct for an utterance that stands on its own, mixed for a stretch inside the reporter's sentence."""
    inner = context.inner(quotation)
    first = next((character for character in inner if character.isalnum()), "a")
    if first.islower():
        return QuoteKind.MIXED
    at = context.position[quotation]
    if context.opens_sentence(at) or context.sign(at - 1) in (Sign.COMMA, Sign.COLON, Sign.QUOTATION, Sign.DASH):
        return QuoteKind.DIRECT
    return QuoteKind.DIRECT if inner[-1:] in ".?!," and len(inner.split()) > SHORT else QuoteKind.MIXED
