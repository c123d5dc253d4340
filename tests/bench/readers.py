"""Measures twenty readers at once on a web server as `manage.py serve` runs it, sockets and all."""

import http.client
import random
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain

import psutil

from tests.bench.asking import Times
from tests.bench.programs import running
from tests.bench.questions import Question

READERS = 20
REQUESTS = 20  # of each reader
START_SECONDS = 60


@dataclass(slots=True)
class Read:
    """What the readers met: their times, how many answers were errors, and the memory of the server's workers."""

    times: Times = field(default_factory=Times)
    errors: int = 0
    seconds: float = 0.0
    megabytes: float = 0.0


def measure_readers(classes: dict[str, list[Question]]) -> Read:
    """Each reader asks questions of all classes, one after the other without a pause."""
    addresses = [f"/search/{question.address_query()}" for question in chain.from_iterable(classes.values())]
    with web_server() as (server, port):
        read, lock = Read(), threading.Lock()
        readers = [
            threading.Thread(target=_read, args=(port, random.Random(number).sample(addresses, REQUESTS), read, lock))  # noqa: S311
            for number in range(READERS)
        ]
        began = time.perf_counter()
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        read.seconds = time.perf_counter() - began
        workers = psutil.Process(server.pid).children()
        # What they hold alone: the index and the libraries are mapped by all of them.
        read.megabytes = sum(worker.memory_full_info().uss for worker in workers) / 1024 / 1024
    return read


@contextmanager
def web_server() -> Iterator[tuple[subprocess.Popen, int]]:
    """One that runs meanwhile and answers already, and its port."""
    port = _free_port()
    with running("-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--log-level", "error") as server:
        _wait_until_it_answers(server, port)
        yield server, port


def _read(port: int, addresses: list[str], read: Read, lock: threading.Lock) -> None:
    for address in addresses:
        began = time.perf_counter()
        try:
            status = _get(port, address)
        except OSError:
            status = 0
        milliseconds = (time.perf_counter() - began) * 1000
        with lock:
            read.times.milliseconds.append(milliseconds)
            read.errors += status != 200


def _get(port: int, address: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", address, headers={"Host": "localhost"})
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_it_answers(server: subprocess.Popen, port: int) -> None:
    """Both workers have been asked something by then, most likely."""
    until = time.monotonic() + START_SECONDS
    answers = 0
    while answers < 8:
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError("The web server does not start.")
        try:
            answers += _get(port, "/search/?q=nothing") == 200
        except OSError:
            time.sleep(0.1)
