"""Gives editors the items of a queue one after the other: no item to two of them, and none again that they skipped."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone

from archive.models import ReviewClaim, ReviewSkip

CLAIMED = timedelta(minutes=10)  # longer than anybody looks at one item; then another editor gets it
MOST_COUNTED = 1000
AT_ONCE = 5  # items looked up together, should others take the first ones this moment

CLAIM = """
    INSERT INTO archive_reviewclaim AS claim (subject, key, kind, editor_id, until)
    VALUES (%(subject)s, %(key)s, %(kind)s, %(editor)s, %(until)s)
    ON CONFLICT (subject, key)
    DO UPDATE SET kind = excluded.kind, editor_id = excluded.editor_id, until = excluded.until
    WHERE claim.until <= %(now)s OR claim.editor_id = excluded.editor_id
"""


@dataclass(frozen=True, slots=True)
class Queue:
    """Items that wait, in their order. `subject` says of what they are, and the field `key` of which one."""

    kind: str
    subject: str
    items: QuerySet
    key: str = "pk"

    def of(self, key: int) -> Model | None:
        """The item of this, where it still waits."""
        return self.items.filter(**{self.key: key}).first()

    def key_of(self, item: Model) -> int:
        return getattr(item, self.key)


def count(queue: Queue) -> int:
    """How many wait, whoever has them before them; one more than MOST_COUNTED where there are more than these."""
    # In the queue's own order, so that its index is read and never the table.
    return queue.items.values("pk")[: MOST_COUNTED + 1].count()


def take(queue: Queue, editor: AbstractBaseUser, wanted: int | None = None) -> Model | None:
    """The item that the editor has before them for the next minutes: the `wanted` one, else the one they had, else the
    first that nobody else has and they have not skipped; None where there is none."""
    for key in filter(None, (wanted, _had(queue, editor))):
        if item := _claimed(queue, key, editor):
            return item
    skipped = ReviewSkip.objects.filter(editor=editor, subject=queue.subject, key=OuterRef(queue.key))
    others = ReviewClaim.objects.standing().exclude(editor=editor)
    taken = others.filter(subject=queue.subject, key=OuterRef(queue.key))
    free = queue.items.filter(~Exists(skipped), ~Exists(taken)).values_list(queue.key, flat=True)
    while keys := list(free[:AT_ONCE]):
        for key in keys:
            if item := _claimed(queue, key, editor):
                return item
    return None


def release(queue: Queue, key: int) -> None:
    """Whoever asks next may get it, if it still waits."""
    ReviewClaim.objects.filter(subject=queue.subject, key=key).delete()


@transaction.atomic
def skip(queue: Queue, key: int, editor: AbstractBaseUser) -> None:
    """The editor does not get it again until they ask for what they skipped; others do."""
    ReviewSkip.objects.bulk_create(
        [ReviewSkip(editor=editor, subject=queue.subject, key=key, kind=queue.kind)], ignore_conflicts=True
    )
    ReviewClaim.objects.filter(subject=queue.subject, key=key, editor=editor).delete()


def bring_back_one(queue: Queue, key: int, editor: AbstractBaseUser) -> None:
    """The editor may get this item again that they skipped."""
    ReviewSkip.objects.filter(editor=editor, subject=queue.subject, key=key).delete()


def skipped_by(editor: AbstractBaseUser) -> set[str]:
    """The kinds of which the editor has skipped something."""
    return set(ReviewSkip.objects.filter(editor=editor).order_by().values_list("kind", flat=True).distinct())


def bring_back(kind: str, editor: AbstractBaseUser) -> int:
    """The editor gets what they skipped of this kind again; gives how many these are."""
    return ReviewSkip.objects.filter(kind=kind, editor=editor).delete()[0]


def _had(queue: Queue, editor: AbstractBaseUser) -> int | None:
    claims = ReviewClaim.objects.standing().filter(kind=queue.kind, editor=editor)
    return claims.order_by("-until").values_list("key", flat=True).first()


@transaction.atomic
def _claimed(queue: Queue, key: int, editor: AbstractBaseUser) -> Model | None:
    """The item, now the editor's; None where somebody else was faster, or it waits no more."""
    now = timezone.now()
    values = {"subject": queue.subject, "key": key, "kind": queue.kind, "editor": editor.pk}
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, values | {"now": now, "until": now + CLAIMED})
        if not cursor.rowcount:
            return None
    # Asked only now: until a moment ago somebody else may have had it, and decided.
    item = queue.of(key)
    others = ReviewClaim.objects.filter(kind=queue.kind, editor=editor)
    (others.exclude(subject=queue.subject, key=key) if item else others.filter(key=key)).delete()
    return item
