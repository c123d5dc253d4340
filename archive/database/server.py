"""The archive's own PostgreSQL server: one for each data directory, shared by all processes that use it.

Whoever needs the server calls `EmbeddedServer.start`, as often as it likes. The first to come starts the
server, each holds a shared lock for as long as it lives, and the last to leave stops it. All of it works
on files below the data directory, so it holds for processes that know nothing of each other:

    data/         the database cluster (PGDATA)
    server.log    what the server has to say
    start.lock    held while somebody looks after the server: starts it, stops it, makes a database
    users.lock    shared by all processes that use the server

The server listens on a unix socket only, below /tmp, since such a path must be short. A process that is
killed loses its locks at once; a server left behind by it is found and used by whoever comes next.
"""

import atexit
import hashlib
import logging
import os
import signal
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import psutil
import psycopg
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo
from psycopg.pq import Ping

from archive.database.cluster import SUPERUSER, Cluster
from archive.database.locks import FileLock
from archive.database.programs import ServerError, UnusableDirectory, hand_over

__all__ = ["Address", "EmbeddedServer", "ServerError", "UnusableDirectory"]

logger = logging.getLogger(__name__)

# The port is part of the socket's name and nothing else; the directory tells the servers apart.
PORT = 5432
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
# For tests: nothing is lost when processes are killed, everything may be when the machine is. (Without
# synchronous_commit, which would be faster still, what was committed last is lost with the processes too.)
WITHOUT_FSYNC = {"fsync": "off", "full_page_writes": "off"}
POLL_SECONDS = 0.05
# How long processes of a server that was killed may take to notice before they are told to quit.
STRAY_SECONDS = 2
STOP_SECONDS = 600
# pg_ctl waits for as long as the server lives and recovers; a recovery may outlast any limit we could choose.
START_SECONDS = 7 * 24 * 3600
LOG_BYTES = 10_000_000


class Address(NamedTuple):
    """Where the server listens, in the words of libpq."""

    host: str
    port: int
    user: str


class EmbeddedServer:
    """The server for one directory (module docstring). Threads may share an object, forked children too."""

    def __init__(self, directory: str | os.PathLike[str], *, fsync: bool = True) -> None:
        """Starts nothing. `fsync=False` is for tests; whoever starts the server decides."""
        self.cluster = Cluster(directory, fsync=fsync)
        self.directory = self.cluster.directory
        self._fsync = fsync
        self._name = "archive-" + hashlib.sha256(os.fsencode(self.directory)).hexdigest()[:16]
        self._users: FileLock | None = None
        self._databases: set[str] = set()
        self._ending = False
        atexit.register(self._end)

    # What others ask for

    def start(self, database: str | None = None, *, doubtful: bool = False) -> None:
        """Make sure that the server runs and that this process counts among its users.

        Cheap (0.2 ms) where both are so; `doubtful` asks the server itself and waits until it takes
        connections, however long its recovery lasts. The database named is made where it is missing.
        Raises UnusableDirectory, or ServerError with the last lines of the server's log.
        """
        if self._ending:
            raise ServerError("The archive is shutting down and does not start its database again.")
        if doubtful or not self._in_use_by_us() or not self._is_listening():
            with self._alone():
                self._join()
                self._bring_up()
        if database and database not in self._databases:
            with self._alone():
                self._bring_up()
                self._make_database(database)

    def release(self) -> None:
        """Stop counting among the users; the last one out stops the server."""
        if self._users is not None and self._users.held:
            self._users.release()
            with suppress(UnusableDirectory):
                self.stop()

    def stop(self) -> bool:
        """Stop the server if nobody uses it; False if somebody does."""
        if not self.directory.is_dir():
            return True
        with self._alone():
            users = self._lock("users.lock")
            if not users.acquire(wait=False):
                return False
            try:
                self._stop()
            finally:
                users.release()
        return True

    def status(self) -> str:
        """In one word: stopped, starting (or stopping, or recovering), running."""
        if self._postmaster() is None:
            return "stopped"
        return "running" if self._ping() == Ping.OK else "starting"

    @cached_property
    def address(self) -> Address:
        return Address(os.fspath(self._socket_directory), PORT, SUPERUSER)

    # Users and locks

    def _lock(self, name: str) -> FileLock:
        return FileLock(self.directory / name, self.cluster.account.owner)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else, neither process nor thread, looks after this server meanwhile."""
        self.cluster.prepare()
        lock = self._lock("start.lock")
        lock.acquire()
        try:
            yield
        finally:
            lock.release()

    def _join(self) -> None:
        if self._users is None:
            self._users = self._lock("users.lock")
        self._users.acquire(shared=True)

    def _in_use_by_us(self) -> bool:
        return self._users is not None and self._users.held

    def _end(self) -> None:
        """At the end of the process: threads that still want the database do not get it started again."""
        self._ending = True
        try:
            self.release()
        except (ServerError, OSError) as error:
            logger.warning("The database server was left running: %s", error)

    # Is it there

    def _postmaster(self) -> psutil.Process | None:
        """The server's first process, by its pid file, if that process lives and is this server's."""
        try:
            process = psutil.Process(int((self.cluster.data / "postmaster.pid").read_text().split("\n", 1)[0]))
        except (FileNotFoundError, NotADirectoryError, ValueError, psutil.NoSuchProcess):
            return None
        except PermissionError as error:
            raise self.cluster.belongs_to_another() from error
        return process if self._is_part(process) else None

    def _is_part(self, process: psutil.Process) -> bool:
        """Whether a process is at work in our data directory; a zombie is not, a start just begun is.

        The command line tells (it carries the cluster's name); a process that somebody started by other
        means is known by its working directory, which root may not read in every container.
        """
        try:
            if process.name() not in ("postgres", "pg_ctl", "sh") or process.status() == psutil.STATUS_ZOMBIE:
                return False
            title = " ".join(process.cmdline())
            if f"cluster_name={self._name} " in title or title.startswith(f"postgres: {self._name}:"):
                return True
            return process.name() == "postgres" and Path(process.cwd()) == self.cluster.data
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False

    def _is_listening(self) -> bool:
        """Whether the server lives and its socket is there, in a directory that nobody else can have made."""
        return self._socket_directory_is_safe() and self._socket.exists() and self._postmaster() is not None

    def _ping(self) -> Ping:
        conninfo = make_conninfo(**self.address._asdict(), dbname="postgres", connect_timeout=5)
        return Ping(psycopg.pq.PGconn.ping(conninfo.encode()))

    # Start and stop, while alone

    def _bring_up(self) -> None:
        """Start the server if it does not run, and wait until it takes connections."""
        starts = 0
        while True:
            if self._postmaster() is None:
                if starts == 3:
                    raise ServerError(f"PostgreSQL starts and ends again at once.{self.cluster.last_words()}")
                starts += 1
                self._databases.clear()
                self._launch()
                continue
            match self._ping():
                case Ping.OK:
                    return
                case Ping.NO_RESPONSE if self._is_ready() and not self._socket.exists():
                    # Something tidied /tmp. The server cannot be reached and will not make a new socket.
                    logger.warning("PostgreSQL lost its socket %s and is started again", self._socket)
                    self._stop()
            time.sleep(POLL_SECONDS)

    def _launch(self) -> None:
        self.cluster.ensure()
        if not self._wait_for_strays():
            return
        self._prepare_socket_directory()
        for leftover in (self.cluster.data / "postmaster.pid", self._socket, Path(f"{self._socket}.lock")):
            leftover.unlink(missing_ok=True)
        if self.cluster.log.exists() and self.cluster.log.stat().st_size > LOG_BYTES:
            self.cluster.log.replace(self.cluster.log.with_suffix(".log.1"))
        said_before = self.cluster.log.stat().st_size if self.cluster.log.exists() else 0
        settings = SETTINGS | ({} if self._fsync else WITHOUT_FSYNC)
        settings["unix_socket_directories"] = os.fspath(self._socket_directory)
        # The name stands in the title of each of the server's processes; a space must follow it (_is_part).
        options = f"-c cluster_name={self._name} " + " ".join(f"-c {key}={value}" for key, value in settings.items())
        logger.info("Starting PostgreSQL in %s", self.directory)
        # Paths below our directory are given relative to it: pg_ctl hands them to a shell.
        started = self.cluster.programs.run(
            "pg_ctl", "start", "--wait", f"--timeout={START_SECONDS}", "-D", "data", "-l", "server.log", "-o", options
        )
        if started.returncode != 0:
            raise ServerError(
                f"PostgreSQL did not start.{self.cluster.last_words(said_before) or ' ' + started.stdout}"
            )

    def _wait_for_strays(self) -> bool:
        """Wait until nothing of a killed server works in the data directory; False if a server came up.

        PostgreSQL takes the pid of a zombie, or one given to another process, for a running server and
        refuses to start, so its pid file has to go. To remove it is safe only when no process is left:
        two servers at work in one directory destroy it. Strays are told to quit when they take too long,
        which is safe as well: the next start recovers from the log what they had not yet written.
        """
        patience = time.monotonic() + STRAY_SECONDS
        while strays := [process for process in psutil.process_iter() if self._is_part(process)]:
            if self._postmaster() is not None:
                return False
            if time.monotonic() > patience:
                logger.warning("Ending what is left of a killed PostgreSQL: %s", [stray.pid for stray in strays])
                for stray in strays:
                    with suppress(psutil.NoSuchProcess):
                        stray.send_signal(signal.SIGQUIT)
                patience = time.monotonic() + STRAY_SECONDS
            time.sleep(POLL_SECONDS)
        return True

    def _is_ready(self) -> bool:
        with suppress(FileNotFoundError):
            return "ready" in (self.cluster.data / "postmaster.pid").read_text()
        return False

    def _stop(self) -> None:
        if self._postmaster() is not None:
            stopped = self.cluster.programs.run(
                "pg_ctl", "stop", "--wait", f"--timeout={STOP_SECONDS}", "--mode=fast", "-D", "data"
            )
            if stopped.returncode != 0 and self._postmaster() is not None:
                raise ServerError(f"PostgreSQL in {self.directory} did not stop: {stopped.stdout}")
        with suppress(OSError):
            self._socket_directory.rmdir()

    def _make_database(self, name: str) -> None:
        with psycopg.connect(**self.address._asdict(), dbname="postgres", autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                with suppress(errors.DuplicateDatabase):
                    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        self._databases.add(name)

    # The socket

    @cached_property
    def _socket_directory(self) -> Path:
        return Path(f"/tmp/{self._name}-{self.cluster.account.uid}")  # noqa: S108 - made and checked below

    @property
    def _socket(self) -> Path:
        return self._socket_directory / f".s.PGSQL.{PORT}"

    def _socket_directory_is_safe(self) -> bool:
        try:
            found = self._socket_directory.lstat()
        except FileNotFoundError:
            return False
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (self.cluster.account.uid, os.geteuid()):
            raise ServerError(
                f"{self._socket_directory}, where the database's socket belongs, was made by somebody else: "
                "remove it, or set ARCHIVE_DATA_DIR to another directory."
            )
        return True

    def _prepare_socket_directory(self) -> None:
        if not self._socket_directory_is_safe():
            self._socket_directory.mkdir(mode=0o700)
        self._socket_directory.chmod(0o700)
        hand_over(self._socket_directory, self.cluster.account)
