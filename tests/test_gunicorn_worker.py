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

WORKERS, THREADS = 2, 2
ROUNDS = 8
PROJECT = Path(__file__).resolve().parent.parent

# Answers with the process's number once as many requests of its round have begun as there are threads in all.
APPLICATION = f"""
import os, pathlib, time, uuid

def application(environ, start_response):
    of_round = pathlib.Path(environ["PATH_INFO"].strip("/"))
    of_round.mkdir(exist_ok=True)
    (of_round / uuid.uuid4().hex).touch()
    until = time.monotonic() + 20
    while len(list(of_round.iterdir())) < {WORKERS * THREADS}:
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
        with ThreadPoolExecutor(WORKERS * THREADS) as readers:
            answers = list(readers.map(lambda _, path=f"/{number}": asked(port, path), range(WORKERS * THREADS)))
        assert {status for status, _ in answers} == {200}
        assert set(Counter(process for _, process in answers).values()) == {THREADS}
