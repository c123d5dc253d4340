"""Records in the words of schema.org, as JSON-LD has them: only what is known, and never a report's text.

https://schema.org/NewsArticle, Quotation, Person and Organization, 2026.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from archive.models import Article, Original, Person, Quote
from archive.models.addresses import address_of
from archive.models.named import Named
from archive.models.quote import UNSURE
from archive.templatetags.addresses import absolute
from archive.templatetags.published import machine_date

Thing = dict[str, Any]

CONTEXT = {"@context": "https://schema.org"}
MOST_PARTS = 100  # quotations that a report names; each names its report
WIKIDATA = "https://www.wikidata.org/wiki/"


def of_report(article: Article, originals: Iterable[Original], quotes: Iterable[Quote]) -> Thing:
    """A report with the originals of its text and the first of the quotations in it, each by its address, where all is
    told of it."""
    address = absolute(article.get_absolute_url())
    first = islice(quotes, MOST_PARTS)
    parts = [{"@type": "Quotation", "@id": absolute(quote.get_absolute_url())} for quote in first]
    return (
        CONTEXT
        | _article(article)
        | _known(
            mainEntityOfPage=address,
            archivedAt=address,
            inLanguage=article.language,
            sameAs=article.url,
            encoding=[_original(original, article.extracts_only) for original in originals],
            hasPart=parts,
        )
    )


def of_quote(quote: Quote) -> Thing | None:
    """A quotation within its report; None of reported speech, which has the report's words and quotes nobody's."""
    if quote.kind == Quote.Kind.REPORTED:
        return None
    address = absolute(quote.get_absolute_url())
    return (
        CONTEXT
        | {"@type": "Quotation", "@id": address, "url": address, "text": quote.words}
        | _known(
            spokenByCharacter=_named(quote.said_by) if quote.said_by and is_sure(quote) else None,
            inLanguage=quote.article.language,
            isPartOf=_article(quote.article),
        )
    )


def of_named(named: Named, other_names: Iterable[str]) -> Thing:
    """A person or an organisation with all their names."""
    return CONTEXT | _named(named) | _known(alternateName=list(other_names))


def is_sure(quote: Quote) -> bool:
    """Whether who spoke may be told without saying how sure that is: an editor decided it, or the machine is."""
    return quote.state != Quote.State.FOUND or (quote.confidence is not None and quote.confidence >= UNSURE)


def _article(article: Article) -> Thing:
    address = absolute(article.get_absolute_url())
    outlet = article.outlet
    publisher = outlet and {"@type": "Organization", "name": outlet.name} | _known(url=outlet.url)
    # The first words of a report without a title are no headline.
    title = {"name" if article.title_is_ours else "headline": article.title}
    return (
        {"@type": "NewsArticle", "@id": address, "url": address}
        | title
        | _known(
            datePublished=machine_date(article.published_earliest, article.published_latest),
            author=article.author,
            publisher=publisher,
        )
    )


def _original(original: Original, extracts_only: bool) -> Thing:
    """An original; its address where it is handed out."""
    address = "" if extracts_only else absolute(address_of("original", original.sha256))
    size = f"{original.size} B"
    return {"@type": "MediaObject", "sha256": original.sha256} | _known(
        encodingFormat=original.media_type, contentSize=size, contentUrl=address
    )


def _named(named: Named) -> Thing:
    address = absolute(named.get_absolute_url())
    kind = "Person" if isinstance(named, Person) else "Organization"
    wikidata = f"{WIKIDATA}{named.wikidata_id}" if named.wikidata_id else ""
    return {"@type": kind, "@id": address, "url": address, "name": named.name} | _known(sameAs=wikidata)


def _known(**properties: Any) -> Thing:
    """Those of the properties that have a value."""
    return {name: value for name, value in properties.items() if value}
