"""The list of all reports, and a report with its quotes marked and its provenance."""

from datetime import date
from itertools import groupby

from django import forms
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive import search
from archive.models import Article, ErrorReport, Organisation, Outlet, Person, Quote, Reading, Version
from archive.reading import paragraphs
from archive.search.tokens import language_of
from archive.views.asked import first_and_last_day
from archive.views.context import set_context
from archive.views.corrections import corrected
from archive.views.extracts import why_only_extracts
from archive.views.gone import REPORT, gone, why_no_report
from archive.views.marked_text import Annotation, Kind, Place, mark_paragraphs
from archive.views.moving import moved_to
from archive.views.paging import list_page
from archive.views.quotes import cut_out
from archive.views.related import related
from archive.views.search import words_in
from archive.views.verification import with_verification

PAGE_SIZE = 30


class ArticleFilter(forms.Form):
    """What the list can be narrowed to; a value that makes no sense names no page."""

    outlet = forms.SlugField(required=False)
    year = forms.IntegerField(required=False, min_value=1, max_value=9998)
    month = forms.IntegerField(required=False, min_value=1, max_value=12)


@require_safe
def articles(request):
    narrowed = ArticleFilter(request.GET)
    if not narrowed.is_valid():
        raise Http404("There is no such list of reports.")
    year, month = narrowed.cleaned_data["year"], narrowed.cleaned_data["month"]
    outlet = None
    found = Article.objects.visible()
    if narrowed.cleaned_data["outlet"]:
        outlet = get_object_or_404(Outlet.objects.visible(), slug=narrowed.cleaned_data["outlet"])
        found = found.filter(outlet=outlet)
    undated = found.undated().count()
    if year:
        found = found.published_between(*first_and_last_day(year, month))
    page = list_page(request, found.newest_first().with_outlet().with_opening(), PAGE_SIZE)
    context = {
        "page": page,
        "groups": by_year(page.rows),
        "outlet": outlet,
        "year": year,
        "month": date(year, month, 1) if year and month else None,
        "months": [date(year, each, 1) for each in range(1, 13)] if year else [],
        "undated": undated,
        "outlets": Outlet.objects.visible(),
        "years": Article.objects.visible().published_years(),
    }
    return render(request, "articles.html", context)


def by_year(rows: list[Article]) -> list[tuple[int | None, list[Article]]]:
    """The rows in groups by the year of their earliest day; None for the undated."""
    grouped = groupby(rows, key=lambda row: row.published_earliest.year if row.published_earliest else None)
    return [(year, list(members)) for year, members in grouped]


@require_safe
def outlet(request, slug):
    """The outlet's reports are a list among the others."""
    found = get_object_or_404(Outlet.objects.visible(), slug=slug)
    return redirect(f"{reverse('articles')}?outlet={found.slug}")


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
    annotations = [
        *(Annotation(start, end, Kind.FURNITURE) for start, end in version.furniture),
        *(Annotation(quote.start, quote.end, Kind.QUOTE, quote) for quote in quotes),
        *(Annotation(start, end, Kind.FOUND, Place(number, len(hits))) for number, (start, end) in enumerate(hits, 1)),
    ]
    spans = [(span.start, span.end) for span in paragraphs(version.text)]
    speakers = {quote.said_by for quote in quotes}
    named = [*Person.objects.named_in(version), *Organisation.objects.named_in(version)]
    context = {
        "article": report,
        "version": version,
        "title": search.highlight(report.title, words, language, title=True) if words else None,
        "only_extracts": only_extracts,
        "quotes": quotes,
        "paragraphs": [] if only_extracts else mark_paragraphs(version.text, spans, annotations),
        "spoken": [quote for quote in quotes if quote.kind != Quote.Kind.REPORTED],
        "reported": reported,
        "also_named": [one for one in named if one not in speakers],
        "versions": with_verification(
            report.versions.order_by("-number")
            .defer("text")
            .prefetch_related(Prefetch("readings", Reading.objects.select_related("original").defer("runs"))),
            quotes,
        ),
        "words": words,
        "hits": len(hits),
        "corrected": corrected(ErrorReport.Kind.REPORT, report.pk, request.user),
        "related": related(version),
    }
    return render(request, "article.html", context)
