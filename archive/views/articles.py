"""A report with its quotes marked and its provenance."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive import search
from archive.models import ErrorReport, Organisation, Person, Quote, Reading, Version
from archive.reading import paragraphs
from archive.search.tokens import language_of
from archive.views.citations import cited_report
from archive.views.context import set_context
from archive.views.corrections import corrected
from archive.views.extracts import why_only_extracts
from archive.views.gone import REPORT, gone, why_no_report
from archive.views.marked_text import Annotation, Kind, Place, mark_paragraphs
from archive.views.moving import moved_to
from archive.views.passage import passage_asked
from archive.views.provenance import provenance_of
from archive.views.quotes import cut_out
from archive.views.related import related
from archive.views.report_text import blocks_of
from archive.views.search import words_in
from archive.views.strip import strip_of
from archive.views.verification import with_verification
from archive.views.voices import tell_apart


@require_safe
def article(request, pk, slug=""):
    """A report as readers see it. Under an old or missing slug it leads to its address; where an editor has withheld or
    removed it, the reason, with status 410."""
    version = Version.objects.visible().filter(article=pk).select_related("article__outlet").first()
    if version is None:
        if reason := why_no_report(pk):
            return gone(request, REPORT, reason)
        raise Http404("There is no report of this number.")
    report = version.article
    if slug != report.slug:
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        return moved_to(report.get_absolute_url() + query)

    found = Quote.objects.standing().filter(version=version).select_related("speaker", "organisation")
    quotes = list(found.in_reading_order())
    for quote in quotes:
        quote.article = report
        cut_out(quote, version.text)
    reported = [quote for quote in quotes if quote.kind == Quote.Kind.REPORTED]
    for number, quote in enumerate(reported, 1):
        quote.number = number
    words = words_in(request)
    language = language_of(report.language)
    only_extracts = why_only_extracts(report)
    if only_extracts:
        set_context(quotes)
    hits = search.found_spans(version.text, words, language) if words and not only_extracts else []
    voices = tell_apart(quotes)
    passage = None if only_extracts else passage_asked(request, version)
    annotations = [
        *(Annotation(start, end, Kind.FURNITURE) for start, end in version.furniture),
        *(Annotation(quote.start, quote.end, Kind.QUOTE, quote) for quote in quotes),
        *(Annotation(start, end, Kind.FOUND, Place(number, len(hits))) for number, (start, end) in enumerate(hits, 1)),
    ]
    if passage and passage.end:
        annotations.append(Annotation(passage.start, passage.end, Kind.PASSAGE))
    spans = [] if only_extracts else [(span.start, span.end) for span in paragraphs(version.text)]
    blocks = blocks_of([start for start, _ in spans], mark_paragraphs(version.text, spans, annotations))
    speakers = {quote.said_by for quote in quotes}
    named = [*Person.objects.named_in(version), *Organisation.objects.named_in(version)]
    versions = with_verification(
        report.versions.order_by("-number")
        .defer("text")
        .prefetch_related(Prefetch("readings", Reading.objects.select_related("original").defer("runs"))),
        quotes,
    )
    provenance = provenance_of(versions)
    spoken = [quote for quote in quotes if quote.kind != Quote.Kind.REPORTED]
    context = {
        "article": report,
        "version": version,
        "title": search.highlight(report.title, words, language, title=True) if words else None,
        "only_extracts": only_extracts,
        "quotes": quotes,
        "blocks": blocks,
        "passage": passage,
        "voices": voices,
        "strip": strip_of(quotes, blocks, dict(spans)),
        "spoken": spoken,
        "reported": reported,
        "also_named": [one for one in named if one not in speakers],
        "provenance": provenance,
        "cited": cited_report(version, [source.original for source in provenance.shown.sources], spoken),
        "words": words,
        "hits": len(hits),
        "corrected": corrected(ErrorReport.Kind.REPORT, report.pk, request.user),
        "related": related(version),
    }
    return render(request, "article.html", context)
