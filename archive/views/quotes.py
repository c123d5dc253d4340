"""The page of one quote: its words, who said them, how that is known, and how to cite it."""

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from archive.models import Quote
from archive.reading import Run, original_place, paragraphs
from archive.templatetags.published import day_words, published_words
from archive.views.marked_text import Annotation, Kind, mark_paragraphs

SITE_NAME = "Conflict Archive"


def cut_out(quote: Quote, text: str) -> None:
    """Sets on the quote what `with_words` and `with_evidence` read from the database, where its text is at hand."""
    quote.words = text[quote.start : quote.end]
    quote.printed_speaker = None if quote.speaker_start is None else text[quote.speaker_start : quote.speaker_end]
    quote.cue = None if quote.cue_start is None else text[quote.cue_start : quote.cue_end]


@require_safe
def quote(request, pk):
    """One quote; where it was rejected or has gone, the reason, with status 410."""
    found = get_object_or_404(
        Quote.objects.select_related("speaker", "version", "article__outlet"),
        pk=pk,
    )
    reason = reason_not_shown(found)
    if reason:
        return render(request, "410.html", {"quote": found, "article": found.article, "reason": reason}, status=410)
    text = found.version.text
    cut_out(found, text)
    context = {
        "quote": found,
        "article": found.article,
        "paragraphs": mark_paragraphs(text, around(text, found), evidence(found)),
        "places": [
            (reading, original_place([Run(*run) for run in reading.runs], found.start, found.end))
            for reading in found.version.readings.select_related("original").order_by("pk")
        ],
        "citation": citation(found),
    }
    return render(request, "quote.html", context)


def reason_not_shown(quote: Quote) -> str:
    """Why readers do not see this quote; empty where they do."""
    if quote.state == Quote.State.REJECTED:
        return "An editor rejected it: it is not a quotation."
    if quote.gone:
        return quote.gone
    if not quote.version.shown:
        return "It stands in an earlier version of the report."
    return ""


def around(text: str, quote: Quote) -> list[tuple[int, int]]:
    """The paragraphs that hold the quote or the words that name its speaker."""
    spans = [(span.start, span.end) for span in paragraphs(text)]
    speaker = quote.start if quote.speaker_start is None else quote.speaker_start
    return [(start, end) for start, end in spans if (start < quote.end and end > quote.start) or start <= speaker < end]


def evidence(quote: Quote) -> list[Annotation]:
    marks = [Annotation(quote.start, quote.end, Kind.QUOTE, quote)]
    if quote.speaker_start is not None:
        marks.append(Annotation(quote.speaker_start, quote.speaker_end, Kind.SPEAKER))
    if quote.cue_start is not None:
        marks.append(Annotation(quote.cue_start, quote.cue_end, Kind.CUE))
    return marks


def citation(quote: Quote) -> str:
    """One line to cite the quote by, with today's date as the day it was read.

    The speaker is named only where the archive knows who it is, or as the report prints it.
    """
    article = quote.article
    speaker = quote.speaker.name if quote.speaker else quote.printed_speaker or "Speaker not known"
    words = " ".join(quote.words.split())
    source = [f"“{article.title}”", *([article.outlet.name] if article.outlet else [])]
    source.append(published_words(article.published_earliest, article.published_latest))
    address = f"{settings.SITE_URL}{quote.get_absolute_url()}"
    today = day_words(timezone.localdate())
    return f"{speaker}: {words}. In: {', '.join(source)}. {SITE_NAME}, {address} (read on {today})."
