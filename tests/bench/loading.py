"""Loads a collection straight into the tables, without import, extraction and triggers."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db import connection, models, transaction
from psycopg import sql

from archive.extraction import EXTRACTOR_VERSION
from archive.importing.preparing import text_hash
from archive.models import (
    Article,
    Mention,
    Name,
    Organisation,
    OrganisationMention,
    OrganisationName,
    Original,
    Outlet,
    Person,
    Quote,
    Reading,
    Role,
    Version,
)
from archive.models.organisation import bare_key, organisation_key
from archive.models.person import sort_key
from archive.models.slugs import slug_of
from archive.models.spelling import likeness_key, name_key
from tests.bench.collection import OUTLETS, Collection, outlet_name
from tests.bench.made_up import urn
from tests.bench.report import Report

CHUNK = 2000  # reports or people whose rows are copied at once
RECEIVED = datetime(2020, 1, 1, tzinfo=UTC)

# The columns that the loader fills; all others take their model's default.
COLUMNS = {
    Outlet: ("id", "name", "slug"),
    Original: ("id", "sha256", "media_type", "size", "name", "received", "file"),
    Person: ("id", "name", "slug", "sort_key"),
    Name: ("person_id", "text", "key", "likeness", "identifies"),
    Organisation: ("id", "name", "slug", "sort_key"),
    OrganisationName: ("organisation_id", "text", "key"),
    Article: (
        "id", "identity", "import_id", "title", "slug", "outlet_id", "published_earliest", "published_latest", "created"
    ),
    Version: ("id", "article_id", "number", "title", "text", "text_sha256", "shown", "extractor_version", "created"),
    Reading: ("version_id", "original_id", "reader_version", "encoding", "part", "runs"),
    Quote: (
        "article_id", "version_id", "start", "end", "kind", "speaker_kind", "speaker_id", "organisation_id",
        "speaker_start", "speaker_end", "cue_start", "cue_end", "chain", "role", "rule", "confidence",
    ),
    Mention: ("article_id", "version_id", "person_id", "start", "end"),
    OrganisationMention: ("article_id", "version_id", "organisation_id", "start", "end"),
    Role: ("person_id", "article_id", "text"),
}  # fmt: skip

Rows = dict[type[models.Model], list[tuple[Any, ...]]]


def load(collection: Collection, progress: Callable[[int], None] = lambda count: None) -> None:
    """Has the tables hold what the archive would have written of these reports, and nothing else; but for history."""
    with transaction.atomic(), connection.cursor() as cursor, bare_tables(cursor):
        tables = sql.SQL(", ").join(sql.Identifier(model._meta.db_table) for model in COLUMNS)
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(tables))
        copying = _Copying(cursor)
        copying.copy(_outlets_and_original())
        for number in range(0, collection.people, CHUNK):
            copying.copy(_people(collection, range(number, min(number + CHUNK, collection.people))))
        copying.copy(_organisations(collection))
        reports = collection.reports()
        while chunk := list(islice(reports, CHUNK)):
            copying.copy(_rows(collection, chunk))
            progress(len(chunk))
        copying.set_sequences()
    urn.cache_clear()  # it would be in the way of whatever is measured in this process
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def bare_tables(cursor) -> Iterator[None]:
    """Has the tables without triggers, and without the indexes that are no constraint, which are made anew at the end:
    an index is made in a fraction of the time that it takes to keep it level. To be used in a transaction."""
    tables = [model._meta.db_table for model in COLUMNS]
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint) AND indexdef NOT LIKE 'CREATE UNIQUE %%'",
        [tables],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    cursor.execute("SET LOCAL session_replication_role = replica")
    cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    yield
    for _, definition in indexes:
        cursor.execute(definition)


class _Copying:
    """Copies rows into the tables by PostgreSQL's COPY; numbers those that have no id of their own."""

    def __init__(self, cursor):
        self._cursor = cursor
        self._last: dict[type[models.Model], int] = defaultdict(int)
        self._defaults = {model: _defaults(model, named) for model, named in COLUMNS.items()}

    def copy(self, rows: Rows) -> None:
        for model, named in COLUMNS.items():
            if found := rows.get(model):
                self._copy(model, named, found)

    def _copy(self, model: type[models.Model], named: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        others = self._defaults[model]
        values = tuple(others.values())
        columns = [*([] if "id" in named else ["id"]), *named, *others]
        number = self._last[model]
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        with self._cursor.copy(statement) as copy:
            if "id" in named:
                for row in rows:
                    copy.write_row(row + values)
            else:
                for number, row in enumerate(rows, number + 1):  # noqa: B020 - goes on from the last
                    copy.write_row((number, *row, *values))
        self._last[model] = rows[-1][0] if "id" in named else number

    def set_sequences(self) -> None:
        for model, last in self._last.items():
            self._cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, last])


def _defaults(model: type[models.Model], named: tuple[str, ...]) -> dict[str, Any]:
    """What the columns hold that the loader does not fill, as COPY takes it."""
    defaults = {}
    for one in model._meta.concrete_fields:
        if one.attname not in named and not one.primary_key:
            value = one.get_db_prep_save(one.get_default(), connection)
            defaults[one.column] = value
    return defaults


def _outlets_and_original() -> Rows:
    [original] = Original.objects.keep([(b"What the made-up reports were read from.", "reports.txt", "text/plain")])
    original.delete()  # its file stays, and its row is copied like all others are
    names = [outlet_name(number) for number in range(OUTLETS)]
    return {
        Outlet: [(number, name, slug_of(name, "outlet")) for number, name in enumerate(names, 1)],
        Original: [
            (1, original.sha256, original.media_type, original.size, original.name, RECEIVED, original.file.name)
        ],
    }


def _people(collection: Collection, people: Iterable[int]) -> Rows:
    rows: Rows = {Person: [], Name: []}
    for person in people:
        name, surname = collection.full_name(person), collection.surname(person)
        rows[Person].append((person + 1, name, slug_of(name, "person"), sort_key(name)))
        rows[Name].append((person + 1, name, name_key(name), likeness_key(name), True))
        rows[Name].append((person + 1, surname, name_key(surname), likeness_key(surname), False))
    return rows


def _organisations(collection: Collection) -> Rows:
    names = [collection.organisation_name(number) for number in range(collection.organisations)]
    return {
        Organisation: [(n, name, slug_of(name, "organisation"), bare_key(name)) for n, name in enumerate(names, 1)],
        OrganisationName: [(n, name, organisation_key(name)) for n, name in enumerate(names, 1)],
    }


def _rows(collection: Collection, reports: Iterable[Report]) -> Rows:
    rows: Rows = defaultdict(list)
    for report in reports:
        _add_report(rows, collection, report)
    return rows


def _add_report(rows: Rows, collection: Collection, report: Report) -> None:
    key = report.number + 1
    title, text = report.title, report.text
    earliest, latest = report.published or (None, None)
    import_id = f"{collection.name}-{report.number:09}"
    outlet = report.outlet + 1
    rows[Article].append(
        (key, f"id:{import_id}", import_id, title, slug_of(title, "report"), outlet, earliest, latest, RECEIVED)
    )
    rows[Version].append((key, key, 1, title, text, text_hash(title, text), True, EXTRACTOR_VERSION, RECEIVED))
    rows[Reading].append((key, 1, 1, "utf-8", "", json.dumps([[0, len(text), 0, len(text)]])))
    for quote in report.quotes:
        by_person = quote.person is not None
        rows[Quote].append(
            (
                *(key, key, quote.start, quote.end, quote.kind, "person" if by_person else "organisation"),
                quote.person + 1 if by_person else None,
                None if by_person else quote.organisation + 1,
                *quote.speaker,
                *quote.cue,
                json.dumps(quote.chain),
                *(quote.role, "reported-after" if quote.kind == "reported" else "cue-after", 0.95),
            )
        )
    rows[Mention] += [(key, key, person + 1, *place) for person, place in report.mentions]
    rows[OrganisationMention] += [(key, key, body + 1, *place) for body, place in report.organisation_mentions]
    roles = {(quote.person + 1, key, quote.role) for quote in report.quotes if quote.role}
    rows[Role] += sorted(roles)
