"""The results of a search: reports or quotes, with what they are counted and narrowed by."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive import search as index
from archive.models import Article, Quote, Version
from archive.search import Match, NotReady, Results, Search, Sort
from archive.search.parsing import parse
from archive.search.sync import is_behind
from archive.search.tokens import language_of
from archive.views.asked import NAMED_KINDS, Addresses, Inquiry, NotSearchable, SearchForm, inquiry_in, of_kind
from archive.views.context import set_context
from archive.views.extracts import texts_for_snippets
from archive.views.facets import facets_of
from archive.views.paging import described, numbered_page
from archive.views.people_found import count_found, people_found
from archive.views.timeline import timeline_of

PAGE_SIZE = 20
KIND_NAMES = {"reports": "Reports", "quotes": "Quotations", "people": "People", "organisations": "Organisations"}
SORT_NAMES = {Sort.RELEVANCE: "Relevance", Sort.NEWEST: "Newest", Sort.OLDEST: "Oldest"}
TIME_ASKED = re.compile(r"(?<!\S)(year|after|before):\S", re.IGNORECASE)
BEHIND = "The index of the search is behind at the moment: what came in last is not found yet."
# Boxes of the form for quotations, each a field of the query language.
FIELD_BOXES = ("by", "role", "about", "after", "before")


@dataclass(frozen=True, slots=True)
class ReportFound:
    """One report among the results, with the passage that holds the words."""

    article: Article
    title: tuple[index.Piece, ...]
    snippet: index.Passage
    address: str
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuoteFound:
    """One quote, or reported speech, among the results, with the words marked in it."""

    quote: Quote
    words: tuple[index.Piece, ...]
    address: str
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that changes one thing of the search; current where that is so already."""

    label: str
    address: str
    current: bool
    count: int | None = None


def words_in(request) -> str:
    """The query that led here, for its words to be marked; empty where there is none, or none that can be used."""
    form = SearchForm({"q": request.GET.get("q", "")})
    return form.cleaned_data["q"] if form.is_valid() else ""


@require_safe
def search(request):
    moved = address_in_fields(request) or address_of_reported(request)
    if moved:
        return moved
    try:
        inquiry = inquiry_in(request.GET)
    except NotSearchable as problem:
        return render(request, "search.html", {"problem": str(problem)})
    words = inquiry.asked.words
    if inquiry.asked.blank:
        return render(request, "search.html", {"kind": inquiry.kind, "words": words, "hints": parse(words).hints})
    try:
        if inquiry.kind in NAMED_KINDS:
            found = named_page(request, inquiry)
        else:
            found = index.ask(inquiry.asked, lambda search: page_of(request, inquiry, search))
    except NotReady:
        context = {"words": words, "kind": inquiry.kind, "preparing": True, "progress": index.build_progress()}
        return render(request, "search.html", context)
    return render(request, "search.html", found)


def address_in_fields(request) -> HttpResponseRedirect | None:
    """Where the form's boxes are filled, the address of the same search in the query language."""
    filled = {name: request.GET.get(name, "").replace('"', " ").strip() for name in FIELD_BOXES}
    if not any(name in request.GET for name in FIELD_BOXES):
        return None
    fields = [f'{name}:"{value}"' if " " in value else f"{name}:{value}" for name, value in filled.items() if value]
    parameters = request.GET.copy()
    for name in FIELD_BOXES:
        parameters.pop(name, None)
    parameters["q"] = " ".join(filter(None, [request.GET.get("q", "").strip(), *fields]))
    return HttpResponseRedirect(f"{request.path}?{parameters.urlencode()}")


def address_of_reported(request) -> HttpResponsePermanentRedirect | None:
    """Reported speech once had a tab of its own; its address leads to the quotations of that kind."""
    if request.GET.get("kind") != "reported":
        return None
    parameters = request.GET.copy()
    parameters["kind"], parameters["said"] = "quotes", Quote.Kind.REPORTED
    return HttpResponsePermanentRedirect(f"{request.path}?{parameters.urlencode()}")


def page_of(request, inquiry: Inquiry, search: Search) -> dict:
    """All that the page of results shows."""
    addresses = Addresses(request.GET)
    page = numbered_page(request, range(search.total), PAGE_SIZE)
    results = search.results((page.number - 1) * PAGE_SIZE, PAGE_SIZE)
    words, kind = inquiry.asked.words, inquiry.kind
    rows = reports_found(results, words) if kind == "reports" else quotes_found(results, words)
    facets = facets_of(search, inquiry, addresses)
    return {
        "words": words,
        "kind": kind,
        "page": described(request, page, rows),
        "results": results,
        "tabs": tabs(inquiry, search, results.total, addresses),
        "meant": meant(search, page.number, addresses),
        "sorts": [
            Choice(name, addresses.with_(sort=None if sort == Sort.RELEVANCE else sort), sort == inquiry.asked.sort)
            for sort, name in SORT_NAMES.items()
        ],
        "matches": match_choices(inquiry, results, addresses),
        "chosen": [(one, addresses.without(one.parameter, one.value)) for one in inquiry.chosen],
        "without_chosen": addresses.with_(**dict.fromkeys({one.parameter for one in inquiry.chosen})),
        "facets": facets.facets,
        "timeline": timeline_of(search, inquiry, facets, addresses),
        "asks_for_time": asks_for_time(inquiry),
        "hints": results.hints if results.total else with_delay(results.hints),
        "change_all": address_to_change_all(request, inquiry, addresses),
    }


def asks_for_time(inquiry: Inquiry) -> bool:
    """Whether only what was published at some time is sought, which leaves out all of an unknown date."""
    return bool(inquiry.chosen_in("published") or TIME_ASKED.search(inquiry.asked.words))


def with_delay(hints: Sequence[str]) -> list[str]:
    """The hints where nothing was found: what came in while the worker is off may be what was sought."""
    return [*hints, BEHIND] if is_behind() else [*hints]


def address_to_change_all(request, inquiry: Inquiry, addresses: Addresses) -> str:
    """Where an editor changes all that is found; empty for others."""
    needed = "archive.change_quote" if inquiry.kind == "quotes" else "archive.change_article"
    may = request.user.is_staff and request.user.has_perm(needed)
    return addresses.at(reverse("admin:archive_bulkchange_new")) if may else ""


def named_page(request, inquiry: Inquiry) -> dict:
    """The people or organisations whom the words may mean."""
    page = people_found(request, parse(inquiry.asked.words).names(), NAMED_KINDS[inquiry.kind])
    addresses = Addresses(request.GET)
    return {
        "words": inquiry.asked.words,
        "kind": inquiry.kind,
        "named": True,
        "page": page,
        "tabs": index.ask(inquiry.asked, lambda search: tabs(inquiry, search, page.total, addresses)),
    }


def tabs(inquiry: Inquiry, search: Search, total: int, addresses: Addresses) -> list[Choice]:
    """Each kind of record with how many of it there are, `total` of the kind that is shown. That alone keeps a kind of
    quotation that the search is narrowed to."""
    names = parse(inquiry.asked.words).names()
    choices = []
    for kind, label in KIND_NAMES.items():
        if kind == inquiry.kind:
            count = total
        elif kind in NAMED_KINDS:
            count = count_found(names, NAMED_KINDS[kind])
        else:
            count = search.total_alike(of_kind(inquiry, kind))
        current = kind == inquiry.kind
        address = addresses.with_() if current else addresses.with_(kind=None if kind == "reports" else kind, said=None)
        choices.append(Choice(label, address, current, count))
    return choices


def meant(search: Search, page_number: int, addresses: Addresses) -> Choice | None:
    """What the reader perhaps meant to type, on the first page of results."""
    proposed = search.meant() if page_number == 1 else None
    return Choice(proposed[0], addresses.with_(q=proposed[0]), False, proposed[1]) if proposed else None


def match_choices(inquiry: Inquiry, results: Results, addresses: Addresses) -> list[Choice]:
    """The switch between the best matches and those with all words; none where it would change nothing."""
    if not results.counts:
        return []
    choices = [Choice("Best matches", addresses.with_(match=None), inquiry.asked.match is None)]
    if inquiry.asked.match in (Match.HALF, Match.ANY):
        label = {Match.HALF: "At least half of the words", Match.ANY: "Any of the words"}[inquiry.asked.match]
        choices.append(Choice(label, addresses.with_(), True, results.counts[inquiry.asked.match]))
    choices.append(
        Choice(
            "All words",
            addresses.with_(match=Match.ALL),
            inquiry.asked.match == Match.ALL,
            results.counts[Match.ALL],
        )
    )
    return choices


def reports_found(results: Results, words: str) -> list[ReportFound]:
    """In the order of the hits; one that has gone since the index was written is left out."""
    found = Version.objects.visible().filter(article__in=_keys(results)).for_results()
    versions = {version.article_id: version for version in found}
    texts = texts_for_snippets(versions.values())
    rows = []
    for hit in results.hits:
        if hit.key in versions:
            version = versions[hit.key]
            text, furniture = texts[version.pk]
            language = language_of(version.article.language)
            title = index.highlight(version.article.title, words, language, title=True)
            snippet = index.snippet(text, words, language, furniture=furniture)
            place = f"hit-{snippet.first_hit}" if snippet.first_hit and not version.article.extracts_only else ""
            address = place_address(version.article, words, place)
            rows.append(ReportFound(version.article, title, snippet, address, hit.lacking))
    return rows


def quotes_found(results: Results, words: str) -> list[QuoteFound]:
    """In the order of the hits; one that has gone since the index was written is left out."""
    quotes = Quote.objects.visible().filter(pk__in=_keys(results)).with_words().with_evidence().with_source().in_bulk()
    set_context(quotes.values())
    rows = []
    for hit in results.hits:
        if hit.key in quotes:
            quote = quotes[hit.key]
            marked = index.highlight(quote.words, words, language_of(quote.article.language))
            rows.append(QuoteFound(quote, marked, place_address(quote.article, words, f"q{quote.pk}"), hit.lacking))
    return rows


def _keys(results: Results) -> Iterable[int]:
    return [hit.key for hit in results.hits]


def place_address(article: Article, words: str, place: str) -> str:
    """The place in the report, where the words looked for are marked; without one, the report's beginning."""
    address = f"{article.get_absolute_url()}?{urlencode({'q': words})}"
    return f"{address}#{place}" if place else address
