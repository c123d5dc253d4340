"""An editor revises a report's text, or shows an earlier version of it again."""

from django.db import transaction

from archive.extraction import EXTRACTOR_VERSION, extract
from archive.importing.anchoring import Anchoring
from archive.importing.articles import one_import_at_a_time
from archive.importing.known import KnownPeople
from archive.importing.known_organisations import KnownOrganisations
from archive.importing.versions import add_version, write_found
from archive.models import Article, Mention, OrganisationMention, Version


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


@transaction.atomic
def show_version_again(key: int) -> Version:
    """The version of this key is the one that readers see; the quotes of its report move to where their words stand in
    it, as they do to a revision."""
    one_import_at_a_time()
    version = Version.objects.get(pk=key)
    Article.objects.select_for_update(of=("self",)).get(pk=version.article_id)
    Version.objects.filter(article=version.article_id, shown=True).update(shown=False)
    version.shown, version.extractor_version = True, EXTRACTOR_VERSION
    version.save(update_fields=["shown", "extractor_version"])
    for mention in (Mention, OrganisationMention):
        mention.objects.filter(version=version).delete()
    extraction = extract(version.text, [(start, end) for start, end in version.furniture])
    known, known_organisations = KnownPeople(extraction.people), KnownOrganisations(extraction.organisations)
    write_found(version, extraction, known, known_organisations)
    return version
