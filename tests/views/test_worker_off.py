"""What readers see while the worker is off and the index is behind: the search answers of what it knows, and no page
says what is no longer so."""

from datetime import date

import pytest

from archive.curation.withholding import hide
from archive.models import Article, Quote
from archive.search import sync
from archive.search.lock import WriterLock
from tests.factories import make_article, make_outlet, make_report_with_quote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_process_of_its_own(monkeypatch):
    """The one that an edit starts would ask for the archive's database, not the test's."""
    monkeypatch.setattr(sync, "_start_draining", lambda: None)


@pytest.fixture
def behind(index):
    """A report was added, one hidden, one has another title, a quotation was rejected: the index knows of nothing."""
    kept, vera, quote = make_report_with_quote("Bridge shelled", outlet=make_outlet(), published=date(2018, 5, 1))
    hidden, _, _ = make_report_with_quote("Secret bridge shelled", published=date(2018, 5, 2))
    renamed, _, rejected = make_report_with_quote("Bridge shelled again", published=date(2018, 5, 3))
    index()
    hide(hidden.pk, "It names a witness.")
    Article.objects.filter(pk=renamed.pk).update(title="Viaduct shelled again")
    Quote.objects.filter(pk=rejected.pk).update(state="rejected")
    added = make_article("Wheelhouse found", "Divers found the wheelhouse.", published=date(2019, 1, 1))
    return {"kept": kept, "hidden": hidden, "renamed": renamed, "added": added, "vera": vera, "quote": quote}


def shown(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.text


def test_the_search_finds_what_it_knows_as_it_is_now(client, behind):
    text = shown(client, "/search/?q=shelled")
    assert behind["kept"].get_absolute_url() in text
    assert "Viaduct" in text
    assert "Secret" not in text
    assert "Secret" not in shown(client, "/search/?q=secret")
    quotes = shown(client, "/search/?q=shells&kind=quotes")
    assert behind["kept"].get_absolute_url() in quotes
    assert behind["renamed"].get_absolute_url() not in quotes


def test_what_came_in_since_is_in_the_lists_and_has_its_page(client, behind):
    address = behind["added"].get_absolute_url()
    for page in ("/", "/reports/", "/reports/?year=2019"):
        assert address in shown(client, page)
    assert "Divers found" in shown(client, address)
    assert address not in shown(client, "/search/?q=wheelhouse")


def test_where_nothing_is_found_it_is_told_that_the_index_is_behind(client, behind):
    told = "what came in last is not found yet"
    assert told in shown(client, "/search/?q=wheelhouse")
    assert told not in shown(client, "/search/?q=shelled")
    with WriterLock() as lock:  # the worker is at work
        assert lock.acquire()
        assert told not in shown(client, "/search/?q=wheelhouse")
    sync.drain_if_nobody_does()
    assert told not in shown(client, "/search/?q=zeppelin")


def test_pages_that_ask_no_index_show_no_more_than_there_is(client, behind):
    assert "Secret" not in shown(client, "/") + shown(client, "/reports/")
    assert client.get(behind["hidden"].get_absolute_url()).status_code == 410
    person = shown(client, behind["vera"].get_absolute_url())
    assert behind["kept"].get_absolute_url() in person and "Secret" not in person


def test_once_the_worker_is_back_all_is_found(client, behind):
    sync.drain_if_nobody_does()
    assert behind["added"].get_absolute_url() in shown(client, "/search/?q=wheelhouse")
    assert behind["renamed"].get_absolute_url() not in shown(client, "/search/?q=secret")
