"""Where the index stands: one directory for each build of it, and a pointer to the one in use.

index/current              the name of the build in use; replaced in one step
index/1-20180322T0915-…/   a build, named by schema version and when it was begun
index/rebuild-wanted       left by `rebuild_index` for the worker that holds the lock
index/progress             how many articles the build that is being made has taken in, and of how many
"""

import os
import shutil
import uuid
from datetime import UTC, datetime
from pathlib import Path

from archive.search.schema import SCHEMA_VERSION

POINTER = "current"
REQUEST = "rebuild-wanted"
PROGRESS = "progress"


class Builds:
    """The builds in a directory. All but `current` and `stamp` are for the holder of the writer's lock."""

    def __init__(self, directory: Path):
        self.directory = Path(directory)
        self._pointer = self.directory / POINTER
        self._request = self.directory / REQUEST

    def stamp(self) -> tuple[int, int] | None:
        """Changes whenever another build is put to use; None while there is none."""
        try:
            state = self._pointer.stat()
        except OSError:
            return None
        return state.st_ino, state.st_mtime_ns

    def current(self) -> Path | None:
        """The build in use, where there is one of this schema version."""
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        path = self.directory / name
        usable = name == Path(name).name and name.startswith(f"{SCHEMA_VERSION}-") and path.is_dir()
        return path if usable else None

    def begin(self) -> Path:
        """A new, empty directory for a build."""
        path = self.directory / f"{SCHEMA_VERSION}-{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
        path.mkdir(parents=True)
        return path

    def use(self, build: Path) -> None:
        """Point to this build from now on, and remove all others.

        A process that still reads another keeps its open files until it looks here again.
        """
        written = self.directory / f"{POINTER}.new"
        with written.open("w", encoding="utf-8") as file:
            file.write(build.name)
            file.flush()
            os.fsync(file.fileno())
        written.replace(self._pointer)
        self._request.unlink(missing_ok=True)
        self.remove_others(build)

    def remove_others(self, build: Path) -> None:
        for path in self.directory.iterdir():
            if path.is_dir() and path != build and path.name.split("-")[0].isdigit():
                self.remove(path)

    def remove(self, build: Path) -> None:
        shutil.rmtree(build, ignore_errors=True)

    def note_progress(self, done: int, total: int) -> None:
        """For those who wait for the build that is being made."""
        # A process that has lost the lock and not yet noticed may write it too.
        written = self.directory / f"{PROGRESS}.{os.getpid()}"
        written.write_text(f"{done} {total}", encoding="utf-8")
        written.replace(self.directory / PROGRESS)

    def progress(self) -> tuple[int, int] | None:
        """Articles taken in and articles in all; None while nothing is being built."""
        try:
            done, total = map(int, (self.directory / PROGRESS).read_text(encoding="utf-8").split())
        except (OSError, ValueError):
            return None
        return min(done, total), total

    def end_progress(self) -> None:
        (self.directory / PROGRESS).unlink(missing_ok=True)

    def want_rebuild(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        self._request.touch()

    def rebuild_wanted(self) -> bool:
        return self._request.exists()
