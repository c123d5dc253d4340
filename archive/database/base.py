"""Django's PostgreSQL backend on a server of the archive's own, started when the first connection is made.

    DATABASES = {"default": {"ENGINE": "archive.database", "NAME": "archive", "DIRECTORY": "…/postgresql"}}

Everything else is Django's: OPTIONS (also `pool`), CONN_HEALTH_CHECKS, TEST. `"FSYNC": False` makes a server
for tests, faster, which may lose data when the machine loses power. HOST, PORT and USER are filled in.
"""

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base, client
from django.db.utils import OperationalError
from psycopg_pool import ConnectionPool

from archive.database.programs import Programs
from archive.database.server import EmbeddedServer, ServerError, UnusableDirectory


@cache
def embedded_server(directory: str, fsync: bool) -> EmbeddedServer:
    """The one server object of this process for a directory, shared by its threads and aliases."""
    server = EmbeddedServer(directory, fsync=fsync)
    # After the server's own, so that it runs before: pools that find their server gone would reconnect.
    atexit.register(_close_pools, os.getpid())
    return server


@cache
def connection_class(server: EmbeddedServer) -> type[psycopg.Connection[Any]]:
    """The class of a pool's connections: each sees to the server, whenever and in whatever thread it is made."""

    class Connection(psycopg.Connection[Any]):
        @classmethod
        def connect(cls, *arguments: Any, **keywords: Any) -> psycopg.Connection[Any]:
            server.start()
            try:
                return super().connect(*arguments, **keywords)
            except psycopg.OperationalError:
                server.start(doubtful=True)
                return super().connect(*arguments, **keywords)

    return Connection


class Pool(ConnectionPool[Any]):
    """A pool that parts with all its connections when one has died: its server did, and so did they.

    Left to itself it would try one after the other, with a longer pause after each, and give up.
    """

    def __init__(self, *, health_checks: bool, **options: Any) -> None:
        super().__init__(check=self._check_or_drain if health_checks else None, **options)

    def _check_or_drain(self, connection: psycopg.Connection[Any]) -> None:
        try:
            self.check_connection(connection)
        except psycopg.Error:
            self.drain()
            raise


@contextmanager
def django_errors() -> Iterator[None]:
    try:
        yield
    except UnusableDirectory as error:
        raise ImproperlyConfigured(str(error)) from error
    except (ServerError, OSError) as error:
        raise OperationalError(str(error)) from error


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`, with the psql of the system or else the wheel's."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: list[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        command, environment = super().settings_to_cmd_args_env(settings_dict, parameters)
        if shutil.which(command[0]) is None:
            command[0] = os.fspath(Programs.package() / "pginstall" / "bin" / "psql")
        return command, environment

    def runshell(self, parameters: list[str]) -> None:
        self.connection.start_server()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient
    _connection_pools: dict[str, Pool] = {}

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        if not settings_dict.get("DIRECTORY"):
            raise ImproperlyConfigured(
                f"DATABASES[{alias!r}] needs DIRECTORY, the directory where archive.database keeps its server."
            )
        with django_errors():
            self.server = embedded_server(
                os.fspath(Path(settings_dict["DIRECTORY"]).resolve()), bool(settings_dict.get("FSYNC", True))
            )
            host, port, user = self.server.address
        settings_dict.update(HOST=host, PORT=str(port), USER=user)
        super().__init__(settings_dict, alias)

    def start_server(self) -> None:
        """Make sure that the server runs and has our database; cheap where they do."""
        with django_errors():
            self.server.start(self.settings_dict["NAME"])

    @property
    def pool(self) -> Pool | None:
        """As Django makes it, only of our own kind."""
        options = self.settings_dict["OPTIONS"].get("pool")
        if self.alias == NO_DB_ALIAS or not options:
            return None
        if self.alias not in self._connection_pools:
            pool = Pool(
                kwargs=self.get_connection_params() | {"autocommit": True},
                connection_class=connection_class(self.server),
                open=False,
                configure=self._configure_connection,
                health_checks=self.settings_dict["CONN_HEALTH_CHECKS"],
                **({} if options is True else options),
            )
            self._connection_pools.setdefault(self.alias, pool)
        return self._connection_pools[self.alias]

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        # Here also for a pool, which would hide why the server does not start and try for many seconds.
        self.start_server()
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            if self.pool:
                raise
            with django_errors():
                self.server.start(doubtful=True)
            return super().get_new_connection(conn_params)


def _close_pools(process: int) -> None:
    if process == os.getpid():
        for pool in list(DatabaseWrapper._connection_pools.values()):
            pool.close()


_inherited_pools: list[dict[str, Any]] = []


def _leave_pools_to_parent() -> None:
    """A forked child makes pools of its own: the threads of its parent's did not come along.

    The old ones stay referenced, since their finalizers would wait for those threads.
    """
    _inherited_pools.append(DatabaseWrapper._connection_pools)
    DatabaseWrapper._connection_pools = {}


os.register_at_fork(after_in_child=_leave_pools_to_parent)
