"""What people and organisations have in common: a preferred name among several, an address, and words of theirs."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce, Left, Upper

from archive.models.spelling import name_key

MOST_WORDS = 20  # of any name; the time to plan a query grows with the cube of how many are sought


class NamedQuerySet(models.QuerySet):
    """Reads of a model whose rows have `names`, `quotes` and `mentions`."""

    def with_counts(self):
        """Adds `quote_count` and `reported_count` (quoted words, and reported speech, that stand) and `article_count`
        (the reports that name them)."""
        quotes, mentions = (self.model._meta.get_field(name) for name in ("quotes", "mentions"))
        own_quotes = {quotes.field.name: models.OuterRef("pk")}
        own_mentions = {mentions.field.name: models.OuterRef("pk")}
        standing = quotes.related_model.objects.standing().filter(**own_quotes).order_by()
        counted_quotes, counted_reported = (
            kind.values(quotes.field.name).annotate(n=Count("pk")) for kind in (standing.spoken(), standing.reported())
        )
        counted_articles = (
            mentions.related_model.objects.filter(**own_mentions, version__shown=True)
            .order_by()
            .values(mentions.field.name)
            .annotate(n=Count("article", distinct=True))
        )
        return self.annotate(
            quote_count=Coalesce(models.Subquery(counted_quotes.values("n")), 0),
            reported_count=Coalesce(models.Subquery(counted_reported.values("n")), 0),
            article_count=Coalesce(models.Subquery(counted_articles.values("n")), 0),
        )

    def most_quoted(self):
        return self.with_counts().filter(quote_count__gt=0).order_by("-quote_count", "sort_key", "pk")

    def named(self, words: str):
        """Those of whom each of the words is found in a name, whatever their case, accents and order."""
        names = self.model._meta.get_field("names")
        found = self
        sought = dict.fromkeys(names.related_model.key_of(words).split())
        if len(sought) > MOST_WORDS:
            return self.none()
        for word in sought:
            bearing = names.related_model.objects.filter(self.holding(word))
            found = found.filter(Q(pk__in=bearing.values(names.field.name)))
        return found

    def bearing(self, words: str):
        return self.named(words)

    def holding(self, word: str) -> Q:
        """What is true of a name that has this word of a key."""
        return Q(key__contains=word)

    def under_letter(self, letter: str):
        """Those whose sort key starts with this letter."""
        return self.filter(sort_key__startswith=letter.lower())

    def under_no_letter(self):
        """Those whose sort key starts with a figure, or is empty."""
        return self.exclude(sort_key__regex=r"^[a-z]")

    def first_letters(self) -> set[str]:
        """The first characters of all sort keys, as capitals."""
        return set(self.order_by().values_list(Upper(Left("sort_key", 1)), flat=True).distinct())

    def taken_slugs(self, stems: Iterable[str]) -> set[str]:
        """Those of the slugs that lead to one of them or once did, and, for each that does, those with a number behind
        it."""
        stems = set(stems)
        former = self.model._meta.get_field("former_slugs").related_model.objects
        taken: set[str] = set()
        for leading in (self, former):
            taken |= set(leading.filter(slug__in=stems).values_list("slug", flat=True))
        if taken:
            # A slug holds nothing that means something in a pattern.
            numbered = rf"^({'|'.join(sorted(taken))})-[0-9]+$"
            for leading in (self, former):
                taken |= set(leading.filter(slug__regex=numbered).values_list("slug", flat=True))
        return taken

    def named_in(self, version):
        """Those whom this version of an article names."""
        return self.filter(mentions__version=version).distinct()


class Named(models.Model):
    """Somebody or a body that reports name: their preferred name and the address of their page."""

    name = models.CharField(max_length=300, help_text="the preferred one of their names")
    slug = models.SlugField(
        max_length=100, unique=True, help_text="the address of their page; an old one redirects here"
    )
    sort_key = models.CharField(max_length=300, help_text="where they stand in the list: surname first")
    wikidata_id = models.CharField("Wikidata id", max_length=20, blank=True)
    note = models.TextField(blank=True, help_text="who this is, and who not")

    objects = NamedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["sort_key", "id"], name="%(class)s_sort_key")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="%(class)s_name_not_empty"),
            models.CheckConstraint(condition=Q(wikidata_id__regex=r"^(Q[1-9][0-9]*)?$"), name="%(class)s_wikidata_id"),
        ]

    def __str__(self):
        return self.name


class NameInPrint(models.Model):
    """One form of a name, as met in print or set by an editor."""

    key_of = staticmethod(name_key)  # the form in which two spellings count as the same name

    text = models.CharField(max_length=300)
    key = models.CharField(max_length=300, editable=False, help_text="without case, accents and punctuation")

    class Meta:
        abstract = True
        ordering = ["text"]
        indexes = [models.Index(fields=["key"], name="%(class)s_key")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="%(class)s_not_empty")]

    def __str__(self):
        return self.text

    def save(self, *args, **kwargs):
        self.key = self.key_of(self.text)
        super().save(*args, **kwargs)


class Place(models.Model):
    """Where an article names somebody or a body: [start, end) in the version's text."""

    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="%(class)s_span")]
