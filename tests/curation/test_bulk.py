"""Many records are changed and given back as one: in slices, once each, whatever happens meanwhile."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import count
from threading import Event

import pghistory.models
import pytest
from django.db import connection

from archive.curation import bulk
from archive.curation.bulk import begin, discard, do_slice, go_on, prepare, undo
from archive.curation.purging import in_trash, purge
from archive.curation.refusal import Refused
from archive.curation.withholding import hide, put_into_trash, show_again
from archive.importing.articles import Outcome
from archive.importing.description import Defaults
from archive.importing.documents import JSON_RECORD, Document
from archive.importing.run import run_import
from archive.models import Article, BulkChange, OutboxEntry, Outlet, Quote
from tests.factories import make_article, make_outlet, make_report_with_quote

pytestmark = pytest.mark.django_db
MANY = 2_500
numbers = count(1)


def make_many(number: int = MANY) -> list[int]:
    articles = [
        Article(title=f"Report {n}", slug="report", identity=f"id:many-{next(numbers)}", published_earliest=None)
        for n in range(number)
    ]
    return [article.pk for article in Article.objects.bulk_create(articles)]


def prepared(keys, action="outlet", **fields) -> BulkChange:
    if action == "outlet":
        fields.setdefault("outlet", make_outlet("Almera Post"))
    return prepare(BulkChange(action=action, query="q=report", reason="It was misread.", **fields), [list(keys)])


def do_all() -> int:
    slices = 0
    while do_slice():
        slices += 1
    return slices


def rows_of_history():
    return list(Article.objects.order_by("pk").values())


def test_many_are_done_in_slices_and_undone_as_one(django_user_model):
    editor = django_user_model.objects.create_user("editor")
    other = django_user_model.objects.create_user("other")
    keys = make_many()
    before = rows_of_history()
    change = begin(prepared(keys).pk, editor)
    assert (change.state, change.counts()) == ("doing", {"waiting": MANY})
    assert do_all() == MANY // bulk.SLICE + 1
    change.refresh_from_db()
    assert (change.state, change.counts()) == ("done", {"changed": MANY})
    assert Article.objects.filter(outlet=change.outlet, edited=["outlet"]).count() == MANY

    change = undo(change.pk, other)
    assert change.state == "undoing"
    do_all()
    change.refresh_from_db()
    assert (change.state, change.counts()) == ("undone", {"undone": MANY})
    assert rows_of_history() == before


def test_the_history_of_each_tells_who_and_why_and_which_change(django_user_model):
    editor = django_user_model.objects.create_user("editor")
    keys = make_many(bulk.AT_ONCE + 1)
    change = begin(prepared(keys).pk, editor)
    do_all()
    undo(change.pk, editor)
    do_all()
    events = pghistory.models.Events.objects.tracks(Article.objects.get(pk=keys[0])).order_by("pgh_slug")
    told = sorted(
        (
            event.pgh_context["reason"],
            event.pgh_context["user"],
            event.pgh_context["bulk"],
            event.pgh_context["command"],
        )
        for event in events
        if event.pgh_label == "changed"
    )
    assert told == [
        (f"Change in bulk {change.pk} was undone (It was misread.)", editor.pk, change.pk, "worker"),
        ("It was misread.", editor.pk, change.pk, "worker"),
    ]


def test_few_are_done_at_once_and_the_index_is_told():
    keys = make_many(bulk.AT_ONCE)
    change = prepared(keys)
    OutboxEntry.objects.all().delete()
    assert begin(change.pk).state == "done"
    assert OutboxEntry.objects.filter(kind="article").values("key").distinct().count() == bulk.AT_ONCE
    assert not do_slice()
    assert undo(change.pk).state == "undone"


def test_of_an_undoing_in_the_middle_nothing_more_is_done():
    keys = make_many()
    before = rows_of_history()
    change = begin(prepared(keys).pk)
    do_slice()
    undo(change.pk)
    do_all()
    assert change.counts() == {"undone": bulk.SLICE, "stopped": MANY - bulk.SLICE}
    assert rows_of_history() == before


def test_what_a_change_will_come_to_is_counted_in_two_queries(django_assert_num_queries):
    post, other = make_outlet("Almera Post"), make_outlet("Harrow Gazette")
    edited = ["outlet"]
    articles = [
        make_article("Free"),
        make_article("Other", outlet=other),
        make_article("Noted", outlet=post),
        make_article("Same", outlet=post, edited=edited),
        make_article("Kept", outlet=other, edited=edited),
        make_article("Kept as not known", edited=edited),
    ]
    hide(make_article("Gone").pk, "A witness.")
    keys = [*Article.objects.filter(hidden__isnull=False).values_list("pk", flat=True), *(one.pk for one in articles)]
    change = prepared(keys, outlet=post)
    with django_assert_num_queries(2):
        told = bulk.foreseen(change)
    assert told == bulk.Foreseen(found=7, gone=1, same=1, decided=2, noted=1, changed=2)
    assert begin(change.pk).counts() == {"gone": 1, "same": 1, "kept": 2, "changed": told.written}
    overruling = prepared(keys, outlet=make_outlet("Kabul Times"), overrules=True)
    assert bulk.foreseen(overruling) == bulk.Foreseen(found=7, gone=1, same=0, decided=6, noted=0, changed=6)


def test_of_a_change_to_hidden_or_confirmed_it_is_foreseen_too():
    keys = make_many(2)
    assert bulk.foreseen(prepared(keys, "hide")) == bulk.Foreseen(2, 0, 0, 0, 0, 2)
    quotes = [make_report_with_quote(f"Report {n}")[2] for n in range(4)]
    for quote, state in zip(quotes, ["corrected", "confirmed", "rejected"], strict=False):
        Quote.objects.filter(pk=quote.pk).update(state=state)
    change = prepared([quote.pk for quote in quotes], "confirm")
    assert bulk.foreseen(change) == bulk.Foreseen(found=4, gone=1, same=1, decided=1, noted=0, changed=1)


def test_what_is_not_there_any_more_or_withheld_is_skipped_and_stays():
    keys = make_many(4)
    put_into_trash(keys[0], "A forgery.")
    hide(keys[1], "A witness.")
    change = begin(prepared([*keys, keys[-1] + 1]).pk)
    assert change.counts() == {"gone": 3, "changed": 2}
    show_again(keys[1], "No witness.")
    put_into_trash(keys[2], "A forgery.")
    purge(in_trash(), keys[2])
    undo(change.pk)
    assert change.counts() == {"gone": 4, "undone": 1}


def test_two_changes_of_one_value_are_undone_in_any_order():
    [key] = make_many(1)
    first = begin(prepared([key]).pk)
    second = begin(prepared([key], outlet=make_outlet("Harrow Gazette"), overrules=True).pk)
    undo(first.pk)
    assert first.counts() == {"later": 1}
    undo(second.pk)
    article = Article.objects.get()
    assert (article.outlet, article.edited) == (first.outlet, ["outlet"])


def test_an_undoing_keeps_what_else_was_edited_later():
    article = make_article(published=date(2018, 5, 30))
    change = begin(prepared([article.pk], "date").pk)
    Article.objects.filter(pk=article.pk).update(title="Another title", edited=["published", "title"])
    undo(change.pk)
    article.refresh_from_db()
    assert (article.title, article.edited) == ("Another title", ["title"])
    assert article.published_latest == date(2018, 5, 30)


def test_hidden_again_by_somebody_else_it_stays_hidden():
    [key] = make_many(1)
    change = begin(prepared([key], "hide").pk)
    show_again(key, "No witness.")
    hide(key, "It was misread.")
    undo(change.pk)
    assert change.counts() == {"later": 1}
    assert Article.objects.get().state == "hidden"


def test_a_confirmed_quotation_that_was_corrected_since_stays_so():
    first, second = (make_report_with_quote(f"Report {n}")[2] for n in range(2))
    change = begin(prepared([first.pk, second.pk], "confirm").pk)
    Quote.objects.filter(pk=first.pk).update(state="corrected")
    undo(change.pk)
    assert sorted(Quote.objects.values_list("state", flat=True)) == ["corrected", "found"]


def report(**fields) -> Document:
    data = json.dumps({"id": "one", "title": "Bridge", "body": "A bridge was shelled.", **fields}).encode()
    return Document("report.jsonl:1", "report.jsonl", JSON_RECORD, data, len(data))


def imported(**fields) -> Outcome:
    [(_, result)] = run_import([report(**fields)], command="test", defaults=Defaults(), jobs=1)
    return result.outcome


def test_an_import_leaves_alone_what_was_set_until_that_is_undone():
    imported(source="Harrow Gazette")
    article = Article.objects.get()
    change = begin(prepared([article.pk]).pk)
    assert imported(source="Harrow Gazette", author="A. Writer") == Outcome.IMPORTED
    article.refresh_from_db()
    assert (article.outlet.name, article.author) == ("Almera Post", "A. Writer")
    undo(change.pk)
    article.refresh_from_db()
    assert article.outlet.name == "Harrow Gazette"
    imported(source="Kabul Times")
    article.refresh_from_db()
    assert article.outlet.name == "Kabul Times"


def test_of_a_search_that_finds_nothing_there_is_no_change():
    with pytest.raises(Refused, match="finds nothing"):
        prepared([])
    assert not BulkChange.objects.exists()


def test_what_does_not_fit_the_state_is_refused():
    keys = make_many(1)
    change = prepared(keys)
    with pytest.raises(Refused, match="nothing to undo"):
        undo(change.pk)
    with pytest.raises(Refused, match="Nothing has stopped"):
        go_on(change.pk)
    begin(change.pk)
    with pytest.raises(Refused, match="done by now"):
        begin(change.pk)
    with pytest.raises(Refused, match="undo it instead"):
        discard(change.pk)
    with pytest.raises(Refused, match="no such change"):
        begin(change.pk + 1)


def test_drafts_that_nobody_began_are_cleared_away_after_a_day():
    keys = make_many(1)
    old, new = prepared(keys), prepared(keys)
    BulkChange.objects.filter(pk=old.pk).update(made=old.made - bulk.DRAFTS_KEPT)
    third = prepared(keys)
    assert set(BulkChange.objects.all()) == {new, third}


@pytest.fixture
def refused(transactional_db):
    """A report that the database lets nobody change, until it is called."""
    [key] = make_many(1)

    def execute(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)

    def let():
        execute("ALTER TABLE archive_article DROP CONSTRAINT IF EXISTS odd")

    execute(f"ALTER TABLE archive_article ADD CONSTRAINT odd CHECK (id <> {key} OR outlet_id IS NULL)")
    yield key, let
    let()


def test_what_the_database_refuses_stops_the_change_and_no_other_and_it_goes_on(refused, monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 0)
    key, let = refused
    broken, well = begin(prepared([key]).pk), begin(prepared(make_many(1)).pk)
    do_all()
    broken.refresh_from_db()
    well.refresh_from_db()
    assert (broken.state, well.state) == ("doing", "done")
    assert "odd" in broken.problem
    assert broken.counts() == {"waiting": 1}
    let()
    go_on(broken.pk)
    do_all()
    broken.refresh_from_db()
    assert broken.state == "done"


def test_what_stopped_a_slice_is_not_noted_of_the_undoing_that_came_meanwhile(refused, monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 0)
    change = begin(prepared([refused[0]]).pk)
    stopped, noting, undone = bulk.log.exception, Event(), Event()

    def undo_meanwhile():
        try:
            noting.wait(30)
            undo(change.pk)
        finally:
            undone.set()
            connection.close()

    def told(*args):
        """Between the failure and the note of it, somebody has the change undone."""
        noting.set()
        undone.wait(1)
        stopped(*args)

    monkeypatch.setattr(bulk.log, "exception", told)
    with ThreadPoolExecutor(1) as pool:
        undoing = pool.submit(undo_meanwhile)
        do_slice()
        undoing.result(30)
    do_all()
    change.refresh_from_db()
    assert (change.state, change.problem) == ("undone", "")


def test_an_outlet_that_is_gone_by_the_end_of_a_slice_stops_the_change_too(transactional_db, monkeypatch):
    """The database looks at references last of all."""
    monkeypatch.setattr(bulk, "AT_ONCE", 0)
    article = make_article(outlet=make_outlet("Harrow Gazette"))
    change = begin(prepared([article.pk]).pk)
    do_all()
    change = undo(change.pk)
    Outlet.objects.filter(name="Harrow Gazette").delete()
    do_all()
    change.refresh_from_db()
    assert change.state == "undoing"
    assert "outlet" in change.problem


@pytest.mark.django_db(transaction=True)
def test_several_workers_do_each_slice_once():
    keys = make_many()
    changes = [begin(prepared(keys[: MANY // 2]).pk), begin(prepared(keys[MANY // 2 :]).pk)]

    def work(_):
        try:
            return do_all()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    do_all()  # who met only changes that others were at has gone home
    assert [change.counts() for change in changes] == [{"changed": MANY // 2}] * 2
    events = Article.pgh_event_models["changed"].objects.filter(pgh_label="changed")
    assert events.count() == MANY
    assert events.values("pgh_obj").distinct().count() == MANY


@pytest.mark.django_db(transaction=True)
def test_an_import_at_the_same_time_loses_nothing():
    documents = [report(id=f"at-once-{n}", source="Harrow Gazette", body=f"Shelling {n}.") for n in range(400)]
    list(run_import(documents, command="test", defaults=Defaults(), jobs=1))
    keys = list(Article.objects.values_list("pk", flat=True))
    change = begin(prepared(keys).pk)
    again = [report(id=f"at-once-{n}", source="Kabul Times", body=f"Shelling {n}, again.") for n in range(400)]

    def run():
        try:
            return [result.outcome for _, result in run_import(again, command="test", defaults=Defaults(), jobs=1)]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        importing = pool.submit(run)
        do_all()
        assert set(importing.result(120)) == {Outcome.IMPORTED}
    assert change.counts() == {"changed": 400}
    assert Article.objects.filter(outlet=change.outlet, edited=["outlet"]).count() == 400
    assert Article.objects.filter(versions__number=2, versions__shown=True).count() == 400
