"""The embedded engine: Tantivy, for an archive on one host."""

import os
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from archive.search.documents import Document
from archive.search.engine import EngineBusy, EngineError, Found
from archive.search.query import Question, Sought
from archive.search.results import Hit, Kind
from archive.search.schema import build_schema, fill

# In bytes; the least is 15 MB.
WRITER_MEMORY = {Kind.REPORT: 64_000_000, Kind.QUOTE: 32_000_000, Kind.REPORTED: 32_000_000}
MOST_TIED = 10_000  # hits of one score that are put in order

SCHEMA = build_schema()


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


class EmbeddedReader:
    """Reads one build. Its searches see the newest commit."""

    def __init__(self, build: Path):
        self._meta = {kind: build / kind / "meta.json" for kind in Kind}
        self._lock = threading.Lock()
        self._seen: dict[Kind, tuple[int, int, int]] = {}
        with engine_errors():
            self._indexes = {kind: tantivy.Index.open(os.fspath(build / kind)) for kind in Kind}
            for kind, index in self._indexes.items():
                index.config_reader("manual")
                self._searcher(kind)

    def _searcher(self, kind: Kind) -> tantivy.Searcher:
        state = self._meta[kind].stat()
        stamp = (state.st_ino, state.st_mtime_ns, state.st_size)
        with self._lock:
            if self._seen.get(kind) != stamp:
                self._indexes[kind].reload()
                self._seen[kind] = stamp
            return self._indexes[kind].searcher()

    def search(self, question: Question, kind: Kind, *, offset: int, limit: int) -> Found:
        if question.blank:
            return Found((), 0)
        with engine_errors():
            searcher = self._searcher(kind)
            if not question.groups:
                return _by_key(searcher, _query(question), offset, limit)
            return _by_score(searcher, _query(question), offset, limit)


def _by_key(searcher: tantivy.Searcher, query: Query, offset: int, limit: int) -> Found:
    """The newest first: no hit is better than another."""
    result = searcher.search(query, max(limit, 1), offset=offset, order_by_field="key")
    return Found(tuple(Hit(key, 1.0) for key, _ in result.hits[:limit]), result.count)


def _by_score(searcher: tantivy.Searcher, query: Query, offset: int, limit: int) -> Found:
    """The best first, and of equals the newest: Tantivy leaves ties in an order that merges change.

    All that tie with the last one wanted are fetched, so that each page begins where the one before it ended.
    """
    wanted = offset + limit
    fetch = max(wanted, 1) + 1
    while True:
        result = searcher.search(query, fetch)
        scores = [score for score, _ in result.hits]
        tied = len(scores) == fetch and wanted > 0 and scores[-1] == scores[wanted - 1]
        if not tied or fetch > wanted + MOST_TIED:
            break
        fetch = wanted + 8 * (fetch - wanted)
    keys = searcher.fast_field_values("key", [address for _, address in result.hits])
    ordered = sorted(zip(scores, keys, strict=True), key=lambda hit: (-hit[0], -hit[1]))
    return Found(tuple(Hit(key, score) for score, key in ordered[offset:wanted]), result.count)


def _query(question: Question) -> Query:
    occur = Occur.Must if question.strict else Occur.Should
    parts = [(occur, _any_of([_found(sought) for sought in group])) for group in question.groups]
    parts = parts or [(Occur.Must, Query.all_query())]
    parts += [(Occur.MustNot, _found(sought)) for sought in question.excluded]
    return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)


def _found(sought: Sought) -> Query:
    field = "plain" if sought.exact else "stems"
    return _any_of([_side_by_side(field, form) for form in sought.forms])


def _any_of(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _side_by_side(field: str, words: tuple[str, ...]) -> Query:
    if len(words) == 1:  # of which a phrase query panics
        return Query.term_query(SCHEMA, field, words[0])
    return Query.phrase_query(SCHEMA, field, list(words))


class EmbeddedWriter:
    """Writes one build, which it begins where the directory is empty."""

    def __init__(self, build: Path):
        self._writers: dict[Kind, tantivy.IndexWriter] = {}
        with engine_errors():
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
            with engine_errors():
                self._writers[document.kind].add_document(fill(document))

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
