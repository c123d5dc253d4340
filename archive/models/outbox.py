"""The outbox: which records the search index has yet to take in, written by triggers in the changing transaction."""

import pgtrigger
from django.db import models

CHANNEL = "archive_outbox"


class OutboxEntry(models.Model):
    """One change: the kind of record and its key. Several may name one record; the sync takes them together.

    Entries are only ever added and deleted, so two writers never wait for each other here.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article"
        PERSON = "person"
        ORGANISATION = "organisation"

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "outbox entries"

    def __str__(self):
        return f"{self.kind} {self.key}"


NEW_ROWS = "SELECT {column} AS key FROM new_rows"
OLD_ROWS = "SELECT {column} AS key FROM old_rows"
CHANGES = {
    "insert": (pgtrigger.Insert, pgtrigger.Referencing(new="new_rows"), NEW_ROWS),
    "update": (
        pgtrigger.Update,
        pgtrigger.Referencing(old="old_rows", new="new_rows"),
        f"{NEW_ROWS} UNION {OLD_ROWS}",
    ),
    "delete": (pgtrigger.Delete, pgtrigger.Referencing(old="old_rows"), OLD_ROWS),
}


def outbox_triggers(
    kind: OutboxEntry.Kind, column: str, changes: tuple[str, ...] = tuple(CHANGES)
) -> list[pgtrigger.Trigger]:
    """Statement triggers that enter the `column` of all changed rows, each value once, and wake who listens.

    A statement that changes a thousand quotes of one article leaves one entry.
    """
    return [
        pgtrigger.Trigger(
            name=f"outbox_{change}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=rows,
            func=(
                f"INSERT INTO archive_outboxentry (kind, key) SELECT DISTINCT '{kind.value}', changed.key"
                f" FROM ({source.format(column=column)}) AS changed WHERE changed.key IS NOT NULL;"
                f" PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL;"
            ),
        )
        for change, (operation, rows, source) in CHANGES.items()
        if change in changes
    ]
