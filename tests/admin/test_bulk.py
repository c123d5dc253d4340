"""An editor changes all that a search finds, sees before what that comes to, and undoes it as one."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from archive.curation import bulk
from archive.curation.withholding import hide
from archive.models import Article, BulkChange, OutboxEntry, Quote
from archive.search import sync
from tests.factories import make_article, make_outlet, make_report_with_quote

pytestmark = pytest.mark.django_db

NEW = reverse("admin:archive_bulkchange_new")


@pytest.fixture(autouse=True)
def _no_process(monkeypatch):
    """Nothing is committed in these tests, so no process could take anything in."""
    monkeypatch.setattr(sync, "drain_in_background", lambda: None)


def indexed(*reports):
    sync.build()
    return reports


def ask(client, query, **fields):
    """Fills in the form of what to do, as a browser does, and gives the page that it leads to."""
    fields.setdefault("reason", "The outlet was misread.")
    return client.post(f"{NEW}?{query}", fields, follow=True)


def step(client, name, change=None):
    change = change or BulkChange.objects.get()
    return client.post(reverse(f"admin:archive_bulkchange_{name}", args=[change.pk]), follow=True)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def with_permissions(client, django_user_model, *permissions):
    user = django_user_model.objects.create_user("helper", password="a long password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions, content_type__app_label="archive"))
    client.force_login(user)


def test_the_outlet_of_all_found_is_set_and_the_change_undone(client, editor):
    gazette, post = make_outlet("Harrow Gazette"), make_outlet("Almera Post")
    misread = [make_article(f"Bridge {number}", outlet=gazette) for number in range(3)]
    other = make_article("Ferry sunk", text="A ferry sank.", outlet=gazette)
    indexed()
    page = client.get(f"{NEW}?q=bridge")
    assert "finds 3 reports." in text(page)
    assert "Readers are told it: among the corrections, or, of a hidden report, at its address." in text(page)
    page = ask(client, "q=bridge", action="outlet", outlet=post.pk)
    assert "Nothing is changed yet." in text(page)
    assert "Found</th> <td>3</td>" in text(page)
    assert "Will be changed</th> <td>3</td>" in text(page)
    assert text(page).count("<td>Harrow Gazette</td> <td>Almera Post</td>") == 3
    assert not Article.objects.filter(outlet=post).exists()

    page = step(client, "do")
    assert "Done." in text(page)
    assert set(Article.objects.filter(outlet=post)) == set(misread)
    assert all(article.edited == ["outlet"] for article in Article.objects.filter(outlet=post))
    assert Article.objects.get(pk=other.pk).outlet == gazette
    history = client.get(reverse("admin:archive_article_history", args=[misread[0].pk])).context["changes"]
    [told] = [change for change in history if change.why]
    assert (told.who, told.why) == ("editor", "The outlet was misread.")
    assert told.through.endswith(f"/{BulkChange.objects.get().pk}/do/, change in bulk {BulkChange.objects.get().pk}")

    page = step(client, "undo")
    assert "Undone." in text(page)
    assert set(Article.objects.filter(outlet=gazette)) == {*misread, other}
    assert all(article.edited == [] for article in Article.objects.all())


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ({"published": "2018-05-30"}, (date(2018, 5, 30), date(2018, 5, 30))),
        ({"published": "2018-05"}, (date(2018, 5, 1), date(2018, 5, 31))),
        ({"published": "2018"}, (date(2018, 1, 1), date(2018, 12, 31))),
        ({"undated": "on"}, (None, None)),
    ],
)
def test_the_date_is_set_as_far_as_it_is_known(client, editor, written, days):
    article = make_article("Bridge", published=date(2001, 1, 2))
    indexed()
    ask(client, "q=bridge", action="date", **written)
    step(client, "do")
    article.refresh_from_db()
    assert (article.published_earliest, article.published_latest) == days
    assert article.edited == ["published"]
    step(client, "undo")
    article.refresh_from_db()
    assert (article.published_earliest, article.published_latest) == (date(2001, 1, 2), date(2001, 1, 2))


def test_all_found_are_hidden_and_shown_again(client, editor):
    for number in range(2):
        make_article(f"Bridge {number}")
    indexed()
    ask(client, "q=bridge", action="hide", reason="They name a witness.")
    step(client, "do")
    assert [one.hidden_reason for one in Article.objects.in_state("hidden")] == ["They name a witness."] * 2
    assert OutboxEntry.objects.filter(kind="article").exists()
    step(client, "undo")
    assert Article.objects.visible().count() == 2


def test_quotations_are_confirmed_but_for_those_that_an_editor_decided(client, editor):
    quotes = [make_report_with_quote(f"Bridge {number}")[2] for number in range(3)]
    Quote.objects.filter(pk=quotes[0].pk).update(state="corrected")
    indexed()
    page = client.get(f"{NEW}?q=shells&kind=quotes")
    assert 'name="outlet"' not in text(page)
    page = ask(client, "q=shells&kind=quotes", action="confirm")
    assert "An editor had decided otherwise: stay </th> <td>1</td>" in text(page)
    step(client, "do")
    assert sorted(Quote.objects.values_list("state", flat=True)) == ["confirmed", "confirmed", "corrected"]
    step(client, "undo")
    assert sorted(Quote.objects.values_list("state", flat=True)) == ["corrected", "found", "found"]


def test_what_an_editor_had_set_otherwise_is_told_and_left_unless_overruled(client, editor):
    gazette, post = make_outlet("Harrow Gazette"), make_outlet("Almera Post")
    theirs = make_article("Bridge one", outlet=gazette, edited=["outlet"])
    already = make_article("Bridge two", outlet=post, edited=["outlet"])
    imported = make_article("Bridge three", outlet=post)
    free = make_article("Bridge four")
    indexed()
    page = ask(client, "q=bridge", action="outlet", outlet=post.pk)
    for label, count in (
        ("Found", 4),
        ("Will be changed", 1),
        ("Already so, noted as an editor's: no import changes it from now on", 1),
        ("Are so already", 1),
        ("An editor had decided otherwise: stay", 1),
    ):
        assert f"{label} </th> <td>{count}</td>".replace(" </th>", "</th>") in text(page).replace(" </th>", "</th>")
    assert "unchanged: left as an editor had set it" in text(page)
    assert "<td>Almera Post</td> <td>already so, noted as an editor&#x27;s</td>" in text(page)
    assert "<td>not known</td> <td>Almera Post</td>" in text(page)
    assert 'value="Change 1, note 1"' in text(page)
    page = step(client, "do")
    assert "Left as an editor had set it" in text(page)
    assert f">{theirs}</a>" in text(page)
    assert set(Article.objects.filter(outlet=post)) == {already, imported, free}
    assert Article.objects.get(pk=imported.pk).edited == ["outlet"]

    ask(client, "q=bridge", action="outlet", outlet=post.pk, overrules="on")
    step(client, "do", BulkChange.objects.get(state="draft"))
    assert Article.objects.filter(outlet=post).count() == 4


def test_what_is_all_so_already_may_be_noted_and_what_is_noted_is_left(client, editor):
    make_article("Bridge", outlet=make_outlet("Almera Post"))
    indexed()
    page = ask(client, "q=bridge", action="outlet", outlet=Article.objects.get().outlet_id)
    assert "Will be changed</th> <td>0</td>" in text(page) and 'value="Note 1" class="default" >' in text(page)
    step(client, "do")
    assert Article.objects.get().edited == ["outlet"]
    page = ask(client, "q=bridge", action="outlet", outlet=Article.objects.get().outlet_id)
    assert 'value="Change 0" class="default" disabled>' in text(page)


def test_what_was_changed_later_is_left_alone_and_named(client, editor):
    post, gazette = make_outlet("Almera Post"), make_outlet("Harrow Gazette")
    first, second = make_article("Bridge one"), make_article("Bridge two")
    indexed()
    ask(client, "q=bridge", action="outlet", outlet=post.pk)
    step(client, "do")
    Article.objects.filter(pk=first.pk).update(outlet=gazette)
    page = step(client, "undo")
    assert "<h2>Changed later, and left so</h2>" in text(page)
    assert f">{first}</a>" in text(page)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.outlet, second.outlet) == (gazette, None)


def test_what_has_left_the_readers_meanwhile_is_skipped_and_told(client, editor):
    first, second = make_article("Bridge one"), make_article("Bridge two")
    indexed()
    ask(client, "q=bridge", action="outlet", outlet=make_outlet().pk)
    hide(first.pk, "It names a witness.")
    page = step(client, "do")
    assert "<h2>No longer there, or no longer shown to readers</h2>" in text(page)
    assert Article.objects.get(outlet__isnull=False) == second


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"action": "outlet"}, "Choose the outlet."),
        ({"action": "date"}, "Write the date, or mark that it is not known."),
        ({"action": "date", "published": "2018", "undated": "on"}, "A date is written: take it out"),
        ({"action": "date", "published": "6/7/2016"}, "two ways"),
        ({"action": "hide", "reason": " "}, "Say why."),
        ({"action": "confirm"}, "Select a valid choice."),
        ({}, "This field is required."),
    ],
)
def test_what_does_not_say_enough_is_asked_again(client, editor, fields, told):
    make_article("Bridge")
    indexed()
    page = ask(client, "q=bridge", **fields)
    assert told in text(page)
    assert not BulkChange.objects.exists()


def test_a_change_that_was_only_looked_at_is_forgotten(client, editor):
    article = make_article("Bridge")
    indexed()
    ask(client, "q=bridge", action="hide")
    assert "Nothing was changed." in text(step(client, "discard"))
    assert not BulkChange.objects.exists()
    assert Article.objects.visible().get() == article


def test_a_step_is_done_once(client, editor):
    make_article("Bridge")
    indexed()
    ask(client, "q=bridge", action="hide")
    step(client, "do")
    assert "This change is done by now." in text(step(client, "do"))
    assert "This change is done by now: undo it instead." in text(step(client, "discard"))
    step(client, "undo")
    assert "there is nothing to undo" in text(step(client, "undo"))
    change = BulkChange.objects.get()
    for name in ("do", "undo", "discard", "go-on"):
        client.get(reverse(f"admin:archive_bulkchange_{name}", args=[change.pk]))
    change.refresh_from_db()
    assert change.state == "undone"


def test_a_search_for_nothing_or_for_people_changes_nothing(client, editor):
    make_article("Bridge")
    indexed()
    assert "Search for something first" in text(client.get(NEW, follow=True))
    assert client.get(f"{NEW}?q=bridge&kind=people").status_code == 403
    assert client.get(f"{NEW}?q=bridge&outlet=none-of-this-name").status_code == 404
    assert "at most" in text(client.get(f"{NEW}?q={'a' * 1001}", follow=True))


def test_without_an_index_it_says_so(client, editor):
    assert "The search is being prepared." in text(client.get(f"{NEW}?q=bridge", follow=True))


def test_the_results_and_the_lists_lead_editors_there(client, editor, django_user_model):
    make_report_with_quote("Bridge")
    indexed()
    link = "Change all of these</a>"
    assert f'<a href="{NEW}?q=bridge">{link}' in text(client.get("/search/?q=bridge&page=1"))
    assert f'<a href="{NEW}?q=shells&amp;kind=quotes">{link}' in text(client.get("/search/?q=shells&kind=quotes"))
    page = text(client.get(reverse("admin:archive_quote_changelist"), {"q": "shells"}))
    assert f'<a href="{NEW}?q=shells&amp;kind=quotes">Change all that these words find</a>' in page
    assert "Change all that" not in text(client.get(reverse("admin:archive_article_changelist")))
    with_permissions(client, django_user_model, "view_article", "change_quote")
    assert link not in text(client.get("/search/?q=bridge"))
    assert link in text(client.get("/search/?q=shells&kind=quotes"))
    client.logout()
    assert link not in text(client.get("/search/?q=shells&kind=quotes"))


def test_who_may_not_change_records_may_not_in_bulk(client, editor, django_user_model):
    make_report_with_quote("Bridge")
    indexed()
    ask(client, "q=bridge", action="hide")
    change = BulkChange.objects.get()
    page = reverse("admin:archive_bulkchange_change", args=[change.pk])
    with_permissions(client, django_user_model, "view_article", "change_quote")
    assert client.get(f"{NEW}?q=bridge").status_code == 403
    assert ask(client, "q=bridge", action="hide").status_code == 403
    assert ask(client, "q=shells&kind=quotes", action="hide").status_code == 200  # told that this is no choice
    for name in ("do", "undo", "discard", "go-on"):
        assert step(client, name).status_code == 403
    assert client.get(page).status_code == 200
    client.logout()
    for address in (f"{NEW}?q=bridge", page):
        assert client.get(address).status_code == 302
    assert step(client, "do").status_code == 200  # the page to log in
    change.refresh_from_db()
    assert change.state == "draft"


def test_the_list_shows_all_changes_with_few_queries(client, editor, django_assert_max_num_queries):
    make_article("Bridge")
    indexed()
    for _ in range(5):
        ask(client, "q=bridge", action="hide")
    with django_assert_max_num_queries(12):
        page = client.get(reverse("admin:archive_bulkchange_changelist"))
    assert text(page).count("“bridge”") == 5


def test_a_large_one_tells_how_far_it_is(client, editor, monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 1)
    monkeypatch.setattr(bulk, "SLICE", 2)
    for number in range(5):
        make_article(f"Bridge {number}")
    indexed()
    page = ask(client, "q=bridge", action="hide")
    assert "bit by bit by the worker" in text(page)
    page = step(client, "do")
    assert "It is being done: 0 of 5." in text(page)
    assert "No worker is running." in text(page)
    assert page.headers["Refresh"] == "4"
    bulk.do_slice()
    change = BulkChange.objects.get()
    address = reverse("admin:archive_bulkchange_change", args=[change.pk])
    assert "It is being done: 2 of 5." in text(client.get(address))
    assert "Refresh" not in client.get(address, {"still": "yes"}).headers  # for who reads slowly
    while bulk.do_slice():
        pass
    page = client.get(address)
    assert "Changed</th> <td>5</td>" in text(page)
    assert "Refresh" not in page.headers


def test_where_some_words_are_enough_it_is_told_and_all_may_be_asked_for(client, editor):
    make_article("Bridge shelled twice")
    make_article("Bridge repaired")
    indexed()
    page = text(client.get(f"{NEW}?q=bridge+twice"))
    assert "finds 2 reports." in page
    assert f'<a href="{NEW}?q=bridge+twice&amp;match=all">Change only the 1 with all words</a>' in page
    assert "None of them has all of the words." in text(client.get(f"{NEW}?q=bridge+unheard"))
    page = text(client.get(f"{NEW}?q=%2Bbridge+AND+unheard"))
    assert "Nothing has all of this. Shown is what has some of it." in page


def test_a_change_has_a_history_of_its_own(client, editor):
    make_article("Bridge")
    indexed()
    ask(client, "q=bridge", action="hide")
    step(client, "do")
    page = client.get(reverse("admin:archive_bulkchange_history", args=[BulkChange.objects.get().pk]))
    assert {change.who for change in page.context["changes"]} == {"editor"}
