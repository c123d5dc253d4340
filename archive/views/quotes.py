"""The page of one quote: its words, who said them, how that is known, and how to cite it."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from archive.models import ErrorReport, Quote, QuoteCandidate
from archive.models.quote import CONTEXT
from archive.reading import Run, original_place, paragraphs
from archive.templatetags.evidence import negated_words, speaker_words
from archive.templatetags.published import day_words, published_words
from archive.views.context import set_context
from archive.views.corrections import corrected
from archive.views.extracts import why_only_extracts
from archive.views.gone import QUOTE, gone, why_no_quote
from archive.views.marked_text import Annotation, Kind, Nodes, mark_paragraphs
from archive.views.same_words import same_words
from archive.views.verification import quote_verified

SITE_NAME = "Conflict Archive"
SENTENCE_END = re.compile(r"[.!?…][\"\u201d\u2019'»)]*$")


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
    context = {
        "quote": found,
        "article": found.article,
        "passage": [] if only_extracts else passage(text, found, evidence(found, candidates)),
        "only_extracts": only_extracts,
        "chain": [text[start:end] for start, end in found.chain],
        "candidates": candidates,
        "places": [
            (reading, original_place([Run(*run) for run in reading.runs], found.start, found.end))
            for reading in readings
        ],
        "verified": quote_verified(found, readings),
        "citation": citation(found),
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
    before it were left out."""
    spans = [(span.start, span.end) for span in paragraphs(text)]
    shown = [
        place
        for place, (start, end) in enumerate(spans)
        if (start < quote.end and end > quote.start) or any(start <= mark.start < end for mark in marks)
    ]
    gaps = [False, *(after - before > 1 for before, after in pairwise(shown))]
    return list(zip(gaps, mark_paragraphs(text, [spans[place] for place in shown], marks), strict=False))


def citation(quote: Quote) -> str:
    """One line to cite the quote by, with today's date as the day it was read.

    The speaker is named only where the archive knows who it is, or as the report prints it; a pronoun names nobody.
    """
    article = quote.article
    words = " ".join(quote.words.split())
    source = [f"“{article.title}”", *([article.outlet.name] if article.outlet else [])]
    source.append(published_words(article.published_earliest, article.published_latest))
    address = f"{settings.SITE_URL}{quote.get_absolute_url()}"
    today = day_words(timezone.localdate())
    if quote.kind == Quote.Kind.REPORTED:
        words += f" ({'; '.join(filter(None, ('reported speech', negated_words(quote))))})"
    speaker = quote.said_by.name if quote.said_by else capfirst(speaker_words(quote))
    said = ended(f"{speaker}: {words}")
    return f"{said} In: {', '.join(source)}. {SITE_NAME}, {address} (read on {today})."


def ended(sentence: str) -> str:
    """The sentence with a full stop, unless it ends already, be it within quote marks."""
    return sentence if SENTENCE_END.search(sentence) else f"{sentence}."
