"""Turns articles and their quotes into the documents that are indexed, many at a time with few queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from archive.models import Article, Name, OrganisationName, Quote, Version
from archive.search.results import Kind

CHUNK = 200  # articles whose texts are in memory at a time


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found of a report, a quote or reported speech. Phrases do not reach from one text into the next."""

    kind: Kind
    key: int
    article: int
    texts: tuple[str, ...]
    names: tuple[str, ...] = ()
    outlet: int | None = None
    published_earliest: date | None = None
    published_latest: date | None = None
    quote_kind: str = ""
    speaker: int | None = None


def all_articles() -> Iterator[list[int]]:
    """The keys of all articles in chunks, those added meanwhile included."""
    last = 0
    while chunk := list(Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        yield chunk
        last = chunk[-1]


def documents_of(articles: Collection[int]) -> Iterator[Document]:
    """The documents of these articles: each report, and its quotes that stand. Five queries, whatever their number."""
    versions = list(Version.objects.filter(article__in=articles, shown=True).select_related("article").order_by("pk"))
    quotes = list(Quote.objects.standing().filter(article__in=articles).order_by("pk"))
    people = Name.objects.filter(person__in={quote.speaker_id for quote in quotes if quote.speaker_id})
    bodies = {quote.organisation_id for quote in quotes if quote.organisation_id}
    organisations = OrganisationName.objects.filter(organisation__in=bodies)
    names: dict[tuple[int | None, int | None], list[str]] = defaultdict(list)
    for person, name in people.order_by("pk").values_list("person", "text"):
        names[person, None].append(name)
    for organisation, name in organisations.order_by("pk").values_list("organisation", "text"):
        names[None, organisation].append(name)

    texts = {version.pk: version.text for version in versions}
    # A quote may stand in a version that is no longer shown.
    elsewhere = {quote.version_id for quote in quotes} - texts.keys()
    texts |= dict(Version.objects.filter(pk__in=elsewhere).values_list("pk", "text"))

    article_of = {version.article_id: version.article for version in versions}
    for version in versions:
        yield _report(version)
    for quote in quotes:
        if quote.article_id in article_of:
            speaker = names[quote.speaker_id, quote.organisation_id]
            yield _quote(quote, article_of[quote.article_id], texts[quote.version_id], speaker)


def _report(version: Version) -> Document:
    article = version.article
    return Document(
        kind=Kind.REPORT,
        key=article.pk,
        article=article.pk,
        texts=(article.title, *_outside(version.text, version.furniture)),
        **_of_article(article),
    )


def _quote(quote: Quote, article: Article, text: str, names: list[str]) -> Document:
    printed = [] if quote.speaker_start is None else [text[quote.speaker_start : quote.speaker_end]]
    printed += [text[start:end] for start, end in quote.chain]
    return Document(
        kind=Kind.REPORTED if quote.kind == Quote.Kind.REPORTED else Kind.QUOTE,
        key=quote.pk,
        article=article.pk,
        texts=(text[quote.start : quote.end],),
        names=tuple(dict.fromkeys([*names, *printed])),
        quote_kind=quote.kind,
        speaker=quote.speaker_id,
        **_of_article(article),
    )


def _of_article(article: Article) -> dict:
    return {
        "outlet": article.outlet_id,
        "published_earliest": article.published_earliest,
        "published_latest": article.published_latest,
    }


def _outside(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    """The text without the spans."""
    position = 0
    for start, end in sorted(map(tuple, spans)):
        if start > position:
            yield text[position:start]
        position = max(position, end)
    yield text[position:]
