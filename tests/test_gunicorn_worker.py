"""Requests are spread over the workers: none waits for one that is at work while another has a thread free."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.killed_archive import until

WORKERS, THREADS = 2, 2
ALL = WORKERS * THREADS
ROUNDS = 8
PROJECT = Path(__file__).resolve().parent.parent

# Answers with the process's number once as many requests of its round have begun as its address says.
APPLICATION = """
import os, pathlib, time, uuid

def application(environ, start_response):
    needed, name = environ["PATH_INFO"].strip("/").split("/")
    of_round = pathlib.Path(name)
    of_round.mkdir(exist_ok=True)
    (of_round / uuid.uuid4().hex).touch()
    until = time.monotonic() + 20
    while len(list(of_round.iterdir())) < int(needed):
        if time.monotonic() > until:
            start_response("503 Service Unavailable", [])
            return []
        time.sleep(0.01)
    start_response("200 OK", [])
    return [str(os.getpid()).encode()]
"""


@pytest.fixture
def port(tmp_path):
    (tmp_path / "blocking.py").write_text(APPLICATION)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", PROJECT / "gunicorn.conf.py", "--chdir", tmp_path]
    command += ["--workers", str(WORKERS), "--threads", str(THREADS), "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        [*command, "--log-level", "error", "blocking:application"],
        cwd=PROJECT,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
    )
    yield port
    server.send_signal(signal.SIGTERM)
    server.wait(30)


def asked(port, path):
    until = time.monotonic() + 30
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        except ConnectionRefusedError:  # it is still starting
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        finally:
            connection.close()


def test_as_many_requests_are_at_work_at_once_as_there_are_threads_in_all(port):
    for number in range(ROUNDS):
        with ThreadPoolExecutor(ALL) as readers:
            answers = list(readers.map(lambda _, path=f"/{ALL}/{number}": asked(port, path), range(ALL)))
        assert {status for status, _ in answers} == {200}
        assert set(Counter(process for _, process in answers).values()) == {THREADS}


def test_a_worker_that_stops_takes_no_new_connection(port, tmp_path):
    asked(port, "/1/started")
    kept = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    kept.request("GET", "/1/kept")
    stopping = kept.getresponse().read()
    os.kill(int(stopping), signal.SIGTERM)
    time.sleep(0.3)  # it keeps the connection for two seconds
    with ThreadPoolExecutor(THREADS + 1) as readers:
        others = [readers.submit(asked, port, "/5/last") for _ in range(THREADS)]
        until(lambda: len(list(tmp_path.glob("last/*"))) == THREADS)
        kept.request("GET", "/5/last")  # it answers this one still, and has a thread free beside it
        until(lambda: len(list(tmp_path.glob("last/*"))) == THREADS + 1)
        others.append(readers.submit(asked, port, "/5/last"))
        time.sleep(0.5)
        waiting = len(list(tmp_path.glob("last/*")))
        for number in range(2):
            (tmp_path / "last" / str(number)).touch()
        assert kept.getresponse().read() == stopping
        assert waiting == THREADS + 1
        assert stopping not in {process for _, process in (other.result() for other in others)}
