"""Editors hide reports and use the trash, each step with a reason; others may not."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from archive.curation.withholding import hide, put_into_trash
from archive.models import Article, OutboxEntry
from archive.search import sync
from tests.admin.forms import filled
from tests.factories import make_article, make_report_with_quote

pytestmark = pytest.mark.django_db

LABELS = {
    "hide": "Hide from readers",
    "show": "Show to readers again",
    "trash": "Put into the trash",
    "restore": "Take out of the trash",
}


@pytest.fixture(autouse=True)
def _no_process(monkeypatch):
    """Nothing is committed in these tests, so no process could take anything in."""
    monkeypatch.setattr(sync, "drain_in_background", lambda: None)


def address(article, step="change"):
    return reverse(f"admin:archive_article_{step}", args=[article.pk])


def offered(client, article):
    page = client.get(address(article)).content.decode()
    return [step for step, label in LABELS.items() if f'<a href="{address(article, step)}">{label}</a>' in page]


def take(client, article, step, reason="It names a witness."):
    return client.post(address(article, step), {"reason": reason}, follow=True)


def with_permissions(client, django_user_model, *permissions):
    user = django_user_model.objects.create_user("helper", password="a long password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions, content_type__app_label="archive"))
    client.force_login(user)


def test_the_report_goes_through_all_states_and_is_told_so(client, editor):
    article = make_article()
    assert offered(client, article) == ["hide", "trash"]
    for step, told, state, following in (
        ("hide", "The report is hidden from readers.", "hidden", ["show", "trash"]),
        ("trash", "The report is in the trash.", "trash", ["restore"]),
        ("restore", "The report is out of the trash.", "hidden", ["show", "trash"]),
        ("show", "Readers see the report again.", "visible", ["hide", "trash"]),
    ):
        page = client.get(address(article, step)).content.decode()
        assert f"<h1>{LABELS[step]}</h1>" in page
        assert '<label for="id_reason">Reason:</label>' in page
        OutboxEntry.objects.all().delete()
        assert told in take(client, article, step).content.decode()
        assert Article.objects.get().state == state
        assert OutboxEntry.objects.filter(kind="article", key=article.pk).exists()
        assert offered(client, article) == following


def test_without_a_reason_nothing_is_done(client, editor):
    article = make_article()
    for reason in ("", " \n"):
        page = take(client, article, "hide", reason)
        assert page.status_code == 200
        assert "Say why." in page.content.decode()
    assert Article.objects.get().state == "visible"
    assert client.get(address(article, "hide")).status_code == 200
    assert Article.objects.get().state == "visible"  # looking does nothing


def test_what_somebody_else_did_meanwhile_is_told(client, editor):
    article = make_article()
    hide(article.pk, "The first reason.")
    assert "Nothing was done: the report is hidden by now." in take(client, article, "hide").content.decode()
    assert Article.objects.get().hidden_reason == "The first reason."


def test_the_page_says_who_sees_it_since_when_and_why(client, editor):
    article = make_article()
    assert "All readers." in client.get(address(article)).content.decode()
    hide(article.pk, "It names\n<b>a witness</b>.")
    page = client.get(address(article)).content.decode()
    assert f"Nobody: hidden since {timezone.now():%Y-%m-%d}." in page
    assert "&lt;b&gt;a witness&lt;/b&gt;" in page
    put_into_trash(article.pk, "It is a forgery.")
    page = client.get(address(article)).content.decode()
    assert f"and removed for good after {timezone.now() + timedelta(days=30):%Y-%m-%d}." in page
    assert "It is a forgery." in page


def test_history_keeps_who_when_and_why(client, editor):
    article = make_article()
    take(client, article, "hide", "It names a witness.")
    take(client, article, "show", "The witness agrees.")
    history = client.get(reverse("admin:archive_article_history", args=[article.pk]))
    changes = [change for change in history.context["changes"] if change.why]
    assert {(change.who, change.why, change.through) for change in changes} == {
        ("editor", "The witness agrees.", address(article, "show")),
        ("editor", "It names a witness.", address(article, "hide")),
    }
    assert "Reason: The witness agrees." in history.content.decode()


def test_who_may_change_may_hide_but_not_trash(client, django_user_model):
    article = make_article()
    with_permissions(client, django_user_model, "view_article", "change_article")
    assert offered(client, article) == ["hide"]
    for step in ("trash", "restore"):
        assert client.get(address(article, step)).status_code == 403
        assert take(client, article, step).status_code == 403
    assert Article.objects.get().state == "visible"
    take(client, article, "hide")
    assert Article.objects.get().state == "hidden"
    assert offered(client, article) == ["show"]


def test_who_may_delete_may_use_the_trash(client, django_user_model):
    article = make_article()
    with_permissions(client, django_user_model, "view_article", "delete_article")
    assert offered(client, article) == ["trash"]
    assert take(client, article, "hide").status_code == 403
    take(client, article, "trash")
    assert Article.objects.get().state == "trash"
    take(client, article, "restore")
    assert Article.objects.get().state == "visible"


@pytest.mark.parametrize("staff", [True, False])
def test_others_may_do_nothing(client, django_user_model, staff):
    article = make_article()
    if staff:
        with_permissions(client, django_user_model, "view_article")
        assert offered(client, article) == []
    for step in LABELS:
        assert client.post(address(article, step), {"reason": "Mine."}).status_code == (403 if staff else 302)
    assert Article.objects.get().state == "visible"


def test_the_list_is_narrowed_to_a_state(client, editor):
    visible, hidden, trashed = make_article("Seen"), make_article("Hidden one"), make_article("Trashed one")
    hide(hidden.pk, "One reason.")
    hide(trashed.pk, "One reason.")
    put_into_trash(trashed.pk, "Another reason.")
    listed = {}
    for state in ("", "visible", "hidden", "trash"):
        page = client.get(reverse("admin:archive_article_changelist"), {"state": state} if state else {})
        listed[state] = set(page.context["cl"].result_list)
    assert listed == {"": {visible, hidden, trashed}, "visible": {visible}, "hidden": {hidden}, "trash": {trashed}}
    assert "in the trash" in page.content.decode()


def test_a_withheld_report_is_found_by_its_title_and_any_by_its_number(client, editor):
    visible, _, _ = make_report_with_quote("Bridge shelled")
    hidden, _, _ = make_report_with_quote("Viaduct shelled at midnight")
    hide(hidden.pk, "One reason.")
    sync.build()

    def found(words):
        page = client.get(reverse("admin:archive_article_changelist"), {"q": words})
        return [(article, article.quote_count) for article in page.context["cl"].result_list]

    assert found("midnight viaduct") == [(hidden, 1)]
    assert found("bridge") == [(visible, 1)]
    assert found("viaduct bridge") == [(visible, 1)]
    assert found(str(hidden.pk)) == [(hidden, 1)]
    assert found(str(visible.pk)) == [(visible, 1)]


def test_a_page_opened_before_does_not_show_it_again(client, editor):
    article = make_article()
    page = client.get(address(article))
    hide(article.pk, "It names a witness.")
    answer = client.post(address(article), filled(page, author="A. Writer"))
    assert "This record was changed after you opened its page" in answer.content.decode()
    assert Article.objects.get().state == "hidden"


def test_a_hidden_report_is_still_corrected(client, editor):
    article, _, _ = make_report_with_quote()
    hide(article.pk, "It names a witness.")
    client.post(address(article), filled(client.get(address(article)), author="A. Writer"))
    article.refresh_from_db()
    assert (article.author, article.state, article.hidden_reason) == ("A. Writer", "hidden", "It names a witness.")


def test_a_report_hidden_while_another_page_is_saved_stays_hidden(client, editor, monkeypatch):
    from archive.admin.articles import ArticleAdmin

    article = make_article()
    data = filled(client.get(address(article)), author="A. Writer")
    save = ArticleAdmin.save_model

    def late(self, request, obj, form, change):
        hide(article.pk, "It names a witness.")
        save(self, request, obj, form, change)

    monkeypatch.setattr(ArticleAdmin, "save_model", late)
    client.post(address(article), data)
    article.refresh_from_db()
    assert (article.author, article.state) == ("A. Writer", "hidden")


def test_no_such_report(client, editor):
    assert client.get(reverse("admin:archive_article_hide", args=[1])).status_code == 404
