"""What is uploaded is imported by a process of its own, whole, once, and whoever is killed meanwhile."""

import json
import shutil
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from archive.curation.events import history_of, origins, read
from archive.importing import uploads
from archive.importing.run import import_as
from archive.models import Article, ImportRun, Upload
from tests.curation.test_waiting import meanwhile
from tests.factories import FERRY, TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder():
    """Where uploads lie; nothing, at first."""
    folder = Path(storages["uploads"].location)
    shutil.rmtree(folder, ignore_errors=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def lines(*records) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def ask(user=None, source="", date="", **files) -> ImportRun:
    given = [SimpleUploadedFile(name.replace("__", "."), data) for name, data in files.items()]
    return uploads.ask_for_import(given, source=source, date=date, user=user)


def told(run):
    return [(line.name, line.outcome) for line in run.lines.order_by("number")]


def test_files_are_imported_in_the_name_of_who_uploaded_them(django_user_model, folder):
    user = django_user_model.objects.create_user("vera")
    run = ask(user, "Harrow Gazette", "2018-05", ferry__txt=FERRY.encode(), wire__jsonl=lines({"body": TEXT}))
    assert len(list(folder.iterdir())) == 2
    assert uploads.import_waiting(jobs=1) == 1
    run.refresh_from_db()
    assert told(run) == [("ferry.txt", "imported"), ("wire.jsonl, line 1", "imported")]
    assert (run.finished is not None, run.consumed) == (True, run.size)
    articles = Article.objects.select_related("outlet").order_by("pk")
    assert {(article.outlet.name, str(article.published_earliest)) for article in articles} == {
        ("Harrow Gazette", "2018-05-01")
    }
    events = read(Article, history_of(Article).objects.all(), None)
    assert {(origin.who, origin.through) for origin in origins(events).values()} == {
        ("vera", f"import_articles, run {run.pk}")
    }
    assert uploads.import_waiting(jobs=1) == 0


def test_uploads_go_once_all_is_imported_and_stay_while_something_failed(folder):
    well, ill = ask(ferry__txt=FERRY.encode()), ask(empty__txt=b" ", page__html=b"<p>Bridge shelled</p>")
    uploads.import_waiting(jobs=1)
    assert told(ill) == [("empty.txt", "failed"), ("page.html", "failed")]
    reasons = ill.lines.order_by("number").values_list("reason", flat=True)
    assert "is not a report by its name: expected a name that ends in .txt" in reasons[1]
    assert [upload.file.name for upload in well.uploads.all()] == [""]
    assert {Path(upload.file.path) for upload in ill.uploads.all()} == set(folder.iterdir())


def test_only_the_failed_are_done_again(folder):
    run = ask(wire__jsonl=lines({"body": TEXT, "title": "A"}, {"title": "no text"}, {"body": FERRY, "title": "B"}))
    uploads.import_waiting(jobs=1)
    assert [outcome for _, outcome in told(run)] == ["imported", "failed", "imported"]
    run.refresh_from_db()
    retry = uploads.ask_for_retry(run.pk, None)
    assert not uploads.can_be_retried(run)
    uploads.import_waiting(jobs=1)
    assert told(retry) == [("wire.jsonl, line 2", "failed")]
    with pytest.raises(uploads.NotPossible):
        uploads.ask_for_retry(run.pk, None)
    # Whatever was wrong with it is mended, in the reader, say; a retry of the retry still knows which line it is.
    [upload] = run.uploads.all()
    Path(upload.file.path).chmod(0o644)
    Path(upload.file.path).write_bytes(
        lines({"body": TEXT}, {"body": "Now it has one.", "title": "C"}, {"body": FERRY})
    )
    retry.refresh_from_db()
    last = uploads.ask_for_retry(retry.pk, None)
    uploads.import_waiting(jobs=1)
    assert told(last) == [("wire.jsonl, line 2", "imported")]
    assert list(folder.iterdir()) == []
    assert Article.objects.count() == 3


def test_what_was_stopped_goes_on_and_its_lines_stay():
    run = ask(wire__jsonl=lines(*({"body": f"{TEXT} {number}", "title": f"Report {number}"} for number in range(40))))
    for count, _ in enumerate(import_as(run, uploads.documents_of(run), defaults=uploads.Defaults(), jobs=1), 1):
        if count == 20:
            break  # as if killed here
    assert Article.objects.count() >= 20
    assert ImportRun.objects.waiting().get() == run
    uploads.import_waiting(jobs=1)
    assert Article.objects.count() == 40
    assert [outcome for _, outcome in told(run)] == ["imported"] * 40


def test_a_run_that_is_stopped_again_and_again_gives_way_to_others():
    stuck, other = ask(ferry__txt=FERRY.encode()), ask(bridge__txt=TEXT.encode())
    ImportRun.objects.filter(pk=stuck.pk).update(attempts=uploads.ATTEMPTS)
    assert uploads.import_waiting(jobs=1) == 2
    [line] = stuck.lines.all()
    assert (line.outcome, "stopped 5 times" in line.reason) == ("failed", True)
    assert told(other) == [("bridge.txt", "imported")]


def test_a_retry_that_is_stopped_again_and_again_gives_way_too(monkeypatch):
    run = ask(wire__jsonl=lines({"title": "no text"}, {"title": "none here either"}))
    uploads.import_waiting(jobs=1)
    retry = uploads.ask_for_retry(run.pk, None)
    monkeypatch.setattr(uploads, "TELL", -1.0)

    def killed_at_the_second(run, documents, **how):
        yield next(documents), None
        raise BrokenProcessPool

    with monkeypatch.context() as patched:
        patched.setattr(uploads, "import_as", killed_at_the_second)
        for _ in range(uploads.ATTEMPTS):
            with pytest.raises(BrokenProcessPool):
                uploads.import_waiting(jobs=1)
    assert uploads.import_waiting(jobs=1) == 1
    [line] = retry.lines.all()
    assert "stopped 5 times" in line.reason


def test_a_file_that_is_gone_is_told(folder):
    run = ask(ferry__txt=FERRY.encode())
    for path in folder.iterdir():
        path.unlink()
    uploads.import_waiting(jobs=1)
    [line] = run.lines.all()
    assert (line.name, line.outcome, line.reason) == ("ferry.txt", "failed", "there is no such file or folder")


def test_a_name_with_folders_in_it_is_a_name_only(folder):
    [upload] = ask(**{"../../etc/passwd__txt": FERRY.encode()}).uploads.all()
    assert (upload.name, Path(upload.file.path).parent) == ("passwd.txt", folder)
    assert storages["uploads"].exists(upload.file.name)


def test_two_processes_are_not_at_it_together():
    ask(ferry__txt=FERRY.encode())
    with uploads._alone() as mine:
        assert mine
        assert uploads.is_at_work()
    assert not uploads.is_at_work()
    assert Upload.objects.count() == 1


def test_uploads_are_discarded_when_no_run_waits_for_them(folder):
    run = ask(ferry__txt=FERRY.encode(), empty__txt=b" ")
    assert not uploads.can_be_discarded(run)
    uploads.import_waiting(jobs=1)
    run.refresh_from_db()
    retry = uploads.ask_for_retry(run.pk, None)
    with pytest.raises(uploads.NotPossible):
        uploads.discard(run.pk)
    uploads.import_waiting(jobs=1)
    uploads.discard(retry.pk)
    assert list(folder.iterdir()) == []
    assert not uploads.can_be_discarded(run)
    retry.refresh_from_db()
    assert not uploads.can_be_retried(retry)
    assert Article.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_uploads_are_not_discarded_that_somebody_has_imported_again_this_moment(folder, monkeypatch):
    monkeypatch.setattr(uploads, "start_importing", lambda: None)
    run = ask(empty__txt=b" ")
    uploads.import_waiting(jobs=1)
    retry = uploads.ask_for_retry(run.pk, None)
    uploads.import_waiting(jobs=1)

    def discard():
        with pytest.raises(uploads.NotPossible):
            uploads.discard(run.pk)

    meanwhile(lambda: uploads.ask_for_retry(retry.pk, None), discard)
    assert len(list(folder.iterdir())) == 1
