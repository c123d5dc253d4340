"""Adds a version to an article: its text, and the people and quotes found in it."""

from collections.abc import Sequence

from archive.extraction import EXTRACTOR_VERSION, Extraction
from archive.importing.known import KnownPeople
from archive.importing.people import write_people
from archive.importing.preparing import text_hash
from archive.importing.quotes import write_quotes
from archive.models import Article, Name, Person, Version


def add_version(
    article: Article,
    *,
    title: str,
    text: str,
    furniture: Sequence[tuple[int, int]],
    extraction: Extraction,
    maker: Version.Maker,
    known: KnownPeople,
    is_new: bool = False,
) -> tuple[Version, list[Person], list[Name]]:
    """The new version, shown from now on, and the people and names that came with it.

    What an editor has revised is not replaced by what a reader read: then the new version is kept and the revision
    stays the one shown. To be called in a transaction that has locked the article, or made it (`is_new`).
    """
    newest = None if is_new else article.versions.defer("text").order_by("-number").first()
    shown = None if is_new else article.versions.defer("text").filter(shown=True).first()
    replaces = shown is None or maker == Version.Maker.EDITOR or shown.maker != Version.Maker.EDITOR
    if shown and replaces:
        article.versions.filter(shown=True).update(shown=False)
    version = Version.objects.create(
        article=article,
        number=newest.number + 1 if newest else 1,
        title=title,
        text=text,
        text_sha256=text_hash(title, text),
        furniture=[list(span) for span in furniture],
        maker=maker,
        shown=replaces,
        extractor_version=EXTRACTOR_VERSION if replaces else 0,
    )
    if not replaces:
        return version, [], []
    people, new_people, new_names = write_people(article, version, extraction.people, known)
    write_quotes(article, version, extraction.quotes, people, is_new=is_new)
    return version, new_people, new_names
