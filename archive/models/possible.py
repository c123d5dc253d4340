"""What `propose` finds for editors to look at: one record that may be two people, two reports that may be one."""

from collections.abc import Collection

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from archive.models.article import Article, Version, may_be_seen
from archive.models.history import recorded
from archive.models.person import Person
from archive.models.transfer import Transfer


class PossibleNamesakesQuerySet(models.QuerySet):
    def open(self):
        """Those that no editor has decided on, nor split since."""
        split = Transfer.objects.standing().filter(
            kind=Transfer.Kind.SPLIT, giver=OuterRef("person"), made__gte=OuterRef("created")
        )
        return self.filter(~Exists(split), state=PossibleNamesakes.State.OPEN)


@recorded()
class PossibleNamesakes(models.Model):
    """A person whose reports speak of two. Proposed once: what an editor decided of it stays decided."""

    class State(models.TextChoices):
        OPEN = "open"
        ONE = "one", "one person"

    person = models.OneToOneField(Person, models.CASCADE, related_name="possible_namesakes")
    reason = models.TextField(help_text="why they may be two")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created = models.DateTimeField(auto_now_add=True)

    objects = PossibleNamesakesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "possible namesakes"
        ordering = ["-pk"]
        indexes = [models.Index(F("id").desc(), condition=Q(state="open"), name="possible_namesakes_open")]

    def __str__(self):
        return f"{self.person}, who may be two"


class PossibleCopyQuerySet(models.QuerySet):
    def open(self):
        """Those that no editor has decided on, of reports that readers see."""
        return self.filter(may_be_seen("first__"), may_be_seen("second__"), state=PossibleCopy.State.OPEN)

    def kept_beside(self, article: Article, others: Collection[int]) -> set[int]:
        """Which of the articles of these keys an editor has compared with this one, and kept both."""
        pairs = self.filter(
            Q(first=article, second__in=others) | Q(second=article, first__in=others), state=PossibleCopy.State.BOTH
        )
        return {key for pair in pairs.values_list("first", "second") for key in pair if key != article.pk}


@recorded()
class PossibleCopy(models.Model):
    """Two reports that may be one. Proposed once: what an editor decided of it stays decided."""

    class State(models.TextChoices):
        OPEN = "open"
        BOTH = "both", "two reports"

    first = models.ForeignKey(Article, models.CASCADE, related_name="+", help_text="the one that came first")
    second = models.ForeignKey(Article, models.CASCADE, related_name="+")
    reason = models.TextField(help_text="why they may be one")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created = models.DateTimeField(auto_now_add=True)

    objects = PossibleCopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "possible copies"
        ordering = ["-pk"]
        indexes = [models.Index(F("id").desc(), condition=Q(state="open"), name="possible_copy_open")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="possible_copy_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="possible_copy_first_came_first"),
        ]

    def __str__(self):
        return f"{self.first} and {self.second}"


class Sketch(models.Model):
    """The least of the hashes of a text's runs of words: texts that have most of their words in a row in common share
    some of these, so that an index finds what is nearly the same."""

    version = models.OneToOneField(Version, models.CASCADE, primary_key=True, related_name="sketch")
    least = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [GinIndex(fields=["least"], name="sketch_least")]

    def __str__(self):
        return f"sketch of version {self.version_id}"


class ProposalMark(models.Model):
    """How far `propose` has come with what it looks through, so that the next run goes on there."""

    kind = models.CharField(max_length=20, unique=True)
    through = models.BigIntegerField(default=0, help_text="the last key that was looked at")

    def __str__(self):
        return f"{self.kind} through {self.through}"
