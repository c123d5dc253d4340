"""The command that empties the trash: what it prints, removes and leaves, and the status it ends with."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone

from archive.curation import purging
from archive.curation.withholding import put_into_trash
from archive.management.commands import purge_trash
from archive.models import Article, Original, OutboxEntry, Tombstone
from archive.models.original import originals
from archive.search import Asked, Kind, find, sync
from tests.factories import make_article, make_report_with_quote

pytestmark = pytest.mark.django_db(transaction=True)


def called(*arguments):
    """What the command printed and the status it ended with."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("purge_trash", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as exit:
        return out.getvalue(), err.getvalue(), exit.code
    return out.getvalue(), err.getvalue(), 0


@pytest.fixture
def article():
    """A report that has been in the trash for 31 days."""
    made, _, _ = make_report_with_quote("Bridge  shelled")
    put_into_trash(made.pk, "It is a forgery.")
    Article.objects.filter(pk=made.pk).update(trashed=timezone.now() - timedelta(days=31))
    return made


def test_it_removes_what_is_due_and_says_so(article):
    recent = make_article("Viaduct shelled")
    put_into_trash(recent.pk, "Another reason.")
    original = article.shown_version.readings.get().original
    sync.drain_if_nobody_does()

    out, err, status = called()

    assert out == (
        f"report {article.pk}, Bridge shelled: originals 1, versions 1, quotes 1, "
        "changes in its history 8 (It is a forgery.)\n"
        "reports 1, files 1\n"
    )
    assert (err, status) == ("", 0)
    assert list(Article.objects.all()) == [recent]
    assert not originals().exists(original.file.name)
    assert not OutboxEntry.objects.exists()
    assert find(Asked("bridge", Kind.REPORT)).total == 0
    made, finished = Tombstone.objects.get().events.order_by("pgh_id")
    assert made.pgh_context.metadata["command"] == finished.pgh_context.metadata["command"] == "purge_trash"
    assert called() == ("reports 0, files 0\n", "", 0)


def test_a_dry_run_removes_nothing(article):
    out, err, status = called("--dry-run")
    assert out.splitlines()[-1] == "nothing was removed; would be: reports 1"
    assert f"report {article.pk}, Bridge shelled: originals 1" in out
    assert Article.objects.get() == article
    assert Original.objects.get().content()
    assert not Tombstone.objects.exists()


def test_named_reports_go_at_once_but_only_out_of_the_trash(article):
    recent, visible = make_article("Viaduct shelled"), make_article("Ford shelled")
    put_into_trash(recent.pk, "Another reason.")
    with pytest.raises(CommandError, match=f"Not in the trash: {visible.pk}. Nothing was done."):
        called("--now", recent.pk, visible.pk)
    assert Article.objects.count() == 3
    out, _, _ = called("--now", recent.pk)
    assert out.endswith("reports 1, files 1\n")
    assert set(Article.objects.all()) == {article, visible}


def test_one_that_cannot_be_removed_is_told_and_the_rest_goes_on(article, monkeypatch):
    other = make_article("Viaduct shelled")
    put_into_trash(other.pk, "Another reason.")

    def refusing(reports, key, *, dry_run):
        if key == article.pk:
            raise IntegrityError("something holds it\nDETAIL")
        return purging.purge(reports, key, dry_run=dry_run)

    monkeypatch.setattr(purge_trash, "purge", refusing)
    out, err, status = called("--now", article.pk, other.pk)
    assert err == f"failed: report {article.pk}: the database refuses it: something holds it\n"
    assert (out.splitlines()[-1], status) == ("reports 1, files 1", 1)


def test_a_file_that_cannot_be_deleted_is_told_and_done_the_next_time(article, monkeypatch):
    original = article.shown_version.readings.get().original
    with monkeypatch.context() as patched:
        patched.setattr(originals(), "delete", lambda name: (_ for _ in ()).throw(PermissionError("read-only disk")))
        with pytest.raises(CommandError, match="A file cannot be deleted: read-only disk. Its report is removed"):
            called()
    assert not Article.objects.exists()
    assert originals().exists(original.file.name)
    assert called() == ("reports 0, files 1\n", "", 0)
    assert not originals().exists(original.file.name)
