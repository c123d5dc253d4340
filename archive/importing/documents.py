"""Finds the documents in files, folders and standard input, one at a time, so that memory stays flat."""

import gzip
import io
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

LARGEST = 20 * 1024 * 1024  # bytes of one document
PLAIN_TEXT = "text/plain"
JSON_RECORD = "application/json"
SUFFIXES = (".txt", ".jsonl", ".jsonl.gz")
EXPECTED_SUFFIX = "expected a name that ends in .txt, .jsonl or .jsonl.gz"


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one report as they came, or the reason why there are none.

    `name` is what the caller calls it ("reports/a.txt", "wire.jsonl, line 12"); `short_name` leaves out the folders of
    the machine; `consumed` is how many bytes of its file were read for it, for a progress bar.
    """

    name: str
    short_name: str
    media_type: str
    data: bytes
    consumed: int
    problem: str = ""


def documents(paths: Iterable[str], standard_input: BinaryIO) -> Iterator[Document]:
    """Every document under the paths, in the order of the paths and of the names; `-` is standard input."""
    for given in paths:
        if given == "-":
            yield from _standard_input(standard_input)
            continue
        for found in _files(Path(given)):
            if isinstance(found, Document):
                yield found
            elif found.name.endswith(SUFFIXES) or found == Path(given):
                yield from _file(found)


def size_on_disk(paths: Iterable[str]) -> int:
    """How many bytes the files have together; what cannot be seen counts nothing."""
    total = 0
    for given in paths:
        for found in _files(Path(given)) if given != "-" else ():
            if isinstance(found, Path) and found.name.endswith(SUFFIXES):
                with suppress(OSError):
                    total += found.stat().st_size
    return total


def others(paths: Iterable[str]) -> list[str]:
    """The files in the given folders that are no documents by their name, which an import passes over."""
    return [
        printable(found)
        for given in paths
        if given != "-"
        for found in _files(Path(given))
        if isinstance(found, Path) and found != Path(given) and not found.name.endswith(SUFFIXES)
    ]


def printable(path: Path) -> str:
    """The path as text: a name that is not UTF-8 has its odd bytes written out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _files(path: Path) -> Iterator[Path | Document]:
    """The file, or all files of the folder, and a failed document for each folder that cannot be looked into."""
    failed: list[Document] = []
    try:
        if not path.is_dir():
            yield path
            return
        for place, folders, files in os.walk(path, onerror=lambda error: failed.append(_unreadable(error))):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (Path(place) / name for name in sorted(files) if not name.startswith("."))
            yield from failed
            failed.clear()
    except OSError as error:
        failed.append(_unreadable(error, path))
    yield from failed


def _unreadable(error: OSError, path: Path | None = None) -> Document:
    return _failed(path or Path(os.fsdecode(error.filename)), f"cannot be read: {error.strerror or error}")


def _failed(path: Path | str, problem: str, consumed: int = 0) -> Document:
    name = printable(Path(path))
    return Document(name, Path(name).name, "", b"", consumed, problem)


def uploaded(path: Path, name: str) -> Iterator[Document]:
    """Every document in a file that came under another name than it lies there by."""
    yield from _file(path, name)


def _file(path: Path, name: str = "") -> Iterator[Document]:
    name = name or printable(path)
    try:
        if not path.exists():
            yield _failed(name, "there is no such file or folder")
        elif name.endswith(".txt"):
            with path.open("rb") as file:
                yield _plain_text(file, name)
        elif name.endswith(".jsonl"):
            with path.open("rb") as file:
                yield from json_lines(file, name, file)
        elif name.endswith(".jsonl.gz"):
            with path.open("rb") as file, gzip.open(file, "rb") as unpacked:
                yield from json_lines(unpacked, name, file)
        else:
            yield _failed(name, f"is not a report by its name: {EXPECTED_SUFFIX}")
    except OSError as error:
        yield _unreadable(error, Path(name))


def _standard_input(file: BinaryIO) -> Iterator[Document]:
    """JSON lines where the first character is an opening brace, else one plain text."""
    buffered = io.BufferedReader(file) if not isinstance(file, io.BufferedReader) else file  # type: ignore[type-var]
    name = "standard input"
    if buffered.peek(64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        yield from json_lines(buffered, name, None)
    else:
        yield _plain_text(buffered, name)


def _plain_text(file: BinaryIO, name: str) -> Document:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        return _failed(name, f"is larger than {LARGEST // 1024**2} MB: split it into its reports", len(data))
    return Document(name, Path(name).name, PLAIN_TEXT, data, len(data))


def json_lines(stream: BinaryIO | gzip.GzipFile, name: str, on_disk: BinaryIO | None) -> Iterator[Document]:
    """One document a line; blank lines are passed over. What is broken ends the file with one failure."""
    number, before = 0, 0
    while True:
        number += 1
        line_name = f"{name}, line {number}".removeprefix(", ")
        try:
            line = stream.readline(LARGEST + 1)
            too_large = len(line) > LARGEST
            while too_large and line and not line.endswith(b"\n"):
                line = stream.readline(LARGEST)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            yield _failed(line_name, f"the compressed file is broken from here on ({error}): fetch it again")
            return
        if not line and not too_large:
            return
        position = on_disk.tell() if on_disk else 0
        consumed, before = position - before, position
        if too_large:
            yield _failed(line_name, f"is larger than {LARGEST // 1024**2} MB", consumed)
        elif data := line.strip(b"\r\n"):
            if number == 1:
                data = data.removeprefix(b"\xef\xbb\xbf")
            if data.strip():
                yield Document(line_name, f"{Path(name).name}, line {number}", JSON_RECORD, data, consumed)
