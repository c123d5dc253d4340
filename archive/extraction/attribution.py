"""The rules that find a quotation's speaker in the words around it, one function each."""

from __future__ import annotations

from dataclasses import dataclass

from archive.extraction.context import SENTENCE_REACH, Context
from archive.extraction.cues import is_cue, is_passive
from archive.extraction.phrases import Phrase, PhraseKind
from archive.extraction.subjects import closing_name, first_subject, subject_after, subject_before
from archive.extraction.tokens import Sign, line_end
from archive.extraction.vocabulary import CUES, PREPOSITIONS, word_list

AFTER_REACH = 45
BEFORE_REACH = 60
ADJACENT = 3
DOCUMENTS = frozenset(["tweet", "post", "statement", "letter", "report", "email", "memo"])
SAID = frozenset(["said", "says", "asked", "asks"])
REPLY_REACH = 4
REPLIES = frozenset(
    ["reply", "response", "answer", "comment", "message", "verdict", "statement", "tweet", "explanation", "advice"]
    + ["reaction", "remark", "words", "conclusion", "post", "view", "assessment"]
)
AUTHOR_REACH = 12  # "according to a tweet on Monday by Rosa Lind"
# Farther from the quotation, "called" or "want" says less than a verb of speech before it.
DESCRIBING_REACH = 8
WHEN = word_list("times") | {"on", "in", "late", "early"}
# Verbs of speech only right beside a quotation: "it continues to receive" is no speech.
ONLY_BESIDE = word_list("cues_only_beside")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A rule's finding: the phrase that names the speaker, the cue's token, or another quotation's speaker."""

    rule: str
    phrase: Phrase | None = None
    cue: int | None = None
    same_as: int | None = None
    """The quotation whose speaker this one shares."""


def _after(context: Context, quotation: int) -> tuple[int, int]:
    """Return the tokens between a quotation and the end of its sentence or the next quotation."""
    at = context.position[quotation]
    first = at + 1
    if context.sign(first) in (Sign.COMMA, Sign.DASH):
        first += 1
    limit = first
    while limit < len(context.tokens) and limit - first < AFTER_REACH:
        if context.sign(limit) in (Sign.STOP, Sign.BREAK, Sign.QUOTATION, Sign.SEMICOLON):
            break
        limit += 1
    return first, limit


def _lead(context: Context, quotation: int) -> int:
    """Return the last token before a quotation that is neither comma nor colon nor "that"."""
    at = context.position[quotation] - 1
    while context.sign(at) in (Sign.COMMA, Sign.COLON, Sign.DASH) or context.lower(at) == "that":
        at -= 1
    return at


def _sentence_floor(context: Context, at: int) -> int:
    return max(context.sentence_start(at), at - BEFORE_REACH)


def cue_lead(context: Context, quotation: int) -> Attribution | None:
    """`X said, "…"`: the verb stands right before the quotation."""
    at = context.position[quotation]
    if context.opens_sentence(at):
        return None
    cue = _lead(context, quotation)
    floor = _sentence_floor(context, at)
    if cue < floor or not is_cue(context, cue):
        return None
    phrase = subject_before(context, cue, floor)
    return Attribution("cue-before", phrase, cue) if phrase else None


def _invites_cue(context: Context, quotation: int) -> bool:
    """Tell whether a quotation is one that its cue may follow: it opens the sentence, or ends in a comma."""
    at = context.position[quotation]
    if context.opens_sentence(at) or context.sign(at - 1) is Sign.COLON:
        return True
    return (
        context.inner(quotation).rstrip(")]")[-1:] in (",", "?", "!", "-", "–", "—")
        or context.sign(at + 1) is Sign.COMMA
    )


def headline_colon(context: Context, quotation: int) -> Attribution | None:
    """`Lind: The valley "will not fall"`, a headline that opens with who says what follows."""
    phrase, at = context.phrase_at(0), context.position[quotation]
    if phrase is None or phrase.kind is not PhraseKind.NAME or context.sign(phrase.last) is not Sign.COLON:
        return None
    inside = at < line_end(context.tokens) and context.same_sentence(phrase.first, at)
    return Attribution("headline-colon", phrase) if inside else None


def inverted_cue(context: Context, quotation: int) -> Attribution | None:
    """`"…," said X`."""
    if not _invites_cue(context, quotation):
        return None
    first, limit = _after(context, quotation)
    if first >= limit or not is_cue(context, first, describing=False):
        return None
    if context.tokens[first].text[0].isupper() and not context.tokens[first].text.isupper():
        return None
    phrase = subject_after(context, first, limit)
    return Attribution("inverted-cue", phrase, first) if phrase else None


def cue_after(context: Context, quotation: int) -> Attribution | None:
    """`"…," X said`."""
    if not _invites_cue(context, quotation):
        return None
    return _cue_in_tail(context, quotation, "cue-after")


def _cue_in_tail(context: Context, quotation: int, rule: str) -> Attribution | None:
    first, limit = _after(context, quotation)
    at = context.position[quotation]
    if context.ends_sentence(at) and not _short_tag(context, first, limit):
        return _exclaimed(context, quotation, rule, first, limit)
    for cue in context.verbs_between(first, limit):
        if is_cue(context, cue, describing=False):
            phrase = _closing_name(context, cue, limit)
            phrase = phrase or (subject_before(context, cue, first) if cue > first else None)
            phrase = phrase or (subject_after(context, cue, limit) if cue == first else None)
            if phrase:
                return Attribution(rule, phrase, cue)
            if context.lower(cue).endswith("ing"):
                continue
            if rule != "cue-after" or context.lower(cue) not in SAID:
                return None
            # somebody the rules do not know said it: nobody else did, but for whom the report has it from
            return according_to(context, quotation) or Attribution("none", cue=cue)
    return None


def _exclaimed(context: Context, quotation: int, rule: str, first: int, limit: int) -> Attribution | None:
    """`"Is it over?" Rosa Lind, a lawyer in the town, asked on Friday.`: no comma tells that the sentence goes on."""
    phrase = context.phrase_at(first)
    if context.inner(quotation)[-1:] not in "?!" or phrase is None or phrase.kind is not PhraseKind.NAME:
        return None
    for cue in context.verbs_between(phrase.last + 1, limit):
        if context.sign(cue - 1) is Sign.COMMA and is_cue(context, cue, describing=False):
            after = context.lower(cue + 1)
            if any(
                context.lower(word) == "that"
                for word in range(cue + 1, limit)
                if context.sign(word - 1) is not Sign.COMMA
            ):
                return None  # "…, said on Monday that aid was coming": a sentence of its own
            adverbial = after in PREPOSITIONS or after in WHEN or after.endswith("ly") or cue + 1 == limit
            return Attribution(rule, phrase, cue) if adverbial and context.sign(phrase.last) is Sign.COMMA else None
    return None


def _closing_name(context: Context, cue: int, limit: int) -> Phrase | None:
    """Return the name of "…, said spokesman X." where it closes the sentence and no name stands before the verb."""
    if context.lower(cue) not in ("said", "says") or cue + 1 >= limit:
        return None
    before, after = context.phrase_at(cue - 1), subject_after(context, cue, limit)
    if after is None or after.kind is not PhraseKind.NAME:
        return None
    if after.last < limit and context.lower(after.last) not in WHEN:
        return None
    return None if before is not None and before.kind in (PhraseKind.NAME, PhraseKind.PRONOUN) else after


def _short_tag(context: Context, first: int, limit: int) -> bool:
    """Tell whether what follows a finished quotation is no more than its cue: `"It is over." Smith said.`"""
    if limit - first > 12 or (context.sign(limit) is Sign.QUOTATION and context.sign(limit - 1) is not Sign.COMMA):
        return False
    return any(
        is_cue(context, at, describing=False) and (at + 1 >= limit or limit - at <= 4) for at in range(first, limit)
    )


def cue_before(context: Context, quotation: int) -> Attribution | None:
    """`X said there is a "…"`: the nearest verb to the left in the sentence."""
    at = context.position[quotation]
    if context.opens_sentence(at):
        return None
    floor = _sentence_floor(context, at)
    weak: Attribution | None = None
    for cue in reversed(context.verbs_between(floor, at)):
        describing = context.lower(cue) not in CUES
        if at - cue > ADJACENT and context.lower(cue) in ONLY_BESIDE:
            continue
        passive = is_passive(context, cue) or context.sign(cue - 1) is Sign.COMMA or cue < context.headline
        if passive and context.lower(cue + 1) == "by":
            agent = subject_after(context, cue + 1, at)
            if agent is not None:
                return Attribution("passive-agent", agent, cue)
        if is_cue(context, cue) and not (weak and describing) and not _about(context, cue):
            phrase = _named_at_the_comma(context, cue, at) or subject_before(context, cue, floor)
            if phrase is None:
                continue
            found = Attribution("cue-before-far" if at - cue > ADJACENT else "cue-before", phrase, cue)
            it = describing and phrase.kind is PhraseKind.PRONOUN and phrase.head == "it"
            if not it and (not describing or at - cue <= DESCRIBING_REACH):
                return found
            weak = found
    return weak


def _about(context: Context, cue: int) -> bool:
    """Tell whether a verb ends a relative clause: "the version others are talking about is"."""
    return context.lower(cue + 1) in ("about", "of") and context.lower(cue + 2) in ("is", "are", "was", "were")


def passive_agent(context: Context, quotation: int) -> Attribution | None:
    """`was described as "…" by X`: who did it stands behind the quotation."""
    at = context.position[quotation]
    if context.lower(at + 1) != "by" or context.opens_sentence(at):
        return None
    for cue in reversed(context.verbs_between(_sentence_floor(context, at), at)):
        if is_passive(context, cue):
            phrase = subject_after(context, at + 1, min(len(context.tokens), at + AFTER_REACH))
            return Attribution("passive-agent", phrase, cue) if phrase else None
    return None


def _named_at_the_comma(context: Context, cue: int, at: int) -> Phrase | None:
    """Return the name in `…, asks X, "…"`, an inverted verb before the quotation."""
    phrase = context.phrase_at(at - 2) if context.sign(at - 1) is Sign.COMMA else None
    if phrase is None or phrase.kind is not PhraseKind.NAME or phrase.last != at - 1:
        return None
    if phrase.first in (cue, cue + 1):  # a capital verb may be read into the body before the name
        return phrase
    return None


def according_to(context: Context, quotation: int) -> Attribution | None:
    """`according to X`, on either side in the sentence."""
    at = context.position[quotation]
    for word in context.verbs_between(max(0, at - SENTENCE_REACH), at + SENTENCE_REACH):
        if context.same_sentence(word, at) and context.lower(word) == "according" and context.lower(word + 1) == "to":
            phrase = source_after(context, word)
            if phrase:
                return Attribution("according-to", phrase, word)
    return None


def source_after(context: Context, word: int) -> Phrase | None:
    """Return whom "according to" at token `word` names: "according to him", "according to the army"."""
    for by in range(word + 3, min(len(context.tokens), word + AUTHOR_REACH)):
        if context.sign(by) is not Sign.WORD:
            break
        passed_on = context.lower(by - 1).endswith("ed") or context.lower(by - 1) in ("seen", "read", "run", "sent")
        if (
            context.lower(by) == "by"
            and not passed_on
            and any(context.lower(at) in DOCUMENTS for at in range(word + 2, by))
        ):
            return subject_after(context, by, min(len(context.tokens), by + SENTENCE_REACH))
    named = context.phrase_at(word + 2)
    if named is not None and named.kind is PhraseKind.PRONOUN and named.head in ("him", "her", "them"):
        return named
    return subject_after(context, word + 1, min(len(context.tokens), word + SENTENCE_REACH))


def cue_inside(context: Context, quotation: int) -> Attribution | None:
    """`The "…" talks go on, X said`: a verb later in the sentence."""
    return _cue_in_tail(context, quotation, "cue-inside")


def lead_in_colon(context: Context, quotation: int) -> Attribution | None:
    """`X put it to the council:` and the quotation after the colon, in the same or the next paragraph."""
    at = context.position[quotation] - 1
    if context.sign(at) is Sign.BREAK:
        at -= 1
    if context.sign(at) is not Sign.COLON:
        return None
    floor = _sentence_floor(context, at)
    phrase = _whose_reply(context, floor, at) or first_subject(context, floor, at)
    about = phrase is not None and context.lower(phrase.first - 1) in ("of", "on", "about")
    if phrase and not (about and context.opens_sentence(phrase.first - 1)):  # not: `Of Lind: "…"`
        return Attribution("lead-in-colon", phrase)
    near = quotation > 0 and at - context.position[quotation - 1] < AFTER_REACH
    return Attribution("lead-in-colon", same_as=quotation - 1) if near else None


def _whose_reply(context: Context, floor: int, colon: int) -> Phrase | None:
    """Return the name in `Lind's succinct reply:`."""
    for at in range(colon - 1, max(floor, colon - REPLY_REACH), -1):
        if context.sign(at) is Sign.POSSESSIVE:
            phrase = context.phrase_at(at - 1)
            if phrase is None or phrase.kind is not PhraseKind.NAME or not context.opens_sentence(phrase.first):
                return None
            return phrase if context.lower(colon - 1) in REPLIES else None
        if context.sign(at) is not Sign.WORD:
            return None
    return None


def sentence_before(context: Context, quotation: int) -> Attribution | None:
    """`X denied it. "…"`: the subject of the sentence before, in the same paragraph."""
    at = context.position[quotation]
    if not context.opens_sentence(at) or at < 2:
        return None
    before = at - 1
    if context.sign(before) is Sign.BREAK or before < context.paragraph_start(at):
        return None
    floor = context.sentence_start(before - 1)
    phrase = _reporter(context, floor, before) or first_subject(context, floor, before)
    return Attribution("sentence-before", phrase) if phrase else None


def _reporter(context: Context, floor: int, limit: int) -> Phrase | None:
    """Return who is named as the source of a sentence without quotations: "It may be wise, said Rosa Lind."."""
    for cue in context.verbs_between(floor, limit):
        if context.lower(cue) not in ("said", "says") or not is_cue(context, cue):
            continue
        phrase = closing_name(context, cue, limit)
        if phrase is None and cue + 1 == limit:
            phrase = subject_before(context, cue, floor)
        if phrase is not None and phrase.kind is PhraseKind.NAME:
            return phrase
    return None


def reported_before(context: Context, quotation: int) -> Attribution | None:
    """`X says there are reasons.` and then a paragraph in quote marks: the subject of that report."""
    at = context.position[quotation]
    before = at - 2
    if asked_outside(context, at):
        return None
    if before < 1 or context.sign(at - 1) is not Sign.BREAK or context.sign(before) is not Sign.STOP:
        return None
    floor = max(context.sentence_start(before), before - BEFORE_REACH)
    if any(context.sign(token) is Sign.QUOTATION for token in range(floor, before)):
        return None
    for cue in context.verbs_between(floor, before):
        if is_cue(context, cue, describing=False):
            phrase = subject_before(context, cue, floor)
            if phrase and phrase.kind in (PhraseKind.NAME, PhraseKind.PRONOUN):
                return Attribution("reported-before", phrase)
    if quotation > 0 and context.position[quotation - 1] >= context.paragraph_start(before):
        return None
    phrase = first_subject(context, floor, before)
    named = phrase is not None and phrase.kind is PhraseKind.NAME
    return Attribution("reported-before", phrase) if named else None


def asked_outside(context: Context, at: int) -> bool:
    """Tell whether the paragraph before is a question that nobody is quoted with, as in an interview."""
    if context.sign(at - 1) is not Sign.BREAK or at < 2:
        return False
    return context.sign(at - 2) is Sign.STOP and context.tokens[at - 2].text.endswith("?")


def subject_of_sentence(context: Context, quotation: int) -> Attribution | None:
    """A quoted stretch in a sentence without a verb of speech: the sentence's subject, with little confidence."""
    at = context.position[quotation]
    if context.opens_sentence(at):
        return None
    floor = _sentence_floor(context, at)
    said = next((cue for cue in context.verbs_between(floor, at) if is_cue(context, cue, describing=False)), at)
    phrase = first_subject(context, floor, said)  # not the subject of what "the film says Lind …" says
    return Attribution("subject", phrase) if phrase else None
