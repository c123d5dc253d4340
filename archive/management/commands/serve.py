"""Runs the whole archive on one machine: database, web server and worker, until Ctrl-C."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from archive.models import Article

PATIENCE = 15  # seconds a process has to end by itself


class Command(BaseCommand):
    help = "Bring the database up to date, import the seed documents into an empty archive, and serve it until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args, port, **options):
        refuse_taken(port)
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has it ignored in what it runs behind
        for ending in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(ending, lambda *_: sys.exit(0))
        try:
            self.prepare()
            self.serve(port)
        except KeyboardInterrupt:
            self.stdout.write("\nStopped")

    def prepare(self):
        self.stdout.write("Bringing the database up to date")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if not Article.objects.exists():
            self.stdout.write("The archive is empty: importing the seed documents")
            call_command("import_articles", str(settings.BASE_DIR / "seeds"), jobs=1)

    def serve(self, port):
        address = f"http://localhost:{port}"
        environment = {"SITE_URL": address} | os.environ
        programs = [
            [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"],
            [sys.executable, "manage.py", "worker"],
        ]
        children = []
        try:
            for program in programs:
                children.append(start(program, environment))
            wait_until_it_answers(port, children)
            self.stdout.write(
                f"The archive is at {address}/ and its admin at {address}/admin/. Ctrl-C stops it.\n"
                "To make the first administrator, in another terminal: "
                f"{os.path.relpath(sys.executable)} manage.py createsuperuser"
            )
            self.stdout.flush()
            ended = wait_for_one(children)
            raise CommandError(
                f"{' '.join(ended.args[1:4])} ended with status {ended.returncode}; the rest is stopped."
            )
        finally:
            stop(children)


def refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise CommandError(f"Port {port} cannot be used ({error}): choose another, make run PORT=8001") from None


def start(program: list[str], environment: dict[str, str]) -> subprocess.Popen:
    """A program of ours, out of reach of the terminal's Ctrl-C: it is told once to end, by us."""
    return subprocess.Popen(program, cwd=settings.BASE_DIR, env=environment, start_new_session=True)  # noqa: S603


def wait_until_it_answers(port: int, children: list[subprocess.Popen]) -> None:
    while all(child.poll() is None for child in children):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)


def wait_for_one(children: list[subprocess.Popen]) -> subprocess.Popen:
    while True:
        for child in children:
            if child.poll() is not None:
                return child
        time.sleep(0.2)


def stop(children: list[subprocess.Popen]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave one of them behind
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
