"""People who are quoted or named in full, with every name and role met in print."""

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import Count, Func, Max, Min, Q

from archive.models.addresses import address_of
from archive.models.article import Article, Version, may_be_seen
from archive.models.history import recorded
from archive.models.named import Named, NamedQuerySet, NameInPrint, Place
from archive.models.outbox import OutboxEntry, outbox_triggers
from archive.models.resemblance import KeyWords
from archive.models.spelling import likeness_key, name_key, word_likeness


def sort_key(name: str) -> str:
    """The last word first, as an index of names has it: "nicholson, john"."""
    *first, last = name_key(name).split() or [""]
    return f"{last}, {' '.join(first)}" if first else last


class PersonQuerySet(NamedQuerySet):
    def with_commonest_roles(self, most=6):
        """Adds `commonest_roles`: the wordings that the most reports print, at most so many."""
        roles = (
            Role.objects.visible()
            .filter(person=models.OuterRef("pk"))
            .order_by()
            .values("text")
            .annotate(n=Count("pk"))
        )
        return self.annotate(commonest_roles=ArraySubquery(roles.order_by("-n", "text").values("text")[:most]))

    def with_latest_role(self):
        """Adds `latest_role`: one that the newest of the articles that print one gives; None where none does."""
        roles = Role.objects.visible().filter(person=models.OuterRef("pk")).order_by("-article", "text")
        return self.annotate(latest_role=models.Subquery(roles.values("text")[:1]))


@recorded()
class Person(Named):
    """Somebody who is quoted, or named in full outside page furniture. A surname alone makes nobody."""

    slug_stem = "person"  # the address of one whose name leaves no letter for it
    sort_key_of = staticmethod(sort_key)

    objects = PersonQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name_plural = "people"
        triggers = outbox_triggers(OutboxEntry.Kind.PERSON, "id", ("update",))

    def get_absolute_url(self):
        return address_of("person", self.slug)


@recorded(exclude=["likeness", "word_likeness"])
class Name(NameInPrint):
    """One form of a person's name, as met in print or set by an editor.

    The database holds a person to one of these: (person.id, person.name) refers to (name.person_id, name.text).
    """

    bearer = "person"

    person = models.ForeignKey(Person, models.CASCADE, related_name="names")
    likeness = models.CharField(
        max_length=300,
        default="",
        editable=False,
        help_text="the same for spellings of a whole name that may be one; empty for a single word",
    )
    word_likeness = models.CharField(
        max_length=300,
        default="",
        editable=False,
        help_text="the key's words, each the same for spellings that may be one",
    )
    identifies = models.BooleanField(
        "identifies them", default=True, help_text="a person of this name in another report is this one"
    )

    class Meta(NameInPrint.Meta):
        indexes = [
            *NameInPrint.Meta.indexes,
            models.Index(fields=["likeness"], name="name_likeness"),
            GinIndex(KeyWords("word_likeness"), name="name_word_likeness"),
        ]
        constraints = [
            *NameInPrint.Meta.constraints,
            models.UniqueConstraint(fields=["person", "text"], name="name_once"),
            models.CheckConstraint(condition=~Q(likeness="") | ~Q(key__contains=" "), name="name_likeness"),
        ]
        triggers = outbox_triggers(OutboxEntry.Kind.PERSON, "person_id")

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self) -> "Name":
        """The name itself, with the keys that its text has; to be called where rows are written together."""
        self.key, self.likeness = name_key(self.text), likeness_key(self.text)
        self.word_likeness = word_likeness(self.text)
        return self

    @classmethod
    def spelt_alike(cls, words: str) -> Q:
        alike = Q(word_likeness__words__contains=word_likeness(words).split())
        if whole := likeness_key(words):
            alike |= Q(likeness=whole)
        return alike


@recorded()
class FormerSlug(models.Model):
    """An address that a person's page once had and still leads to it."""

    slug = models.SlugField(max_length=100, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="former_slugs")

    def __str__(self):
        return self.slug


KEY_BITS = 40
KEY = (1 << KEY_BITS) - 1


class DayAndKey(Func):
    """One number for a day and a key, by which rows are ordered by both; NULL without a day.

    The least of a group takes no sort of it, as its first row would.
    """

    arity = 2
    output_field = models.BigIntegerField()

    def as_sql(self, compiler, connection):
        (day, of_day), (key, of_key) = map(compiler.compile, self.source_expressions)
        return f"(({day} - DATE '0001-01-01')::bigint << {KEY_BITS} | {key})", (*of_day, *of_key)


class RoleQuerySet(models.QuerySet):
    def visible(self):
        """Those that reports print which readers may see."""
        return self.filter(may_be_seen("article__"))

    def once_each(self):
        """Each wording that readers may see once, from the newest article that prints it, with `article_count`."""
        return (
            self.visible()
            .annotate(article_count=models.Window(Count("pk"), partition_by=["person", "text"]))
            .order_by("person_id", "text", models.F("article__published_earliest").desc(nulls_last=True), "-article")
            .distinct("person_id", "text")
            .select_related("article__outlet")
        )

    def over_time(self, most):
        """The wordings that the most reports print, at most so many: each as `text` with `article_count`, and the keys
        of the `first` and the `last` report by date that print it."""
        day = DayAndKey("article__published_earliest", "article")
        counted = self.visible().order_by().values("text").annotate(article_count=Count("pk"))
        dated = counted.annotate(earliest=Min(day), latest=Max(day), newest=Max("article"))
        rows = list(dated.order_by("-article_count", "text")[:most])
        for row in rows:
            earliest, latest, newest = (row.pop(name) for name in ("earliest", "latest", "newest"))
            row["first"], row["last"] = ((key and key & KEY) or newest for key in (earliest, latest))
        return rows


class Role(models.Model):
    """A rank, title or office of a person, as one article prints it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    article = models.ForeignKey(Article, models.CASCADE, related_name="roles")
    text = models.TextField()

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "article", "text"], name="role_once")]
        triggers = outbox_triggers(OutboxEntry.Kind.ARTICLE, "article_id")

    def __str__(self):
        return self.text


class MentionQuerySet(models.QuerySet):
    def first_reports(self, people, most):
        """Of the people's first reports, at most so many of each: (person, article, earliest day, latest day, role), a
        row for each role, or one with None. One statement that reads no more, however often somebody is named.

        Of somebody whom others were merged into, it is also the first of each of those: an editor has said that what
        these tell is of them too."""
        with connection.cursor() as cursor:
            cursor.execute(FIRST_REPORTS, {"people": list(people), "most": most})
            return cursor.fetchall()


FIRST_REPORTS = """
    SELECT person.id, article.id, article.published_earliest, article.published_latest, role.text
    FROM unnest(%(people)s::bigint[]) AS person(id)
    CROSS JOIN LATERAL (
        (SELECT DISTINCT article_id FROM archive_mention WHERE person_id = person.id ORDER BY article_id LIMIT %(most)s)
        UNION
        SELECT unnest(first_reports) FROM archive_transfer WHERE holder_id = person.id
    ) AS mention
    JOIN archive_article AS article ON article.id = mention.article_id
    LEFT JOIN archive_role AS role ON role.person_id = person.id AND role.article_id = mention.article_id
"""


class Mention(Place):
    """A place where an article names a person: [start, end) in the version's text."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="mentions")
    version = models.ForeignKey(Version, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="mentions", db_index=False
    )  # mention_by_person serves

    objects = MentionQuerySet.as_manager()

    class Meta(Place.Meta):
        indexes = [models.Index(fields=["person", "article"], name="mention_by_person")]
        constraints = [
            *Place.Meta.constraints,
            models.UniqueConstraint(fields=["version", "person", "start"], name="mention_once"),
        ]
        triggers = outbox_triggers(OutboxEntry.Kind.ARTICLE, "article_id")

    def __str__(self):
        return f"{self.person} at {self.start}–{self.end}"
