"""The import command: what it prints, and the status it ends with."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from archive.importing.description import Defaults
from archive.importing.documents import documents
from archive.importing.run import run_import
from archive.management.commands import import_articles
from archive.models import Article, ImportRun, OutboxEntry
from archive.search import Asked, Kind, find

PROJECT = Path(__file__).resolve().parent.parent.parent
SEED = PROJECT / "seeds" / "000_be44482fc4a602b0.txt"


def called(*arguments, **options):
    """What the command printed and the status it ended with."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_articles", *map(str, arguments), jobs=1, stdout=out, stderr=err, **options)
    except SystemExit as exit:
        return out.getvalue(), err.getvalue(), exit.code
    return out.getvalue(), err.getvalue(), 0


@pytest.mark.django_db(transaction=True)
def test_the_seed_is_imported_and_found_at_once():
    out, err, status = called(SEED)
    assert (out, err, status) == ("imported 1, unchanged 0, failed 0\n", "", 0)
    assert [hit.key for hit in find(Asked("peace proposal", Kind.REPORT)).hits] == [Article.objects.get().pk]
    assert called(SEED) == ("imported 0, unchanged 1, failed 0\n", "", 0)


@pytest.mark.django_db(transaction=True)
def test_what_an_interrupted_run_left_for_the_index_is_taken_in_by_the_next():
    list(run_import(documents([str(SEED)], None), command="interrupted", defaults=Defaults(), jobs=1))
    assert OutboxEntry.objects.exists()
    assert called(SEED) == ("imported 0, unchanged 1, failed 0\n", "", 0)
    assert not OutboxEntry.objects.exists()
    assert find(Asked("peace proposal", Kind.REPORT)).total == 1


@pytest.mark.django_db(transaction=True)
def test_each_failure_is_told_with_its_file_and_reason_and_the_rest_goes_on(tmp_path):
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "b.txt").write_text("A title\n\nA report.")
    (tmp_path / "c.jsonl").write_text('{"title": "x"}\n[1]\n')
    (tmp_path / "d.pdf").write_text("%PDF")

    out, err, status = called(tmp_path, tmp_path / "none.txt")

    assert status == 1
    failures = err.splitlines()
    assert [line.partition(": ")[2].partition(":")[0] for line in failures] == [
        str(tmp_path / "a.txt"),
        f"{tmp_path / 'c.jsonl'}, line 1",
        f"{tmp_path / 'c.jsonl'}, line 2",
        str(tmp_path / "none.txt"),
    ]
    assert all(line.startswith("failed: ") and "Traceback" not in line for line in failures)
    assert out.splitlines() == [
        f"passed over, for they are no reports by their names: 1 ({tmp_path / 'd.pdf'})",
        "imported 1, unchanged 0, failed 4",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_says_what_would_be(tmp_path):
    (tmp_path / "a.txt").write_text("A title\n\nA report.")
    out, _, status = called(tmp_path, dry_run=True)
    assert (out, status) == ("nothing was written; would be: imported 1, unchanged 0, failed 0\n", 0)
    assert not ImportRun.objects.exists()


def run(environment, *arguments, standard_input=""):
    return subprocess.run(
        [sys.executable, "manage.py", "import_articles", *arguments],
        cwd=PROJECT,
        env=environment,
        input=standard_input,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_standard_input_source_and_date_and_the_status_of_a_failure(live_environment):
    lines = json.dumps({"id": "1", "title": "T", "body": "A report."}) + "\nnot json\n"
    result = run(live_environment, "-", "--source", "Almera Post", "--date", "2018-05", standard_input=lines)
    assert result.returncode == 1
    assert "failed: standard input, line 2: " in result.stderr
    assert "imported 1, unchanged 0, failed 1" in result.stdout
    article = Article.objects.get()
    assert (str(article.outlet), article.published_latest.isoformat()) == ("Almera Post", "2018-05-31")
    assert ImportRun.objects.get().command == "import_articles - --source 'Almera Post' --date 2018-05"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "the following arguments are required: PATH"),
        (("-", "--date", "6/7/2016"), "argument --date: "),
        (("-", "--date", "soon"), "'soon' is no date: write it as 2018-05-30, 2018-05 or 2018"),
        (("-", "--jobs", "0"), "expected a number of processes, 1 or more"),
        (("-", "--jobs", "many"), "argument --jobs: "),
        (("-", "--unknown"), "unrecognized arguments: --unknown"),
    ],
)
def test_wrong_usage_ends_with_status_2(live_environment, arguments, message):
    result = run(live_environment, *arguments)
    assert result.returncode == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (KeyboardInterrupt(), 130, "Stopped. What is counted here is in the archive; run the command again to go on."),
        (OperationalError("server closed the connection\nmore"), 1, "The database went away (server closed the conn"),
    ],
)
def test_an_import_that_is_stopped_says_how_to_go_on(monkeypatch, error, status, message):
    def stopped(*arguments, **options):
        raise error
        yield

    monkeypatch.setattr(import_articles, "run_import", stopped)
    with pytest.raises(CommandError, match="in the archive") as raised:
        call_command("import_articles", str(SEED), jobs=1, stdout=io.StringIO())
    assert raised.value.returncode == status
    assert str(raised.value).startswith(message)
