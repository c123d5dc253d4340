"""People who are quoted or named in full, with every name and role met in print."""

from django.db import models
from django.db.models import Count
from django.urls import reverse

from archive.models.article import Article, Version
from archive.models.history import recorded
from archive.models.named import Named, NameInPrint, Place
from archive.models.outbox import OutboxEntry, outbox_triggers
from archive.models.spelling import name_key


def sort_key(name: str) -> str:
    """The last word first, as an index of names has it: "nicholson, john"."""
    *first, last = name_key(name).split() or [""]
    return f"{last}, {' '.join(first)}" if first else last


@recorded()
class Person(Named):
    """Somebody who is quoted, or named in full outside page furniture. A surname alone makes nobody."""

    slug_stem = "person"  # the address of one whose name leaves no letter for it
    sort_key_of = staticmethod(sort_key)

    class Meta(Named.Meta):
        verbose_name_plural = "people"
        triggers = outbox_triggers(OutboxEntry.Kind.PERSON, "id", ("update",))

    def get_absolute_url(self):
        return reverse("person", args=[self.slug])


@recorded()
class Name(NameInPrint):
    """One form of a person's name, as met in print or set by an editor.

    The database holds a person to one of these: (person.id, person.name) refers to (name.person_id, name.text).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="names")
    identifies = models.BooleanField(
        "identifies them", default=True, help_text="a person of this name in another report is this one"
    )

    class Meta(NameInPrint.Meta):
        constraints = [
            *NameInPrint.Meta.constraints,
            models.UniqueConstraint(fields=["person", "text"], name="name_once"),
        ]
        triggers = outbox_triggers(OutboxEntry.Kind.PERSON, "person_id")


class FormerSlug(models.Model):
    """An address that a person's page once had and still leads to it."""

    slug = models.SlugField(max_length=100, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="former_slugs")

    def __str__(self):
        return self.slug


class RoleQuerySet(models.QuerySet):
    def once_each(self):
        """Each wording once, from the newest article that prints it, with `article_count`."""
        return (
            self.annotate(article_count=models.Window(Count("pk"), partition_by=["person", "text"]))
            .order_by("person_id", "text", models.F("article__published_earliest").desc(nulls_last=True), "-article")
            .distinct("person_id", "text")
            .select_related("article__outlet")
        )


class Role(models.Model):
    """A rank, title or office of a person, as one article prints it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    article = models.ForeignKey(Article, models.CASCADE, related_name="roles")
    text = models.TextField()

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "article", "text"], name="role_once")]

    def __str__(self):
        return self.text


class Mention(Place):
    """A place where an article names a person: [start, end) in the version's text."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="mentions")
    version = models.ForeignKey(Version, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, models.CASCADE, related_name="mentions")

    class Meta(Place.Meta):
        constraints = [
            *Place.Meta.constraints,
            models.UniqueConstraint(fields=["version", "person", "start"], name="mention_once"),
        ]

    def __str__(self):
        return f"{self.person} at {self.start}–{self.end}"
