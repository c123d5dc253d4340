"""One command brings the archive up, and Ctrl-C takes down all it started."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def page(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:  # noqa: S310 - our own server
        return answer.read().decode()


def wait_for(condition, seconds: float = 90):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if found := condition():
                return found
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


@pytest.fixture
def environment(tmp_path):
    """An archive of its own: a data directory whose name has a space, and its own embedded database."""
    folder = tmp_path / "the archive"
    for parent in (tmp_path, *tmp_path.parents[:2]):
        if Path(tempfile.gettempdir()) in parent.parents:
            parent.chmod(0o755)  # pytest's own folders; the database's user must reach its directory
    clean = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DEBUG", "SITE_URL")}
    return clean | {"ARCHIVE_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "archive.settings"}


def started(port, environment) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def processes_of(environment) -> list[str]:
    """The processes that work on this archive's data."""
    found = []
    for process in psutil.process_iter():
        try:
            places = [process.environ().get("ARCHIVE_DATA_DIR", ""), process.cwd()]
            if process.status() != psutil.STATUS_ZOMBIE and any(
                place.startswith(environment["ARCHIVE_DATA_DIR"]) for place in places
            ):
                found.append(f"{process.pid} {process.cmdline()}")
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


@pytest.mark.timeout(300)
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_the_seed_document_and_stops_all_it_started(environment, sent):
    port = free_port()
    serving = started(port, environment)
    try:
        wait_for(lambda: "peace proposal" in page(port, "/search/?q=%22peace+proposal%22"))
        assert "robust dialogue" in page(port, "/people/john-nicholson/")
        assert page(port, "/static/css/site.css")
        os.killpg(serving.pid, sent) if sent == signal.SIGINT else serving.send_signal(sent)
        output, _ = serving.communicate(timeout=60)
    except BaseException:
        os.killpg(serving.pid, signal.SIGKILL)
        print(serving.communicate()[0])
        raise
    assert serving.returncode == 0, output
    assert f"The archive is at http://localhost:{port}/" in output
    assert "createsuperuser" in output
    assert "Traceback" not in output
    wait_for(lambda: not processes_of(environment), 30)


def test_a_port_that_is_taken_is_named(environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        serving = started(port, environment)
        output, _ = serving.communicate(timeout=60)
    assert serving.returncode == 1
    assert output.startswith(f"CommandError: Port {port} cannot be used")
    assert len(output.strip().splitlines()) == 1
