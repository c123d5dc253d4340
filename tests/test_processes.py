"""Work in several processes: in order, as soon as it is ready, and never far ahead."""

import os
import signal
import threading
import time
from functools import partial

import psutil
import pytest

from archive.processes import AHEAD, FEW, as_they_come, in_order, start_command, uninterrupted

BOTH = pytest.mark.parametrize("way", [in_order, as_they_come])


@BOTH
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 30])
def test_the_results_come_in_the_order_of_the_things(way, jobs, count):
    assert list(way(str, range(count), jobs)) == [str(number) for number in range(count)]


@BOTH
def test_things_are_taken_only_a_few_ahead(way):
    taken = 0

    def things():
        nonlocal taken
        for taken in range(1000):  # noqa: B007 - how many were taken
            yield 0.001

    results = way(time.sleep, things(), 2)
    for number in range(FEW + 40):
        next(results)
        assert taken <= number + 1 + 2 * AHEAD
    results.close()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_result_does_not_wait_for_the_next_thing(jobs):
    may_go_on = threading.Semaphore(0)

    def things():
        for number in range(FEW + 10):
            yield number
            assert may_go_on.acquire(timeout=20)

    results = as_they_come(abs, things(), jobs)
    for number in range(FEW + 10):
        assert next(results) == number
        may_go_on.release()
    assert list(results) == []


@BOTH
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_work_raises_is_raised(way, jobs):
    results = way(partial(divmod, 7), [1] * (FEW + 3) + [0] + [1] * 20, jobs)
    assert [next(results) for _ in range(FEW + 3)] == [(7, 0)] * (FEW + 3)
    with pytest.raises(ZeroDivisionError):
        next(results)


@BOTH
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_taking_the_things_raises_is_raised(way, jobs):
    def things():
        yield 1
        raise OSError("the pipe broke")

    with pytest.raises(OSError, match="the pipe broke"):
        list(way(abs, things(), jobs))


def test_what_ends_us_waits_for_what_must_not_be_cut_off():
    asked, whole = [], False
    before = signal.signal(signal.SIGTERM, lambda number, _: asked.append((number, whole)))
    over = threading.Event()
    other = threading.Thread(target=over.wait)  # without a mask: the signal reaches this one
    other.start()
    try:
        with uninterrupted():
            os.kill(os.getpid(), signal.SIGTERM)
            until = time.monotonic() + 0.2
            while time.monotonic() < until:
                assert not asked
            whole = True
        assert asked == [(signal.SIGTERM, True)]
    finally:
        over.set()
        other.join()
        signal.signal(signal.SIGTERM, before)


def test_a_command_is_started_in_a_session_of_its_own_and_leaves_nothing_behind():
    here = psutil.Process()
    before = set(here.children())
    start_command("version")
    [started] = set(here.children()) - before
    assert os.getsid(started.pid) == started.pid != os.getsid(0)
    until = time.monotonic() + 60
    while started in here.children() and time.monotonic() < until:
        time.sleep(0.05)
    assert not started.is_running()  # nor is it a zombie
