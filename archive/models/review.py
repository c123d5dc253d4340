"""What the editors' queue remembers: who has which item before them, what somebody skipped, what is left as it is."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from archive.models.history import recorded
from archive.models.quote import Quote

SUBJECT_LENGTH = 20  # of the word that says of what an item is: a quote, a pair of people


class ReviewClaimQuerySet(models.QuerySet):
    def standing(self):
        """Those that keep their item from others: not run out."""
        return self.filter(until__gt=timezone.now())


class ReviewClaim(models.Model):
    """An item of the queue that an editor has before them, and until when nobody else gets it.

    It is of what the item is about, so that a quote that waits for two reasons is not given to two editors.
    """

    subject = models.CharField(max_length=SUBJECT_LENGTH)
    key = models.BigIntegerField()
    kind = models.CharField(max_length=SUBJECT_LENGTH, help_text="the queue in which it was given out")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until = models.DateTimeField()

    objects = ReviewClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "item to review"
        verbose_name_plural = "review queue"
        constraints = [models.UniqueConstraint(fields=["subject", "key"], name="review_claim_once")]

    def __str__(self):
        return f"{self.subject} {self.key}"


class ReviewSkip(models.Model):
    """An item that an editor does not want to see again until they ask for what they skipped; others still get it."""

    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    key = models.BigIntegerField()
    kind = models.CharField(max_length=SUBJECT_LENGTH, help_text="the queue in which it was skipped")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["editor", "subject", "key"], name="review_skip_once")]

    def __str__(self):
        return f"{self.subject} {self.key}, skipped"


@recorded()
class LeftAsItIs(models.Model):
    """What an editor has seen to be wrong with a quote and cannot be helped: it is not shown to editors again."""

    class Kind(models.TextChoices):
        GONE = "gone", "its words are no longer in the report's text"
        UNVERIFIED = "unverified", "its words are not where they should be in the original"

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="left_as_it_is")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    version = models.BigIntegerField(help_text="the key of the version in whose text it stood then")
    start = models.PositiveIntegerField(help_text="where it stood in that text")
    end = models.PositiveIntegerField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "quotes left as they are"
        constraints = [
            models.UniqueConstraint(fields=["quote", "kind", "version", "start", "end"], name="left_as_it_is_once"),
            models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="left_as_it_is_span"),
        ]

    def __str__(self):
        return f"{self.quote}: {self.get_kind_display()}"
