"""Keeps the index level with the database for as long as it runs, and does other work between; `manage.py worker`
runs it.
"""

import logging
import select
import signal
import socket
import time
from collections.abc import Callable

from django.db import connection

from archive.search.engine import EngineError
from archive.search.lock import DATABASE_AWAY, WriterLock
from archive.search.sync import Index, Stopped

log = logging.getLogger(__name__)

LOOK_AGAIN = 5.0  # seconds, should a notification be lost
TRY_LOCK_AGAIN = 0.5
RETRY_FIRST, RETRY_LAST = 0.5, 15.0


class Stop:
    """Set by SIGTERM and SIGINT; wakes who waits."""

    def __init__(self) -> None:
        self.requested = False
        self.wake, self._write = socket.socketpair()

    def listen_to_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.request())

    def request(self) -> None:
        self.requested = True
        self._write.send(b"!")

    def wait(self, seconds: float) -> None:
        select.select([self.wake], [], [], seconds)


def no_work() -> bool:
    """There is no other work."""
    return False


def nothing() -> None:
    """There is nothing else to look after."""


def run(stop: Stop, work: Callable[[], bool] = no_work, look_after: Callable[[], None] = nothing) -> None:
    """Hold the writer's lock and drain the outbox until `stop` is requested; wait out whatever can be waited out.

    `work` does a small piece of other work, and tells whether there was any: then the outbox is drained and it is
    called again. Whoever has work for it wakes the writer. `look_after` is called now and then, and must not take long.
    """
    retry = RETRY_FIRST
    while not stop.requested:
        try:
            with WriterLock() as lock:
                _wait_for(lock, stop)
                retry = RETRY_FIRST
                _keep_level(lock, stop, work, look_after)
        except Stopped:
            return
        except DATABASE_AWAY as error:
            log.warning("The database is away, trying again in %.1f s: %s", retry, _first_line(error))
        except EngineError as error:
            log.warning("The search index cannot be written, trying again in %.1f s: %s", retry, _first_line(error))
        else:
            continue
        connection.close()
        stop.wait(retry)
        retry = min(2 * retry, RETRY_LAST)


def _wait_for(lock: WriterLock, stop: Stop) -> None:
    told = False
    while not stop.requested and not lock.acquire():
        if not told:
            log.info("Another process writes the search index; waiting for it to end.")
            told = True
        stop.wait(TRY_LOCK_AGAIN)


def _keep_level(lock: WriterLock, stop: Stop, work: Callable[[], bool], look_after: Callable[[], None]) -> None:
    if stop.requested:
        return
    lock.listen()
    looked = -LOOK_AGAIN
    with Index(lock, stopping=lambda: stop.requested) as index:
        log.info("The worker keeps the search index.")
        while not stop.requested:
            index.check()
            worked = work()
            index.drain()
            if time.monotonic() > looked + LOOK_AGAIN:
                looked = time.monotonic()
                look_after()
            connection.close()  # a connection left idle may be dead when it is needed
            if not worked:
                lock.wait(LOOK_AGAIN, stop.wake)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
