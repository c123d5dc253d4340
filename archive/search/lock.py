"""The writer's lock: whoever holds it owns the index and drains the outbox.

It lives on a connection of its own, outside Django's pool, which would hand it on. The outbox is read and cleared
through that same connection: a process that lost its lock can clear nothing.
"""

import select
import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress

import psycopg
from django.db import InterfaceError, OperationalError, connection
from psycopg import sql

from archive.models import OutboxEntry
from archive.models.outbox import CHANNEL

KEY = 0x61726368697665  # "archive"; any number that no other advisory lock of the database has

OUTBOX = sql.Identifier(OutboxEntry._meta.db_table)
READ = sql.SQL("SELECT id, kind, key FROM {} WHERE kind = ANY(%s) ORDER BY id LIMIT %s").format(OUTBOX)
CLEAR = sql.SQL("DELETE FROM {} WHERE id = ANY(%s)").format(OUTBOX)
SOME = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(OUTBOX)
REMEMBER = sql.SQL("CREATE TEMPORARY TABLE remembered_entries AS SELECT id FROM {}").format(OUTBOX)
CLEAR_REMEMBERED = sql.SQL("DELETE FROM {} WHERE id IN (SELECT id FROM remembered_entries)").format(OUTBOX)
FORGET = "DROP TABLE IF EXISTS remembered_entries"

# The database is away for the moment, or a connection to it is lost; Django gives them names of its own.
DATABASE_AWAY = (psycopg.OperationalError, psycopg.InterfaceError, OperationalError, InterfaceError)


class NoTables(Exception):
    """The database was not migrated."""


class WriterLock:
    """A connection that can hold the lock; as a context manager it closes, and so lets go, at its end."""

    def __init__(self) -> None:
        # The first of Django's connections starts the embedded server and finds out where it is.
        connection.ensure_connection()
        parameters = connection.get_connection_params() | {"autocommit": True, "application_name": "archive index"}
        self._connection = psycopg.connect(**parameters)
        self._connection.add_notify_handler(lambda notification: setattr(self, "_notified", True))
        self._notified = False
        if not self._value("SELECT to_regclass(%s)", [OutboxEntry._meta.db_table]):
            self._connection.close()
            raise NoTables("The database has no tables yet. Run `manage.py migrate` first.")

    def __enter__(self) -> "WriterLock":
        return self

    def __exit__(self, *exception: object) -> None:
        # At once: closing alone frees the lock when the server gets round to it.
        with suppress(*DATABASE_AWAY):
            self._connection.execute("SELECT pg_advisory_unlock_all()")
        self._connection.close()

    def acquire(self) -> bool:
        """Whether the lock is ours now; False where another process holds it."""
        return self._value("SELECT pg_try_advisory_lock(%s)", [KEY])

    def confirm(self) -> None:
        """Raises an error of the database where the connection, and the lock with it, is lost."""
        self._connection.execute("SELECT 1")

    def release(self) -> None:
        self._connection.execute("SELECT pg_advisory_unlock(%s)", [KEY])

    def entries(self, kinds: Collection[str], limit: int) -> list[tuple[int, str, int]]:
        """The oldest entries of the outbox of these kinds: id, kind and key."""
        return self._connection.execute(READ, [list(kinds), limit]).fetchall()

    def has_entries(self) -> bool:
        return self._value(SOME)

    def clear(self, entries: list[tuple[int, str, int]]) -> None:
        """Delete exactly these: one with a lower id may yet be committed."""
        self._connection.execute(CLEAR, [[number for number, *_ in entries]])

    @contextmanager
    def clearing_all(self) -> Iterator[None]:
        """Delete, where the block ends well, exactly the entries that were there at its beginning."""
        self._connection.execute(FORGET)
        self._connection.execute(REMEMBER)
        yield
        self._connection.execute(CLEAR_REMEMBERED)
        self._connection.execute(FORGET)

    def listen(self) -> None:
        self._connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))

    def wait(self, seconds: float, wake: socket.socket) -> None:
        """Return when the outbox is written to, when `wake` can be read, or when the time is over."""
        if not self._notified:
            readable, *_ = select.select([self._connection.fileno(), wake], [], [], seconds)
            if self._connection.fileno() in readable:
                self.confirm()  # takes in what has come, too
        self._notified = False

    def _value(self, query: sql.Composed | str, parameters: list | None = None) -> bool:
        row = self._connection.execute(query, parameters).fetchone()
        return bool(row and row[0])


def somebody_writes() -> bool:
    """Whether any process holds the lock just now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND (classid::bigint << 32) | objid::bigint = %s)",
            [KEY],
        )
        return cursor.fetchone()[0]


def wake_writer() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
