"""Finds where the clause after a verb of speech begins and ends: "police said on Friday (that) the man was dead"."""

from __future__ import annotations

from archive.extraction.context import Context
from archive.extraction.cues import MODALS, NOUN_LIKE, RECIPIENTS, is_passive, step_over_adverbs
from archive.extraction.phrases import DETERMINERS, PhraseKind
from archive.extraction.subjects import FINITE, subject_before
from archive.extraction.tokens import Sign
from archive.extraction.vocabulary import CUES, DESCRIBING_CUES, PREPOSITIONS, is_role, word_list

CLAUSE_CUES = word_list("cues_with_clause")
TELLING = frozenset(
    ["tell", "tells", "told", "telling", "inform", "informed", "informs", "remind", "reminded", "assured"]
)
ANY_CUE = CUES | DESCRIBING_CUES | CLAUSE_CUES
# Said of words, whatever follows; the others may as well take a noun ("reported 12 deaths") and must show a verb.
SURE = TELLING | frozenset(["say", "says", "said", "saying", "adding"])
SAID = frozenset(["said", "says", "say", "told", "reported", "added", "announced"])
JOINING = frozenset(["while", "and", "as", "but", "although", "whereas", "when"])
DENIALS = frozenset(["deny", "denies", "denied", "denying"])
WHEN = word_list("times")
CHANNELS = word_list("channels")
OPENERS_REFUSED = word_list("no_clause_openers")
# Before a subject, these make "what he said" a part of somebody else's sentence.
RELATIVES = frozenset(["what", "which", "that", "who", "whom", "whose"])
ENDS = (Sign.STOP, Sign.BREAK, Sign.SEMICOLON, Sign.COLON)
SHORTEST = 3  # words
LONGEST_SOURCE = 24  # tokens
LONGEST = 110  # tokens
VERB_REACH = 18  # tokens
SKIPPED_AT_MOST = 14  # tokens
DENIED_WITHIN = 9  # tokens
CUES_LOOKED_AT = 6  # verbs of speech in one clause


def tells(context: Context, cue: int) -> bool:
    """Tell whether token `cue` is a verb of speech in use, of something that was said."""
    token = context.tokens[cue]
    if token.sign is not Sign.WORD or token.lower not in ANY_CUE:
        return False
    if token.text[0].isupper() and not context.opens_sentence(cue) and not token.text.isupper():
        return False
    if is_passive(context, cue) or context.lower(cue - 1) == "worth":
        return False
    before = context.lower(step_over_adverbs(context, cue - 1, -1))
    if before in MODALS and before != "not":
        return False
    if context.lower(cue - 1) in MODALS - {"not"}:
        return False
    if token.lower in NOUN_LIKE:
        if before in DETERMINERS or before in PREPOSITIONS or context.sign(cue - 1) is Sign.POSSESSIVE:
            return False
        if context.lower(cue - 1).endswith("ed") and context.phrase_at(cue - 1) is None:
            return False  # "rejected claims that"
        return context.phrase_at(cue) is None
    return True


def clause_after(context: Context, cue: int, floor: int) -> tuple[int, int] | None:
    """Return the clause of "police said (on Friday) (that) the man was dead"."""
    lower = context.lower(cue)
    at, that = _skip_to_clause(context, cue)
    if at is None or (not that and lower not in CLAUSE_CUES):
        return None
    opener = context.lower(at)
    if context.sign(at) not in (Sign.WORD, Sign.OTHER) or (not that and opener in OPENERS_REFUSED):
        return None
    if opener in ("whether", "if") and context.lower(cue) not in DENIALS:
        return None
    relative = _in_relative(context, cue, floor)
    if opener in FINITE and not that and not relative:
        return None
    last = clause_end(context, at)
    if last is not None and opener in FINITE and not that:
        # "what police said was a bomb, then fled": only the relative clause is theirs
        last = next((k for k in range(at + 1, last) if context.sign(k) is Sign.COMMA), last)
    if last is not None:
        last = _before_next_source(context, at, last)
    if last is None or _is_name(context, at, last) or word_count(context, at, last) < SHORTEST:
        return None
    if not that and not relative and lower not in SURE and not has_verb(context, at, last):
        return None
    if not that and lower in DENIALS and not _is_denied(context, at, last):
        return None
    return at, last


def _is_denied(context: Context, first: int, last: int) -> bool:
    """Tell whether a whole clause is denied, no noun or deed: "denied the army was there", not "denied all claims"."""
    for at in range(first, min(last, first + DENIED_WITHIN)):
        word = context.lower(at)
        if word in NOUN_LIKE or word.endswith("ing") or word in ("allegations", "accusations", "as", "any", "all"):
            return False
        if word in FINITE and at > first:
            return True
    return False


def _in_relative(context: Context, cue: int, floor: int) -> bool:
    """Tell whether the verb stands in "what police said was a bomb"."""
    phrase = context.phrase_at(step_over_adverbs(context, cue - 1, -1))
    return (
        phrase is not None
        and phrase.first > floor
        and (context.lower(phrase.first - 1) in RELATIVES or context.sign(phrase.first - 1) is Sign.WORD)
    )


def _skip_to_clause(context: Context, cue: int) -> tuple[int | None, bool]:
    """Step over recipient, time and channel ("told AFP on Friday in a statement"); tell whether "that" was met."""
    at = cue + 1
    limit = min(len(context.tokens), cue + SKIPPED_AT_MOST)
    if context.lower(cue) in TELLING:
        at = after_recipient(context, at)
    while at < limit:
        word, sign = context.lower(at), context.sign(at)
        if word == "that" and _opens_clause(context, at):
            return at + 1, True
        if sign is Sign.COMMA:
            following = _that_after(context, at, limit)
            return (following, True) if following is not None else (None, False)
        if sign is not Sign.WORD and not (sign is Sign.OTHER and context.tokens[at].text in "$€£("):
            return None, False
        if word in WHEN or (word.endswith("ly") and context.phrase_at(at) is None) or word == "also":
            at += 1
        elif word in ("in", "on", "at", "during", "via", "through", "to", "from", "after", "by"):
            after = after_adverbial(context, at, limit)
            if after is None:
                return at, False
            at = after
        else:
            return at, False
    return None, False


def _that_after(context: Context, comma: int, limit: int) -> int | None:
    """Return where the clause starts in "said, however, that", or None."""
    for at in range(comma + 1, limit):
        if context.sign(at) in ENDS or context.sign(at) is Sign.QUOTATION or context.lower(at) in CUES:
            return None
        if context.lower(at) == "that" and context.sign(at - 1) is Sign.COMMA:
            return at + 1
    return None


def _opens_clause(context: Context, at: int) -> bool:
    return context.sign(at + 1) in (Sign.WORD, Sign.OTHER, Sign.COMMA)


def after_recipient(context: Context, at: int) -> int:
    """Return the token after whom something was told to: "reporters", "the Reuters news agency", "him"."""
    phrase = context.phrase_at(at)
    if phrase is not None:
        at = phrase.last
    else:
        while context.sign(at) is Sign.WORD and (
            context.tokens[at].text[0].isupper()
            or context.lower(at) in DETERMINERS | {"him", "her", "them", "us", "me"}
        ):
            at += 1
        while context.sign(at) is Sign.WORD and context.lower(at) in RECIPIENTS:
            at += 1
    while context.sign(at) is Sign.WORD and context.lower(at) in RECIPIENTS:
        at += 1
    return at


def after_adverbial(context: Context, at: int, limit: int) -> int | None:
    """Return the token after "in a statement" or "on Friday", or None where the clause itself opens so."""
    end = at + 1
    near = next((k for k in range(end, min(limit, at + 6)) if context.lower(k) == "that"), None)
    if near is not None and all(context.sign(k) is Sign.WORD for k in range(end, near)):
        return near
    phrase = context.phrase_at(end)
    if phrase is not None and phrase.first == end:
        end = phrase.last
    else:
        while (
            end < limit
            and context.sign(end) is Sign.WORD
            and (context.lower(end) in WHEN or context.lower(end) in CHANNELS or _opens_adverbial(context, end))
        ):
            end += 1
        if end == at + 1 and context.lower(end) in DETERMINERS:
            return None
        if end == at + 1:
            that = next((k for k in range(end, limit) if context.lower(k) == "that"), None)
            return that if that is not None and all(context.sign(k) is Sign.WORD for k in range(end, that)) else None
    while context.sign(end) is Sign.WORD and context.lower(end) in CHANNELS:
        end += 1
    return end


def _opens_adverbial(context: Context, at: int) -> bool:
    """Tell whether a determiner belongs to "in a written statement" rather than to the clause: "on Monday the road"."""
    following = context.lower(at + 1)
    return context.lower(at) in DETERMINERS and (following in WHEN or following in CHANNELS)


def clause_end(context: Context, first: int) -> int | None:
    """Return the token after the clause; None where quoted words stand in it."""
    at = first
    limit = min(len(context.tokens), first + LONGEST)
    depth = 0
    while at < limit:
        sign = context.sign(at)
        if sign is Sign.QUOTATION:
            return None
        if sign in ENDS:
            break
        if sign is Sign.OTHER:
            depth += {"(": 1, ")": -1}.get(context.tokens[at].text, 0)
        if at > first + 2 and depth <= 0 and _cuts(context, at, limit):
            break
        at += 1
    while at > first and context.sign(at - 1) in (Sign.COMMA, Sign.DASH):
        at -= 1
    return at


def _before_next_source(context: Context, first: int, last: int) -> int:
    """Return the end of a clause before the next source in one sentence: "… while the Observatory said that …"."""
    for cue in context.verbs_between(first + SHORTEST, last)[:CUES_LOOKED_AT]:
        if context.lower(cue) not in SAID or not tells(context, cue):
            continue
        phrase = subject_before(context, cue, first)
        if phrase is not None and phrase.first > first + SHORTEST:
            last = _before_time(context, first, context.opening(phrase))
            while last > first and (context.sign(last - 1) is Sign.COMMA or context.lower(last - 1) in JOINING):
                last -= 1
            return last
    return last


def _before_time(context: Context, first: int, last: int) -> int:
    """Step back over "on Tuesday" of "…, and on Tuesday police said", where something joins it to the clause."""
    at = last
    while at > first and (context.lower(at - 1) in WHEN or context.lower(at - 1) in ("on", "in")):
        at -= 1
    return at if context.lower(at - 1) in JOINING else last


def _is_name(context: Context, first: int, last: int) -> bool:
    """Tell whether what follows the verb is who spoke: "said spokesman John Smith on Friday"."""
    phrase = context.phrase_at(first)
    if phrase is None or phrase.kind is PhraseKind.PRONOUN or phrase.first != first or last - first > LONGEST_SOURCE:
        return False
    following = context.lower(phrase.last)
    apposed = phrase.kind is PhraseKind.NAME and context.sign(phrase.last) is Sign.COMMA
    described = apposed or following in PREPOSITIONS or following in ("a", "an", "the", "who") or is_role(following)
    return phrase.last >= last or (described and not has_verb(context, first, last))


def _cuts(context: Context, at: int, limit: int) -> bool:
    """Tell whether something that the source did not say begins at `at`."""
    word, sign = context.lower(at), context.sign(at)
    if word in ("but", "although", "though") and context.lower(at + 1) != "that":
        return True
    if word == "according" and context.lower(at + 1) == "to":
        return True
    if sign is Sign.DASH and context.tokens[at].text != "-":
        return not any(context.sign(k) is Sign.DASH for k in range(at + 1, min(limit, at + 25)))
    if word in ("quoting", "citing") and context.sign(at - 1) is Sign.COMMA:
        return True
    if word in ("saying", "insisting", "claiming", "adding", "stressing"):
        return True
    if word in CLAUSE_CUES and word.endswith("ing"):
        return context.sign(at - 1) is Sign.COMMA or context.lower(at + 1) in ("that", "the", "he", "she", "it", "they")
    if word == "and" and context.lower(at + 1) in CUES and not context.lower(at + 1).endswith("ing"):
        return True
    if sign is Sign.COMMA and context.lower(at + 1) in ("however", "though"):
        return True
    if sign is Sign.COMMA and word == ",":
        return context.lower(at + 1) in ("while", "whereas") or _attributed_after(context, at, limit)
    return False


def _attributed_after(context: Context, comma: int, limit: int) -> bool:
    """Tell whether ", X said" follows the comma."""
    phrase = context.phrase_at(comma + 1)
    if phrase is None or phrase.kind is PhraseKind.BODY and phrase.possessive:
        return False
    cue = step_over_adverbs(context, phrase.last, 1)
    return cue < limit and context.lower(cue) in ("said", "says", "say")


def word_count(context: Context, first: int, last: int) -> int:
    return sum(context.sign(at) is Sign.WORD for at in range(first, last))


def has_verb(context: Context, first: int, last: int) -> bool:
    """Tell whether a clause shows a verb of its own near its beginning."""
    for at in range(first + 1, min(last, first + VERB_REACH)):
        word = context.lower(at)
        if word in FINITE and context.lower(at - 1) not in ("who", "which", "that"):
            return True
        if word.endswith("ed") and len(word) > 4 and context.phrase_at(at) is None:
            before, after = context.lower(at - 1), context.lower(at + 1)
            if (
                before not in DETERMINERS
                and before not in PREPOSITIONS
                and (after in DETERMINERS or after in PREPOSITIONS)
            ):
                return context.lower(at - 1) not in ("who", "which")
    return False
