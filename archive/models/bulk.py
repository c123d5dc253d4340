"""Changes of all that a search found, made and undone as one: what was set, in which records, and what was there
before."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import Count, F, Q
from django.utils import timezone

from archive.models.history import recorded
from archive.models.outlet import Outlet

INSERT = (
    "INSERT INTO archive_bulkchangerow (change_id, key, outcome)"
    " SELECT %s, found.key, 'waiting' FROM unnest(%s::bigint[]) WITH ORDINALITY AS found (key, place) ORDER BY place"
)


class BulkChangeQuerySet(models.QuerySet):
    def under_way(self):
        """Those that are being done or undone and that nothing stopped, the oldest first."""
        return self.filter(state__in=BulkChange.UNDER_WAY, problem="").order_by("pk")

    def with_editors(self):
        return self.select_related("made_by", "undone_by", "outlet")


@recorded()
class BulkChange(models.Model):
    """One value set in all that a search found. Large ones are done in slices; whatever their number, it is undone as
    one."""

    class Action(models.TextChoices):
        OUTLET = "outlet", "set the outlet"
        DATE = "date", "set the date"
        HIDE = "hide", "hide from readers"
        CONFIRM = "confirm", "confirm the quotations"

    class State(models.TextChoices):
        DRAFT = "draft", "only looked at, nothing done"
        DOING = "doing", "being done"
        DONE = "done", "done"
        UNDOING = "undoing", "being undone"
        UNDONE = "undone", "undone"

    UNDER_WAY = (State.DOING, State.UNDOING)

    action = models.CharField(max_length=10, choices=Action.choices)
    outlet = models.ForeignKey(Outlet, models.PROTECT, null=True, blank=True, related_name="+")
    published_earliest = models.DateField(null=True, blank=True)
    published_latest = models.DateField(null=True, blank=True)
    overrules = models.BooleanField(default=False, help_text="also where an editor had set something else")
    query = models.TextField(help_text="the search, as it stands in its address")
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    problem = models.TextField(blank=True, default="", help_text="what stopped it; empty while nothing does")
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    begun = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True, help_text="when the last of it was done")
    undone = models.DateTimeField(null=True, help_text="when somebody had it undone")
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = BulkChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "change in bulk"
        verbose_name_plural = "changes in bulk"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="bulkchange_has_a_reason"),
            models.CheckConstraint(
                condition=Q(action="outlet", outlet__isnull=False) | (~Q(action="outlet") & Q(outlet=None)),
                name="bulkchange_outlet",
            ),
            models.CheckConstraint(
                condition=Q(published_earliest=None, published_latest=None)
                | Q(
                    action="date",
                    published_earliest__isnull=False,
                    published_latest__isnull=False,
                    published_latest__gte=F("published_earliest"),
                ),
                name="bulkchange_published_range",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", begun=None) | (~Q(state="draft") & Q(begun__isnull=False)),
                name="bulkchange_begun",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["undoing", "undone"], undone__isnull=False)
                | (~Q(state__in=["undoing", "undone"]) & Q(undone=None)),
                name="bulkchange_undone",
            ),
        ]

    def __str__(self):
        return f"change in bulk {self.pk}: {self.get_action_display()}"

    def add_rows(self, keys: list[int]) -> None:
        """The records of these keys are to be changed, in this order."""
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [self.pk, keys])

    def counts(self) -> dict[str, int]:
        """How many records have come to each outcome."""
        return dict(self.rows.order_by().values_list("outcome").annotate(n=Count("pk")))


class BulkChangeRow(models.Model):
    """One record that was found, what became of it, and of what was changed what was there before."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", "still to be done"
        CHANGED = "changed", "changed"
        SAME = "same", "was so already"
        KEPT = "kept", "left as an editor had set it"
        GONE = "gone", "no longer there, or no longer shown to readers"
        STOPPED = "stopped", "not done, as it was undone before"
        UNDONE = "undone", "undone"
        LATER = "later", "changed later, and left so"

    change = models.ForeignKey(BulkChange, models.CASCADE, related_name="rows")
    key = models.BigIntegerField(help_text="the number of the report or quote")
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.WAITING)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["change", "outcome", "id"], name="bulkchangerow_by_outcome")]
        constraints = [
            models.UniqueConstraint(fields=["change", "key"], name="bulkchangerow_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["changed", "undone", "later"], before__isnull=False)
                | (~Q(outcome__in=["changed", "undone", "later"]) & Q(before__isnull=True))
                | Q(outcome="gone"),
                name="bulkchangerow_before",
            ),
        ]

    def __str__(self):
        return f"{self.key} {self.get_outcome_display()}"
