"""An editor decides on pairs of people who may be one person."""

from archive.models import PossibleDuplicate
from archive.models.duplicate import PossibleDuplicateQuerySet

State = PossibleDuplicate.State


def tell_apart(pairs: PossibleDuplicateQuerySet) -> int:
    """Sets down that those of the pairs that are open are different people, and gives how many they were.

    They are not proposed again.
    """
    return pairs.open().update(state=State.DIFFERENT)


def reopen(pairs: PossibleDuplicateQuerySet) -> int:
    """Makes those of the pairs that were told apart open again, and gives how many they were."""
    return pairs.filter(state=State.DIFFERENT).update(state=State.OPEN)
