"""The directory of a PostgreSQL server: made by initdb where it is new, checked where it is not."""

import logging
import os
import re
import shutil
import tempfile
from functools import cached_property
from pathlib import Path

from archive.database.programs import Account, Programs, ServerError, UnusableDirectory, hand_over

logger = logging.getLogger(__name__)

SUPERUSER = "postgres"
# The builtin provider sorts by code point and knows the case of every letter, the same on every machine;
# the operating system's collations change with its updates and silently damage the indexes made before.
INITDB = (
    f"--username={SUPERUSER}",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    # The socket's directory is closed to everyone but the server's account (and root): no password needed.
    "--auth-local=trust",
    "--auth-host=reject",
    "--no-instructions",
)
# What the directory of a server holds.
OURS = re.compile(r"data|server\.log(\.1)?|(start|users)\.lock|(initdb|programs)-.*")


class Cluster:
    """The files of one server below `directory`: data/ (PGDATA), server.log and the locks."""

    def __init__(self, directory: str | os.PathLike[str], *, fsync: bool) -> None:
        """Makes nothing."""
        self.directory = Path(directory).resolve()
        self.data = self.directory / "data"
        self.log = self.directory / "server.log"
        self._fsync = fsync

    @cached_property
    def account(self) -> Account:
        return Account.for_directory(self.directory)

    @cached_property
    def programs(self) -> Programs:
        return Programs(self.directory, self.account)

    def ensure(self) -> None:
        """Make the database cluster, or see that the one here can be used; for one process at a time."""
        for leftover in self.directory.glob("initdb-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        if self.data.exists() and any(self.data.iterdir()):
            self._check_version()
        else:
            self._make()

    def prepare(self) -> None:
        """Make the directory where missing and see that the server's account can work in it."""
        try:
            self.directory.parent.mkdir(parents=True, exist_ok=True)
            if closed := self.account.closed_parent(self.directory.parent):
                raise UnusableDirectory(
                    f"PostgreSQL does not run as root but as “{self.account.name}”, which may not enter {closed}: "
                    "set ARCHIVE_DATA_DIR to a directory that is open to it, such as /var/lib/archive."
                )
            self.directory.mkdir(mode=0o700, exist_ok=True)
            found = self.directory.stat()
            if found.st_uid == 0 and not self.account.is_ours:
                self._hand_over()
            elif found.st_uid != self.account.uid:
                raise self.belongs_to_another()
        except OSError as error:
            raise UnusableDirectory(
                f"The database cannot be kept in {self.directory} ({error.strerror}): "
                "set ARCHIVE_DATA_DIR to a directory that can be written to."
            ) from error

    def _hand_over(self) -> None:
        """What root made or brought here (a backup, say) becomes the account's; nothing that is not ours."""
        foreign = [place.name for place in self.directory.iterdir() if not OURS.fullmatch(place.name)]
        if foreign:
            raise UnusableDirectory(
                f"{self.directory} holds files that are not the archive's ({', '.join(sorted(foreign)[:3])}): "
                "set ARCHIVE_DATA_DIR to a directory of its own."
            )
        hand_over(self.directory, self.account)

    def belongs_to_another(self) -> UnusableDirectory:
        owner = Account.by_uid(self.directory.stat().st_uid, -1)
        us = Account.by_uid(os.geteuid(), -1)
        return UnusableDirectory(
            f"The database in {self.directory} belongs to “{owner.name}”, and this is “{us.name}”: start the "
            "archive as the same user as before, or set ARCHIVE_DATA_DIR to another directory."
        )

    def _check_version(self) -> None:
        wanted = Programs.version().split(".", 1)[0]
        try:
            found = (self.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError as error:
            raise UnusableDirectory(
                f"{self.data} is not empty and holds no PostgreSQL database: move it away, or set "
                "ARCHIVE_DATA_DIR to another directory."
            ) from error
        if found != wanted:
            raise UnusableDirectory(
                f"The database in {self.data} was made by PostgreSQL {found}, and this archive brings PostgreSQL "
                f"{wanted}: export it with the archive's former version (pg_dump), then move the directory away, "
                "start the archive and load the export (psql)."
            )

    def _make(self) -> None:
        """Run initdb beside the place and move the result there: half a cluster is never taken for one."""
        unfinished = Path(tempfile.mkdtemp(prefix="initdb-", dir=self.directory))
        hand_over(unfinished, self.account)
        logger.info("Making a database cluster in %s", self.directory)
        try:
            made = self.programs.run("initdb", *INITDB, *([] if self._fsync else ["--no-sync"]), unfinished.name)
            if made.returncode != 0:
                last_lines = "\n".join(f"    {line}" for line in made.stdout.splitlines()[-10:])
                raise ServerError(f"PostgreSQL could not make a database in {self.directory}:\n{last_lines}")
            unfinished.rename(self.data)
            self._sync_directory()
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)

    def _sync_directory(self) -> None:
        """See that the cluster's new name is on disk before anything in it counts as kept."""
        descriptor = os.open(self.directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def last_words(self, offset: int = 0) -> str:
        """The last lines of the server's log, from the byte offset on, as the end of a message."""
        if not self.log.exists():
            return ""
        with self.log.open("rb") as log:
            log.seek(max(offset, self.log.stat().st_size - 10_000))
            lines = log.read().decode(errors="replace").strip().splitlines()[-10:]
        return "\n".join([f" Its log {self.log} ends:", *(f"    {line}" for line in lines)]) if lines else ""
