"""Search in reports or quotes, in the query language of the search page."""

from collections.abc import Iterable, Sequence
from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError
from pydantic import Field

from archive import search as index
from archive.api import filters
from archive.api.paging import HAS_CURSOR, Paging
from archive.api.responses import NOT_FOUND, NOT_READY, answers
from archive.api.schemas import (
    Counts,
    QuoteFields,
    QuoteFound,
    QuoteKind,
    ReportFound,
    ReportReference,
    SearchPage,
)
from archive.models import Quote, Version
from archive.search.parsing import parse
from archive.search.tokens import language_of
from archive.templatetags.addresses import absolute
from archive.views.asked import KINDS, MOST_VALUES, narrowed_by
from archive.views.extracts import texts_for_snippets

LETTERS = {index.Sort.RELEVANCE: "r", index.Sort.NEWEST: "n", index.Sort.OLDEST: "o", index.Sort.ADDED: "a"}
NOTHING_ASKED = "Nothing was asked: give words in q, or a filter."
LAST_PLACE = 2**62  # beyond all that an index numbers

router = Router(tags=["Search"])


class SearchParameters(Paging):
    """What is looked for."""

    q: str = Field(
        "",
        description='What is looked for, in the language of the search page: words, "phrases", OR, AND, NOT, -word, '
        '(brackets), word*, "near words"~5, title:, by:, role:, about:, outlet:, after:, before:, year:. Anything '
        "typed is a query; `hints` says what of it was not understood.",
        json_schema_extra={"example": '"peace proposal" after:2018'},
    )
    kind: Literal["reports", "quotes"] = Field(
        "reports",
        description="What is searched: whole reports, or quotes and reported speech.",
        json_schema_extra={"example": "quotes"},
    )
    sort: Literal["relevance", "newest", "oldest", "added"] = Field(
        "relevance",
        description="The order: the best first, by date of publication (the undated last), or what came into the "
        "archive last first.",
        json_schema_extra={"example": "newest"},
    )
    match: Literal["", "any", "half", "all"] = Field(
        "",
        description="How many of the words a result must have. Left out: any by relevance; by date the closer matches, "
        "where there are such.",
        json_schema_extra={"example": "all"},
    )
    outlet: list[filters.Slug] = Field(
        [],
        max_length=MOST_VALUES,
        description="The outlet's slug; of several, any.",
        json_schema_extra={"example": ["harrow-gazette"]},
    )
    speaker: list[filters.Slug] = Field(
        [],
        max_length=MOST_VALUES,
        description="The slug of a person who speaks; of several, and of `organisation`, any.",
        json_schema_extra={"example": ["vera-lindqvist"]},
    )
    organisation: list[filters.Slug] = Field(
        [],
        max_length=MOST_VALUES,
        description="The slug of an organisation that speaks; of several, and of `speaker`, any.",
        json_schema_extra={"example": ["kabul-police"]},
    )
    published: list[filters.Period] = Field(
        [],
        max_length=MOST_VALUES,
        description=f"{filters.MEANS} Of several, any.",
        json_schema_extra={"example": ["2018-05"]},
    )
    said: list[QuoteKind] = Field(
        [],
        max_length=3,
        description="The kind of quote; of several, any. Reports have none.",
        json_schema_extra={"example": ["reported"]},
    )
    cursor: str = Field(
        "", pattern=r"^([rnoa][0-9]{1,19})?$", description=HAS_CURSOR, json_schema_extra={"example": "r20"}
    )


@router.get(
    "/search",
    response=answers(SearchPage, NOT_FOUND, NOT_READY),
    summary="Search reports or quotes",
    operation_id="search",
)
def search(request, parameters: Query[SearchParameters]):
    """The whole query language of the search page. No page is repeated or missed while the archive does not change, to
    any depth."""
    asked = asked_by(request, parameters)
    place = place_in(parameters.cursor, asked.sort)
    if asked.blank:
        hints = [*parse(asked.words).hints, NOTHING_ASKED]
        return SearchPage(total=0, match=index.Match.ANY, counts=None, hints=hints, results=[], next=None)
    results, following = index.ask(asked, lambda found: page_after(found, place, parameters.limit))
    describe = reports_found if asked.kind == index.Kind.REPORT else quotes_found
    return SearchPage(
        total=results.total,
        match=results.match,
        counts=Counts(**results.counts) if results.counts else None,
        hints=list(results.hints),
        results=describe(results.hits, asked.words),
        next=None if following is None else f"{LETTERS[asked.sort]}{following}",
    )


def asked_by(request: HttpRequest, parameters: SearchParameters) -> index.Asked:
    """What the parameters ask for, narrowed as the search page narrows by the same ones."""
    _, narrowed = narrowed_by(request.GET, parameters.kind)
    return index.Asked(
        parameters.q.replace("\0", " "),  # which no record holds, and the database refuses
        KINDS[parameters.kind],
        index.Sort(parameters.sort),
        index.Match(parameters.match) if parameters.match else None,
        narrowed,
    )


def place_in(cursor: str, sort: index.Sort) -> int | None:
    """Where the page before ended: by relevance how many results lie behind, else the place of the last one."""
    if not cursor:
        return None
    if cursor[0] != LETTERS[sort]:
        raise HttpError(422, f"cursor: “{cursor}” comes from a search in another order than by {sort}.")
    place = int(cursor[1:])
    if place > LAST_PLACE:
        raise HttpError(422, f"cursor: “{cursor}” is none that this archive gave.")
    return place


def page_after(found: index.Search, place: int | None, limit: int) -> tuple[index.Results, int | None]:
    """The results after the place, and the place that they end at; None where there are no more."""
    if found.asked.sort != index.Sort.RELEVANCE:
        return found.results_after(place, limit)
    offset = place or 0
    return found.results(offset, limit), offset + limit if offset + limit < found.total else None


def reports_found(hits: Iterable[index.Hit], words: str) -> list[ReportFound]:
    """In the order of the hits; what has gone since the index was written is left out."""
    shown = Version.objects.visible().filter(article__in=[hit.key for hit in hits])
    versions = {version.article_id: version for version in shown.select_related("article__outlet")}
    texts = texts_for_snippets(versions.values())
    return [
        ReportFound(
            type="report",
            **ReportReference.fields_of(version.article),
            **passage_of(texts[version.pk][0], words, version.article.language, texts[version.pk][1]),
            lacks=hit.lacking,
        )
        for hit in hits
        if (version := versions.get(hit.key))
    ]


def quotes_found(hits: Iterable[index.Hit], words: str) -> list[QuoteFound]:
    """In the order of the hits; what has gone since the index was written is left out."""
    wanted = Quote.objects.visible().filter(pk__in=[hit.key for hit in hits])
    quotes = wanted.with_words().with_evidence().with_source().in_bulk()
    found = []
    for hit in hits:
        quote = quotes.get(hit.key)
        if quote is None:
            continue
        own = {"id": quote.pk, "url": absolute(quote.get_absolute_url())}
        found.append(
            QuoteFound(
                type="quote",
                **ReportReference.fields_of(quote.article) | own,
                **QuoteFields.fields_of(quote),
                **passage_of(quote.words, words, quote.article.language),
                lacks=hit.lacking,
                report=ReportReference.of(quote.article),
            )
        )
    return found


def passage_of(text: str, words: str, language: str, furniture: Sequence[Sequence[int]] = ()) -> dict:
    """The snippet, and where in it the words stand."""
    snippet, highlights = "", []
    for piece in index.snippet(text, words, language_of(language), furniture=furniture).pieces:
        if piece.found:
            highlights.append((len(snippet), len(snippet) + len(piece.text)))
        snippet += piece.text
    return {"snippet": snippet, "highlights": highlights}
