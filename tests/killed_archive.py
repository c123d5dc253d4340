"""An archive whose processes are started and killed, and documents that tell afterwards what became of them."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from functools import cache, cached_property
from pathlib import Path

import psutil
import psycopg

from archive.database.server import EmbeddedServer
from archive.importing.documents import JSON_RECORD, Document
from archive.importing.preparing import Prepared, prepare
from archive.search.builds import Builds
from tests.bench.collection import Collection
from tests.database.conftest import kill_server

PROJECT = Path(__file__).resolve().parent.parent
PATIENCE = 120  # seconds for what takes a few on an idle machine


def unique_word(letter: str, number: int) -> str:
    """A word that only this report has, and that no stemmer changes; made-up words have a vowel after a consonant."""
    return letter + "".join("bcdfghjkmp"[int(digit)] for digit in str(number)) + "xk"


def edition(report: dict, letter: str, number: int) -> bytes:
    """The report as a JSON line, with a word of its own as the first of its first quote."""
    body = report["body"].replace("“", f"“{unique_word(letter, number).capitalize()} ", 1)
    return json.dumps(report | {"body": body}, ensure_ascii=False).encode()


def documents(name: str, count: int) -> list[bytes]:
    """About `count` reports as JSON lines: some come twice, some again in a second version, some have no id."""
    lines = []
    for number, report in enumerate(Collection(count).records()):
        report["id"] = f"{name}-{number}" if number % 7 != 3 else None
        lines.append(edition(report, f"q{name}", number))
        if number % 10 == 6:
            lines.append(lines[-4])  # two of them in one batch, most often
        if number % 5 == 4 and report["id"]:
            later = {"title": f"{report['title']} again", "body": report["body"] + "\n\nMore was not known."}
            place = len(lines) - 1 if number % 10 == 4 else len(lines) + 20  # soon after the first version, or late
            lines.insert(place + 1, edition(report | later, f"w{name}", number))
    return lines


class Archive:
    """An archive in a folder of its own, and the processes that this test starts on it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.reports = folder.parent / "reports.jsonl"
        self.lines: list[bytes] = []  # of all reports that were to be imported
        self.names = iter("bcdfghjkmp")  # of sets of documents
        clean = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DEBUG", "SITE_URL")}
        self.environment = clean | {
            "ARCHIVE_DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "archive.settings",
            "SECRET_KEY": "only-for-tests-" + "x" * 50,
        }
        self._processes: list[psutil.Popen] = []
        self._logs = folder.parent / "logs"
        self._logs.mkdir()

    @cached_property
    def server(self) -> EmbeddedServer:
        return EmbeddedServer(self.folder / "postgresql")

    def start(self, *command: str) -> psutil.Popen:
        """`manage.py` with this command in a process group of its own; what it says goes to a file."""
        log = self._logs / f"{len(self._processes)}-{command[0]}.txt"
        with log.open("wb") as file:
            process = psutil.Popen(
                [sys.executable, "manage.py", *command],
                cwd=PROJECT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        process.log = log
        self._processes.append(process)
        return process

    def run(self, *command: str) -> str:
        """What a command says that ends well."""
        process = self.start(*command)
        assert process.wait(PATIENCE) == 0, process.log.read_text()
        return process.log.read_text()

    def add(self, lines: list[bytes]) -> None:
        self.lines += lines
        self.reports.write_bytes(b"".join(line + b"\n" for line in self.lines))

    def start_import(self) -> psutil.Popen:
        return self.start("import_articles", "--jobs", "2", str(self.reports))

    def kill_all(self) -> None:
        for process in self._processes:
            kill(process)
        kill_server(self.server.directory)
        shutil.rmtree(self.server.address.host, ignore_errors=True)  # its socket's folder

    def said(self) -> str:
        return "\n".join(f"{log.name}:\n{log.read_text()}" for log in sorted(self._logs.iterdir()))

    @contextmanager
    def database(self):
        """A connection, for which the server is started where need be, and left to its other users afterwards."""
        self.server.start("archive")
        try:
            with psycopg.connect(**self.server.address._asdict(), dbname="archive", autocommit=True) as connection:
                yield connection
        finally:
            self.server.release()

    def wait_for_index(self, worker: psutil.Popen | None) -> None:
        """Until the index is level, by the worker, which may have to build it first, or else by a command."""
        if worker is None:
            self.run("sync_index")
        until(Builds(self.folder / "index").current)
        with self.database() as database:
            until(lambda: database.execute("SELECT count(*) FROM archive_outboxentry").fetchone() == (0,))

    def progress(self) -> str:
        """What the newest import has done by now."""
        with self.database() as database:
            counts = database.execute(
                "SELECT outcome, count(*) FROM archive_importline"
                " WHERE run_id = (SELECT max(id) FROM archive_importrun) GROUP BY outcome ORDER BY outcome"
            ).fetchall()
        return f"{counts} of {len(self.lines)}"

    def prepared(self) -> list[Prepared]:
        """What the documents hold, by the reader and the extraction alone, without any database."""
        return [prepared(line) for line in dict.fromkeys(self.lines)]


@cache
def prepared(line: bytes) -> Prepared:
    return prepare(Document("", "", JSON_RECORD, line, len(line)), hashlib.sha256(line).hexdigest())


def kill(process: psutil.Process) -> None:
    """SIGKILL for the process and all that it started; not for the database, which detaches itself."""
    with suppress(psutil.NoSuchProcess):
        for one in (*process.children(recursive=True), process):
            with suppress(psutil.NoSuchProcess):
                one.kill()
    if isinstance(process, psutil.Popen):
        process.wait(PATIENCE)


def until(condition, seconds: float = PATIENCE):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not come to be in time"
        time.sleep(0.02)
    return found
