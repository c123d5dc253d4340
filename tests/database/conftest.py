"""Servers of their own for these tests, and processes that use them."""

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from archive.database.server import EmbeddedServer

ROOT = Path(__file__).parents[2]
SECONDS = 60


def wait_until(condition, what):
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited {SECONDS} seconds for {what}"
        time.sleep(0.02)


def has_ended(process):
    """Tell whether a process is gone or a zombie; it may go while one looks."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def server_processes(directory):
    """All processes of a directory's server, the postmaster and its children; each has its name in its title."""
    name = Path(EmbeddedServer(directory).address.host).name.rpartition("-")[0]
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.name() == "postgres" and name in " ".join(process.cmdline()):
                found.append(process)
    return found


def is_running(directory):
    return bool(server_processes(directory))


def kill_server(directory):
    """kill -9 of the postmaster and all its children, as the power cut or the OOM killer would."""
    for process in server_processes(directory):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


class Client:
    """A process of its own that talks to the database through Django (client.py)."""

    def __init__(self, directory, **database):
        self.database = {
            "ENGINE": "archive.database",
            "NAME": "archive",
            "DIRECTORY": str(directory),
            "FSYNC": False,
        } | database
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.database.client", json.dumps(self.database)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, request):
        self.tell(request)
        return self.answer()

    def tell(self, request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()

    def answer(self):
        assert select.select([self.process.stdout], [], [], SECONDS)[0], "no answer"
        line = self.process.stdout.readline()
        assert line, f"the client ended with {self.process.wait(SECONDS)}"
        return json.loads(line)

    def query(self, sql, *values):
        answer = self.ask({"sql": sql, "values": values})
        assert "rows" in answer, answer
        return answer["rows"]

    def leave(self):
        """End as a command ends."""
        self.process.stdin.close()
        assert self.process.wait(SECONDS) == 0

    def kill(self):
        self.process.kill()
        self.process.wait(SECONDS)


@contextlib.contextmanager
def temporary_place():
    """An empty directory that the server's account can reach; pytest's own are closed to all but root."""
    place = Path(tempfile.mkdtemp(prefix="archive-test-")).resolve()
    place.chmod(0o755)
    try:
        yield place
    finally:
        for directory in [data.parent for data in place.rglob("data")]:
            kill_server(directory)
            shutil.rmtree(EmbeddedServer(directory).address.host, ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def place():
    with temporary_place() as place:
        yield place


@pytest.fixture
def new_directory(place):
    """The directory of a server that does not exist yet."""
    return place / "var" / "postgresql"


@pytest.fixture(scope="session")
def shared_directory():
    with temporary_place() as place:
        yield place / "postgresql"


@pytest.fixture
def directory(shared_directory):
    """The directory of a server that does not run yet; what it holds stays from test to test."""
    yield shared_directory
    if not EmbeddedServer(shared_directory).stop():
        kill_server(shared_directory)


@pytest.fixture
def database_client():
    """Start processes that use a directory's server; those that still live are killed at the end."""
    clients = []

    def start(directory, **database):
        clients.append(Client(directory, **database))
        return clients[-1]

    yield start
    for each in clients:
        each.kill()
        each.process.stdin.close()
        each.process.stdout.close()


@pytest.fixture
def in_process():
    """Make server objects in the tests' own process; those still in use are left at the end."""
    servers = []

    def make(directory):
        servers.append(EmbeddedServer(directory, fsync=False))
        return servers[-1]

    yield make
    for server in servers:
        server.release()


def run_in_fork(work):
    """Run a function in a forked child and return its exit status: what it returns, or 70 if it raised."""
    child = os.fork()
    if child == 0:
        status = 70
        try:
            status = work() or 0
        finally:
            os._exit(status)
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise AssertionError("the child did not end")
