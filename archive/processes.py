"""Does one task on many things in several processes, and gives the results in the order in which the things came;
starts a command in a process that nobody waits for."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from enum import Enum
from multiprocessing import resource_tracker
from pathlib import Path
from queue import SimpleQueue
from threading import Semaphore, Thread, current_thread, main_thread
from typing import Any, TypeVar

AHEAD = 4  # things under way for each process: enough to keep it busy, few enough to keep memory flat
FEW = 16  # up to here the work is done before a process has started
MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
ENDINGS = {signal.SIGINT, signal.SIGTERM}

Submit = Callable[..., "Future[Any]"]
Thing = TypeVar("Thing")
Outcome = TypeVar("Outcome")


def in_order(
    work: Callable[[Thing], Outcome], things: Iterable[Thing], jobs: int, prepare: Callable[[], None] | None = None
) -> Iterator[Outcome]:
    """`work` of each thing. The things are taken by the caller's own thread, a few ahead of the results. Each process
    calls `prepare` before it imports the work.

    Raises BrokenProcessPool where a process was killed, and whatever `work` raises.
    """
    waiting: deque[Future[Outcome]] = deque()
    with ExitStack() as stack:
        submit: Submit | None = None
        for number, thing in enumerate(things):
            if jobs > 1 and number == FEW:
                submit = stack.enter_context(processes(jobs, prepare))
            if submit is None:
                yield work(thing)
                continue
            waiting.append(submit(work, thing))
            while waiting and (len(waiting) >= jobs * AHEAD or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def as_they_come(work: Callable[[Thing], Outcome], things: Iterable[Thing], jobs: int) -> Iterator[Outcome]:
    """Like `in_order`, for things that may keep us waiting, as lines of a pipe do: a result that is ready does not wait
    for the next thing to come. The things are taken by a thread of their own.

    Raises also whatever taking the things raises.
    """
    if jobs == 1:
        yield from map(work, things)
        return
    came: SimpleQueue[tuple[_Event, Any]] = SimpleQueue()
    room = Semaphore(jobs * AHEAD)

    def take_all() -> None:
        try:
            for thing in things:
                room.acquire()
                came.put((_Event.THING, thing))
        except BaseException as error:
            came.put((_Event.FAILED, error))
        else:
            came.put((_Event.END, None))

    waiting: deque[Future[Outcome]] = deque()
    count, more = 0, True
    with ExitStack() as stack:
        submit: Submit = _at_once
        Thread(target=take_all, daemon=True).start()
        while more or waiting:
            event, value = came.get()
            if event is _Event.FAILED:
                raise value
            if event is _Event.END:
                more = False
            elif event is _Event.THING:
                count += 1
                if count == FEW + 1:
                    submit = stack.enter_context(processes(jobs))
                waiting.append(submit(work, value))
                waiting[-1].add_done_callback(lambda _: came.put((_Event.DONE, None)))
            while waiting and waiting[0].done():
                yield waiting.popleft().result()
                room.release()


def start_command(name: str) -> None:
    """Starts `manage.py` with this command, in a process that lives on when this one ends; its answer goes nowhere."""
    process = subprocess.Popen(  # noqa: S603 - this very interpreter, with fixed arguments
        [sys.executable, os.fspath(MANAGE), name],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Somebody has to take its exit status, or it stays a zombie for as long as this process lives.
    Thread(target=process.wait, daemon=True).start()


class _Event(Enum):
    """What can happen while things come and are worked on."""

    THING = 1
    END = 2
    FAILED = 3
    DONE = 4


def _at_once(work: Callable[[Thing], Outcome], thing: Thing) -> Future[Outcome]:
    done: Future[Outcome] = Future()
    done.set_result(work(thing))
    return done


@contextmanager
def processes(jobs: int, prepare: Callable[[], None] | None = None) -> Iterator[Submit]:
    """Processes that leave an interrupt to the caller, drop what waits when it stops, and end when it is killed.

    They are spawned, not forked, for the caller has threads and connections.
    """
    pool = ProcessPoolExecutor(
        jobs, multiprocessing.get_context("spawn"), initializer=_follow_parent, initargs=(prepare,)
    )

    def submit(*task: Any) -> Future[Any]:
        # This may start a process. Interrupted half way, it would tell of it at length: so it inherits a mask until
        # it is ready, and the caller is interrupted before or after.
        with uninterrupted():
            return pool.submit(*task)

    resource_tracker.ensure_running()  # started with the first process, it would lift the mask
    try:
        yield submit
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """What is asked to end in here is asked again afterwards. What is started in here inherits the mask.

    The mask alone would not do: the signal reaches another thread then, and Python calls its handler in the main one.
    """
    held: list[int] = []
    handlers: dict[signal.Signals, Any] = {}
    if current_thread() is main_thread():
        handlers = {ending: signal.signal(ending, lambda number, _: held.append(number)) for ending in ENDINGS}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for ending, handler in handlers.items():
            signal.signal(ending, handler)
        for number in held:
            signal.raise_signal(number)


def _follow_parent(prepare: Callable[[], None] | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
    Thread(target=_end_with_parent, daemon=True).start()
    if prepare:
        prepare()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
    os._exit(1)
