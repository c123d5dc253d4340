"""Finds the verb that introduces a quotation: which word is a verb of speech in use, and what stands around it."""

from __future__ import annotations

from archive.extraction.context import Context
from archive.extraction.phrases import DETERMINERS
from archive.extraction.tokens import Sign
from archive.extraction.vocabulary import CUES, DESCRIBING_CUES, PREPOSITIONS, word_list

AUXILIARIES = word_list("auxiliaries")
NOUN_LIKE = word_list("noun_like_cues")
MODALS = frozenset({"to", "will", "would", "can", "could", "should", "must", "may", "might", "not"})
RECIPIENTS = word_list("recipients")
HEARERS = frozenset(["him", "her", "them", "us", "me", "you", "the"])
TRYING = frozenset(["tried", "sought", "went", "continued", "continues", "began", "moved", "managed"])
PLAIN_SPEECH = frozenset({"say", "tell", "add", "call"})
PARTICIPLES = frozenset(["told", "known", "understood", "said", "seen", "heard", "felt", "written", "found"])
BEING = frozenset(["is", "are", "was", "were", "be", "been", "being", "get", "got"])
# "was quoted as saying": who is quoted is who speaks.
QUOTED = frozenset(["quoted", "cited"])


def is_cue(context: Context, at: int, describing: bool = True) -> bool:
    """Tell whether token `at` is a verb of speech in use as a verb."""
    if context.sign(at) is not Sign.WORD:
        return False
    token = context.tokens[at]
    if token.lower not in CUES and not (describing and token.lower in DESCRIBING_CUES):
        return False
    if token.text[0].isupper() and not context.opens_sentence(at) and not token.text.isupper():
        run = context.phrase_at(at)  # "Envoy Warns Council" is read as one name
        if at >= context.headline or (run is not None and run.first < at):
            return False
    if is_passive(context, at):
        return False
    if token.lower == "tell" and context.lower(at - 1) in MODALS and not _tells_somebody(context, at):
        return False  # "it would tell a story"
    if token.lower not in PLAIN_SPEECH and context.lower(at - 1) in MODALS and not token.lower.endswith("ed"):
        tried = context.lower(at - 1) == "to" and context.lower(at - 2) in TRYING
        if not tried:
            return False  # "will report to a court" is no speech
    if token.lower in NOUN_LIKE:
        before = context.lower(at - 1)
        if before in DETERMINERS or before in PREPOSITIONS - {"to"} or context.sign(at - 1) is Sign.POSSESSIVE:
            return False
        if before.endswith(("ed", "ing")) and context.phrase_at(at - 1) is None:
            return False  # "raised questions", "showering praise"
        phrase = context.phrase_at(at)
        return phrase is None or (at < context.headline and phrase.first == at)
    return True


def _tells_somebody(context: Context, at: int) -> bool:
    following = context.tokens[at + 1] if at + 1 < len(context.tokens) else None
    return following is not None and (following.capital or following.lower in RECIPIENTS | HEARERS)


def is_passive(context: Context, at: int) -> bool:
    """Tell whether the verb at `at` says what is said of its subject: "is believed", "was widely described"."""
    lower = context.lower(at)
    if not (lower.endswith("ed") or lower in PARTICIPLES) or lower in QUOTED:
        return False
    before = at - 1
    while context.lower(before).endswith("ly") or context.lower(before) in ("not", "also", "often", "now", "once"):
        before -= 1
    return context.lower(before) in BEING


def step_over_adverbs(context: Context, at: int, step: int) -> int:
    """Move from `at` in the direction `step` over auxiliaries and adverbs."""
    while context.sign(at) is Sign.WORD and (
        context.lower(at) in AUXILIARIES or (context.lower(at).endswith("ly") and context.phrase_at(at) is None)
    ):
        at += step
    return at
