"""Readers see what editors changed, when and why: on a page of their own, as a feed, and with each record."""

from datetime import date

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.curation import corrections
from archive.curation.error_reports import decline
from archive.curation.merging import merge
from archive.curation.withholding import hide, put_into_trash, show_again
from archive.models import Article, Quote
from archive.search import sync
from tests.admin.forms import filled
from tests.factories import (
    make_error_report,
    make_mention,
    make_organisation,
    make_outlet,
    make_person,
    make_report_with_quote,
)
from tests.views.test_feeds import Atom

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_process_of_its_own(monkeypatch):
    """The one that an edit starts would ask for the archive's database, not the test's."""
    monkeypatch.setattr(sync, "_start_draining", lambda: None)


def change(record, reason="as printed", **fields):
    with pghistory.context(user=1, reason=reason):
        type(record).objects.filter(pk=record.pk).update(**fields)


def text_of(response) -> str:
    """What the page says, without marks."""
    assert response.status_code == 200
    return " ".join(response.text.split())


@pytest.fixture
def records():
    article, person, quote = make_report_with_quote("Bridge shelled", outlet=make_outlet())
    organisation = make_organisation("Harrow ministry")
    make_mention(article, organisation, "ministry")
    return {"report": article, "person": person, "quote": quote, "organisation": organisation}


def test_the_page_tells_what_was_changed_from_what_to_what_and_why(client, records):
    change(records["quote"], "It was <the mayor>.", speaker=make_person("Marta Quill"), state="corrected")
    change(
        records["report"], title="Bridge <hit>", published_earliest=date(2018, 5, 1), published_latest=date(2018, 5, 1)
    )
    page = text_of(client.get("/corrections/"))
    article = Article.objects.get()
    assert f'Report: <a href="/reports/{article.pk}/bridge-shelled/" dir="auto">Bridge &lt;hit&gt;</a>' in page
    assert 'Title: <del dir="auto">Bridge shelled</del> → <ins dir="auto">Bridge &lt;hit&gt;</ins>' in page
    assert 'Date: <del dir="auto">date not known</del> → <ins dir="auto">1 May 2018</ins>' in page
    assert f'Quote: <a href="/quotes/{records["quote"].pk}/" dir="auto">&quot;We counted nine shells' in page
    assert 'Speaker: <del dir="auto">Vera Lindqvist</del> → <ins dir="auto">Marta Quill</ins>' in page
    assert 'An editor’s reason: <span dir="auto">It was &lt;the mayor&gt;.</span>' in page
    assert page.index("Bridge &lt;hit&gt;</ins>") < page.index("Marta Quill")


def test_who_the_editor_was_stands_nowhere(client, django_user_model, records):
    editor = django_user_model.objects.create_superuser("rosa", "rosa@archive.example", "a long password")
    client.force_login(editor)
    address = reverse("admin:archive_article_change", args=[records["report"].pk])
    client.post(address, filled(client.get(address), title="Bridge hit"))
    client.logout()
    for where in ("/corrections/", "/corrections/feed.atom", records["report"].get_absolute_url()):
        page = client.get(where, follow=True).text
        assert "Bridge hit" in page and "The report says so." in page
        assert "rosa" not in page


@pytest.mark.parametrize(
    ("kind", "fields", "line"),
    [
        ("report", {"author": "A. Marsh"}, "author from none to A. Marsh"),
        ("quote", {"role": "Major", "state": "corrected"}, "role from Colonel to Major"),
        ("person", {"note": "The officer."}, "note from none to The officer."),
        ("organisation", {"wikidata_id": "Q42"}, "Wikidata id from none to Q42"),
    ],
)
def test_the_page_of_each_record_has_its_last_corrections(client, records, kind, fields, line):
    record = records[kind]
    own = f"/corrections/{kind}/{record.pk}/"
    assert own not in client.get(record.get_absolute_url()).text
    change(record, "It is so.", **fields)
    page = text_of(client.get(record.get_absolute_url()))
    assert f'<span dir="auto">{line}</span> — <span dir="auto">It is so.</span>' in page
    assert "Corrected on <time" in page and f'<a href="{own}">All corrections of this {kind}</a>' in page
    assert 'name="kind"' not in page  # of the search form
    assert "It is so." in client.get(own).text
    assert record.get_absolute_url() in client.get(own).text


def test_only_the_last_three_stand_there(client, records):
    for number in range(5):
        change(records["person"], f"reason {number}", note=f"note {number}")
    page = client.get(records["person"].get_absolute_url()).text
    assert [f"reason {number}" in page for number in range(5)] == [False, False, True, True, True]
    assert client.get(f"/corrections/person/{records['person'].pk}/").text.count("reason ") == 5


def test_an_answer_to_a_reader_is_no_correction(client, records):
    report = make_error_report(records["person"])
    with pghistory.context(user=1):
        decline(report.pk, "The report says so.")
    assert "Answered on <time" in client.get(records["person"].get_absolute_url()).text
    page = text_of(client.get("/corrections/"))
    assert "Error reported by a reader: declined" in page
    assert 'An editor answered: <span dir="auto">The report says so.</span>' in page


def test_the_list_goes_on(client, records):
    for number in range(32):
        change(records["report"], f"reason {number}.", author=f"A. Marsh {number}")
    first = client.get("/corrections/")
    assert "reason 31." in first.text and "reason 2." in first.text and "reason 1." not in first.text
    [following] = [part.split('"')[0] for part in first.text.split('href="/corrections/?after=')[1:]]
    second = client.get("/corrections/", {"after": following})
    assert "reason 1." in second.text and "reason 0." in second.text and "reason 2." not in second.text
    assert "?after=" not in second.text and 'href="/corrections/"' in second.text
    assert client.get("/corrections/", {"after": "12-zz"}).status_code == 404


def test_nothing_was_corrected_yet(client, records):
    assert "Nothing was corrected yet." in client.get("/corrections/").text
    assert Atom(client.get("/corrections/feed.atom")).entries == []


def test_where_readers_see_nothing_of_many_changes_the_page_leads_on(client, records, monkeypatch):
    monkeypatch.setattr(corrections, "BATCH", 1)
    change(records["person"], note="The officer.")
    for number in range(10):
        change(records["report"], title=f"Secret bridge {number}")
    hide(records["report"].pk, "a witness")
    make_mention(make_report_with_quote("Ferry sunk")[0], records["person"], "Lindqvist")
    page = client.get("/corrections/").text
    assert "Of the latest changes readers see nothing now." in page and "Nothing was corrected yet." not in page
    [following] = [part.split('"')[0] for part in page.split('href="/corrections/?after=')[1:]]
    assert "The officer." in client.get("/corrections/", {"after": following}).text


def test_the_feed_has_each_correction_once_under_an_address_of_its_own(client, records):
    change(records["report"], "The masthead says so.", title="Bridge hit")
    change(records["person"], note="The officer.")
    feed = Atom(client.get("/corrections/feed.atom"))
    assert feed.titles == ["Corrected: Vera Lindqvist", "Corrected: Bridge hit"]
    assert feed.summaries == [
        "Note from none to The officer. – as printed",
        "Title from Bridge shelled to Bridge hit – The masthead says so.",
    ]
    assert len({*feed.of("id")}) == 2 and all(each.startswith("urn:uuid:") for each in feed.of("id"))
    assert "/corrections/feed.atom" in client.get("/").text
    assert '<a href="/corrections/">Corrections</a>' in client.get("/").text


def test_whoever_has_the_feed_gets_it_anew_only_where_it_changed(client, records):
    change(records["person"], note="The officer.")
    tag = client.get("/corrections/feed.atom").headers["ETag"]
    assert client.get("/corrections/feed.atom", headers={"if-none-match": tag}).status_code == 304
    hide(records["report"].pk, "a witness")
    assert client.get("/corrections/feed.atom", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("withhold", [hide, put_into_trash])
def test_of_a_hidden_report_no_address_tells_anything(client, records, withhold):
    change(records["report"], "secret reason", title="Secret bridge")
    change(records["quote"], "secret reason", role="secret agent")
    change(records["person"], "secret reason", note="secret officer")
    change(records["organisation"], "secret reason", note="secret body")
    addresses = [f"/corrections/{kind}/{record.pk}/" for kind, record in records.items()]
    assert all("secret reason" in client.get(each).text for each in addresses)
    withhold(records["report"].pk, "It names a witness.")
    for where in ("/corrections/", "/corrections/feed.atom"):
        page = client.get(where)
        assert page.status_code == 200
        assert "ecret" not in page.text and "Lindqvist" not in page.text
    for where in addresses:
        page = client.get(where)
        assert page.status_code == 410
        assert "ecret" not in page.text and "Lindqvist" not in page.text


def test_it_is_told_again_when_the_report_is_shown_again(client, records):
    change(records["report"], title="Secret bridge")
    hide(records["report"].pk, "a witness")
    show_again(records["report"].pk, "the witness agrees")
    page = client.get("/corrections/").text
    assert "Secret bridge" in page and "witness" not in page


def test_of_a_rejected_quote_the_words_are_not_told(client, records):
    change(records["quote"], "no quotation", state="rejected")
    page = text_of(client.get("/corrections/"))
    assert f'<a href="/quotes/{records["quote"].pk}/" dir="auto">a quotation</a>' in page
    assert "Quotation taken out: it is none" in page and "nine shells" not in page


def test_the_corrections_of_somebody_who_was_merged_are_at_who_stayed(client, records):
    other = make_person("Wera Lindqvist")
    with pghistory.context(user=1):
        merge(records["person"].pk, [other.pk], "one officer")
    page = text_of(client.get(f"/corrections/person/{other.pk}/"))
    assert "Wera Lindqvist merged into Vera Lindqvist" in page


@pytest.mark.parametrize("where", ["report/9", "quote/9", "person/9", "organisation/9", "outlet/1", f"report/{9**30}"])
def test_what_is_not_there_has_no_corrections(client, records, where):
    assert client.get(f"/corrections/{where}/").status_code == 404


def test_the_page_costs_as_many_queries_for_many_as_for_few(client, records):
    def queries(where):
        with CaptureQueriesContext(connection) as captured:
            client.get(where)
        return len(captured)

    def edit(number):
        change(records["report"], title=f"Bridge {number}", outlet=make_outlet(f"Outlet {number}"))
        change(records["quote"], speaker=make_person(f"Marta Quill {number}"), state="corrected")
        change(records["organisation"], note=f"note {number}")

    edit(0)
    addresses = ["/corrections/", "/corrections/feed.atom", f"/reports/{records['report'].pk}/bridge-0/"]
    few = [queries(where) for where in addresses]
    for number in range(1, 8):
        edit(number)
    assert [queries(where) for where in addresses] == few
    assert few[0] <= 15


def test_what_an_editor_set_is_told_apart_from_what_came(client, django_user_model, records):
    address = records["report"].get_absolute_url()
    assert "Set by an editor" not in client.get(address).text
    client.force_login(django_user_model.objects.create_superuser("rosa", "rosa@archive.example", "a long password"))
    admin = reverse("admin:archive_article_change", args=[records["report"].pk])
    client.post(admin, filled(client.get(admin), author="A. Marsh", published="2018-05"))
    assert "Set by an editor: author, date. All else is as it came." in client.get(address).text
    person = records["person"]
    assert "set by an editor" not in client.get(person.get_absolute_url()).text
    admin = reverse("admin:archive_person_change", args=[person.pk])
    client.post(admin, filled(client.get(admin), name="Vera S. Lindqvist", note="The officer.", wikidata_id="Q42"))
    page = text_of(client.get("/people/vera-s-lindqvist/"))
    assert "The name is as an editor has set it." in page
    assert 'Note by an editor: <span dir="auto">The officer.</span>' in page
    assert 'Wikidata Q42</a> <span class="note">(set by an editor)</span>' in page
    assert 'Other names: <span dir="auto">Lindqvist</span>; <span dir="auto">Vera Lindqvist</span> </p>' in page
    client.post(admin, filled(client.get(admin), name="Vera Lindqvist"))
    page = text_of(client.get("/people/vera-lindqvist/"))
    assert "The name is as an editor has set it." not in page
    assert '<span dir="auto">Vera S. Lindqvist</span> <span class="note">(set by an editor)</span>' in page
    assert Quote.objects.get().state == "found"


@pytest.mark.parametrize("kind", ["report", "person", "quote", "organisation"])
def test_who_may_edit_a_record_has_a_link_to_do_so_and_nobody_else(client, make_user, records, kind):
    record = records[kind]
    page = record.get_absolute_url()
    link = reverse(f"admin:archive_{record._meta.model_name}_change", args=[record.pk])
    assert "/admin/" not in text_of(client.get(page))
    client.force_login(make_user("contributor"))
    assert "/admin/" not in text_of(client.get(page))
    client.force_login(make_user("editor"))
    shown = client.get(page)
    assert f'<a href="{link}" rel="nofollow">Edit</a>' in text_of(shown)
    assert "Cookie" in shown["Vary"], "kept for nobody else"
    assert client.get(link).status_code == 200
