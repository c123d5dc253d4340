"""The ledger of what went from one person to another: all of it in a merge, some of it in a split; by it either is
undone."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from archive.models.history import recorded
from archive.models.person import Person


class TransferQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not undone."""
        return self.filter(undone=None)

    def of(self, person: Person):
        """Those whose rows are this person's now, and the splits that took from them or gave to them."""
        split = Q(kind=Transfer.Kind.SPLIT) & (Q(giver=person.pk) | Q(taker=person.pk))
        return self.filter(Q(holder=person) | split)

    def with_editors(self):
        return self.select_related("made_by", "undone_by", "holder")


@recorded(exclude=["first_reports"])
class Transfer(models.Model):
    """One merge of a person into another, or one split of some of theirs.

    People are named by their keys and as they were called then: the one merged is no record any more, and the one who
    stayed may be merged in turn.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", "merged"
        SPLIT = "split", "split off"

    kind = models.CharField(max_length=5, choices=Kind.choices)
    giver = models.BigIntegerField(help_text="key of the person who was merged, or from whom some was split off")
    giver_name = models.CharField("from", max_length=300)
    taker = models.BigIntegerField(help_text="key of the person who stayed, or who got what was split off")
    taker_name = models.CharField("to", max_length=300)
    holder = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        related_name="mergers",
        help_text="who bears by now what a merge brought; nobody once it is undone, and of a split",
    )
    giver_row = models.JSONField(null=True, encoder=DjangoJSONEncoder, help_text="the merged person's own record")
    filled = ArrayField(
        models.CharField(max_length=20), default=list, help_text="what the one who stayed lacked and took over"
    )
    made_taker = models.BooleanField(default=False, help_text="the split made the person who got what was split off")
    first_reports = ArrayField(
        models.BigIntegerField(),
        default=list,
        help_text="the merged person's first reports, which tell them from namesakes",
    )
    reason = models.TextField()
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = "merge or split"
        verbose_name_plural = "merges and splits"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["giver"], name="transfer_by_giver"),
            models.Index(fields=["taker"], name="transfer_by_taker"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="transfer_between_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="transfer_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind="split", holder=None, giver_row__isnull=True)
                | Q(kind="merge", giver_row__isnull=False, undone=None, holder__isnull=False)
                | Q(kind="merge", giver_row__isnull=False, undone__isnull=False, holder=None),
                name="transfer_holder_of_a_standing_merge",
            ),
            models.UniqueConstraint(
                fields=["giver"], condition=Q(kind="merge", undone=None), name="transfer_merged_once"
            ),
        ]

    def __str__(self):
        if self.kind == self.Kind.MERGE:
            return f"{self.giver_name} merged into {self.taker_name}"
        return f"{self.taker_name} split off from {self.giver_name}"

    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows of each kind it moved, removed and made."""
        found: dict[str, dict[str, int]] = {}
        for kind, what, count in self.rows.values_list("kind", "what").annotate(n=Count("pk")).order_by():
            found.setdefault(kind, {})[what] = count
        return found


class TransferredRow(models.Model):
    """One row that a transfer moved, removed or made, and what brings it back."""

    class Kind(models.TextChoices):
        QUOTE = "quote", "quote"
        CANDIDATE = "candidate", "possible speaker"
        NAME = "name", "name"
        ROLE = "role", "role"
        MENTION = "mention", "mention"
        ADDRESS = "address", "former address"
        FIRST = "first", "first of a pair"
        SECOND = "second", "second of a pair"

    class What(models.TextChoices):
        MOVED = "moved"
        REMOVED = "removed", "removed: the other one had the same"
        MADE = "made"

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    what = models.CharField(max_length=7, choices=What.choices)
    key = models.BigIntegerField(help_text="the row's id")
    row = models.JSONField(
        encoder=DjangoJSONEncoder, help_text="of what was removed the whole row; else what it is known by"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["transfer", "kind", "key"], name="transferred_row_once")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.key} {self.what}"
