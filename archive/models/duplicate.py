"""Pairs of people who may be one person: the import proposes them, an editor decides."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from archive.models.history import recorded
from archive.models.person import Person


class PossibleDuplicateQuerySet(models.QuerySet):
    def shown(self):
        """Of the pairs that merges have made equal, one; and none of somebody with themself."""
        return self.filter(shown=True)

    def open(self):
        """Those that no editor has decided on."""
        return self.shown().filter(state=PossibleDuplicate.State.OPEN)

    def of_both(self, one: int, other: int):
        """The pairs of these two, whichever came first; also those out of view."""
        return self.filter(Q(first=one, second=other) | Q(first=other, second=one))

    def others_of(self, person: Person):
        """The people whom readers see and who may be one with this person, as far as no editor has decided that."""
        pairs = self.open()
        others = pairs.order_by().filter(first=person).values("second")
        others = others.union(pairs.order_by().filter(second=person).values("first"))
        return Person.objects.visible().filter(pk__in=others).order_by("sort_key", "pk")

    def with_people(self):
        """Brings both people with their counts and commonest roles, in two statements for all pairs."""
        people = Person.objects.with_counts().with_commonest_roles()
        return self.prefetch_related(models.Prefetch("first", people), models.Prefetch("second", people))


@recorded(exclude=["shown"])
class PossibleDuplicate(models.Model):
    """Two people who may be one. A pair is proposed once: what an editor decided of it stays decided.

    A merge makes the pairs of the one merged pairs of the one who stays, and an undone merge gives them back.
    """

    class State(models.TextChoices):
        OPEN = "open"
        DIFFERENT = "different", "different people"

    first = models.ForeignKey(Person, models.CASCADE, related_name="+", help_text="the one who came first")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = models.TextField(help_text="why they may be one, or may not")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    shown = models.BooleanField(
        default=True,
        db_default=True,
        editable=False,
        help_text="no where a merge made it a pair that there is already, or of one person",
    )
    created = models.DateTimeField(auto_now_add=True)

    objects = PossibleDuplicateQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "-id"], name="possible_duplicate_state")]
        constraints = [
            models.UniqueConstraint(
                Least("first", "second"),
                Greatest("first", "second"),
                condition=Q(shown=True),
                name="possible_duplicate_once",
            ),
            models.CheckConstraint(condition=Q(shown=False) | ~Q(first=F("second")), name="possible_duplicate_of_two"),
        ]

    def __str__(self):
        return f"{self.first} and {self.second}"
