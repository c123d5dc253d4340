"""What is left of reports that were purged."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse

from archive.models.history import recorded
from archive.models.original import Original


class TombstoneQuerySet(models.QuerySet):
    def of_original(self, sha256: str):
        """Those of reports that were read from the original with this SHA-256."""
        return self.filter(originals__contains=[sha256])

    def of_quote(self, key: int):
        """Those of reports that the quote of this number stood in."""
        return self.filter(quotes__contains=[key]) if key <= models.BigIntegerField.MAX_BIGINT else self.none()

    def unfinished(self):
        """Those of which files may still be there."""
        return self.exclude(files=[])

    def refusing(self, hashes: Iterable[str]) -> "dict[str, Tombstone]":
        """Which of the originals are not to come back, each with the tombstone that says why: those that went with
        their report, while no editor has lifted that. One that another report kept in the archive is none of them."""
        hashes = set(hashes)
        stones = self.filter(lifted=None, originals__overlap=list(hashes)).order_by("number")
        refused = {sha256: stone for stone in stones for sha256 in hashes.intersection(stone.originals)}
        held = Original.objects.filter(sha256__in=refused).values_list("sha256", flat=True) if refused else ()
        return {sha256: stone for sha256, stone in refused.items() if sha256 not in held}


@recorded()
class Tombstone(models.Model):
    """A report that was purged. Its address says that it was removed, when and why; its originals are not imported
    again, until an editor lifts that."""

    number = models.BigIntegerField(primary_key=True, help_text="the report's, which its address begins with")
    reason = models.TextField(help_text="why it was put into the trash, as readers are told")
    removed = models.DateTimeField(auto_now_add=True)
    originals = ArrayField(
        models.CharField(max_length=64), verbose_name="originals' SHA-256", help_text="what it was read from"
    )
    quotes = ArrayField(models.BigIntegerField(), default=list, help_text="the numbers of its quotes")
    files = ArrayField(
        models.CharField(max_length=64), default=list, help_text="the SHA-256 of those whose files are yet to go"
    )
    lifted = models.DateTimeField(null=True, blank=True, help_text="when an editor let its originals come back")

    objects = TombstoneQuerySet.as_manager()

    class Meta:
        ordering = ["-removed", "-number"]
        indexes = [
            GinIndex(fields=["originals"], name="tombstone_originals"),
            GinIndex(fields=["quotes"], name="tombstone_quotes"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="tombstone_has_reason")]

    def __str__(self):
        return f"report {self.number}"

    def get_absolute_url(self):
        return reverse("report_number", args=[self.number])
