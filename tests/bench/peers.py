"""What the archive's search is measured beside: bare Tantivy, SQLite's FTS5 and PostgreSQL's ranking, on its reports.

Each is what somebody would make of it in an afternoon: a ranked list of twenty keys, and of Tantivy the facets too.
"""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import tantivy
from django.db import OperationalError, connection, transaction

from tests.bench.questions import PAGE_SIZE, Question

MOST_SECONDS = 60  # for one question

ROWS = """
    SELECT article.id, article.title || ' ' || version.text, outlet_id, published_earliest,
        ARRAY(SELECT DISTINCT speaker_id FROM archive_quote
              WHERE article_id = article.id AND speaker_id IS NOT NULL)
    FROM archive_article AS article JOIN archive_version AS version ON version.article_id = article.id AND version.shown
    ORDER BY article.id
"""


class Row(NamedTuple):
    key: int
    text: str
    outlet: int
    day: date | None
    speakers: list[int]


class Peer(Protocol):
    name: str

    def load(self) -> None:
        """Takes in all reports of the archive's database."""

    def ask(self, question: Question) -> int:
        """Finds a page of keys; returns how many reports there are in all, or on the page where it does not count.

        Raises TimeoutError where it is still at it after a minute.
        """


def rows() -> Iterator[Row]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(ROWS)
        while found := cursor.fetchmany(1000):
            yield from map(Row._make, found)


class BareTantivy:
    """One text field stemmed by Tantivy itself; the hits, their number, and facets by outlet, speaker and year."""

    name = "Tantivy"
    facets = {
        "outlets": {"terms": {"field": "outlet", "size": 20}},
        "speakers": {"terms": {"field": "speaker", "size": 20}},
        "years": {"terms": {"field": "year", "size": 40}},
    }

    def __init__(self, folder: Path):
        self._folder = folder / "tantivy"
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="en_stem")
        for field in ("key", "outlet", "speaker", "year", "day"):
            builder.add_integer_field(field, indexed=True, fast=True)
        self._schema = builder.build()
        self._index: tantivy.Index | None = None

    def load(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        writer = tantivy.Index(self._schema, str(self._folder)).writer(256_000_000)
        for row in rows():
            document = tantivy.Document()
            document.add_text("text", row.text)
            document.add_integer("key", row.key)
            document.add_integer("outlet", row.outlet)
            for speaker in row.speakers:
                document.add_integer("speaker", speaker)
            if row.day:
                document.add_integer("year", row.day.year)
                document.add_integer("day", row.day.toordinal())
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def ask(self, question: Question) -> int:
        if self._index is None:
            self._index = tantivy.Index.open(str(self._folder))
        words = " ".join(question.words)
        parts = [self._index.parse_query(f'"{words}"' if question.phrase else words, ["text"])]
        for field, value in (
            ("outlet", question.outlet_key),
            ("speaker", question.speaker_key),
            ("year", question.year),
        ):
            if value is not None:
                parts.append(tantivy.Query.term_query(self._schema, field, value))
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])
        searcher = self._index.searcher()
        order = "day" if question.newest else None
        found = searcher.search(query, PAGE_SIZE, offset=question.offset, order_by_field=order)
        searcher.fast_field_values("key", [address for _, address in found.hits])
        searcher.aggregate(query, self.facets)
        return found.count


class FTS5:
    """SQLite's full-text table with its stemmer, ranked by bm25; no facets."""

    name = "FTS5"

    def __init__(self, folder: Path):
        self._path = folder / "fts5.sqlite3"
        self._connection: sqlite3.Connection | None = None

    def load(self) -> None:
        self._path.unlink(missing_ok=True)
        with sqlite3.connect(self._path) as base:
            base.execute("PRAGMA synchronous = off")
            base.execute("CREATE VIRTUAL TABLE texts USING fts5(text, content='', tokenize='porter unicode61')")
            base.execute("CREATE TABLE facts (key INTEGER PRIMARY KEY, outlet INTEGER, year INTEGER, day INTEGER)")
            base.execute("CREATE TABLE speakers (key INTEGER, speaker INTEGER)")
            for row in rows():
                base.execute("INSERT INTO texts (rowid, text) VALUES (?, ?)", [row.key, row.text])
                year, day = (row.day.year, row.day.toordinal()) if row.day else (None, None)
                base.execute("INSERT INTO facts VALUES (?, ?, ?, ?)", [row.key, row.outlet, year, day])
                base.executemany("INSERT INTO speakers VALUES (?, ?)", [(row.key, one) for one in row.speakers])
            base.execute("INSERT INTO texts (texts) VALUES ('optimize')")
            base.execute("CREATE INDEX by_speaker ON speakers (speaker, key)")
        base.close()

    def ask(self, question: Question) -> int:
        if self._connection is None:
            self._connection = sqlite3.connect(self._path)
        words = " ".join(question.words) if question.phrase else '" OR "'.join(question.words)
        conditions, values = ["texts MATCH ?"], [f'"{words}"']
        for condition, value in (
            ("facts.outlet = ?", question.outlet_key),
            ("facts.year = ?", question.year),
            ("EXISTS (SELECT 1 FROM speakers WHERE speaker = ? AND key = texts.rowid)", question.speaker_key),
        ):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        joined = " JOIN facts ON facts.key = texts.rowid" if question.newest or len(values) > 1 else ""
        statement = (
            f"SELECT texts.rowid FROM texts{joined} WHERE {' AND '.join(conditions)}"  # noqa: S608 - constants
            f" ORDER BY {'facts.day DESC' if question.newest else 'rank'} LIMIT ? OFFSET ?"
        )
        until = time.monotonic() + MOST_SECONDS
        self._connection.set_progress_handler(lambda: time.monotonic() > until, 1_000_000)
        try:
            return len(self._connection.execute(statement, [*values, PAGE_SIZE, question.offset]).fetchall())
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            raise TimeoutError from error


class PostgreSQL:
    """A column of words with a GIN index, ranked by ts_rank_cd, in the archive's own server; no facets."""

    name = "PostgreSQL"

    def __init__(self, folder: Path):
        """The table stands in the archive's database, nothing in the folder."""

    def load(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_peer")
            cursor.execute("SET maintenance_work_mem = '512MB'")
            cursor.execute(
                "CREATE TABLE bench_peer AS SELECT id AS key, to_tsvector('english', text) AS words, outlet, day,"  # noqa: S608 - constants
                f" extract(year FROM day)::int AS year, speakers"
                f" FROM ({ROWS}) AS report (id, text, outlet, day, speakers)"
            )
            cursor.execute("CREATE INDEX ON bench_peer USING gin (words)")
            cursor.execute("CREATE INDEX ON bench_peer (day DESC NULLS LAST)")
            cursor.execute("RESET maintenance_work_mem")
            cursor.execute("VACUUM ANALYZE bench_peer")

    def ask(self, question: Question) -> int:
        function = "phraseto_tsquery" if question.phrase else "to_tsquery"
        conditions = ["words @@ query"]
        values: list[Any] = [(" " if question.phrase else " | ").join(question.words)]
        for condition, value in (
            ("outlet = %s", question.outlet_key),
            ("year = %s", question.year),
            ("speakers @> ARRAY[%s]::bigint[]", question.speaker_key),
        ):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        order = "day DESC NULLS LAST" if question.newest else "ts_rank_cd(words, query) DESC"
        statement = (
            f"SELECT key FROM bench_peer, {function}('english', %s) AS query"  # noqa: S608 - constants
            f" WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT {PAGE_SIZE} OFFSET {question.offset}"
        )
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{MOST_SECONDS}s'")
                cursor.execute(statement, values)
                return len(cursor.fetchall())
        except OperationalError as error:
            if "statement timeout" not in str(error):
                raise
            raise TimeoutError from error


PEERS: tuple[type[Peer], ...] = (BareTantivy, PostgreSQL, FTS5)
