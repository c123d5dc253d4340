"""`make bench`: extraction, import and search on made-up reports; with gold, extraction only.

The machine may be busy: the ratios to the peers say more than the times.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import told
from tests.bench.extracting import measure_extraction, measure_growth
from tests.bench.gold import measure_gold
from tests.bench.programs import PROJECT
from tests.bench.searching import FIGURES

MOST_IMPORTED = 1000  # reports: the import extracts too, and its rate does not depend on how many there are


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--size", type=sizes, default="1000", help="reports to search in; 10000,100000 is two sizes")
    parser.add_argument("--gold", default="", help="a folder of .jsonl files, or one of them")
    parser.add_argument("--judged", default="", help="a folder with judged questions to score search on")
    parser.add_argument("--keep", default="", help="a folder to keep what is loaded, for the next time")
    parser.add_argument("--only", choices=["", "search"], default="", help="leave out extraction and import")
    parser.add_argument("--without", nargs="*", default=[], metavar="PEER", help="postgresql, fts5 or tantivy")
    arguments = parser.parse_args()
    if arguments.judged:
        with data_directory() as folder:
            in_its_own_process("relevance", 0, folder, "--judged", str(Path(arguments.judged).resolve()))
        return
    if arguments.only != "search" or arguments.gold:
        measure_gold(arguments.gold)
        measure_extraction()
    if arguments.gold:
        return
    if not arguments.only:
        measure_growth()
        with data_directory() as folder:
            in_its_own_process("archiving", min(*arguments.size, MOST_IMPORTED), folder)
    measure_searching(arguments.size, arguments.keep, arguments.without)


def sizes(text: str) -> list[int]:
    found = [int(one) for one in text.replace("_", "").split(",")]
    if min(found) < 100:
        raise ValueError("too few reports to search in")
    return found


def measure_searching(sizes: list[int], keep: str, without: list[str]) -> None:
    """Each size in a data directory of its own, and several side by side at the end."""
    figures = []
    for size in sizes:
        with data_directory(Path(keep).resolve() / str(size) if keep else None) as folder:
            in_its_own_process("searching", size, folder, "--without", *without)
            figures.append(json.loads((folder / FIGURES).read_text()))
    if len(figures) > 1:
        told.side_by_side(figures)


def in_its_own_process(module: str, size: int, folder: Path, *more: str) -> None:
    """Runs a measurement on an archive in the folder: settings are those of one data directory."""
    command = [sys.executable, "-m", f"tests.bench.{module}", str(size), str(folder), *more]
    sys.stdout.flush()
    if subprocess.run(command, cwd=PROJECT, env=environment(folder)).returncode:
        raise SystemExit(f"The measurement of {size:,} reports broke off.")


def environment(folder: Path) -> dict[str, str]:
    """That of an archive of its own in the folder."""
    ours = {
        "ARCHIVE_DATA_DIR": str(folder),
        "API_RATE": "off",
        "SECRET_KEY": "only-for-measuring-" + "x" * 50,
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "PYTHONUNBUFFERED": "1",
    }
    return {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | ours


@contextmanager
def data_directory(kept: Path | None = None) -> Iterator[Path]:
    """A directory that the database's own user can reach: the one to be kept, or one that is removed at the end."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="archive-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


if __name__ == "__main__":
    main()
