"""Tells speech from other things in quote marks, and whole utterances from quoted stretches."""

from __future__ import annotations

from collections.abc import Sequence

from archive.extraction.attribution import DESCRIBING_REACH, Attribution
from archive.extraction.context import Context
from archive.extraction.cues import is_cue, is_passive
from archive.extraction.phrases import DETERMINERS
from archive.extraction.records import QuoteKind
from archive.extraction.tokens import Sign
from archive.extraction.vocabulary import DESCRIBING_CUES, PREPOSITIONS, WORKS, word_list

GUESSED_RULES = frozenset({"none", "subject", "last-speaker", "sentence-before", "continuation"})
# Whatever stands in their clause was said.
REPORTING = frozenset(["said", "says", "say", "saying", "told", "added", "adding", "stated", "according"])
TERMS = word_list("terms")
NAMING = frozenset(["called", "named", "dubbed", "nicknamed"])
# Right before a quoted name these are no verbs of speech: "a programme dubbed "Dawn"".
ONLY_NAMING = NAMING - {"called"}
WORDS = frozenset(["word", "words", "term", "terms", "phrase"])
USING = frozenset(["use", "used", "uses", "using"])
WRITING = frozenset(["wrote", "writes", "write", "writing", "written", "read", "reads", "reading", "posted"])
KNOWN_AS = frozenset(["known", "identified", "billed"])
WRITTEN_ON = frozenset(
    ["sign", "signs", "placard", "placards", "banner", "banners", "poster", "posters", "sticker", "stickers"]
    + ["shirt", "shirts", "t-shirt", "t-shirts", "billboard", "billboards", "plaque", "label", "labels"]
)
READING = frozenset(["reading", "read", "reads", "saying", "said", "says"])
TOLD_REACH = 20
WRITTEN_REACH = 2  # "that", "which"
NO_EVIDENCE = Attribution("none")
SHORT = 3
FRAGMENT = 5
TITLE_LENGTH = 8
SCARE_DISTANCE = 12


def find_speech(context: Context, found: Sequence[Attribution], sources: Sequence[int]) -> list[bool]:
    """Tell of each quoted stretch whether it is somebody's words, not a name, a title, a nickname or a scare quote.

    `sources` holds, for each, the quotation whose evidence names its speaker.
    """
    spoken: list[bool] = []
    written = False
    for quotation, (one, source) in enumerate(zip(found, sources, strict=True)):
        listed = _listed(context, quotation)
        title = listed and not spoken[-1] and _may_be_title(context.inner(quotation).split())
        evidence = one if one.rule == "echo" or found[source].phrase is not None else NO_EVIDENCE
        written = evidence is NO_EVIDENCE and (_written(context, context.position[quotation]) or (listed and written))
        spoken.append(not written and not title and _is_speech(context, quotation, evidence))
    return spoken


def _written(context: Context, at: int) -> bool:
    """`signs reading "…"`, `a banner that read "…"`: written on a thing."""
    verb = at - 1 - (context.sign(at - 1) in (Sign.COMMA, Sign.COLON))
    if context.lower(verb) not in READING:
        return False
    return any(context.lower(before) in WRITTEN_ON for before in range(verb - 1, max(0, verb - WRITTEN_REACH) - 1, -1))


def _listed(context: Context, quotation: int) -> bool:
    """Tell whether no more than a comma or "and" stands between a quoted stretch and the one before it."""
    if quotation == 0:
        return False
    between = range(context.position[quotation - 1] + 1, context.position[quotation])
    return all(context.sign(at) is Sign.COMMA or context.lower(at) in ("and", "or") for at in between)


def _may_be_title(words: list[str]) -> bool:
    return len(words) == 1 or _all_titled(words)


def _is_speech(context: Context, quotation: int, found: Attribution) -> bool:
    inner = context.inner(quotation)
    words = inner.split()
    if not any(character.isalpha() for character in inner):
        return False
    at = context.position[quotation]
    if context.sign(at - 1) is Sign.OTHER and context.tokens[at - 1].text == "=":
        return False  # what is left of a page's markup: `author="…"`
    if _governed_by_verb(context, at, found):
        return True
    if _nickname(context, at, words) or _names_thing(context, at, words, found):
        return False
    shown = at < context.headline and found.rule not in GUESSED_RULES  # every word of a headline is a title's
    if not shown and _titled(context, at, inner, words, found):
        return False
    if found.rule in GUESSED_RULES | {"echo"} and _all_titled(words):
        return False
    if found.rule in ("none", "subject") and _told(context, at):
        found = Attribution("cue-before-far")
    guessed = found.rule == "none" or (found.rule == "subject" and not _viewed_as(context, at))
    if guessed and len(words) <= SHORT and not context.opens_sentence(at):
        return False
    if inner[-1:] in ".?!,":
        return True
    if found.rule in GUESSED_RULES and len(words) <= SHORT:
        return False
    if found.rule in ("none", "subject") and len(words) <= FRAGMENT and not context.opens_sentence(at):
        return False
    return len(words) > 2 or _short_words(context, at, words, found)


def _viewed_as(context: Context, at: int) -> bool:
    """`dismissed the claim as "a fabrication."`, `admires him as a "strong leader,"`."""
    return context.lower(at - 1 - (context.lower(at - 1) in ("a", "an", "the"))) == "as"


def _told(context: Context, at: int) -> bool:
    """Tell whether a verb of speech stands before a quoted stretch in its sentence, though its subject is not known."""
    if context.opens_sentence(at):
        return False
    floor = max(context.sentence_start(at), at - TOLD_REACH)
    return any(
        is_cue(context, verb, describing=at - verb <= DESCRIBING_REACH) for verb in context.verbs_between(floor, at)
    )


def _governed_by_verb(context: Context, at: int, found: Attribution) -> bool:
    """Tell whether a verb of speech stands right before a quoted stretch: `shouting "Long Live"`."""
    if not is_cue(context, at - 1, describing=False) or context.lower(at - 1) in NAMING:
        return False
    if context.lower(at - 1) in WRITING and _all_titled(context.inner(context.tokens[at].quotation).split()):
        return False  # `wrote "The Long Road Home"`
    return found.phrase is not None or context.lower(at - 1) in REPORTING


def _short_words(context: Context, at: int, words: list[str], found: Attribution) -> bool:
    """Tell whether one or two quoted words are the speaker's: where a verb of speech governs them, and no set term."""
    if " ".join(words).lower() in TERMS:
        return False
    if found.cue is not None and context.lower(found.cue) in REPORTING:
        return True
    if found.rule == "cue-inside" or (found.rule == "cue-before-far" and _far(context, at, found)):
        return False
    return len(words) > 1 or context.lower(at - 1) not in DETERMINERS or _described(context, found)


def _far(context: Context, at: int, found: Attribution) -> bool:
    return found.cue is not None and at - found.cue > SCARE_DISTANCE


def _titled(context: Context, at: int, inner: str, words: list[str], found: Attribution) -> bool:
    """Tell whether a stretch inside a sentence is written as titles and names are: `the "Al-Noor Brigade"`."""
    if inner[-1:] == "," and (context.sign(at - 1) is Sign.POSSESSIVE or context.lower(at - 1) in PREPOSITIONS):
        words, inner = [*words[:-1], words[-1][:-1]], inner[:-1]  # `on the station's "Face the Valley," Lind said`
    if inner[-1:] in "?!," or len(words) > TITLE_LENGTH or not any(character.islower() for character in inner):
        return False
    if context.opens_sentence(at) or context.sign(at - 1) in (Sign.COMMA, Sign.COLON):
        return False
    if inner[-1:] == "." and (len(words) < SHORT or found.cue == at - 1):
        return False
    return _all_titled([*words[:-1], words[-1].rstrip(".")])


def _written_as_title(words: list[str]) -> bool:
    return all(word[:1].isupper() for word in words if len(word) > 3)


def _all_titled(words: list[str]) -> bool:
    """Tell whether every word longer than "and" starts with a capital, as in a title."""
    long = [word for word in words if len(word) > 3 or word[:1].isupper()]
    capitals = [word[:1].isupper() or ("-" in word and word.split("-")[1][:1].isupper()) for word in long]
    if not (capitals and all(capitals)) or (len(words) > 2 and capitals == [True] and not words[0][:1].isupper()):
        return False  # "the law of God"
    return len(words) <= TITLE_LENGTH and len(words) > 1 and words[-1][-1:] not in "?!."


def _described(context: Context, found: Attribution) -> bool:
    return found.cue is not None and context.lower(found.cue) in DESCRIBING_CUES


def _nickname(context: Context, at: int, words: list[str]) -> bool:
    """`John "Jack" Smith`, but not `A "clearly marked" UN convoy`."""
    if len(words) > SHORT or at == 0 or at + 1 >= len(context.tokens) or not words[-1][:1].isupper():
        return False
    return context.tokens[at - 1].capital and context.tokens[at + 1].capital and not context.ends_sentence(at)


def _names_thing(context: Context, at: int, words: list[str], found: Attribution) -> bool:
    """`Operation "Dawn"`, `the so-called "republic"`, `known as "the Fox"`, `was called "the fever"`."""
    if len(words) <= SHORT and context.lower(at - 1) == "as" and context.lower(at - 2) in KNOWN_AS:
        return True
    if [context.lower(at - back) for back in (3, 2, 1)] == ["referred", "to", "as"] and len(words) <= SHORT:
        return found.rule != "passive-agent"
    naming = context.lower(at - 1)
    if naming in WORDS and any(context.lower(at - back) in USING for back in (2, 3, 4)):
        return len(words) <= TITLE_LENGTH  # `used the term "dawn raid"`
    if len(words) <= SHORT and (naming in ONLY_NAMING or (naming == "called" and is_passive(context, at - 1))):
        return found.rule != "passive-agent"
    if context.sign(at - 1) is Sign.COMMA and context.lower(at - 2) in WORKS:
        return _written_as_title(words)  # `in her memoir, "The Long Road,"`
    return context.lower(at - 1) in WORKS and (len(words) <= TITLE_LENGTH or _written_as_title(words))


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
