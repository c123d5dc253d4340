"""Which versions a verification goes over, and a pass over all of them that was stopped and goes on."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils import timezone

from archive.models import Verification, VerificationFailure, VerificationRun, Version
from archive.verifying.checking import Checked, Outcome

FIRST = 10  # failures that are named one by one


def not_verified_since(moment: datetime, versions: QuerySet[Version]) -> QuerySet[Version]:
    """Those of which nothing is known, or nothing as new as that."""
    return versions.exclude(verification__checked__gte=moment)


def failed(versions: QuerySet[Version]) -> QuerySet[Version]:
    """Those with which something was wrong the last time."""
    return versions.filter(verification__outcome=Verification.Outcome.FAILED)


def begun(*, anew: bool) -> VerificationRun:
    """The pass that was stopped, to go on with it; a new one where the last was finished, or `anew` says so."""
    last = VerificationRun.objects.first()
    if anew or last is None or last.finished:
        return VerificationRun.objects.create(started=timezone.now())
    return last


def finish(run: VerificationRun) -> None:
    run.finished = timezone.now()
    run.save(update_fields=["finished"])


@dataclass(slots=True)
class Tally:
    """How many versions came to what, what was wrong, and the keys of the first with which something was wrong."""

    outcomes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    first: list[int] = field(default_factory=list)
    changed: int = 0
    """How many were changed in the moment of the check, so that their result could not be kept."""

    @classmethod
    def since(cls, moment: datetime) -> "Tally":
        """Of all that was verified since then."""
        verifications = Verification.objects.filter(checked__gte=moment)
        failures = VerificationFailure.objects.filter(verification__checked__gte=moment).order_by()
        wrong = verifications.filter(outcome=Verification.Outcome.FAILED).order_by("version")
        outcomes = verifications.values_list("outcome").annotate(count=Count("pk"))
        kinds = failures.values_list("kind").annotate(count=Count("pk"))
        return cls(Counter(dict(outcomes)), Counter(dict(kinds)), list(wrong.values_list("pk", flat=True)[:FIRST]))

    def add(self, one: Checked | None) -> None:
        if one is None:
            self.changed += 1
            return
        self.outcomes[one.outcome.value] += 1
        self.kinds.update(failure.kind.value for failure in one.failures)
        if one.failures and len(self.first) < FIRST:
            self.first.append(one.version)

    @property
    def is_well(self) -> bool:
        return not (self.outcomes[Outcome.FAILED.value] or self.changed)

    @property
    def total(self) -> int:
        return self.outcomes.total()

    def first_failures(self) -> list[VerificationFailure]:
        """The first few, each with its report."""
        found = VerificationFailure.objects.with_report().filter(verification__in=self.first)
        return list(found.order_by("verification", "pk")[:FIRST])
