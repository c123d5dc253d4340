"""Two histories of one archive, compared: what is in all tables but those that say what happened."""

from collections.abc import Callable
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, transaction
from psycopg import sql

# What tells of the way to a state, not of the state.
ASIDE = {
    "archive_correctedspeaker",
    "archive_importline",
    "archive_importrun",
    "archive_outboxentry",
    "archive_transfer",
    "archive_transferredrow",
}

Dump = dict[str, list[tuple]]


def tables() -> dict[str, str]:
    """The archive's own, but the history, the outbox and the ledger, each with the column of its key."""
    found = {model._meta.db_table: model._meta.pk.column for model in apps.get_app_config("archive").get_models()}
    return {table: found[table] for table in sorted(found.keys() - ASIDE) if not table.endswith("event")}


def newest() -> dict[str, int]:
    """The highest key of each table."""
    with connection.cursor() as cursor:
        keys = {}
        for table, key in tables().items():
            newest_key = sql.SQL("SELECT coalesce(max({}), 0) FROM {}")
            cursor.execute(newest_key.format(sql.Identifier(key), sql.Identifier(table)))
            [keys[table]] = cursor.fetchone()
    return keys


def dump(counted_from: dict[str, int] | None = None) -> Dump:
    """All rows of all tables, sorted. The keys of rows that are newer than `counted_from` says are left out: which
    numbers the sequences gave is chance."""
    counted_from = counted_from or {}
    with connection.cursor() as cursor:
        rows = {}
        for table, key in tables().items():
            statement = sql.SQL(
                "SELECT (to_jsonb(t) - CASE WHEN {key} > %s THEN ARRAY[{name}, 'created'] ELSE '{{}}' END)::text"
                " FROM {table} t"
            ).format(key=sql.Identifier(key), name=sql.Literal(key), table=sql.Identifier(table))
            cursor.execute(statement, [counted_from.get(table, 2**62)])
            rows[table] = sorted(row for [row] in cursor)
    return rows


def differences(one: Dump, other: Dump) -> dict[str, tuple[list, list]]:
    """The rows that only one of them has, by table; empty where both are the same."""
    return {
        table: (sorted(set(one[table]) - set(other[table])), sorted(set(other[table]) - set(one[table])))
        for table in one
        if one[table] != other[table]
    }


@contextmanager
def as_if_never():
    """What is done within is undone at its end; what the database checks at a commit it checks here too."""
    with transaction.atomic():
        try:
            yield
            connection.check_constraints()
        finally:
            transaction.set_rollback(True)


def outcome(*steps: Callable[[], object]) -> Dump:
    """What is in the tables after these steps, of which nothing remains."""
    counted_from = newest()
    with as_if_never():
        for step in steps:
            step()
        return dump(counted_from)
