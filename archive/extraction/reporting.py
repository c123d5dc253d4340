"""Finds reported speech: clauses that a report gives in its own words, with the source that it names for them."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from archive.extraction.attribution import Attribution, source_after
from archive.extraction.clauses import (
    CLAUSE_CUES,
    DENIALS,
    ENDS,
    RELATIVES,
    SHORTEST,
    SKIPPED_AT_MOST,
    SURE,
    TELLING,
    WHEN,
    after_adverbial,
    after_recipient,
    clause_after,
    clause_end,
    has_verb,
    tells,
    word_count,
)
from archive.extraction.context import SENTENCE_REACH, Context
from archive.extraction.phrases import DETERMINERS, Phrase
from archive.extraction.subjects import FINITE, closing_name, first_subject, subject_after, subject_before
from archive.extraction.tokens import Sign
from archive.extraction.vocabulary import CUES, PREPOSITIONS

# Verbs of saying, of what stands before them as well; "units continued" and "he agreed" say nothing of it.
CLOSING_CUES = frozenset(word for word in CUES & CLAUSE_CUES if not word.endswith("ing"))
NEGATIONS = frozenset(["not", "never", "neither", "nor", "refused", "declined"])
UNFINISHED = RELATIVES | frozenset(
    ["as", "than", "how", "where", "when", "if", "because", "while", "until", "like", "of"]
)
LONGEST_APPOSITION = 8  # tokens after its noun


@dataclass(frozen=True, slots=True)
class Report:
    """A clause [first, last) of tokens that somebody is reported to have said, and the evidence for that."""

    first: int
    last: int
    attribution: Attribution
    phrase: Phrase
    negated: bool


def find_reports(context: Context, taken: Container[int] = frozenset()) -> list[Report]:
    """Return the clauses in order; none holds quoted words, and no two share a token.

    `taken` holds the verbs that introduce a quotation: what they introduce is told already.
    """
    found: list[Report] = []
    for cue in context.verbs_between(0, len(context.tokens)):
        if cue in taken:
            continue
        report = _according(context, cue) if context.lower(cue) == "according" else _reported(context, cue)
        if report is not None:
            found.append(report)
    found.sort(key=lambda report: (report.first, -report.last))
    apart: list[Report] = []
    for report in found:
        if apart and report.first < apart[-1].last:
            continue
        if not (apart and _again(context, apart[-1], report)):
            apart.append(report)
    return apart


def _again(context: Context, one: Report, other: Report) -> bool:
    """Tell whether a headline's words stand again as the first line, as pages have it: that is one report."""
    words = [[context.lower(at) for at in range(report.first, report.last)] for report in (one, other)]
    return words[0] == words[1] and context.paragraph_start(one.first) == 0


def _reported(context: Context, cue: int) -> Report | None:
    if not tells(context, cue):
        return None
    floor = max(context.sentence_start(cue), cue - SENTENCE_REACH)
    clause = clause_after(context, cue, floor)
    phrase = _subject(context, cue, floor) if clause is not None else None
    rule = "reported-after"
    if clause is None or phrase is None:
        found = _clause_before(context, cue, floor)
        if found is None:
            return None
        (first, last, phrase), rule = found, "reported-sentence"
        clause = (first, last)
    denied, negated = context.lower(cue) in DENIALS, _negated(context, cue)
    if phrase.head in ("i", "we", "who") or (denied and negated):
        return None  # "has not denied that …" tells nothing
    return Report(*clause, Attribution(rule, phrase, cue), phrase, denied or negated)


def _subject(context: Context, cue: int, floor: int) -> Phrase | None:
    phrase = subject_before(context, cue, floor)
    if phrase is None and context.lower(cue).endswith("ing"):
        phrase = first_subject(context, floor, cue)
    return phrase


def _negated(context: Context, cue: int) -> bool:
    """Tell whether a word right before a verb negates it: "did not say"."""
    return any(
        context.sign(at) is Sign.WORD and (context.lower(at) in NEGATIONS or context.lower(at).endswith("n't"))
        for at in range(max(0, cue - 3), cue)
    )


def _clause_before(context: Context, cue: int, floor: int) -> tuple[int, int, Phrase] | None:
    """Return the clause and its source of "The man was dead, police said." and "…, said police."."""
    if context.lower(cue) not in CLOSING_CUES:
        return None
    inverted = closing_name(context, cue, min(len(context.tokens), cue + SENTENCE_REACH))
    phrase = None if inverted is not None else subject_before(context, cue, floor)
    if phrase is not None and phrase.first > floor and _abuts(context, phrase, cue):
        last = context.opening(phrase)
    elif context.sign(cue - 1) is Sign.COMMA or context.lower(cue) in ("said", "says"):
        phrase, last = subject_after(context, cue, min(len(context.tokens), cue + SENTENCE_REACH)), cue
    else:
        return None
    if phrase is None or last <= floor or not _closes(context, cue, phrase):
        return None
    if context.lower(last - 1) in UNFINISHED:
        return None
    comma = context.sign(last - 1) is Sign.COMMA
    while last > floor and context.sign(last - 1) in (Sign.COMMA, Sign.DASH):
        last -= 1
    if context.lower(last - 1) in UNFINISHED:
        return None
    first = _past_openers(context, floor, last)
    if any(context.sign(at) in (Sign.QUOTATION, Sign.BREAK) for at in range(first, last)):
        return None
    if word_count(context, first, last) <= SHORTEST:
        return None
    if context.lower(first) in PREPOSITIONS and not has_verb(context, first, last):
        return None  # "On the issue of guns, Lind said …"
    if not (comma or context.lower(cue) in SURE or context.lower(cue) == "reported" or has_verb(context, first, last)):
        return None
    return first, last, phrase


def _past_openers(context: Context, first: int, last: int) -> int:
    while first < last and (
        context.sign(first) not in (Sign.WORD, Sign.QUOTATION) or context.lower(first) in ("but", "and", "meanwhile")
    ):
        first += 1
    return first


def _abuts(context: Context, phrase: Phrase, cue: int) -> bool:
    """Tell whether nothing but an apposition or a place stands between a subject and its verb."""
    return not any(context.sign(at) in (Sign.QUOTATION, *ENDS) for at in range(phrase.last, cue)) and not any(
        context.lower(at) in FINITE for at in range(phrase.last, cue - 2)
    )


def _closes(context: Context, cue: int, phrase: Phrase) -> bool:
    """Tell whether after "police said" the sentence ends or only says when, where and to whom."""
    at = max(cue + 1, phrase.last)
    if context.lower(cue) in TELLING:
        at = after_recipient(context, at)
    sign, word = context.sign(at), context.lower(at)
    if sign in (*ENDS, Sign.COMMA, Sign.DASH, Sign.OTHER):
        return True
    return (
        word in WHEN or word in PREPOSITIONS or word in ("while", "as", "after", "when", "citing", "adding", "updating")
    )


def _according(context: Context, word: int) -> Report | None:
    """Return the clause of "according to X, …" or of "…, according to X"."""
    if context.lower(word + 1) != "to":
        return None
    limit = min(len(context.tokens), word + SENTENCE_REACH)
    phrase = source_after(context, word)
    if phrase is None:
        return None
    floor = max(context.sentence_start(word), word - SENTENCE_REACH)
    attribution = Attribution("reported-according-to", phrase, word)
    before = [at for at in range(floor, word) if context.sign(at) is Sign.WORD]
    stands = len(before) > SHORTEST and has_verb(context, before[0], word)
    if stands or len(before) > SHORTEST + 2 or (before and _ends_after(context, phrase)):
        last = word
        while last > floor and context.sign(last - 1) in (Sign.COMMA, Sign.DASH):
            last -= 1
        first = _past_openers(context, floor, last)
        inside = range(first, last)
        if word_count(context, first, last) <= SHORTEST or any(context.sign(at) is Sign.QUOTATION for at in inside):
            return None
        return Report(first, last, attribution, phrase, negated=False)
    start = _after_source(context, phrase, limit)
    end = clause_end(context, start) if start is not None else None
    if start is None or end is None or word_count(context, start, end) <= SHORTEST:
        return None
    return Report(start, end, attribution, phrase, negated=False)


def _ends_after(context: Context, phrase: Phrase) -> bool:
    return context.sign(phrase.last) in ENDS


def _after_source(context: Context, phrase: Phrase, limit: int) -> int | None:
    """Return where the clause starts after "According to X of Y": behind the comma, else behind the phrase."""
    for at in range(phrase.last, min(limit, phrase.last + SKIPPED_AT_MOST)):
        sign = context.sign(at)
        if sign is Sign.COMMA:
            return _after_apposition(context, at + 1)
        if sign is Sign.QUOTATION:
            return None
        if sign in ENDS:
            # "According to police the road was closed", which has lost its comma
            return phrase.last if context.lower(phrase.last) in DETERMINERS else None
    at = phrase.last
    while at < limit and context.lower(at) in PREPOSITIONS:
        after = after_adverbial(context, at, limit)
        if after is None:
            break
        at = after
    return at


def _after_apposition(context: Context, first: int) -> int:
    """Step over "a monitor in London," after the name of a source."""
    phrase = context.phrase_at(first)
    if phrase is None:
        return first
    at = phrase.last
    if context.lower(first) in ("a", "an") and context.lower(at) in PREPOSITIONS | {"based"}:
        limit = phrase.last + LONGEST_APPOSITION
        while at < limit and context.sign(at) is Sign.WORD and context.lower(at) not in FINITE:
            at += 1
    return at + 1 if context.sign(at) is Sign.COMMA else first
