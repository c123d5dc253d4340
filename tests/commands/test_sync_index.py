from contextlib import closing

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive.search import Asked, Kind, find
from archive.search.embedded_writer import EmbeddedWriter
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_brings_the_index_level(capsys):
    article = make_article("Bridge shelled")
    call_command("sync_index")
    assert capsys.readouterr().out == "The search index is level with the database.\n"
    assert [hit.key for hit in find(Asked("bridge", Kind.REPORT)).hits] == [article.pk]


def test_a_database_without_tables_is_told_in_one_line(monkeypatch):
    monkeypatch.setattr("archive.models.OutboxEntry._meta.db_table", "no_such_table")
    with pytest.raises(CommandError, match="migrate"):
        call_command("sync_index")


def test_a_database_that_is_away_is_told_in_one_line(monkeypatch):
    connection.ensure_connection()
    parameters = connection.get_connection_params() | {"port": "1", "host": "localhost"}
    monkeypatch.setattr(connection, "get_connection_params", lambda: parameters)
    with pytest.raises(CommandError, match="The database cannot be reached"):
        call_command("sync_index")


def test_another_writer_is_told_in_one_line(index_directory):
    make_article("Bridge shelled")
    call_command("sync_index")
    make_article("Viaduct shelled")
    [build] = [path for path in index_directory.iterdir() if path.is_dir()]
    with closing(EmbeddedWriter(build)), pytest.raises(CommandError, match="still writing"):
        call_command("sync_index")
