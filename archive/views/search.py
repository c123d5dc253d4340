"""The results of a search, in reports, in quotes or in reported speech."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive import search as index
from archive.models import Article, Quote, Version
from archive.views.context import set_context
from archive.views.paging import described, numbered_page

PAGE_SIZE = 20
MOST_LISTED = 10_000  # results beyond these are counted but not listed: nobody reads page 501
LONGEST = 1_000  # characters of a query
KINDS = {"reports": index.Kind.REPORT, "quotes": index.Kind.QUOTE, "reported": index.Kind.REPORTED}


class SearchForm(forms.Form):
    """What is looked for, and where."""

    q = forms.CharField(
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": f"Please search with at most {LONGEST} characters.",
            "null_characters_not_allowed": "This holds a character that cannot be searched.",
        },
    )
    kind = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in KINDS])


@dataclass(frozen=True, slots=True)
class ReportFound:
    """One report among the results, with the passage that holds the words."""

    article: Article
    title: tuple[index.Piece, ...]
    snippet: index.Passage
    address: str


@dataclass(frozen=True, slots=True)
class QuoteFound:
    """One quote, or reported speech, among the results, with the words marked in it."""

    quote: Quote
    words: tuple[index.Piece, ...]
    address: str


def words_in(request) -> str:
    """The query that led here, for its words to be marked; empty where there is none, or none that can be used."""
    form = SearchForm({"q": request.GET.get("q", "")})
    return form.cleaned_data["q"] if form.is_valid() else ""


@require_safe
def search(request):
    form = SearchForm(request.GET)
    if not form.is_valid():
        if "kind" in form.errors:
            raise Http404("There is no search of this kind.")
        return render(request, "search.html", {"problem": form.errors["q"][0]})
    words, kind = form.cleaned_data["q"], form.cleaned_data["kind"] or "reports"
    if not words:
        return render(request, "search.html", {"kind": kind})

    number = numbered_page(request, range(MOST_LISTED), PAGE_SIZE).number
    results = index.search(words, KINDS[kind], offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    if not results.ready:
        return render(request, "search.html", {"words": words, "kind": kind, "preparing": True})
    others = {other: index.search(words, KINDS[other], offset=0, limit=1).total for other in KINDS if other != kind}
    page = numbered_page(request, range(min(results.total, MOST_LISTED)), PAGE_SIZE)
    keys = [hit.key for hit in results.hits]
    rows = reports_found(keys, words) if kind == "reports" else quotes_found(keys, words)
    context = {
        "words": words,
        "kind": kind,
        "page": described(request, page, rows),
        "counts": {kind: results.total, **others},
        "most_listed": MOST_LISTED if results.total > MOST_LISTED else None,
        "hints": results.hints,
    }
    return render(request, "search.html", context)


def reports_found(keys: list[int], words: str) -> list[ReportFound]:
    """In the order of the keys; one that has gone since the index was written is left out."""
    versions = {
        version.article_id: version
        for version in Version.objects.filter(article__in=keys, shown=True).select_related("article__outlet")
    }
    return [report_found(versions[key], words) for key in keys if key in versions]


def report_found(version: Version, words: str) -> ReportFound:
    """Its address leads to the place in the text where the passage's words are; without one, to the report."""
    article, snippet = version.article, index.snippet(version.text, words)
    place = f"hit-{snippet.first_hit}" if snippet.first_hit else ""
    return ReportFound(article, index.highlight(article.title, words), snippet, place_address(article, words, place))


def quotes_found(keys: list[int], words: str) -> list[QuoteFound]:
    """In the order of the keys; one that has gone since the index was written is left out."""
    quotes = Quote.objects.standing().filter(pk__in=keys).with_words().with_evidence().with_source().in_bulk()
    set_context(quotes.values())
    return [
        QuoteFound(quote, index.highlight(quote.words, words), place_address(quote.article, words, f"q{quote.pk}"))
        for quote in (quotes[key] for key in keys if key in quotes)
    ]


def place_address(article: Article, words: str, place: str) -> str:
    """The place in the report, where the words looked for are marked; without one, the report's beginning."""
    address = f"{article.get_absolute_url()}?{urlencode({'q': words})}"
    return f"{address}#{place}" if place else address
