"""Files are uploaded in the admin; each document's outcome and reason is seen there, and what failed is done again."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive.admin import uploading
from archive.importing import uploads
from archive.models import Article, ImportRun, Upload
from tests.factories import FERRY, TEXT, import_files

pytestmark = pytest.mark.django_db
UPLOAD = reverse("admin:archive_importrun_add")


def file(name: str, text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def upload(client, *files, **data):
    return client.post(UPLOAD, {"files": list(files), "source": "", "date": ""} | data, follow=True)


def page_of(run) -> str:
    return reverse("admin:archive_importrun_change", args=[run.pk])


def test_several_files_are_uploaded_at_once_and_lead_to_their_run(client, editor):
    answer = upload(client, file("ferry.txt", FERRY), file("bridge.txt", TEXT), source="Harrow Gazette", date="2018-05")
    run = ImportRun.objects.get()
    assert answer.redirect_chain == [(page_of(run), 302)]
    assert (run.made_by, run.source, run.date) == (editor, "Harrow Gazette", "2018-05")
    told = answer.content.decode()
    assert "Uploaded: 2." in told
    assert "Waiting" in told
    assert "ferry.txt" in told
    assert not Article.objects.exists()


def test_progress_outcomes_and_reasons_are_shown(client, editor):
    upload(client, file("ferry.txt", FERRY), file("empty.txt", " "))
    other = uploads.ask_for_import([file("later.txt", TEXT)], source="", date="", user=editor)
    assert "Waiting, after 1 other" in client.get(page_of(other)).content.decode()
    run = ImportRun.objects.waiting().first()
    ImportRun.objects.filter(pk=run.pk).update(attempts=1, consumed=run.size // 2)
    told = client.get(page_of(run)).content.decode()
    assert f"Under way: {100 * (run.size // 2) // run.size} % read" in " ".join(told.split())
    assert "No process imports just now." in told
    assert "import_progress" in told
    uploads.import_waiting(jobs=1)
    page = client.get(page_of(run))
    told = page.content.decode()
    assert "import_progress" not in told
    assert ">failed 1</a>" in told
    assert ">imported 1</a>" in told
    assert "holds nothing but white space" in told
    assert reverse("admin:archive_article_change", args=[Article.objects.order_by("pk").first().pk]) not in told
    runs = client.get(reverse("admin:archive_importrun_changelist")).content.decode()
    assert "uploaded: ferry.txt, empty.txt" in runs
    lines = client.get(
        reverse("admin:archive_importline_changelist"), {"run__id__exact": run.pk, "outcome__exact": "failed"}
    )
    assert [line.name for line in lines.context["cl"].result_list] == ["empty.txt"]


def test_what_failed_is_done_again(client, editor):
    upload(client, file("ferry.txt", FERRY), file("empty.txt", " "))
    run = ImportRun.objects.get()
    retry = reverse("admin:archive_importrun_retry", args=[run.pk])
    assert retry not in client.get(page_of(run)).content.decode()
    uploads.import_waiting(jobs=1)
    assert retry in client.get(page_of(run)).content.decode()
    assert "that failed: 1." in client.get(retry).content.decode()
    answer = client.post(retry, follow=True)
    again = ImportRun.objects.exclude(pk=run.pk).get()
    assert answer.redirect_chain == [(page_of(again), 302)]
    assert (again.again, again.made_by) == (run, editor)
    uploads.import_waiting(jobs=1)
    assert list(again.lines.values_list("name", "outcome")) == [("empty.txt", "failed")]
    assert page_of(again) in client.get(page_of(run)).content.decode()
    assert "Nothing of this import can be done again" in client.get(retry).content.decode()
    assert "Nothing of this run can be imported again" in client.post(retry, follow=True).content.decode()
    assert ImportRun.objects.count() == 2


def test_uploads_that_failed_are_discarded(client, editor):
    upload(client, file("empty.txt", " "))
    uploads.import_waiting(jobs=1)
    run = ImportRun.objects.get()
    discard = reverse("admin:archive_importrun_discard", args=[run.pk])
    assert discard in client.get(page_of(run)).content.decode()
    assert "What failed cannot be imported again then." in client.get(discard).content.decode()
    told = client.post(discard, follow=True).content.decode()
    assert discard not in told
    assert "not kept any more" in told
    assert "There is nothing to discard" in client.post(discard, follow=True).content.decode()


def test_a_run_of_the_command_is_not_done_again_here(client, editor, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    import_files(tmp_path / "empty.txt")
    run = ImportRun.objects.get()
    retry = reverse("admin:archive_importrun_retry", args=[run.pk])
    assert retry not in client.get(page_of(run)).content.decode()
    assert client.get(reverse("admin:archive_importrun_retry", args=[0])).status_code == 404


def test_what_cannot_be_taken_is_told_and_nothing_is_kept(client, editor, monkeypatch):
    assert "Choose at least one file." in upload(client).content.decode()
    assert "write it as 2018-05-30" in upload(client, file("a.txt", TEXT), date="spring").content.decode()
    monkeypatch.setattr(uploading, "MOST", 100)
    told = upload(client, file("a.txt", "x" * 60), file("b.txt", "x" * 60)).content.decode()
    assert "The files have 120" in told
    assert "at most can be uploaded at once" in told
    monkeypatch.setattr(uploading, "MOST_FILES", 1)
    assert "These are 2 files, and 1 at most" in upload(client, file("a.txt", "x"), file("b.txt", "x")).content.decode()
    assert not ImportRun.objects.exists()
    assert not Upload.objects.exists()


def test_it_takes_a_right_of_its_own(client, editor, django_user_model):
    upload(client, file("empty.txt", " "))
    uploads.import_waiting(jobs=1)
    run = ImportRun.objects.get()
    retry = reverse("admin:archive_importrun_retry", args=[run.pk])
    clerk = django_user_model.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_importrun"))
    client.force_login(clerk)
    assert client.get(page_of(run)).status_code == 200
    assert retry not in client.get(page_of(run)).content.decode()
    for address in (UPLOAD, retry, reverse("admin:archive_importrun_discard", args=[run.pk])):
        assert client.get(address).status_code == 403
        assert client.post(address, {"files": file("a.txt", TEXT)}).status_code == 403
    assert ImportRun.objects.count() == 1
    client.logout()
    assert client.get(UPLOAD).status_code == 302


def test_the_list_asks_as_often_for_many_runs_as_for_few(client, editor):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(address) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    for _ in range(2):
        upload(client, file("ferry.txt", FERRY), file("empty.txt", " "))
    uploads.import_waiting(jobs=1)
    addresses = [reverse(f"admin:archive_{name}_changelist") for name in ("importrun", "importline")]
    few = [queries(address) for address in addresses]
    for number in range(4):
        upload(client, file("a.txt", f"{TEXT} {number}"))
    uploads.import_waiting(jobs=1)
    assert [queries(address) for address in addresses] == few
