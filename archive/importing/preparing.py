"""Reads documents and extracts their quotes, on all cores, in the order in which they came; knows no database."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Set
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice

from archive.extraction import Extraction, extract
from archive.importing.documents import Document
from archive.processes import AHEAD, Submit, processes
from archive.reading import Reading, Unreadable, read

BATCH = 16  # documents whose hashes are looked up at once


@dataclass(frozen=True, slots=True)
class Prepared:
    """All there is to know of a document before its records are written. Failed where `problem` says why.

    One whose very bytes were read before has nothing but its hash.
    """

    document: Document
    sha256: str = ""
    reading: Reading | None = None
    text_sha256: str = ""
    extraction: Extraction | None = None
    problem: str = ""


def text_hash(title: str, text: str) -> str:
    """What makes two texts the same: title and text, letter by letter."""
    return hashlib.sha256(f"{title}\n\n{text}".encode()).hexdigest()


def prepare(document: Document, sha256: str) -> Prepared:
    if document.problem:
        return Prepared(document, problem=document.problem)
    try:
        reading = read(document.data, document.media_type)
    except Unreadable as error:
        return Prepared(document, problem=str(error))
    extraction = extract(reading.text, [(span.start, span.end) for span in reading.furniture])
    return Prepared(document, sha256, reading, text_hash(reading.title, reading.text), extraction)


@dataclass(frozen=True, slots=True)
class ShownText:
    """The text that readers see of a report, and the keys of its version and article."""

    version: int
    article: int
    text: str
    furniture: list[list[int]]


def extracted(one: ShownText) -> tuple[ShownText, Extraction]:
    """What the extraction finds in a text that was read before."""
    return one, extract(one.text, [(start, end) for start, end in one.furniture])


def prepare_all(
    documents: Iterable[Document], jobs: int, known: Callable[[list[str]], Set[str]]
) -> Iterator[list[Prepared]]:
    """The documents prepared, batch by batch in their order, by as many processes as `jobs` says.

    `known` tells which of some hashes were read before: those are not read again. The processes are started only when
    there is work for more than one.
    """
    waiting: deque[list[Future[Prepared]]] = deque()
    with ExitStack() as stack:
        submit = None
        for batch in _batches(documents):
            hashes = [hashlib.sha256(document.data).hexdigest() for document in batch]
            old = known(hashes)
            if jobs > 1 and submit is None and len(batch) == BATCH and len(set(hashes) - old) > 1:
                submit = stack.enter_context(processes(jobs))
            waiting.append([_start(submit, *one, old) for one in zip(batch, hashes, strict=True)])
            if submit is None or len(waiting) >= jobs * AHEAD:
                yield [future.result() for future in waiting.popleft()]
        while waiting:
            yield [future.result() for future in waiting.popleft()]


def _start(submit: Submit | None, document: Document, sha256: str, old: Set[str]) -> Future[Prepared]:
    if submit and sha256 not in old and not document.problem:
        return submit(prepare, document, sha256)
    done: Future[Prepared] = Future()
    done.set_result(Prepared(document, sha256) if sha256 in old else prepare(document, sha256))
    return done


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    remaining = iter(documents)
    while batch := list(islice(remaining, BATCH)):
        yield batch
