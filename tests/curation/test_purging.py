"""A report that is purged leaves nothing but its tombstone, and what others need stays, wherever it is stopped."""

from datetime import timedelta

import pghistory
import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from archive.curation.purging import KEPT, delete_files, due, in_trash, lift, purge
from archive.curation.withholding import hide, put_into_trash
from archive.models import (
    Article,
    ImportLine,
    Mention,
    Organisation,
    Original,
    OutboxEntry,
    Person,
    Quote,
    QuoteCandidate,
    Reading,
    Role,
    Tombstone,
    Version,
)
from archive.models.original import originals
from tests.factories import FERRY, import_files, make_article, make_candidate, make_person, make_report_with_quote

pytestmark = pytest.mark.django_db


def trashed(article, days=31, reason="It is a forgery."):
    put_into_trash(article.pk, reason)
    Article.objects.filter(pk=article.pk).update(trashed=timezone.now() - timedelta(days=days))


def events_of(article, *quotes):
    found = [*pghistory.models.Events.objects.tracks(article), *pghistory.models.Events.objects.references(article)]
    return [*found, *(event for quote in quotes for event in pghistory.models.Events.objects.tracks(quote))]


@pytest.fixture
def ferry(tmp_path):
    path = tmp_path / "ferry.txt"
    path.write_text(FERRY)
    assert import_files(path) == [("imported", "")]
    return path


def test_only_what_has_been_in_the_trash_for_long_is_due():
    made = {days: make_article(f"Report {days}") for days in (29, 31)}
    visible = make_article("Visible")
    for days, article in made.items():
        trashed(article, days)
    assert timedelta(days=30) == KEPT
    assert list(due()) == [made[31]]
    assert list(in_trash()) == [made[29], made[31]]
    assert purge(due(), made[29].pk) is None
    assert purge(in_trash(), visible.pk) is None
    assert Article.objects.count() == 3


def test_nothing_stays_but_the_tombstone(ferry, django_user_model):
    article = Article.objects.get()
    original = Original.objects.get()
    quotes = list(Quote.objects.order_by("pk"))
    make_candidate(quotes[0], "Ilse Brandvold")
    hide(article.pk, "It names a witness.")
    trashed(article)
    user = django_user_model.objects.create_superuser("editor")
    LogEntry.objects.log_actions(user.pk, [article], 2)
    OutboxEntry.objects.all().delete()

    with pghistory.context(command="purge_trash"):
        purged = purge(due(), article.pk)
    assert [*delete_files()] == [original.sha256]

    assert (purged.number, purged.originals, purged.shared, purged.versions, purged.quotes) == (article.pk, 1, 0, 1, 2)
    assert purged.removed == ["Ilse Brandvold"]
    assert purged.events > 4
    for model in (Article, Version, Reading, Quote, QuoteCandidate, Mention, Role, Original, Person):
        assert not model.objects.exists(), model
    for model in (Article, Version, Quote):
        assert not model.pgh_event_models["changed"].objects.exists(), model
    assert not LogEntry.objects.exists()
    assert not pghistory.models.Context.objects.filter(metadata__has_key="reason").exists()
    assert events_of(article, *quotes) == []
    assert not originals().exists(original.file.name)
    assert {(entry.kind, entry.key) for entry in OutboxEntry.objects.all()} >= {("article", article.pk)}

    tombstone = Tombstone.objects.get()
    assert tombstone.number == article.pk
    assert tombstone.reason == "It is a forgery."
    assert tombstone.originals == [original.sha256]
    assert tombstone.quotes == [quote.pk for quote in quotes]
    assert tombstone.files == []
    line = ImportLine.objects.get()
    assert (line.original, line.article, line.outcome) == (None, None, "imported")


def test_its_addresses_say_for_ever_that_it_was_removed_when_and_why(client, ferry):
    article, original, quote = Article.objects.get(), Original.objects.get(), Quote.objects.first()
    trashed(article)
    purge(due(), article.pk)
    Tombstone.objects.update(removed=timezone.now().replace(2026, 5, 3))
    lift(Tombstone.objects.all())
    told = "This report was removed from the archive on 3 May 2026: It is a forgery."
    for address in (article.get_absolute_url(), f"/reports/{article.pk}/", f"/quotes/{quote.pk}/"):
        response = client.get(address)
        assert (response.status_code, told in response.content.decode()) == (410, True), address
        assert "Ferry" not in response.content.decode()
    for address in (f"reports/{article.pk}", f"quotes/{quote.pk}"):
        response = client.get(f"/api/v1/{address}")
        assert (response.status_code, told in response.json()["detail"]) == (410, True), address
    response = client.get(f"/originals/{original.sha256}/")
    assert (response.status_code, told in response.content.decode()) == (410, True)
    assert client.get(f"/reports/{article.pk + 1}/").status_code == 404
    assert client.get(f"/quotes/{quote.pk + 100}/").status_code == 404


def test_what_others_need_stays():
    article, person, _ = make_report_with_quote("Goes")
    other, _, quote = make_report_with_quote("Stays")
    shared = article.shown_version.readings.get().original
    Reading.objects.create(version=other.shown_version, original=shared, reader_version=1, encoding="utf-8", runs=[])
    before = {model: set(model.objects.filter(article=other).values_list("pk")) for model in (Quote, Mention, Role)}
    with pghistory.context(reason="Both are of the same war."):
        Article.objects.update(author="A. Writer")
    history = events_of(other, quote)
    trashed(article)
    with pghistory.context(command="purge_trash"):
        purged = purge(due(), article.pk)
    assert (purged.originals, purged.shared, purged.removed) == (0, 1, [])
    assert [*delete_files()] == []
    assert set(Article.objects.all()) == {other}
    assert {model: set(model.objects.values_list("pk")) for model in before} == before
    assert events_of(other, quote) == history
    reasons = pghistory.models.Context.objects.filter(metadata__has_key="reason")
    assert [each.metadata["reason"] for each in reasons] == ["Both are of the same war."]
    assert shared.content()
    assert Original.objects.count() == 2
    assert list(Person.objects.all()) == [person]


def test_people_whom_an_editor_made_stay_though_nothing_names_them(ferry):
    article = Article.objects.get()
    Person.objects.update(note="Spoke for the harbour until 2019.")
    trashed(article)
    assert purge(due(), article.pk).removed == []
    assert Person.objects.get().name == "Ilse Brandvold"
    assert not Organisation.objects.exists()


def test_a_dry_run_tells_the_same_and_changes_nothing(ferry):
    article = Article.objects.get()
    trashed(article)

    def everything():
        models = [*apps.get_app_config("archive").get_models(), LogEntry]
        return {model: list(model.objects.order_by("pk").values()) for model in models}

    before = everything()
    told = purge(due(), article.pk, dry_run=True)
    assert everything() == before
    assert purge(due(), article.pk) == told


class Killed(BaseException):
    """What ends a process nobody asks."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["Tombstone.objects.create", "_delete_history", "remove_unnamed"])
def test_stopped_within_the_transaction_nothing_is_lost(ferry, monkeypatch, step):
    article, original = Article.objects.get(), Original.objects.get()
    trashed(article)

    def die(*args, **options):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(f"archive.curation.purging.{step}", die)
        with pytest.raises(Killed):
            purge(due(), article.pk)
    assert Article.objects.get().shown_version.text
    assert Quote.objects.count() == 2
    assert not Tombstone.objects.exists()
    assert [*delete_files()] == []
    assert original.content() == FERRY.encode()
    assert purge(due(), article.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("deleted", [False, True], ids=["before the file went", "after it"])
def test_stopped_between_the_rows_and_the_file_the_next_run_finishes(ferry, monkeypatch, deleted):
    article, original = Article.objects.get(), Original.objects.get()
    trashed(article)
    assert purge(due(), article.pk)
    assert originals().exists(original.file.name)

    delete = originals().delete

    def die(name):
        if deleted:
            delete(name)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(originals(), "delete", die)
        with pytest.raises(Killed):
            list(delete_files())
    assert originals().exists(original.file.name) is not deleted
    assert list(Tombstone.objects.unfinished()) == [Tombstone.objects.get()]
    assert list(due()) == []
    assert [*delete_files()] == [original.sha256]
    assert not originals().exists(original.file.name)
    assert [*delete_files()] == []


def test_bytes_that_came_back_before_their_file_went_keep_it(ferry):
    article = Article.objects.get()
    trashed(article)
    purge(due(), article.pk)
    lift(Tombstone.objects.all())
    assert import_files(ferry) == [("imported", "")]
    assert [*delete_files()] == []
    assert Original.objects.get().content() == FERRY.encode()
    assert not Tombstone.objects.unfinished().exists()


def test_people_named_elsewhere_only_by_a_report_in_the_trash_are_not_removed(ferry, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(FERRY.replace("sunk near", "raised off").replace("within minutes", "in an hour"))
    assert import_files(other) == [("imported", "")]
    first, second = Article.objects.order_by("pk")
    trashed(first)
    put_into_trash(second.pk, "Another reason.")
    assert purge(due(), first.pk).removed == []
    assert Person.objects.get().quotes.exists()
    assert make_person("Marta Quill") in Person.objects.visible()
    assert not Person.objects.visible().filter(name="Ilse Brandvold").exists()
