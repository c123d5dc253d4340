"""Import runs, what was uploaded for them, and what became of each document in them."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Count, F, Q

from archive.models.article import Article
from archive.models.original import Original


def uploads():
    return storages["uploads"]


class ImportRunQuerySet(models.QuerySet):
    def waiting(self):
        """Those that were asked for in the admin and are not finished, the oldest first."""
        return self.filter(queued__isnull=False, finished=None).order_by("pk")

    def with_counts(self):
        return self.annotate(
            **{
                f"{outcome}_count": Count("lines", filter=Q(lines__outcome=outcome))
                for outcome in ImportLine.Outcome.values
            }
        )


class ImportRun(models.Model):
    """One call of the import, by whom and with what; `finished` stays empty where it was stopped.

    One that was asked for in the admin waits since `queued`, and is gone on with until it is finished. It imports what
    was uploaded for it, or what failed in the run that it is to do again.
    """

    started = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True, blank=True)
    command = models.TextField(help_text="the command as given, or what was uploaded")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", help_text="in the admin"
    )
    queued = models.DateTimeField(null=True, editable=False, help_text="since when it waits for its turn")
    again = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="retries", help_text="the run whose failed it does"
    )
    source = models.TextField(blank=True, default="", db_default="", help_text="who published what does not say it")
    date = models.TextField(blank=True, default="", db_default="", help_text="when that was published")
    size = models.BigIntegerField(default=0, db_default=0, help_text="bytes to read")
    consumed = models.BigIntegerField(default=0, db_default=0, help_text="bytes read")
    attempts = models.PositiveIntegerField(default=0, db_default=0, help_text="how often in a row it came no further")

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["id"], condition=Q(queued__isnull=False, finished=None), name="import_run_waiting")
        ]
        constraints = [
            models.UniqueConstraint(fields=["again"], name="import_run_done_again_once"),
            models.CheckConstraint(condition=Q(again=None) | ~Q(again=F("id")), name="import_run_not_of_itself"),
        ]

    def __str__(self):
        return f"import of {self.started:%Y-%m-%d %H:%M}"

    @property
    def is_waiting(self) -> bool:
        """Whether it was asked for in the admin and is not finished."""
        return self.queued is not None and self.finished is None

    @property
    def with_uploads(self) -> "ImportRun":
        """The run for which the files were uploaded: this one, or that whose failed it does again."""
        return self.again.with_uploads if self.again else self


class Upload(models.Model):
    """A file that was uploaded for an import. It is kept until all in it is imported; then its `file` is empty."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="uploads")
    number = models.PositiveIntegerField(help_text="its place among those of the run")
    name = models.TextField(help_text="as the browser gave it")
    size = models.BigIntegerField(help_text="in bytes")
    file = models.FileField(storage=uploads, max_length=100, blank=True)

    class Meta:
        ordering = ["run", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="upload_number_once")]

    def __str__(self):
        return self.name


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
