"""Import runs, and what became of each document in them."""

from django.db import models
from django.db.models import Count, Q

from archive.models.article import Article
from archive.models.original import Original


class ImportRunQuerySet(models.QuerySet):
    def with_counts(self):
        return self.annotate(
            **{
                f"{outcome}_count": Count("lines", filter=Q(lines__outcome=outcome))
                for outcome in ImportLine.Outcome.values
            }
        )


class ImportRun(models.Model):
    """One call of the import, by whom and with what; `finished` stays empty where it was stopped."""

    started = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True, blank=True)
    command = models.TextField(help_text="the command as given")

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"import of {self.started:%Y-%m-%d %H:%M}"


class ImportLine(models.Model):
    """One document of a run: imported, unchanged, failed or refused, and why."""

    class Outcome(models.TextChoices):
        IMPORTED = "imported"
        UNCHANGED = "unchanged"
        FAILED = "failed"
        REFUSED = "refused", "refused: its report was removed"

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(help_text="the document's place in the run")
    name = models.TextField(help_text="the file, with its line for JSON lines")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField(blank=True, help_text="why it failed or was refused, or what an editor should know")
    original = models.ForeignKey(Original, models.PROTECT, null=True, blank=True, related_name="import_lines")
    article = models.ForeignKey(Article, models.SET_NULL, null=True, blank=True, related_name="import_lines")

    class Meta:
        indexes = [models.Index(fields=["run", "outcome"], name="import_line_outcome")]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="import_line_once"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["failed", "refused"]) | ~Q(reason=""),
                name="import_line_failure_has_reason",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.outcome}"
