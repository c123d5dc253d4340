"""File locks that end with the process that took them, also when it is killed."""

import fcntl
import os
import weakref
from pathlib import Path


class FileLock:
    """A lock (flock) on a file of its own, which is made where missing and never removed.

    Each object opens the file for itself, so locks also part the threads of one process. A forked child
    starts without the locks of its parent: a lock belongs to the open file, which a child inherits, and
    one that kept it open would hold the lock of a parent long dead.
    """

    _all: "weakref.WeakSet[FileLock]" = weakref.WeakSet()

    def __init__(self, path: Path, owner: tuple[int, int] | None = None) -> None:
        """`owner`, a user and a group id, is who the file belongs to; needs root."""
        self.path = path
        self._owner = owner
        self._descriptor: int | None = None
        self.held = False
        FileLock._all.add(self)

    def acquire(self, *, shared: bool = False, wait: bool = True) -> bool:
        """Take the lock, alone or shared with others; False if it is taken and `wait` is off."""
        if self.held:
            return True
        kind = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            if self._owner is not None:
                os.fchown(self._descriptor, *self._owner)
            fcntl.flock(self._descriptor, kind)
            self.held = True
        except BlockingIOError:
            return False
        finally:
            if not self.held:
                self._close()
        return True

    def release(self) -> None:
        if self.held and self._descriptor is not None:
            # Said aloud, not left to closing: a child forked this moment may still have the file open.
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        self._close()

    def _close(self) -> None:
        descriptor, self._descriptor, self.held = self._descriptor, None, False
        if descriptor is not None:
            os.close(descriptor)

    @classmethod
    def _forget_inherited(cls) -> None:
        for lock in list(cls._all):
            lock._close()


os.register_at_fork(after_in_child=FileLock._forget_inherited)
