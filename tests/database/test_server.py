"""The server itself: its directory, its start and its end, without Django."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import psycopg
import pytest

from archive.database.programs import Programs
from archive.database.server import EmbeddedServer, ServerError, UnusableDirectory

from .conftest import ROOT, has_ended, is_running, kill_server, run_in_fork, server_processes, wait_until

IS_ROOT = os.geteuid() == 0
START = "import sys; from archive.database.server import EmbeddedServer; EmbeddedServer(sys.argv[1]).start('archive')"


def connect(server, database="archive"):
    return psycopg.connect(**server.address._asdict(), dbname=database, autocommit=True)


def start_in_background(directory):
    return subprocess.Popen([sys.executable, "-c", START, directory], cwd=ROOT, start_new_session=True)


@pytest.mark.parametrize(
    "name",
    ["with a space", "/".join(["far-away" * 10] * 4), 'it\'s $HOME; "quoted"', "räksmörgås"],
    ids=["space", "long", "shell", "letters"],
)
def test_directory_with_an_awkward_name(place, in_process, name):
    server = in_process(place / name)
    server.start("archive")
    with connect(server) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("archive",)
    assert server.status() == "running"
    assert len(f"{server.address.host}/.s.PGSQL.5432") < 100
    server.release()
    assert server.status() == "stopped"
    assert not Path(server.address.host).exists()


def test_relative_directory_is_the_same_server(place, in_process, monkeypatch):
    monkeypatch.chdir(place)
    assert in_process("one/../two").address == in_process(place / "two").address


def test_socket_is_closed_to_others(directory, in_process):
    server = in_process(directory)
    server.start()
    assert stat.S_IMODE(Path(server.address.host).stat().st_mode) == 0o700


def test_start_is_cheap_and_may_be_repeated_by_threads(new_directory, in_process):
    server = in_process(new_directory)
    failures = []

    def start():
        try:
            server.start("archive")
        except ServerError as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert connect(server).execute("SELECT 1").fetchone() == (1,)


def test_database_with_a_name_that_needs_quoting(new_directory, in_process):
    server = in_process(new_directory)
    server.start('the "archive"')
    assert connect(server, 'the "archive"').execute("SELECT 1").fetchone() == (1,)


def test_two_objects_in_one_process_are_two_users(directory, in_process):
    first, second = in_process(directory), in_process(directory)
    first.start()
    second.start()
    first.release()
    assert second.status() == "running"
    second.release()
    assert second.status() == "stopped"


@pytest.mark.parametrize("with_initdb", [True, False], ids=["with initdb", "without initdb"])
def test_killed_initdb_leaves_nothing_taken_for_good(new_directory, in_process, with_initdb):
    starter = start_in_background(new_directory)
    wait_until(lambda: any(new_directory.glob("initdb-*/PG_VERSION")), "initdb to be at work")
    if with_initdb:
        os.killpg(starter.pid, signal.SIGKILL)
    else:
        starter.kill()
    starter.wait(60)
    assert not (new_directory / "data").exists()
    server = in_process(new_directory)
    server.start("archive")
    with connect(server) as connection:
        assert connection.execute("SELECT count(*) FROM pg_class").fetchone()[0] > 100

    # An initdb that lost its parent may work on for a moment; a later start takes away what it leaves.
    def half_cluster_is_gone():
        server.release()
        server.start()
        return not any(new_directory.glob("initdb-*"))

    wait_until(half_cluster_is_gone, "the half cluster to be gone")


def test_starter_killed_while_the_server_starts(directory, in_process):
    server = in_process(directory)
    server.start("archive")
    for _ in range(5):
        kill_server(directory)
        server.release()
        starter = start_in_background(directory)
        wait_until(lambda: (directory / "data" / "postmaster.pid").exists(), "the server to be starting")
        os.killpg(starter.pid, signal.SIGKILL)
        starter.wait(60)
        server.start("archive")
        with connect(server) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("alive", [True, False], ids=["other process", "zombie"])
def test_pid_of_a_killed_server_that_is_still_taken(directory, in_process, alive):
    server = in_process(directory)
    server.start("archive")
    owner = (directory / "data").stat()
    account = {"user": owner.st_uid, "group": owner.st_gid} if IS_ROOT else {}
    with subprocess.Popen(["sleep", "600"], **account) as other:
        if not alive:
            other.kill()  # and not waited for: a zombie until the end of the block
        pid_file = directory / "data" / "postmaster.pid"
        left_behind = pid_file.read_text().split("\n", 1)[1]
        kill_server(directory)
        pid_file.write_text(f"{other.pid}\n{left_behind}")
        Path(server.address.host, ".s.PGSQL.5432.lock").write_text(f"{other.pid}\n{left_behind}")
        assert server.status() == "stopped"
        server.start("archive")
        assert connect(server).execute("SELECT 1").fetchone() == (1,)
        assert other.poll() is None or not alive, "the other process must be left alone"
        other.kill()


def test_child_that_outlives_its_server_does_not_share_the_directory(directory, in_process):
    server = in_process(directory)
    server.start("archive")
    busy = connect(server)
    child = busy.info.backend_pid
    # Without waiting for anything a child does not notice that its server is gone.
    busy.pgconn.send_query(b"DO $$ BEGIN LOOP END LOOP; END $$")
    postmaster = psutil.Process(int((directory / "data" / "postmaster.pid").read_text().split("\n", 1)[0]))
    postmaster.kill()
    wait_until(lambda: has_ended(postmaster), "the server to end")
    assert child in [process.pid for process in server_processes(directory)]
    server.start("archive")
    assert child not in [process.pid for process in server_processes(directory)]
    assert connect(server).execute("SELECT 1").fetchone() == (1,)


def test_lost_socket_is_made_again(directory, in_process):
    server = in_process(directory)
    server.start("archive")
    shutil.rmtree(server.address.host)
    server.start("archive")
    assert connect(server).execute("SELECT 1").fetchone() == (1,)


def test_socket_directory_made_by_somebody_else_is_refused(place, directory, in_process):
    server = in_process(directory)
    trap = Path(server.address.host)
    trap.symlink_to(place)
    try:
        with pytest.raises(ServerError, match=f"{trap}.*made by somebody else"):
            server.start()
    finally:
        trap.unlink()


def test_directory_of_another_version(new_directory, in_process):
    (new_directory / "data").mkdir(parents=True)
    (new_directory / "data" / "PG_VERSION").write_text("17\n")
    with pytest.raises(UnusableDirectory, match=rf"{new_directory}/data was made by PostgreSQL 17.*pg_dump"):
        in_process(new_directory).start()


def test_directory_with_something_else_in_it_is_left_alone(new_directory, in_process):
    (new_directory / "data").mkdir(parents=True)
    (new_directory / "data" / "notes.txt").write_text("mine")
    with pytest.raises(UnusableDirectory, match=rf"{new_directory}/data .*no PostgreSQL database"):
        in_process(new_directory).start()
    assert (new_directory / "data" / "notes.txt").read_text() == "mine"


def test_directory_that_cannot_be_reached(place, in_process):
    """Root's server runs as another account, which closed parents stop; an ordinary user's own are closed too."""
    closed = place / "closed"
    closed.mkdir(mode=0o700 if IS_ROOT else 0o500)
    with pytest.raises(UnusableDirectory, match=r"ARCHIVE_DATA_DIR") as refusal:
        in_process(closed / "postgresql").start()
    assert str(closed) in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert stat.S_IMODE(closed.stat().st_mode) == (0o700 if IS_ROOT else 0o500)


def test_file_in_place_of_the_directory(new_directory, in_process):
    new_directory.parent.mkdir()
    new_directory.write_text("")
    with pytest.raises(UnusableDirectory, match=rf"{new_directory} \(File exists\).*ARCHIVE_DATA_DIR"):
        in_process(new_directory).start()


def test_directory_with_files_of_others_is_not_handed_over(new_directory, in_process):
    new_directory.mkdir(parents=True)
    (new_directory / "thesis.txt").write_text("mine")
    server = in_process(new_directory)
    if IS_ROOT:
        with pytest.raises(UnusableDirectory, match=r"thesis\.txt"):
            server.start()
        assert (new_directory / "thesis.txt").stat().st_uid == 0
    else:
        server.start()
        assert (new_directory / "thesis.txt").read_text() == "mine"


def test_programs_in_a_closed_place(place, new_directory, in_process, monkeypatch):
    """A virtual environment below /root: where the server's account cannot run the wheel, a copy is made."""
    installed = Programs.package()
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    for part in (installed, installed.with_name(f"{installed.name}.libs")):
        if part.exists():
            shutil.copytree(part, closed / part.name, symlinks=True)
    monkeypatch.syspath_prepend(closed)
    assert Programs.package() == closed / installed.name
    server = in_process(new_directory)
    server.start("archive")
    assert connect(server).execute("SELECT 1").fetchone() == (1,)
    assert len(list(new_directory.glob("programs-*"))) == (1 if IS_ROOT else 0)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_ordinary_user(place, new_directory):
    """An ordinary user has a server of their own; root, who comes later, uses it and leaves it theirs."""
    nobody = pwd.getpwnam("nobody")
    new_directory.mkdir(parents=True)
    EmbeddedServer(place / "warm").start("archive")  # so that the child has to import nothing: see below
    if IS_ROOT:
        os.chown(new_directory, nobody.pw_uid, nobody.pw_gid)

    def work():
        if IS_ROOT:
            # Not by starting an interpreter as that user: it may be installed where only root can go.
            os.setgroups([])
            os.setresgid(nobody.pw_gid, nobody.pw_gid, nobody.pw_gid)
            os.setresuid(nobody.pw_uid, nobody.pw_uid, nobody.pw_uid)
        server = EmbeddedServer(new_directory, fsync=False)
        server.start("archive")
        with connect(server) as connection:
            connection.execute("CREATE TABLE report AS SELECT 1")
        server.release()
        return 0 if server.status() == "stopped" else 1

    assert run_in_fork(work) == 0
    server = EmbeddedServer(new_directory, fsync=False)
    server.start("archive")
    with connect(server) as connection:
        assert connection.execute("SELECT count(*) FROM report").fetchone() == (1,)
    owner = nobody.pw_uid if IS_ROOT else os.geteuid()
    assert all(place.stat().st_uid == owner for place in [new_directory, *new_directory.iterdir()])
    server.release()


def test_directory_of_another_user_is_refused(directory, in_process):
    server = in_process(directory)
    server.start("archive")

    def work():
        if IS_ROOT:
            os.setresuid(12345, 12345, 12345)
            try:
                EmbeddedServer(directory, fsync=False).start()
            except UnusableDirectory as error:
                return 0 if "ARCHIVE_DATA_DIR" in str(error) else 1
            return 2
        EmbeddedServer(directory, fsync=False).start()
        return 0

    assert run_in_fork(work) == 0
    assert is_running(directory)


def test_command_line(directory, in_process):
    def run(action):
        command = [sys.executable, "-m", "archive.database", directory, action]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert run("status").stdout.startswith("stopped")
    server = in_process(directory)
    server.start("archive")
    assert run("status").stdout.startswith("running")
    refused = run("stop")
    assert (refused.returncode, refused.stderr) == (1, "The server is in use and was not stopped.\n")
    starter = start_in_background(directory)
    assert starter.wait(60) == 0
    server.release()
    assert run("stop").stdout.startswith("stopped")
