"""People who are quoted or named in full, with every name and role met in print."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce, Left, Upper
from django.urls import reverse

from archive.models.article import Article, Version
from archive.models.history import recorded
from archive.models.outbox import OutboxEntry, outbox_triggers
from archive.models.spelling import likeness_key, name_key


def sort_key(name: str) -> str:
    """The last word first, as an index of names has it: "nicholson, john"."""
    *first, last = name_key(name).split() or [""]
    return f"{last}, {' '.join(first)}" if first else last


class PersonQuerySet(models.QuerySet):
    def with_counts(self):
        """Adds `quote_count` (quoted words that stand) and `article_count` (the reports that name them)."""
        from archive.models.quote import Quote  # quotes name their speaker: the import cannot be at the top

        quotes = Quote.objects.standing().spoken().filter(speaker=models.OuterRef("pk")).order_by().values("speaker")
        mentions = Mention.objects.filter(person=models.OuterRef("pk"), version__shown=True).order_by().values("person")
        return self.annotate(
            quote_count=Coalesce(models.Subquery(quotes.annotate(n=Count("pk")).values("n")), 0),
            article_count=Coalesce(
                models.Subquery(mentions.annotate(n=Count("article", distinct=True)).values("n")), 0
            ),
        )

    def with_commonest_roles(self, most=6):
        """Adds `commonest_roles`: the wordings that the most reports print, at most so many."""
        roles = Role.objects.filter(person=models.OuterRef("pk")).order_by().values("text").annotate(n=Count("pk"))
        return self.annotate(commonest_roles=ArraySubquery(roles.order_by("-n", "text").values("text")[:most]))

    def most_quoted(self):
        return self.with_counts().filter(quote_count__gt=0).order_by("-quote_count", "sort_key", "pk")

    def named(self, words: str):
        """Those one of whose names holds all the words, whatever their case, accents and order."""
        found = self
        for word in name_key(words).split():
            found = found.filter(Q(pk__in=Name.objects.filter(key__contains=word).values("person")))
        return found

    def under_letter(self, letter: str):
        """Those whose sort key starts with this letter."""
        return self.filter(sort_key__startswith=letter.lower())

    def under_no_letter(self):
        """Those whose sort key starts with a figure, or is empty."""
        return self.exclude(sort_key__regex=r"^[a-z]")

    def first_letters(self) -> set[str]:
        """The first characters of all sort keys, as capitals."""
        return set(self.order_by().values_list(Upper(Left("sort_key", 1)), flat=True).distinct())

    def named_in(self, version):
        return self.filter(pk__in=version.mentions.values("person"))


@recorded()
class Person(models.Model):
    """Somebody who is quoted, or named in full outside page furniture. A surname alone makes nobody."""

    name = models.CharField(max_length=300, help_text="the preferred one of their names")
    slug = models.SlugField(
        max_length=100, unique=True, help_text="the address of their page; an old one redirects here"
    )
    sort_key = models.CharField(max_length=300, help_text="where they stand in the list: surname first")
    wikidata_id = models.CharField("Wikidata id", max_length=20, blank=True)
    note = models.TextField(blank=True, help_text="who this is, and who not")

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name_plural = "people"
        indexes = [models.Index(fields=["sort_key", "id"], name="person_sort_key")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="person_name_not_empty"),
            models.CheckConstraint(condition=Q(wikidata_id__regex=r"^(Q[1-9][0-9]*)?$"), name="person_wikidata_id"),
        ]
        triggers = outbox_triggers(OutboxEntry.Kind.PERSON, "id", ("update",))

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("person", args=[self.slug])


@recorded(exclude=["likeness"])
class Name(models.Model):
    """One form of a person's name, as met in print or set by an editor.

    The database holds a person to one of these: (person.id, person.name) refers to (name.person_id, name.text).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="names")
    text = models.CharField(max_length=300)
    key = models.CharField(max_length=300, editable=False, help_text="without case, accents and punctuation")
    likeness = models.CharField(
        max_length=300,
        default="",
        editable=False,
        help_text="the same for spellings of a whole name that may be one; empty for a single word",
    )
    identifies = models.BooleanField(
        "identifies them", default=True, help_text="a person of this name in another report is this one"
    )

    class Meta:
        ordering = ["text"]
        indexes = [
            models.Index(fields=["key"], name="name_key"),
            models.Index(fields=["likeness"], name="name_likeness"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "text"], name="name_once"),
            models.CheckConstraint(condition=~Q(text=""), name="name_not_empty"),
            models.CheckConstraint(condition=~Q(likeness="") | ~Q(key__contains=" "), name="name_likeness"),
        ]
        triggers = outbox_triggers(OutboxEntry.Kind.PERSON, "person_id")

    def __str__(self):
        return self.text

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self) -> "Name":
        """The name itself, with the keys that its text has; to be called where rows are written together."""
        self.key, self.likeness = name_key(self.text), likeness_key(self.text)
        return self


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


class MentionQuerySet(models.QuerySet):
    def first_reports(self, people, most):
        """Of the people's first reports, at most so many of each: (person, article, earliest day, latest day, role), a
        row for each role, or one with None. One statement that reads no more, however often somebody is named."""
        with connection.cursor() as cursor:
            cursor.execute(FIRST_REPORTS, {"people": list(people), "most": most})
            return cursor.fetchall()


FIRST_REPORTS = """
    SELECT person.id, article.id, article.published_earliest, article.published_latest, role.text
    FROM unnest(%(people)s::bigint[]) AS person(id)
    CROSS JOIN LATERAL (
        SELECT DISTINCT article_id FROM archive_mention WHERE person_id = person.id ORDER BY article_id LIMIT %(most)s
    ) AS mention
    JOIN archive_article AS article ON article.id = mention.article_id
    LEFT JOIN archive_role AS role ON role.person_id = person.id AND role.article_id = mention.article_id
"""


class Mention(models.Model):
    """A place where an article names a person: [start, end) in the version's text."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="mentions")
    version = models.ForeignKey(Version, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="mentions", db_index=False
    )  # mention_by_person serves
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    objects = MentionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "article"], name="mention_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["version", "person", "start"], name="mention_once"),
            models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="mention_span"),
        ]

    def __str__(self):
        return f"{self.person} at {self.start}–{self.end}"
