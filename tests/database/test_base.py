"""The backend, as processes that use it through Django see it."""

import os
import subprocess
import sys

import pytest

from .conftest import ROOT, has_ended, is_running, kill_server, server_processes, wait_until

POOL = {"OPTIONS": {"pool": {"min_size": 6, "max_size": 8, "timeout": 10}}, "CONN_HEALTH_CHECKS": True}
KEPT = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}


def test_first_query_makes_server_and_database(database_client, new_directory):
    name, encoding, collation, address, fsync = database_client(new_directory).query(
        "SELECT current_database(), pg_encoding_to_char(encoding), datlocale, inet_server_addr(),"
        " current_setting('fsync') FROM pg_database WHERE datname = current_database()"
    )[0]
    assert (name, encoding, collation) == ("archive", "UTF8", "C.UTF-8")
    assert address is None, "the server must listen on its socket only"
    assert fsync == "off"
    assert is_running(new_directory)


def test_fsync_is_on_unless_asked_otherwise(database_client, new_directory):
    assert database_client(new_directory, FSYNC=True).query("SHOW fsync") == [["on"]]


def test_pool_makes_database_without_waiting(database_client, new_directory):
    assert database_client(new_directory, **POOL).query("SELECT current_database()") == [["archive"]]


def test_processes_that_start_at_once_share_one_server(database_client, new_directory):
    clients = [database_client(new_directory) for _ in range(4)]
    for each in clients:
        each.tell({"sql": "SELECT pg_postmaster_start_time()"})
    answers = [each.answer() for each in clients]
    assert answers[0]["rows"]
    assert all(answer == answers[0] for answer in answers)


def test_last_one_out_stops_the_server(database_client, directory):
    first, second = database_client(directory), database_client(directory, **POOL)
    started = first.query("SELECT pg_postmaster_start_time()")
    assert second.query("SELECT pg_postmaster_start_time()") == started
    first.leave()
    assert second.query("SELECT pg_postmaster_start_time()") == started
    second.leave()
    assert not is_running(directory)


def test_one_that_was_killed_is_no_user(database_client, directory):
    killed, other = database_client(directory), database_client(directory)
    killed.query("SELECT 1")
    other.query("SELECT 1")
    killed.kill()
    other.leave()
    assert not is_running(directory)


def test_server_left_behind_is_found(database_client, directory):
    killed = database_client(directory)
    started = killed.query("SELECT pg_postmaster_start_time()")
    killed.kill()
    assert is_running(directory)
    finder = database_client(directory)
    assert finder.query("SELECT pg_postmaster_start_time()") == started
    finder.leave()
    assert not is_running(directory)


@pytest.mark.parametrize("database", [{}, KEPT, POOL], ids=["new connections", "kept connection", "pool"])
def test_living_process_recovers_when_server_is_killed(database_client, directory, database):
    survivor = database_client(directory, **database)
    survivor.query("DROP TABLE IF EXISTS report")
    survivor.query("CREATE TABLE report (title text)")
    for round_number in range(3):
        survivor.query("INSERT INTO report VALUES (%s)", f"report {round_number}")
        kill_server(directory)
        assert survivor.query("SELECT count(*) FROM report") == [[round_number + 1]]


def test_living_process_recovers_when_a_child_of_the_server_is_killed(database_client, directory):
    survivor = database_client(directory, **POOL)
    survivor.query("DROP TABLE IF EXISTS report")
    survivor.query("CREATE TABLE report AS SELECT 1")
    child = next(process for process in server_processes(directory) if "checkpointer" in process.cmdline()[0])
    child.kill()
    wait_until(lambda: has_ended(child), "the child to end")

    # The server ends all connections, recovers and stays; the query of that moment may still be lost.
    def answers():
        return survivor.ask({"sql": "SELECT count(*) FROM report"}) == {"rows": [[1]]}

    wait_until(answers, "the database to be back")


def test_kill_of_everything_loses_nothing_committed(database_client, directory):
    told = 0
    maker = database_client(directory)
    maker.query("DROP TABLE IF EXISTS report")
    maker.query("CREATE TABLE report (number int)")
    for _ in range(5):
        writer = database_client(directory)
        assert writer.query("SELECT count(*), coalesce(max(number), 0) FROM report") == [[told, told]]
        for _ in range(20):
            told += 1
            writer.query("INSERT INTO report VALUES (%s)", told)
        kill_server(directory)
        writer.kill()
        maker.kill()
    assert database_client(directory).query("SELECT count(*) FROM report") == [[told]]


@pytest.mark.parametrize("database", [{}, POOL], ids=["no pool", "pool"])
def test_forked_child_is_a_user_of_its_own(database_client, directory, database):
    parent = database_client(directory, **database)
    started = parent.query("SELECT pg_postmaster_start_time()")
    child = parent.ask({"fork": True})["pid"]
    assert child != parent.process.pid
    assert parent.query("SELECT pg_postmaster_start_time()") == started
    parent.kill()
    other = database_client(directory)
    assert other.query("SELECT pg_postmaster_start_time()") == started
    other.leave()
    assert is_running(directory), "the forked child still uses it"
    parent.process.stdin.close()
    wait_until(lambda: not is_running(directory), "the child, the last one out, to stop the server")


def test_forked_child_that_needs_no_database_does_not_keep_the_server(database_client, directory):
    parent = database_client(directory)
    parent.query("SELECT 1")
    parent.ask({"fork": True})
    parent.kill()
    other = database_client(directory)
    other.query("SELECT 1")
    other.leave()
    assert not is_running(directory)


def test_test_database_is_made_by_django_and_the_real_one_left_alone(database_client, new_directory):
    rows = database_client(new_directory, TEST={"NAME": "test_archive"}).ask({"test_database": True})["rows"]
    assert rows == [["test_archive"], ["postgres"], ["test_archive"]]


def test_directory_of_another_version_is_a_matter_of_configuration(database_client, new_directory):
    (new_directory / "data").mkdir(parents=True)
    (new_directory / "data" / "PG_VERSION").write_text("17\n")
    answer = database_client(new_directory, **POOL).ask({"sql": "SELECT 1"})
    assert answer["error"] == "ImproperlyConfigured"
    assert f"{new_directory / 'data'} was made by PostgreSQL 17" in answer["message"]
    assert "pg_dump" in answer["message"]


def test_server_that_does_not_start_says_why(database_client, new_directory):
    first = database_client(new_directory)
    first.query("SELECT 1")
    first.leave()
    with (new_directory / "data" / "postgresql.conf").open("a") as settings:
        settings.write("\nno_such_setting = 1\n")
    answer = database_client(new_directory, **POOL).ask({"sql": "SELECT 1"})
    assert answer["error"] == "OperationalError"
    assert "no_such_setting" in answer["message"]
    assert str(new_directory / "server.log") in answer["message"]


@pytest.mark.parametrize("path", [os.environ["PATH"], "/nowhere"], ids=["psql of the system", "psql of the wheel"])
def test_dbshell(directory, path):
    command = f"""
from django.conf import settings
settings.configure(DATABASES={{"default": {{
    "ENGINE": "archive.database", "NAME": "archive", "DIRECTORY": {str(directory)!r}, "FSYNC": False}}}})
import django
from django.core.management import call_command
django.setup()
call_command("dbshell", "--", "--no-psqlrc", "-Atc", "SELECT 'in ' || current_database()")
"""
    shell = subprocess.run(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert shell.stdout.strip() == "in archive", shell.stderr
    assert not is_running(directory)
