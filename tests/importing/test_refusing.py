"""An original that went with its report does not come back by an import, until an editor lets it."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from archive.curation.purging import delete_files, in_trash, lift, purge
from archive.curation.withholding import hide, put_into_trash
from archive.importing.documents import documents
from archive.importing.run import dry_run
from archive.models import Article, ImportLine, ImportRun, Original, Tombstone
from tests.factories import FERRY, import_files

pytestmark = pytest.mark.django_db


def remove(article, reason="It is a forgery."):
    put_into_trash(article.pk, reason)
    assert purge(in_trash(), article.pk)
    list(delete_files())


@pytest.fixture
def removed(tmp_path):
    """The file of a report that was removed, and the report's number."""
    path = tmp_path / "ferry.txt"
    path.write_text(FERRY)
    import_files(path)
    article = Article.objects.get()
    remove(article)
    return path, article.pk


def told(number):
    day = Tombstone.objects.get(number=number).removed.date().isoformat()
    return (
        f"its report, {number}, was removed on {day}: It is a forgery. "
        "(an editor can let it come back, in the admin under Tombstones)"
    )


def test_the_very_same_bytes_are_refused_with_the_reason(removed):
    path, number = removed
    assert import_files(path) == import_files(path) == [("refused", told(number))]
    assert not Article.objects.exists()
    assert not Original.objects.exists()
    run = ImportRun.objects.with_counts().latest("pk")
    assert (run.imported_count, run.unchanged_count, run.failed_count, run.refused_count) == (0, 0, 0, 1)


def test_what_comes_with_it_is_import_files(removed, tmp_path):
    path, number = removed
    other = tmp_path / "other.txt"
    other.write_text("Harbour closed\n\nNo ship has left since Monday.\n")
    assert import_files(other, path) == [("imported", ""), ("refused", told(number))]
    assert Article.objects.get().title == "Harbour closed"


def test_of_json_lines_only_the_line_is_refused(tmp_path):
    path = tmp_path / "wire.jsonl"
    lines = [json.dumps({"title": f"Report {n}", "body": f"Ship {n} has left.", "id": str(n)}) for n in range(3)]
    path.write_text("\n".join(lines) + "\n")
    import_files(path)
    article = Article.objects.get(import_id="1")
    remove(article)
    assert [outcome for outcome, _ in import_files(path)] == ["unchanged", "refused", "unchanged"]
    assert ImportLine.objects.latest("pk").run.lines.get(outcome="refused").name.endswith("wire.jsonl, line 2")


def test_what_is_lifted_comes_back_under_a_new_number(client, removed):
    path, number = removed
    assert lift(Tombstone.objects.all()) == 1
    assert lift(Tombstone.objects.all()) == 0
    assert import_files(path) == [("imported", "")]
    article = Article.objects.get()
    assert article.pk != number
    assert client.get(f"/reports/{number}/").status_code == 410
    assert client.get(article.get_absolute_url()).status_code == 200
    assert client.get(f"/originals/{Original.objects.get().sha256}/").status_code == 200


def test_an_original_that_another_report_kept_is_unchanged(tmp_path, removed):
    path, number = removed
    lift(Tombstone.objects.all())
    import_files(path)
    Tombstone.objects.update(lifted=None)
    assert import_files(path) == [("unchanged", "")]


def test_a_dry_run_tells_it_too(removed):
    path, number = removed
    [(_, result)] = dry_run(documents([str(path)], None), 1)
    assert (result.outcome.value, result.reason) == ("refused", told(number))


@pytest.mark.django_db(transaction=True)
def test_the_command_tells_and_counts_it_and_ends_well(removed):
    path, number = removed
    out, err = io.StringIO(), io.StringIO()
    call_command("import_articles", str(path), jobs=1, stdout=out, stderr=err)
    assert out.getvalue() == "imported 0, unchanged 0, failed 0, refused 1\n"
    assert err.getvalue() == f"refused: {path}: {told(number)}\n"


def test_a_new_version_of_a_hidden_report_stays_hidden_and_is_told(tmp_path):
    path = tmp_path / "wire.jsonl"
    path.write_text(json.dumps({"title": "Harbour closed", "body": "No ship has left.", "id": "1"}) + "\n")
    import_files(path)
    article = Article.objects.get()
    hide(article.pk, "It names a witness.")
    path.write_text(json.dumps({"title": "Harbour closed", "body": "One ship has left.", "id": "1"}) + "\n")
    assert import_files(path) == [("imported", f"report {article.pk} is hidden: readers do not see it")]
    article.refresh_from_db()
    assert (article.state, article.shown_version.text) == ("hidden", "One ship has left.")


def test_the_database_wants_the_reason(removed):
    run = ImportRun.objects.create(command="test")
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportLine.objects.create(run=run, number=1, name="a.txt", outcome="refused")
