"""What writes to the embedded engine's index, and what goes wrong with that engine."""

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import tantivy

from archive.search.compiling import SCHEMA
from archive.search.documents import Document
from archive.search.engine import EngineBusy, EngineError
from archive.search.pairs import CommonWords
from archive.search.results import Kind
from archive.search.schema import fill

# In bytes; the least is 15 MB.
WRITER_MEMORY = {Kind.REPORT: 64_000_000, Kind.QUOTE: 64_000_000}


@contextmanager
def engine_errors() -> Iterator[None]:
    """Tantivy raises ValueError for whatever is wrong, and panics on some damage with a BaseException of its own."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise (EngineBusy if "LockBusy" in str(error) else EngineError)(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise EngineError(str(error)) from error


class EmbeddedWriter:
    """Writes one build, which it begins where the directory is empty."""

    def __init__(self, build: Path):
        self._writers: dict[Kind, tantivy.IndexWriter] = {}
        with engine_errors():
            self._common = CommonWords.of_build(build)
            for kind in Kind:
                (build / kind).mkdir(exist_ok=True)
                index = tantivy.Index(SCHEMA, os.fspath(build / kind))
                self._writers[kind] = index.writer(WRITER_MEMORY[kind], 1)
                # What a killed writer left: its next one would want to make files of the same names, and fail.
                self._writers[kind].garbage_collect_files()

    def replace(self, articles: Collection[int], documents: Iterable[Document]) -> None:
        with engine_errors():
            for article in articles:
                for writer in self._writers.values():
                    writer.delete_documents_by_term("article", article)
        for document in documents:  # their database errors are not the engine's
            self.add(document.kind, fill(document, self._common))

    def add(self, kind: Kind, filled: tantivy.Document) -> None:
        with engine_errors():
            self._writers[kind].add_document(filled)

    def commit(self) -> None:
        with engine_errors():
            for writer in self._writers.values():
                writer.commit()

    def close(self) -> None:
        writers, self._writers = self._writers, {}
        for writer in writers.values():
            # Where the index has gone there is nothing left to tidy.
            with suppress(EngineError), engine_errors():
                writer.rollback()
                # Or the segments that merges leave behind pile up.
                writer.wait_merging_threads()
