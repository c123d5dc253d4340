"""An editor decides on pairs of people who may be one person; merges and their undoing keep each pair in view once."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from archive.models import PossibleDuplicate, Transfer, TransferredRow
from archive.models.duplicate import PossibleDuplicateQuerySet

State = PossibleDuplicate.State
Kind = TransferredRow.Kind


def tell_apart(pairs: PossibleDuplicateQuerySet) -> int:
    """Sets down that those of the pairs that are open are different people, and gives how many they were.

    They are not proposed again.
    """
    return pairs.open().update(state=State.DIFFERENT)


def reopen(pairs: PossibleDuplicateQuerySet) -> int:
    """Makes those of the pairs that were told apart open again, and gives how many they were."""
    return pairs.shown().filter(state=State.DIFFERENT).update(state=State.OPEN)


def set_apart(one: int, other: int, reason: str) -> tuple[PossibleDuplicate, str]:
    """Sets down that these two are different people: their pair, made for the reason where there was none, and the
    state it had before.

    A pair that is theirs only as long as a merge stands tells nothing of them after it; they get one of their own.
    """
    lent = TransferredRow.objects.filter(
        transfer__in=Transfer.objects.standing(), kind__in=[Kind.FIRST, Kind.SECOND], what=TransferredRow.What.MOVED
    )
    pair = PossibleDuplicate.objects.of_both(one, other).exclude(pk__in=lent.values("key")).first()
    state = pair.state if pair else ""
    if pair is None:
        first, second = sorted((one, other))
        pair = PossibleDuplicate(first_id=first, second_id=second, reason=reason, shown=False)
    pair.state = State.DIFFERENT
    pair.save()
    show_pairs([one, other])
    return pair, state


def hide_pairs(people: Collection[int]) -> None:
    """Puts the pairs of these people out of view, so that they can become pairs of others; see `show_pairs`."""
    _of_any(people).shown().update(shown=False)


def show_pairs(people: Collection[int]) -> None:
    """Brings into view one of each pair that these people are in: one that was told apart before one that is open."""
    by_two: dict[frozenset[int], list[PossibleDuplicate]] = defaultdict(list)
    for pair in _of_any(people).order_by("pk"):
        by_two[frozenset((pair.first_id, pair.second_id))].append(pair)
    hidden, shown = [], []
    for two, pairs in by_two.items():
        chosen = min(pairs, key=lambda pair: (pair.state != State.DIFFERENT, pair.pk)) if len(two) == 2 else None
        hidden += [pair.pk for pair in pairs if pair.shown and pair is not chosen]
        shown += [pair.pk for pair in pairs if not pair.shown and pair is chosen]
    PossibleDuplicate.objects.filter(pk__in=hidden).update(shown=False)
    PossibleDuplicate.objects.filter(pk__in=shown).update(shown=True)


def _of_any(people: Collection[int]) -> PossibleDuplicateQuerySet:
    return PossibleDuplicate.objects.filter(Q(first__in=people) | Q(second__in=people))
