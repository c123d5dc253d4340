"""Turns articles and their quotes into the documents that are indexed, many at a time with few queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Max, Min

from archive.models import (
    Article,
    Mention,
    Name,
    Organisation,
    OrganisationMention,
    OrganisationName,
    Person,
    Quote,
    Role,
    Version,
)
from archive.search.results import Kind
from archive.search.tokens import language_of, terms
from archive.search.wording import STOPWORDS

CHUNK = 200  # articles whose texts are in memory at a time
LONGEST_PHRASE = 4  # words of a title that are suggested together
MOST_YEARS = 100  # of a report whose date is hardly known


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found of a report or a quote. Phrases do not reach from one text into the next.

    `speakers` and `about` hold codes (`code_of`) of who speaks and who is named in it.
    """

    kind: Kind
    key: int
    article: int
    texts: tuple[str, ...]
    language: str
    title: str = ""
    phrases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    printed_speakers: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    speakers: tuple[int, ...] = ()
    about: tuple[int, ...] = ()
    outlet: int | None = None
    published_earliest: date | None = None
    published_latest: date | None = None
    quote_kind: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """All in which it may have been published."""
        if not self.published_earliest or not self.published_latest:
            return ()
        first, last = self.published_earliest.year, self.published_latest.year
        return tuple(range(first, min(last, first + MOST_YEARS) + 1))


def code_of(model: type[Person] | type[Organisation], key: int) -> int:
    """One number for a person or an organisation, so that both can stand in one column."""
    return 2 * key + (model is Organisation)


def of_code(code: int) -> tuple[type[Person] | type[Organisation], int]:
    """The model and key that `code_of` made the number of."""
    return (Organisation if code % 2 else Person), code // 2


def all_articles() -> Iterator[list[int]]:
    """The keys of all articles that readers may see, in chunks, those added meanwhile included."""
    last = 0
    visible = Article.objects.visible().order_by("pk")
    while chunk := list(visible.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        yield chunk
        last = chunk[-1]


def some_reports(most: int) -> Iterator[list[str]]:
    """The plain words of so many visible reports at most, taken evenly from all."""
    keys = Article.objects.visible().aggregate(first=Min("pk"), last=Max("pk"))
    if keys["last"] is None:
        return
    among = range(keys["first"], keys["last"] + 1)
    chosen = [among[len(among) * number // most] for number in range(most)] if len(among) > most else among
    shown = Version.objects.visible().filter(article__in=chosen)
    texts = shown.values_list("article__title", "article__language", "text", "furniture")
    for title, language, text, furniture in texts.iterator(CHUNK):
        parts = (title, *outside(text, furniture))
        yield [plain for part in parts for plain in terms(part, language_of(language)).plains]


class Named(NamedTuple):
    """Somebody or a body named at [start, end) of a version's text."""

    version: int
    code: int
    start: int
    end: int


def documents_of(articles: Collection[int]) -> Iterator[Document]:
    """The documents of those articles that readers may see: each report, and its quotes that stand.

    A fixed number of queries, whatever that of the articles.
    """
    visible = Version.objects.visible().filter(article__in=articles)
    versions = list(visible.select_related("article").order_by("pk"))
    article_of = {version.article_id: version.article for version in versions}
    # Of these versions alone: another may be shown by now, and then the outbox has its article again.
    quotes = list(Quote.objects.visible().filter(version__in=[version.pk for version in versions]).order_by("pk"))
    names = _names_of(quotes)
    named = _named_in(article_of)
    roles: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for article, person, text in Role.objects.filter(article__in=article_of).values_list("article", "person", "text"):
        roles[article][person].append(text)

    texts = {version.pk: version.text for version in versions}
    of_article: dict[int, list[Document]] = defaultdict(list)
    for quote in quotes:
        speaker = names[_speaker_code(quote)]
        own_roles = [quote.role, *roles[quote.article_id].get(quote.speaker_id or 0, ())]
        within = [each.code for each in named[quote.article_id] if _is_within(each, quote)]
        document = _quote(quote, article_of[quote.article_id], texts[quote.version_id], speaker, own_roles, within)
        of_article[quote.article_id].append(document)
    for version in versions:
        own = of_article[version.article_id]
        in_version = [each.code for each in named[version.article_id] if each.version == version.pk]
        printed_roles = [text for person in roles[version.article_id].values() for text in person]
        yield _report(version, own, printed_roles, in_version)
        yield from own


def _names_of(quotes: Iterable[Quote]) -> dict[int | None, list[str]]:
    """All names of those who speak, by code."""
    names: dict[int | None, list[str]] = defaultdict(list)
    people = {quote.speaker_id for quote in quotes if quote.speaker_id}
    bodies = {quote.organisation_id for quote in quotes if quote.organisation_id}
    of_people = Name.objects.filter(person__in=people).order_by("pk").values_list("person", "text")
    of_bodies = OrganisationName.objects.filter(organisation__in=bodies).order_by("pk")
    for person, name in of_people:
        names[code_of(Person, person)].append(name)
    for organisation, name in of_bodies.values_list("organisation", "text"):
        names[code_of(Organisation, organisation)].append(name)
    return names


def _named_in(articles: Collection[int]) -> dict[int, list[Named]]:
    """Where people and organisations are named, by article."""
    named: dict[int, list[Named]] = defaultdict(list)
    for model, mentions, field in (
        (Person, Mention.objects, "person"),
        (Organisation, OrganisationMention.objects, "organisation"),
    ):
        places = mentions.filter(article__in=articles).values_list("article", "version", field, "start", "end")
        for article, version, key, start, end in places:
            named[article].append(Named(version, code_of(model, key), start, end))
    return named


def _is_within(named: Named, quote: Quote) -> bool:
    return named.version == quote.version_id and quote.start <= named.start and named.end <= quote.end


def _speaker_code(quote: Quote) -> int | None:
    if quote.speaker_id:
        return code_of(Person, quote.speaker_id)
    return code_of(Organisation, quote.organisation_id) if quote.organisation_id else None


def _report(version: Version, quotes: list[Document], roles: list[str], about: list[int]) -> Document:
    article = version.article
    return Document(
        kind=Kind.REPORT,
        key=article.pk,
        article=article.pk,
        texts=(article.title, *outside(version.text, version.furniture)),
        title=article.title,
        phrases=() if article.title_is_ours else tuple(phrases_of(article.title)),
        printed_speakers=_once(text for quote in quotes for text in quote.printed_speakers),
        roles=_once([*roles, *(text for quote in quotes for text in quote.roles)]),
        speakers=_once(code for quote in quotes for code in quote.speakers),
        about=_once(about),
        **_of_article(article),
    )


def _quote(quote: Quote, article: Article, text: str, names: list[str], roles: list[str], about: list[int]) -> Document:
    # What an editor decided, the words printed beside the quotation may contradict.
    decided = quote.rule == Quote.EDITOR
    beside = [] if quote.speaker_start is None else [(quote.speaker_start, quote.speaker_end)]
    printed = [] if decided else [text[start:end] for start, end in (*beside, *quote.chain)]
    code = _speaker_code(quote)
    roles = [role for role in roles if role]
    return Document(
        kind=Kind.QUOTE,
        key=quote.pk,
        article=article.pk,
        texts=(text[quote.start : quote.end],),
        title=article.title,
        names=_once([*names, *printed, *roles]),
        printed_speakers=() if code else _once(printed),
        roles=_once([*roles, *(() if code else printed)]),
        speakers=(code,) if code else (),
        about=_once(about),
        quote_kind=quote.kind,
        **_of_article(article),
    )


def _of_article(article: Article) -> dict:
    return {
        "language": language_of(article.language),
        "outlet": article.outlet_id,
        "published_earliest": article.published_earliest,
        "published_latest": article.published_latest,
    }


def _once(values: Iterable) -> tuple:
    return tuple(dict.fromkeys(values))


def outside(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    """The text without the spans: what of it is searched, where they are its furniture."""
    position = 0
    for start, end in sorted(map(tuple, spans)):
        if start > position:
            yield text[position:start]
        position = max(position, end)
    yield text[position:]


def phrases_of(title: str) -> Iterator[str]:
    """The runs of two words and more that stand in a title and neither begin nor end with a stopword."""
    words = terms(title).plains
    for length in range(2, LONGEST_PHRASE + 1):
        for start in range(len(words) - length + 1):
            first, last = words[start], words[start + length - 1]
            if not {first, last} & STOPWORDS and not first[0].isdigit():
                yield " ".join(words[start : start + length])
