"""Organisations that speak, with every name met in print; kept apart from people, whose shape they have."""

import re

from django.db import models
from django.db.models import Q

from archive.models.addresses import address_of
from archive.models.article import Article, Version
from archive.models.history import recorded
from archive.models.named import Named, NamedQuerySet, NameInPrint, Place
from archive.models.outbox import OutboxEntry, outbox_triggers
from archive.models.spelling import name_key

DOTTED = re.compile(r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])(?:\.(?![^\W_]))?")  # "U.N."


def organisation_key(name: str) -> str:
    """The form in which two spellings count as the same name, as of people; of an acronym with dots, without them.

    >>> organisation_key("the U.N. Security Council")
    'the un security council'
    """
    return name_key(DOTTED.sub(lambda acronym: acronym[0].replace(".", ""), name))


def bare_key(name: str) -> str:
    """The key of an organisation's name without its article: "the Kabul police" is "kabul police"."""
    return organisation_key(name).removeprefix("the ")


class OrganisationQuerySet(NamedQuerySet):
    def holding(self, word: str) -> Q:
        """A word is looked for where one begins: "UN" is no part of "Council"."""
        return Q(key__startswith=word) | Q(key__contains=f" {word}")


@recorded()
class Organisation(Named):
    """A body that speaks and is named so that it is known which. "The ministry" alone makes none."""

    slug_stem = "organisation"  # the address of one whose name leaves no letter for it
    sort_key_of = staticmethod(bare_key)

    sort_key = models.CharField(max_length=300, help_text="where it stands in the list: without its article")

    objects = OrganisationQuerySet.as_manager()

    class Meta(Named.Meta):
        triggers = outbox_triggers(OutboxEntry.Kind.ORGANISATION, "id", ("update",))

    def get_absolute_url(self):
        return address_of("organisation", self.slug)


@recorded()
class OrganisationName(NameInPrint):
    """One form of an organisation's name, as met in print or set by an editor.

    The database holds an organisation to one of these, as it does a person.
    """

    bearer = "organisation"
    key_of = staticmethod(organisation_key)

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    identifies = models.BooleanField(
        "identifies it", default=True, help_text="an organisation of this name in another report is this one"
    )

    class Meta(NameInPrint.Meta):
        verbose_name = "name"
        constraints = [
            *NameInPrint.Meta.constraints,
            models.UniqueConstraint(fields=["organisation", "text"], name="organisationname_once"),
        ]
        triggers = outbox_triggers(OutboxEntry.Kind.ORGANISATION, "organisation_id")


@recorded()
class OrganisationFormerSlug(models.Model):
    """An address that an organisation's page once had and still leads to it."""

    slug = models.SlugField(max_length=100, unique=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="former_slugs")

    def __str__(self):
        return self.slug


class OrganisationMention(Place):
    """A place where an article names an organisation: [start, end) in the version's text."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="organisation_mentions")
    version = models.ForeignKey(Version, models.CASCADE, related_name="organisation_mentions")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="mentions")

    class Meta(Place.Meta):
        constraints = [
            *Place.Meta.constraints,
            models.UniqueConstraint(fields=["version", "organisation", "start"], name="organisationmention_once"),
        ]
        triggers = outbox_triggers(OutboxEntry.Kind.ARTICLE, "article_id")

    def __str__(self):
        return f"{self.organisation} at {self.start}–{self.end}"
