"""What readers report as wrong, and what editors answer."""

from django.db import models
from django.db.models import Q

from archive.models.history import recorded

LONGEST_REPORT = 2000  # characters
LONGEST_ANSWER = 1000


class ErrorReportQuerySet(models.QuerySet):
    def open(self):
        """Those that no editor has answered yet."""
        return self.filter(state=ErrorReport.State.OPEN)

    def of(self, kind: str, number: int):
        """Those about one record."""
        return self.filter(kind=kind, number=number)


@recorded(exclude=["text"])
class ErrorReport(models.Model):
    """An error that a reader has found in a record. Who that was is not kept; what they wrote is for editors only, and
    the answer is among the corrections.

    The record is named by its number: a person who is merged into another is no record any more, and their error stays
    to be answered.
    """

    class Kind(models.TextChoices):
        REPORT = "report"
        QUOTE = "quote"
        PERSON = "person"
        ORGANISATION = "organisation"

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"

    kind = models.CharField(max_length=12, choices=Kind.choices, help_text="what is wrong")
    number = models.BigIntegerField(help_text="the number of that record")
    text = models.TextField(max_length=LONGEST_REPORT, help_text="what is wrong, as the reader wrote it")
    received = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    answer = models.TextField(max_length=LONGEST_ANSWER, blank=True, help_text="what readers are told")
    answered = models.DateTimeField(null=True, blank=True)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = "error report"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["kind", "number"], name="errorreport_of_record"),
            models.Index(fields=["id"], condition=Q(state="open"), name="errorreport_open"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="errorreport_has_text"),
            models.CheckConstraint(
                condition=Q(state="open", answer="", answered=None)
                | (Q(state__in=["accepted", "declined"], answered__isnull=False) & ~Q(answer="")),
                name="errorreport_answered_or_open",
            ),
        ]

    def __str__(self):
        return f"error in {self.kind} {self.number}"
