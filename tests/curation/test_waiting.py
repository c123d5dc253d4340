"""Whoever moves people's rows waits for imports and for edits of the same people, and goes by what these left."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection, transaction
from django.urls import reverse

from archive.curation.articles import revise_text
from archive.curation.marking import mark_furniture, reject_quote
from archive.curation.merging import merge
from archive.curation.refusal import Refused
from archive.curation.speakers import add_person
from archive.curation.splitting import Chosen, split
from archive.curation.undoing import undo
from archive.importing.articles import one_import_at_a_time
from archive.importing.description import Defaults
from archive.importing.documents import documents
from archive.importing.reextracting import reextract, shown
from archive.importing.run import run_import
from archive.models import Person, Quote
from tests.admin.forms import filled
from tests.clients import WhollyLoggedInClient
from tests.factories import TEXT, make_article, make_quote

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "the same man"


def waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]


def meanwhile(edit, task):
    """What the task returns that begins while the edit is not committed, and whether it waited for that."""

    def run():
        try:
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            edit()
            future = pool.submit(run)
            until = time.monotonic() + 30
            while not (waited := waiting()) and not future.done() and time.monotonic() < until:
                time.sleep(0.01)
        return future.result(30), waited


@pytest.mark.parametrize("what", ["merge", "undo", "split", "revise"])
def test_an_import_is_waited_for(what):
    omar, umar, vera, article = add_person("Omar Tarnov"), add_person("Umar Tarnov"), add_person("Vera"), make_article()
    quote = make_quote(article, '"We counted nine shells before dawn"', omar)
    [merger] = merge(omar.pk, [umar.pk], REASON)
    task = {
        "merge": lambda: merge(omar.pk, [vera.pk], REASON),
        "undo": lambda: undo(merger.pk),
        "split": lambda: split(omar.pk, Chosen([quote.pk]), REASON, taker=vera.pk),
        "revise": lambda: revise_text(article, f"{TEXT}\n\nMore.", based_on=1),
    }[what]
    assert meanwhile(one_import_at_a_time, task)[1]


def test_a_merge_keeps_the_note_that_an_editor_writes_this_moment():
    omar, umar = add_person("Omar Tarnov"), add_person("Umar Tarnov")
    edited = Person.objects.filter(pk=umar.pk)
    [transfer], _ = meanwhile(lambda: edited.update(note="not his son"), lambda: merge(omar.pk, [umar.pk], REASON))
    undo(transfer.pk)
    assert Person.objects.get(pk=umar.pk).note == "not his son"


def test_an_undoing_keeps_the_note_that_an_editor_writes_this_moment():
    omar, umar = add_person("Omar Tarnov"), add_person("Umar Tarnov")
    [transfer] = merge(omar.pk, [umar.pk], REASON)
    meanwhile(lambda: Person.objects.filter(pk=omar.pk).update(note="not his son"), lambda: undo(transfer.pk))
    assert Person.objects.get(pk=omar.pk).note == "not his son"


@pytest.mark.parametrize("what", ["merge", "undo"])
def test_a_quote_that_an_editor_gives_to_somebody_else_this_moment_is_theirs(what):
    omar, umar, vera = add_person("Omar Tarnov"), add_person("Umar Tarnov"), add_person("Vera")
    quote = make_quote(make_article(), '"We counted nine shells before dawn"', umar)
    task = partial(merge, omar.pk, [umar.pk], REASON)
    if what == "undo":
        [transfer] = task()
        task = partial(undo, transfer.pk)
    _, waited = meanwhile(lambda: Quote.objects.filter(pk=quote.pk).update(speaker=vera), task)
    assert waited
    quote.refresh_from_db()
    assert quote.speaker == vera


def test_an_editor_who_saves_a_quote_does_not_write_over_who_is_merged_this_moment(django_user_model):
    client = WhollyLoggedInClient()
    client.force_login(django_user_model.objects.create_superuser("editor"))
    omar, umar = add_person("Omar Tarnov"), add_person("Umar Tarnov")
    quote = make_quote(make_article(), '"We counted nine shells before dawn"', umar)
    address = reverse("admin:archive_quote_change", args=[quote.pk])
    data = filled(client.get(address), state="confirmed")
    edit = partial(Quote.objects.filter(pk=quote.pk).update, speaker=omar)
    answer, waited = meanwhile(edit, partial(client.post, address, data))
    assert waited
    assert "was changed after you opened" in answer.text
    quote.refresh_from_db()
    assert (quote.speaker, quote.state) == (omar, Quote.State.FOUND)


@pytest.mark.parametrize("what", ["import", "reextract"])
def test_what_an_editor_decides_this_moment_is_not_written_over(tmp_path, what):
    path = tmp_path / "wire.jsonl"
    said = "“We have no pilot left”, Omar Tarnov said."

    def imported(text):
        path.write_text(json.dumps({"title": "Harbour", "body": text, "id": "1"}))
        return list(run_import(documents([str(path)], None), command="test", defaults=Defaults(), jobs=1))

    imported(f"The harbour stayed closed.\n\n{said}")
    vera = add_person("Vera")
    edit = partial(Quote.objects.update, speaker=vera, role="pilot", state=Quote.State.CORRECTED)
    tasks = {
        "import": partial(imported, f"The harbour stayed closed on Friday.\n\n{said}"),
        "reextract": lambda: list(reextract(shown(), jobs=1)),
    }
    _, waited = meanwhile(edit, tasks[what])
    assert waited
    quote = Quote.objects.get()
    assert (quote.speaker, quote.role, quote.state, quote.gone) == (vera, "pilot", Quote.State.CORRECTED, "")
    assert quote.version.shown


@pytest.mark.parametrize(
    ("state", "task", "told"),
    [
        (Quote.State.CONFIRMED, mark_furniture, "An editor decided on the quotation"),
        (Quote.State.REJECTED, reject_quote, "not marked in the report any more"),
    ],
)
def test_who_marks_in_the_text_goes_by_what_another_editor_decides_this_moment(state, task, told):
    words = '"We counted nine shells before dawn"'
    article = make_article()
    quote = make_quote(article, words)
    start = TEXT.index(words)
    tasks = {
        mark_furniture: partial(mark_furniture, article.pk, start, start + len(words), based_on=1),
        reject_quote: partial(reject_quote, article.pk, quote.pk),
    }

    def refused():
        with pytest.raises(Refused, match=told):
            tasks[task]()

    assert meanwhile(partial(Quote.objects.update, state=state), refused)[1]
    quote.refresh_from_db()
    assert (quote.state, quote.gone) == (state, "")
