"""The command that extracts without a database: lines in, lines out, and how it ends."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "manage.py", "extract"]
TEXT = "“We have no pilot left”, harbour spokeswoman Ilse Brandvold said."
JOBS = pytest.mark.parametrize("jobs", ["1", "2"])


@pytest.fixture
def environment(tmp_path):
    """Nothing is set but a database that nobody can reach, and a data directory that must not be made."""
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": "postgres://nobody@localhost:1/none",
        "ARCHIVE_DATA_DIR": str(tmp_path / "none"),
    }


def line(identifier, text=TEXT) -> bytes:
    return json.dumps({"id": identifier, "text": text}).encode() + b"\n"


def run(environment, given: bytes, *arguments):
    result = subprocess.run(
        [*COMMAND, *arguments], cwd=PROJECT, env=environment, input=given, capture_output=True, timeout=120
    )
    return [json.loads(one) for one in result.stdout.splitlines()], result.stderr.decode(), result.returncode


def start(environment, *arguments):
    return subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # Whoever runs the tests in the background of a shell has interrupts ignored, and what they start inherits that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def test_it_needs_no_database_no_key_and_no_directory(environment, tmp_path):
    del environment["DATABASE_URL"]
    [told], err, status = run(environment, line("a"))
    assert (told["id"], told["quotes"][0]["speaker_full"], err, status) == ("a", "Ilse Brandvold", "", 0)
    assert not (tmp_path / "none").exists()


@JOBS
def test_lines_come_in_their_order_and_unusable_ones_are_told_with_their_number(environment, jobs):
    given = [line(number) for number in range(60)]
    given[3], given[10], given[40] = b"no\n", b"\n", b'{"id": "\xff", "text": ""}\n'
    told, err, status = run(environment, b"".join(given), "--jobs", jobs)
    assert [one["id"] for one in told] == [number for number in range(60) if number not in (3, 10, 40)]
    assert err.splitlines() == [
        "line 4: is not JSON: Expecting value at character 1",
        "line 41: is not UTF-8: invalid start byte at byte 9",
    ]
    assert status == 1


def test_the_results_are_the_same_for_any_number_of_processes(environment):
    given = b"".join(line(number, f"{TEXT} Again: {number} {TEXT}") for number in range(50))
    assert run(environment, given, "--jobs", "1") == run(environment, given, "--jobs", "3")


def test_the_plain_text_of_one_report(environment):
    [told], err, status = run(environment, f"Harbour closed\r\n\r\n{TEXT}\n".encode(), "--text")
    assert (told["id"], told["quotes"][0]["start"], err, status) == (None, 18, "", 0)
    assert run(environment, b"", "--text") == ([{"id": None, "quotes": []}], "", 0)
    told, err, status = run(environment, b"caf\xe9", "--text")
    assert (told, err, status) == ([], "standard input is not UTF-8: unexpected end of data at byte 4\n", 1)


def test_without_input_there_is_no_output(environment):
    assert run(environment, b"") == ([], "", 0)


@JOBS
def test_an_answer_comes_before_the_next_line_is_asked_for(environment, jobs):
    process = start(environment, "--jobs", jobs)
    for number in range(30):
        process.stdin.write(line(number))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == number
    process.communicate(timeout=30)
    assert process.returncode == 0


@JOBS
def test_a_reader_that_goes_ends_it_quietly(environment, jobs):
    process = start(environment, "--jobs", jobs)
    process.stdin.write(b"".join(line(number) for number in range(40)))
    process.stdin.flush()
    process.stdout.readline()
    process.stdout.close()
    with_more = b"".join(line(number) for number in range(4000))
    with suppress(BrokenPipeError):
        process.stdin.write(with_more)
    assert process.wait(30) == 141
    assert process.stderr.read() == b""


@JOBS
@pytest.mark.parametrize("idle", [True, False])
def test_an_interrupt_ends_it_quietly(environment, jobs, idle):
    process = start(environment, "--jobs", jobs)
    os.set_blocking(process.stdin.fileno(), False)
    process.stdin.write(b"".join(line(number) for number in range(30 if idle else 60)))
    process.stdin.flush()
    for _ in range(30 if idle else 5):
        process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(30) == 130
    assert process.stderr.read() == b""


def test_a_killed_process_is_told_in_one_line(environment):
    process = start(environment, "--jobs", "2")
    children = []
    for number in range(2000):
        process.stdin.write(line(number))
        process.stdin.flush()
        if not process.stdout.readline():
            break
        if not children:
            children = [
                child
                for child in psutil.Process(process.pid).children()
                if "spawn_main" in " ".join(child.cmdline()) and "resource_tracker" not in " ".join(child.cmdline())
            ]
            for child in children:
                child.kill()
    assert process.wait(30) == 1
    [told] = process.stderr.read().decode().splitlines()
    assert told.startswith("CommandError: A process that extracts was killed")
    assert told.endswith("with --jobs 1.")


def test_memory_stays_flat_on_endless_input(environment):
    """Forty reports of 60 KB: kept, they would be more than twice that."""
    process = start(environment, "--jobs", "1")
    long = line("long", "The harbour stayed closed all night. " * 1600)
    watched = psutil.Process(process.pid)
    sizes = []
    for number in range(60):
        process.stdin.write(long)
        process.stdin.flush()
        process.stdout.readline()
        if number in (20, 59):
            sizes.append(watched.memory_info().rss)
    process.communicate(timeout=30)
    assert sizes[1] - sizes[0] < 40 * 60_000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("--jobs", "0"), "expected a number of processes, 1 or more"), (("--unknown",), "unrecognized arguments")],
)
def test_wrong_usage_ends_with_status_2(environment, arguments, message):
    told, err, status = run(environment, b"", *arguments)
    assert (told, status) == ([], 2)
    assert message in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("redirected", "message"),
    [("<&-", "is closed"), (">&-", "is closed"), (">/dev/full", "Reading or writing failed: No space left on device")],
)
def test_what_cannot_be_read_or_written_is_told_in_one_line(environment, redirected, message):
    command = ["sh", "-c", f'"$0" manage.py extract {redirected}', sys.executable]
    result = subprocess.run(
        command, cwd=PROJECT, env=environment, input=line(1), capture_output=True, timeout=60, check=False
    )
    [told] = result.stderr.decode().splitlines()
    assert message in told
    assert result.returncode == 1
