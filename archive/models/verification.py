"""What became of each text when it was last held against its originals, and what was wrong with it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Prefetch, Q, Value, When
from django.utils.functional import cached_property

from archive.models.article import Version, may_be_seen
from archive.models.original import Original
from archive.models.quote import Quote, not_left

OF_QUOTES = Q(kind__in=["moved", "not_found"])


class VerificationRun(models.Model):
    """One verification of the whole archive; `finished` stays empty where it was stopped, and the next one goes on."""

    started = models.DateTimeField()
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished=None) | Q(finished__gte=F("started")), name="verification_run_ends_after_its_start"
            )
        ]

    def __str__(self):
        return f"verification of {self.started:%Y-%m-%d %H:%M}"


class Verification(models.Model):
    """The last verification of a version's text. It holds for what was checked, and for nothing that came later: the
    quotes at these places, the readings that there were."""

    class Outcome(models.TextChoices):
        VERIFIED = "verified"
        FAILED = "failed", "something is wrong"
        NOTHING = "nothing", "no original to hold it against"

    version = models.OneToOneField(Version, models.CASCADE, primary_key=True, related_name="verification")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    checked = models.DateTimeField(help_text="when all that was checked was read from the database")
    reader_version = models.PositiveIntegerField()
    compared = models.PositiveIntegerField(help_text="how many originals could be read and compared")
    readings = ArrayField(models.BigIntegerField(), default=list, help_text="the keys of the readings that there were")
    quotes = ArrayField(
        ArrayField(models.BigIntegerField(), size=3), default=list, help_text="[key, start, end] of each quote checked"
    )

    class Meta:
        indexes = [models.Index(fields=["version"], condition=Q(outcome="failed"), name="verification_failed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="verified", compared__gt=0)
                | Q(outcome="nothing", compared=0)
                | Q(outcome="failed"),
                name="verification_needs_an_original",
            ),
        ]

    def __str__(self):
        return f"verification of version {self.version_id}"

    @cached_property
    def places(self) -> set[tuple[int, ...]]:
        return {tuple(place) for place in self.quotes}

    def covers(self, quote: Quote) -> bool:
        """Whether the quote was checked at the very place where it is now."""
        return (quote.pk, quote.start, quote.end) in self.places

    def is_of(self, readings) -> bool:
        """Whether these are the readings that were checked."""
        return {reading.pk for reading in readings} == set(self.readings)


class VerificationFailureQuerySet(models.QuerySet):
    def of_quotes(self):
        """Those of quotes that readers see, at the place where the quote still is; the newest first.

        A condition that the planner does not see through, or it takes these for very few and reads all before it sorts.
        """
        place = {
            "quote__version": F("verification__version"),
            "quote__start": F("start"),
            "quote__end": F("end"),
        }
        is_there = Case(When(**place, then=Value(True)), default=Value(False), output_field=models.BooleanField())
        return self.filter(
            OF_QUOTES,
            is_there,
            may_be_seen("quote__article__"),
            not_left("unverified", "quote__"),
            ~Q(quote__state=Quote.State.REJECTED),
            quote__gone="",
        ).order_by("-pk")

    def with_report(self):
        """With the article, original and quote of each, without the article's text. Not joined: a late page of a long
        list would join all that is before it."""
        return self.prefetch_related(
            Prefetch("verification", Verification.objects.defer("readings", "quotes")),
            Prefetch("verification__version", Version.objects.defer("title", "text", "furniture")),
            "verification__version__article",
            "original",
            "quote",
        )


class VerificationFailure(models.Model):
    """One thing that was wrong: with an original, or with a quotation at the place that it had then."""

    class Kind(models.TextChoices):
        MISSING = "missing", "original missing"
        DAMAGED = "damaged", "original damaged"
        UNREADABLE = "unreadable", "original no longer readable"
        OTHER_TEXT = "other_text", "original gives another text"
        NO_ORIGINAL = "no_original", "no original recorded"
        MOVED = "moved", "quotation at another place"
        NOT_FOUND = "not_found", "quotation not found"

    verification = models.ForeignKey(Verification, models.CASCADE, related_name="failures")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    original = models.ForeignKey(Original, models.CASCADE, null=True, blank=True, related_name="+")
    quote = models.ForeignKey(Quote, models.CASCADE, null=True, blank=True, related_name="+")
    start = models.PositiveIntegerField(null=True, blank=True, help_text="where the quote stood in the text then")
    end = models.PositiveIntegerField(null=True, blank=True)
    detail = models.TextField(help_text="what is wrong, in words")

    objects = VerificationFailureQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(F("kind"), F("id").desc(), name="verification_failure_by_kind"),
            models.Index(F("id").desc(), condition=OF_QUOTES, name="verification_failure_of_quotes"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["verification", "original", "quote"],
                nulls_distinct=False,
                name="verification_failure_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["moved", "not_found"],
                    quote__isnull=False,
                    start__isnull=False,
                    end__isnull=False,
                    end__gt=F("start"),
                )
                | Q(kind__in=["missing", "damaged", "unreadable", "other_text"], original__isnull=False, quote=None)
                | Q(kind="no_original", original=None, quote=None),
                name="verification_failure_of_quote_or_original",
            ),
        ]

    def __str__(self):
        named = ([f"quote {self.quote_id}"] if self.quote_id else []) + ([str(self.original)] if self.original else [])
        return ": ".join([self.get_kind_display(), *([", ".join(named)] if named else []), self.detail])
