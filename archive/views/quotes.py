"""The page of one quote: its words, who said them, how that is known, and how to cite it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.models import ErrorReport, Quote, QuoteCandidate
from archive.models.addresses import address_of
from archive.models.quote import CONTEXT
from archive.reading import Run, original_place, paragraphs
from archive.views.citations import cited_quote
from archive.views.context import set_context
from archive.views.corrections import corrected
from archive.views.evidence_steps import numbered, steps_of
from archive.views.extracts import why_only_extracts
from archive.views.gone import QUOTE, gone, why_no_quote
from archive.views.marked_text import Annotation, Kind, Nodes, mark_paragraphs
from archive.views.same_words import same_words
from archive.views.verification import quote_verified

LONG, LONGEST = 240, 700  # characters from which the words are set smaller
LONG_PARAGRAPH = 1_200  # characters
SENTENCE_BEGIN = re.compile(r"[.!?…][\"\u201d\u2019'»)]*\s+|[。！？][」』”]*")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A quote beside the one that is shown: its address, and its words."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Which of the quotes of its report one is, and those before and after it."""

    number: int
    total: int
    previous: Neighbour | None
    following: Neighbour | None


def cut_out(quote: Quote, text: str) -> None:
    """Sets on the quote what `with_words` and `with_evidence` read from the database, where its text is at hand."""
    quote.words = text[quote.start : quote.end]
    quote.before = text[max(quote.start - CONTEXT, 0) : quote.start]
    quote.after = text[quote.end : quote.end + CONTEXT]
    quote.printed_speaker = None if quote.speaker_start is None else text[quote.speaker_start : quote.speaker_end]
    quote.fullest_name = text[slice(*quote.chain[-1])] if quote.chain else None
    quote.cue = None if quote.cue_start is None else text[quote.cue_start : quote.cue_end]


@require_safe
def quote(request, pk):
    """One quote; where it was rejected or has gone, or its report is withheld, the reason, with status 410."""
    found = Quote.objects.with_source().select_related("version__verification").filter(pk=pk).first()
    if reason := why_no_quote(pk, found):
        return gone(request, QUOTE, reason)
    if found is None:
        raise Http404("There is no quote of this number.")
    if reason := reason_not_shown(found):
        return gone(request, QUOTE, reason, quote=found)
    text = found.version.text
    cut_out(found, text)
    candidates = candidates_of(found)
    readings = found.version.readings.select_related("original").order_by("pk")
    only_extracts = why_only_extracts(found.article)
    set_context([found])
    steps = steps_of(found, text)
    context = {
        "quote": found,
        "article": found.article,
        "size": size_of(found.words),
        "beside": beside(found, text),
        "passage": [] if only_extracts else passage(text, found, numbered(steps, candidates, found)),
        "only_extracts": only_extracts,
        "steps": steps,
        "last_step": len(steps) + 1,
        "candidates": candidates,
        "places": [
            (reading, original_place([Run(*run) for run in reading.runs], found.start, found.end))
            for reading in readings
        ],
        "verified": quote_verified(found, readings),
        "cited": cited_quote(found),
        "corrected": corrected(ErrorReport.Kind.QUOTE, found.pk, request.user),
        "elsewhere": same_words(found),
    }
    return render(request, "quote.html", context)


def reason_not_shown(quote: Quote) -> str:
    """Why readers of its report do not see this quote; empty where they do."""
    if quote.state == Quote.State.REJECTED:
        return "An editor rejected it: it is not a quotation."
    if quote.gone:
        return quote.gone
    if not quote.version.shown:
        return "It stands in an earlier version of the report."
    return ""


def size_of(words: str) -> str:
    """The class by which long quotations are set smaller; empty for the others."""
    return "longest" if len(words) > LONGEST else "long" if len(words) > LONG else ""


def beside(quote: Quote, text: str) -> Beside:
    """Where among the quotes of its report the quote is; of reported speech, where among that."""
    found = list(Quote.objects.beside(quote).order_by("start", "pk").values_list("pk", "start", "end"))
    place = sum((start, key) < (quote.start, quote.pk) for key, start, _ in found)

    def neighbour(at: int) -> Neighbour | None:
        if not 0 <= at < len(found):
            return None
        key, start, end = found[at]
        return Neighbour(address_of("quote", key), text[start:end])

    return Beside(place + 1, len(found), neighbour(place - 1), neighbour(place + 1))


def candidates_of(quote: Quote) -> list[QuoteCandidate]:
    """Who may have spoken; nobody where that is decided."""
    if quote.speaker_kind != Quote.SpeakerKind.UNKNOWN:
        return []
    return list(quote.candidates.select_related("person", "organisation"))


def evidence(quote: Quote, candidates: Iterable[QuoteCandidate]) -> list[Annotation]:
    """The quote, and what its speaker is known by: printed speaker, cue, steps to the name; else who may be meant."""
    marks = [Annotation(quote.start, quote.end, Kind.QUOTE, quote)]
    if quote.speaker_start is not None:
        marks.append(Annotation(quote.speaker_start, quote.speaker_end, Kind.SPEAKER))
    if quote.cue_start is not None:
        marks.append(Annotation(quote.cue_start, quote.cue_end, Kind.CUE))
    steps = ((start, end) for start, end in quote.chain if (start, end) != (quote.speaker_start, quote.speaker_end))
    marks += [Annotation(start, end, Kind.STEP) for start, end in steps]
    marks += [Annotation(candidate.start, candidate.end, Kind.CANDIDATE) for candidate in candidates]
    return marks


def passage(text: str, quote: Quote, marks: Sequence[Annotation]) -> list[tuple[bool, Nodes]]:
    """The paragraphs that hold the quote, and those that hold the beginning of another mark, each with whether others
    before it were left out. Of a long paragraph only the sentences around its marks."""
    spans = []
    for start, end in ((span.start, span.end) for span in paragraphs(text)):
        marked = [
            (max(mark.start, start), min(mark.end, end))
            for mark in marks
            if start <= mark.start < end or (mark.record is quote and mark.start < end and mark.end > start)
        ]
        if marked:
            spans += [(start, end)] if end - start <= LONG_PARAGRAPH else sentences_around(text, start, end, marked)
    gaps = [False, *(bool(text[end:start].strip()) for (_, end), (start, _) in pairwise(spans))]
    return list(zip(gaps, mark_paragraphs(text, spans, marks), strict=False))


def sentences_around(text: str, start: int, end: int, marked: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of the paragraph that hold what is marked in it, each with a sentence before and after."""
    begins = [start, *(found.end() for found in SENTENCE_BEGIN.finditer(text, start, end)), end]
    stretches: list[tuple[int, int]] = []
    for first, last in sorted(marked):
        opening = begins[max(bisect_right(begins, first) - 2, 0)]
        closing = begins[min(bisect_left(begins, last) + 1, len(begins) - 1)]
        if stretches and opening <= stretches[-1][1]:
            opening, closing = stretches[-1][0], max(closing, stretches[-1][1])
            stretches.pop()
        stretches.append((opening, closing))
    return stretches
