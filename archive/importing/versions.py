"""Adds a version to an article that is there: its text, and the people, organisations and quotes found in it."""

from collections.abc import Iterable

from archive.extraction import EXTRACTOR_VERSION, Extraction, extract
from archive.importing.anchoring import Anchoring
from archive.importing.furniture import decided, moved
from archive.importing.known import KnownPeople
from archive.importing.known_organisations import KnownOrganisations
from archive.importing.organisations import write_organisations
from archive.importing.people import write_people
from archive.importing.preparing import text_hash
from archive.importing.quotes import Speakers, write_quotes
from archive.models import Article, Version


def version_of(
    article: Article,
    *,
    title: str,
    text: str,
    furniture: Iterable[tuple[int, int]],
    number: int = 1,
    shown: bool = True,
    maker: Version.Maker = Version.Maker.READER,
) -> Version:
    """A version of the article, not yet in the database."""
    return Version(
        article=article,
        number=number,
        title=title,
        text=text,
        text_sha256=text_hash(title, text),
        furniture=[list(span) for span in furniture],
        maker=maker,
        shown=shown,
        extractor_version=EXTRACTOR_VERSION if shown else 0,
    )


def add_version(
    article: Article,
    *,
    title: str,
    text: str,
    furniture: Iterable[tuple[int, int]],
    extraction: Extraction,
    maker: Version.Maker,
    known: KnownPeople,
    known_organisations: KnownOrganisations,
) -> Version:
    """The new version, shown from now on, with its people, organisations and quotes.

    What an editor has revised is not replaced by what a reader read: then the new version is kept and the revision
    stays the one shown. What editors decided of the furniture holds for the new text too, where its words still stand.
    To be called in a transaction that has locked the article.
    """
    newest = article.versions.defer("text").order_by("number").last()
    shown = article.versions.defer("text").get(shown=True)
    replaces = maker == Version.Maker.EDITOR or shown.maker != Version.Maker.EDITOR
    by_hand = moved(shown.furniture_by_hand, Anchoring(shown.text, text)) if shown.furniture_by_hand else []
    if by_hand:
        furniture = decided(furniture, by_hand)
    if by_hand and replaces:
        extraction = extract(text, furniture)
        known, known_organisations = KnownPeople(extraction.people), KnownOrganisations(extraction.organisations)
    if replaces:
        article.versions.filter(shown=True).update(shown=False)
    version = version_of(
        article,
        title=title,
        text=text,
        furniture=furniture,
        number=newest.number + 1,
        shown=replaces,
        maker=maker,
    )
    version.furniture_by_hand = by_hand
    version.save()
    if replaces:
        write_found(version, extraction, known, known_organisations)
    return version


def write_found(
    version: Version, extraction: Extraction, known: KnownPeople, known_organisations: KnownOrganisations
) -> None:
    """Writes the people and organisations found in the version now shown, and brings the article's quotes to it."""
    [people] = write_people([(version, extraction.people)], known)
    [organisations] = write_organisations([(version, extraction.organisations)], known_organisations)
    write_quotes(version, extraction.quotes, Speakers(people, organisations))
