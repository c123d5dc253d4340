"""Pairs of people who may be one person: the import proposes them, an editor decides."""

from django.db import models
from django.db.models import F, Q

from archive.models.history import recorded
from archive.models.person import Person


class PossibleDuplicateQuerySet(models.QuerySet):
    def open(self):
        """Those that no editor has decided on."""
        return self.filter(state=PossibleDuplicate.State.OPEN)

    def with_people(self):
        """Brings both people with their counts and commonest roles, in two statements for all pairs."""
        people = Person.objects.with_counts().with_commonest_roles()
        return self.prefetch_related(models.Prefetch("first", people), models.Prefetch("second", people))


@recorded()
class PossibleDuplicate(models.Model):
    """Two people who may be one. A pair is proposed once: what an editor decided of it stays decided."""

    class State(models.TextChoices):
        OPEN = "open"
        SAME = "same", "the same person"
        DIFFERENT = "different", "different people"

    first = models.ForeignKey(Person, models.CASCADE, related_name="+", help_text="the one who came first")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = models.TextField(help_text="why they may be one, or may not")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created = models.DateTimeField(auto_now_add=True)

    objects = PossibleDuplicateQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "-id"], name="possible_duplicate_state")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="possible_duplicate_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="possible_duplicate_in_order"),
        ]

    def __str__(self):
        return f"{self.first} and {self.second}"
