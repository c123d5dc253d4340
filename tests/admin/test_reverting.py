"""An editor takes a change back on the page of the record's history."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from archive.curation.events import history_of
from archive.curation.merging import merge
from archive.models import Article, Person, Quote
from tests.admin.forms import filled
from tests.factories import make_outlet, make_person, make_report_with_quote

pytestmark = pytest.mark.django_db


def last(model) -> int:
    return history_of(model).objects.latest("pgh_id").pgh_id


def take_back(model) -> str:
    return reverse("take_back", args=[model._meta.model_name, last(model)])


def history(client, record):
    return client.get(reverse(f"admin:archive_{record._meta.model_name}_history", args=[record.pk]))


@pytest.fixture
def article(client, editor):
    article, _, _ = make_report_with_quote(outlet=make_outlet())
    address = reverse("admin:archive_article_change", args=[article.pk])
    client.post(address, filled(client.get(address), author="Somebody"))
    return article


def test_the_history_leads_to_a_page_that_says_what_is_put_back_and_asks_why(client, article):
    page = history(client, article)
    link = f"{take_back(Article)}?from={reverse('admin:archive_article_history', args=[article.pk])}"
    assert f'href="{link}"' in page.content.decode()
    page = client.get(link)
    assert ("author", "Somebody", None) in page.context["fields"]
    answer = client.post(link, {"reason": ""})
    assert "Say why." in answer.content.decode()
    assert Article.objects.get().author == "Somebody"
    answer = client.post(link, {"reason": "It was nobody."}, follow=True)
    told = answer.content.decode()
    assert f'<a href="{take_back(Article)}">take that back</a>' in told
    assert answer.redirect_chain[-1][0] == reverse("admin:archive_article_history", args=[article.pk])
    assert "Taken back: article change" in told
    assert "Reason: It was nobody." in told
    assert Article.objects.get().author == ""
    newest, before, *_ = [change for change in answer.context["changes"] if change.event.kind == "article"]
    assert newest.takes_back == str(before.event)
    assert (newest.who, before.is_taken_back) == ("editor", True)


def test_what_stands_in_the_way_is_told_and_nothing_is_changed(client, article):
    link = take_back(Article)
    Article.objects.update(author="Somebody else")
    page = client.get(link).content.decode()
    assert "This cannot be taken back now:" in page
    assert f"author (article change {last(Article)}). Take that back first." in page
    answer = client.post(link, {"reason": "It was nobody."}, follow=True)
    assert "Nothing was changed. Changed again" in answer.content.decode()
    assert Article.objects.get().author == "Somebody else"


def test_a_merge_leads_to_its_own_page(client, editor):
    _, person, _ = make_report_with_quote()
    [transfer] = merge(make_person("Vera L. Lindqvist").pk, [person.pk], "one woman")
    page = client.get(take_back(Quote)).content.decode()
    assert reverse("admin:archive_transfer_change", args=[transfer.pk]) in page


def test_names_that_were_deleted_are_in_the_history_and_come_back(client, editor):
    person = make_person("Vera Lindqvist", "Quill")
    person.names.get(text="Quill").delete()
    page = history(client, person)
    [change] = [change for change in page.context["changes"] if change.event.label == "deleted"]
    assert change.fields == (("text", "Quill", None),)
    client.post(reverse("take_back", args=["name", change.event.number]), {"reason": "She is called so."})
    assert person.names.filter(text="Quill").exists()


def test_who_spoke_is_said_by_name(client, editor):
    _, person, quote = make_report_with_quote()
    other = make_person("Marta Quill")
    Quote.objects.update(speaker=other)
    told = ("speaker", f"{other} ({other.pk})", f"{person} ({person.pk})")
    assert told in client.get(take_back(Quote)).context["fields"]
    for record in (quote, person):  # also of whom it was taken from
        assert "Marta Quill" in history(client, record).content.decode()


def test_there_is_no_page_of_other_changes(client, editor, article):
    for kind, number in (("article", 10**12), ("article", 0), ("formerslug", 1), ("user", 1)):
        assert client.get(reverse("take_back", args=[kind, number])).status_code == 404


def test_somebody_who_was_added_goes_and_can_be_brought_back_from_the_list(client, editor):
    client.post(
        reverse("admin:archive_person_add"), filled(client.get(reverse("admin:archive_person_add")), name="Vera")
    )
    person = Person.objects.get()
    link = f"{take_back(Person)}?from={reverse('admin:archive_person_history', args=[person.pk])}"
    answer = client.post(link, {"reason": "There is no such person."}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("admin:archive_person_changelist")
    assert not Person.objects.exists()
    assert take_back(Person) in answer.content.decode()
    client.post(take_back(Person), {"reason": "There is, after all."})
    assert Person.objects.get().names.get().text == "Vera"


def test_it_leads_back_only_within_the_archive(client, editor, article):
    page = client.get(take_back(Article), {"from": "https://elsewhere.example/"})
    assert page.context["back"] == reverse("admin:archive_article_history", args=[article.pk])


def test_who_may_not_change_the_record_takes_nothing_back(client, article, django_user_model):
    link = take_back(Article)
    clerk = django_user_model.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=["view_article", "change_quote"]))
    client.force_login(clerk)
    assert client.get(link).status_code == 403
    assert client.post(link, {"reason": "It was nobody."}).status_code == 403
    assert client.get(take_back(Quote)).status_code == 200
    assert client.get(reverse("admin:archive_article_history", args=[article.pk])).status_code == 403
    client.logout()
    assert client.get(link).status_code == 302


def test_the_trash_needs_the_right_to_it(client, article, django_user_model):
    from archive.curation.withholding import put_into_trash

    put_into_trash(article.pk, "It is a forgery.")
    clerk = django_user_model.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="change_article"))
    client.force_login(clerk)
    assert client.get(take_back(Article)).status_code == 403
    assert client.post(take_back(Article), {"reason": "It is none."}).status_code == 403
    assert Article.objects.get().trashed


def test_the_history_asks_as_often_for_many_changes_as_for_few(client, editor, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    article, _, _ = make_report_with_quote()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert history(client, article).status_code == 200
        return len(captured)

    Article.objects.update(author="A")
    Quote.objects.update(role="chief")
    few = queries()
    for number in range(5):
        Article.objects.update(author=f"A{number}")
        Quote.objects.update(role=f"chief {number}")
    assert queries() == few
