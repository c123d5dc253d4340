"""The page of a person or an organisation: their words and what is reported of them, over time and by report, how sure
that is, what they are called, and who is quoted beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

from archive import search as index
from archive.models import Article, Outlet, Person, Quote
from archive.models.called import called
from archive.models.named import Named
from archive.search import NotReady, Piece
from archive.search.parsing import parse
from archive.search.tokens import language_of
from archive.templatetags.published import published_words
from archive.views.asked import Addresses, SearchForm, days_of
from archive.views.context import set_context
from archive.views.corrections import corrected
from archive.views.in_print import printed_forms
from archive.views.paging import ListPage, described, numbered_page
from archive.views.search import place_address
from archive.views.speaker_lists import (
    DatabaseLists,
    IndexedLists,
    InPrint,
    Lists,
    Narrowing,
    Part,
    Spoke,
    first_search,
)
from archive.views.timeline import Series, Timeline, drawn

QUOTES_PER_PAGE = 30
REPORTS_PER_PAGE = 20
MOST_BESIDE = 8
FORMATS = {"csv": "CSV", "jsonl": "JSON lines", "ris": "RIS", "bib": "BibTeX"}
# The parameter that turns the pages of each list.
PAGES = {Part.SPOKEN: "page", Part.REPORTED: "reported", Part.UNQUOTED: "reports"}
SIZES = {Part.SPOKEN: QUOTES_PER_PAGE, Part.REPORTED: QUOTES_PER_PAGE, Part.UNQUOTED: REPORTS_PER_PAGE}

# What is counted over time, in words.
COUNTED = {
    Part.SPOKEN: ("quote", "quotes"),
    Part.REPORTED: ("statement in reported speech", "statements in reported speech"),
    Part.NAMED: ("report that names them", "reports that name them"),
}
TOLD = {
    Part.SPOKEN: lambda n: f"{n:,} quote{'' if n == 1 else 's'}",
    Part.REPORTED: lambda n: f"{n:,} reported",
    Part.NAMED: lambda n: f"named in {n:,} report{'' if n == 1 else 's'}",
}


class PageFilter(forms.Form):
    """What the page is narrowed to beside words."""

    published = forms.CharField(required=False, max_length=10)
    outlet = forms.SlugField(required=False)


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody or a body that is quoted in the same reports, in how many, and the address of the search for both."""

    name: str
    page: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the lists of somebody told, at one moment."""

    totals: dict[Part, int]
    whole: dict[Part, int]
    keys: dict[Part, list[int]]
    timeline: Timeline | None
    undated: dict[Part, int]
    years: list[int]
    outlets: list[int]
    beside: list[Spoke]
    in_print: dict[str, InPrint]
    hints: Sequence[str]


@dataclass(frozen=True, slots=True)
class QuoteShown:
    """One quote in a report's group: its words with what was looked for marked in them, and the way to its place."""

    quote: Quote
    words: tuple[Piece, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """The quotes of a list that stand in one report."""

    article: Article
    rows: list[QuoteShown] = field(default_factory=list)


def page_of(request: HttpRequest, named: Named) -> dict:
    """What the page shows; raises Http404 where the address asks for what is no list of theirs."""
    narrowing, problem = narrowing_in(request)
    addresses = Addresses(parameters_of(narrowing), request.path)
    names = list(named.names.with_maker())

    def read(lists: Lists) -> Found:
        return found_in(request, lists, narrowing, addresses, [name.text for name in names])

    preparing = False
    try:
        found = index.ask(first_search(named), lambda search: read(IndexedLists(named, narrowing, search)))
    except NotReady:
        found, preparing = read(DatabaseLists(named, narrowing)), True
    pages = {part: list_page(request, part, found) for part in PAGES}
    spoken, reported = quotes_shown(found, pages, narrowing.words)
    axis = found.timeline if not narrowing and found.timeline and found.timeline.unit == "year" else None
    return {
        "speaker": named,
        "speaker_kind": named._meta.verbose_name,
        "narrowed": bool(narrowing),
        "looked_for": narrowing.words,
        "published": narrowing.published,
        "outlet": narrowing.outlet,
        "problem": problem,
        "hints": found.hints,
        "preparing": preparing,
        "chosen": chosen(narrowing, addresses),
        "years": years_offered(found.years, narrowing.published),
        "outlets": sorted(outlets_offered(found.outlets, narrowing.outlet), key=lambda one: one.name.lower()),
        "whole": {part.value: count for part, count in found.whole.items()},
        "spoken": pages[Part.SPOKEN],
        "spoken_groups": spoken,
        "reported": pages[Part.REPORTED],
        "reported_groups": reported,
        "reports": pages[Part.UNQUOTED],
        "named_total": found.totals[Part.NAMED],
        "timeline": found.timeline,
        "undated": undated_words(found.undated),
        "sure": how_sure(named),
        "other_names": [name for name in names if name.text != named.name],
        "name_by_editor": any(name.by_editor for name in names if name.text == named.name),
        "printed": printed_forms(named, names, found.in_print, axis),
        "axis": axis,
        "beside": beside(named, found.beside, narrowing),
        "exports": exports(named, narrowing),
        "search_address": f"{reverse('search')}?{urlencode(asked_of_search(named, narrowing))}",
        "api_address": reverse(f"api:{named._meta.model_name}", args=[named.slug]),
        "corrected": corrected(named._meta.model_name, named.pk, request.user),
    }


def narrowing_in(request: HttpRequest) -> tuple[Narrowing, str]:
    """What the address narrows the page to, and why its words cannot be looked for, where they cannot."""
    form = PageFilter(request.GET)
    if not form.is_valid():
        raise Http404("There is no such list.")
    published, slug = form.cleaned_data["published"], form.cleaned_data["outlet"]
    if published:
        days_of(published)
    outlet = Outlet.objects.visible().filter(slug=slug).first() if slug else None
    if slug and outlet is None:
        raise Http404(f"There is no outlet called “{slug}”.")
    searched = SearchForm({"q": request.GET.get("q", "")})
    if not searched.is_valid():
        return Narrowing("", published, outlet), searched.errors["q"][0]
    words = searched.cleaned_data["q"]
    if words and parse(words).blank:
        return Narrowing("", published, outlet), "These words hold nothing that can be looked for."
    return Narrowing(words, published, outlet), ""


def parameters_of(narrowing: Narrowing) -> QueryDict:
    """The parameters of an address that narrows so."""
    parameters = QueryDict(mutable=True)
    values = {
        "q": narrowing.words,
        "published": narrowing.published,
        "outlet": narrowing.outlet and narrowing.outlet.slug,
    }
    for name, value in values.items():
        if value:
            parameters[name] = value
    return parameters


def found_in(request: HttpRequest, lists: Lists, narrowing: Narrowing, addresses: Addresses, names: list[str]) -> Found:
    """All that the page needs of the lists, read at once: of the index there may be another one afterwards."""
    totals = {part: lists.total(part) for part in Part}
    keys = {}
    for part, parameter in PAGES.items():
        page = numbered_page(request, range(totals[part]), SIZES[part], parameter)
        keys[part] = lists.keys(part, max(page.start_index() - 1, 0), SIZES[part]) if totals[part] else []
    years = {part: lists.years(part) for part in COUNTED}
    undated = {part: lists.undated(part) for part in years}
    is_quoted = bool(years[Part.SPOKEN] or years[Part.REPORTED])
    series = [
        Series(
            counts,
            undated[part],
            lambda days, part=part: lists.by_days(part, days),
            TOLD[part],
            f"bar {part}",
            hanging=is_quoted and part == Part.NAMED,
        )
        for part, counts in years.items()
    ]
    return Found(
        totals=totals,
        whole={part: lists.whole(part) for part in Part} if narrowing else totals,
        keys=keys,
        timeline=drawn(series, [narrowing.published] if narrowing.published else [], addresses),
        undated=undated,
        years=sorted({year for counts in years.values() for year in counts}, reverse=True),
        outlets=lists.outlets(),
        beside=lists.beside(MOST_BESIDE),
        in_print=lists.in_print(names),
        hints=lists.hints,
    )


def undated_words(counts: dict[Part, int]) -> str:
    """How many of each there are without a date; empty where there are none."""
    told = [
        f"{count:,} {one if count == 1 else many}"
        for count, (one, many) in zip(counts.values(), COUNTED.values(), strict=True)
        if count
    ]
    return " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:])))


def list_page(request: HttpRequest, part: Part, found: Found) -> ListPage:
    """The keys of a page, with the addresses of the others."""
    page = numbered_page(request, range(found.totals[part]), SIZES[part], PAGES[part])
    rows = found.keys[part]
    if part == Part.UNQUOTED:
        articles = Article.objects.visible().with_outlet().in_bulk(rows)
        rows = [articles[key] for key in rows if key in articles]
    return described(request, page, rows, PAGES[part])


def quotes_shown(found: Found, pages: dict[Part, ListPage], words: str) -> tuple[list[Group], list[Group]]:
    """The quotes and the reported speech of the pages by report; what has gone since the index was written is left
    out."""
    keys = [*pages[Part.SPOKEN].rows, *pages[Part.REPORTED].rows]
    quotes = Quote.objects.visible().filter(pk__in=keys).with_words().with_evidence().with_source().in_bulk()
    set_context(quotes.values())
    spoken, reported = (
        by_article([quotes[key] for key in pages[part].rows if key in quotes], words)
        for part in (Part.SPOKEN, Part.REPORTED)
    )
    return spoken, reported


def by_article(quotes: Iterable[Quote], words: str) -> list[Group]:
    """The quotes in groups by their article, in the order of the articles, each group in the order of the text."""
    groups: dict[int, Group] = {}
    for quote in quotes:
        marked = index.highlight(quote.words, words, language_of(quote.article.language)) if words else ()
        place = f"q{quote.pk}"
        address = place_address(quote.article, words, place) if words else quote.get_place_url()
        group = groups.setdefault(quote.article_id, Group(quote.article))
        group.rows.append(QuoteShown(quote, marked or (Piece(quote.words, False),), address))
    for group in groups.values():
        group.rows.sort(key=lambda row: (row.quote.start, row.quote.pk))
    return list(groups.values())


def chosen(narrowing: Narrowing, addresses: Addresses) -> list[tuple[str, str, str]]:
    """What the page is narrowed to: what that is, its value, and the address without it."""
    return [
        (label, value, addresses.with_(**{parameter: None}))
        for parameter, label, value in (
            ("q", "Words", narrowing.words),
            ("published", "Published", narrowing.published and published_words(*days_of(narrowing.published))),
            ("outlet", "Outlet", narrowing.outlet and narrowing.outlet.name),
        )
        if value
    ]


def years_offered(years: list[int], published: str) -> list[tuple[str, str]]:
    """The values and labels of the form's choice of a time, what is chosen among them."""
    offered = [(f"{year:04}", str(year)) for year in years]
    if published and published not in dict(offered):
        offered.insert(0, (published, published_words(*days_of(published))))
    return offered


def outlets_offered(keys: list[int], chosen_one: Outlet | None) -> list[Outlet]:
    """The outlets of the form's choice, the chosen one among them."""
    outlets = list(Outlet.objects.visible().filter(pk__in=keys))
    return outlets if chosen_one is None or chosen_one in outlets else [*outlets, chosen_one]


def how_sure(named: Named) -> dict:
    """How many of their quotes and statements editors have looked at, and how sure the machine is of the others."""
    counted = named.quotes.standing().in_reports_seen().how_sure()
    states = dict.fromkeys(Quote.State.values, 0)
    levels = dict.fromkeys(("high", "good", "moderate", "low", ""), 0)
    for state, level, count in counted:
        states[state] += count
        if state == Quote.State.FOUND:
            levels[level] += count
    return {
        "total": sum(states.values()),
        "confirmed": states[Quote.State.CONFIRMED],
        "corrected": states[Quote.State.CORRECTED],
        "added": states[Quote.State.ADDED],
        "decided": sum(states.values()) - states[Quote.State.FOUND],
        "found": states[Quote.State.FOUND],
        "levels": [(level or "not measured", count) for level, count in levels.items() if count],
    }


def beside(named: Named, spoke: list[Spoke], narrowing: Narrowing) -> list[Beside]:
    """Those with what they are called; who has been merged or withheld since the index was written is left out."""
    keys: dict[type[Named], list[int]] = {}
    for (model, key), _ in spoke:
        keys.setdefault(model, []).append(key)
    # To plan for what is withheld takes longer than all else here, and nearly always nothing is.
    if Article.objects.withheld().exists():
        for model, of in keys.items():
            keys[model] = list(model.objects.visible().filter(pk__in=of).values_list("pk", flat=True))
    records = called(keys)
    kept = {speaker_parameter(named): named.slug, **parameters_of(replace(narrowing, words="")).dict()}
    rows = []
    for record, count in spoke:
        if record in records:
            slug, name = records[record]
            page = reverse(record[0]._meta.model_name, args=[slug])
            both = {"q": f'by:"{name.replace(chr(34), " ")}"'}
            rows.append(Beside(name, page, count, f"{reverse('search')}?{urlencode(kept | both)}"))
    return rows


def speaker_parameter(named: Named) -> str:
    """The parameter by which a search is narrowed to what somebody said."""
    return "speaker" if isinstance(named, Person) else "organisation"


def asked_of_search(named: Named, narrowing: Narrowing) -> dict[str, str]:
    """The parameters of the search for what the page shows of quotes and reported speech."""
    return {
        "kind": "quotes",
        speaker_parameter(named): named.slug,
        "sort": "newest",
        **parameters_of(narrowing).dict(),
        **({"match": "all"} if narrowing.words else {}),
    }


def exports(named: Named, narrowing: Narrowing) -> list[tuple[str, str]]:
    """The formats in which that can be had as a file, each with its address."""
    query = urlencode(asked_of_search(named, narrowing))
    return [(label, f"{reverse('export', args=[suffix])}?{query}") for suffix, label in FORMATS.items()]
