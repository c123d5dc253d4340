"""An editor revises a report's text."""

from django.db import transaction

from archive.extraction import extract
from archive.importing.anchoring import Anchoring
from archive.importing.articles import one_import_at_a_time
from archive.importing.known import KnownPeople
from archive.importing.known_organisations import KnownOrganisations
from archive.importing.versions import add_version
from archive.models import Article, Version


class ChangedMeanwhile(Exception):
    """Somebody else has put another version of the report in place."""


@transaction.atomic
def revise_text(article: Article, text: str, based_on: int) -> Version:
    """A new version of the article with this text, shown from now on; its quotes move to where their words now stand.

    `based_on` is the number of the version the editor saw. Raises ChangedMeanwhile where another one is shown by now.
    """
    one_import_at_a_time()  # whom it names must not be merged away meanwhile
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    shown = article.versions.get(shown=True)
    if shown.number != based_on:
        raise ChangedMeanwhile(f"version {shown.number} is shown by now, and this edit was based on version {based_on}")
    anchoring = Anchoring(shown.text, text)
    furniture = [place for start, end in shown.furniture if (place := anchoring.place(start, end))]
    extraction = extract(text, furniture)
    return add_version(
        article,
        title=article.title,
        text=text,
        furniture=furniture,
        extraction=extraction,
        maker=Version.Maker.EDITOR,
        known=KnownPeople(extraction.people),
        known_organisations=KnownOrganisations(extraction.organisations),
    )
