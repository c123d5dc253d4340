"""Editors read what readers report, and answer it."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from archive.curation.merging import merge
from archive.models import ErrorReport
from tests.factories import make_error_report, make_person, make_report_with_quote

pytestmark = pytest.mark.django_db
LIST = reverse("admin:archive_errorreport_changelist")


@pytest.fixture
def report():
    return make_error_report(make_report_with_quote()[2], "It was the <mayor>.")


def answer_address(report):
    return reverse("admin:answer_error_report", args=[report.pk])


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def test_the_list_holds_the_open_ones_unless_others_are_asked_for(client, editor, report):
    assert "It was the &lt;mayor&gt;." in client.get(LIST).text
    client.post(answer_address(report), {"reason": "It was.", "decision": "accepted"})
    assert "mayor" not in client.get(LIST).text
    assert "mayor" in client.get(LIST, {"state": "accepted"}).text
    assert "mayor" in client.get(LIST, {"state": "all"}).text


@pytest.mark.parametrize("decision", ["accepted", "declined"])
def test_an_editor_answers_and_readers_are_told(client, editor, report, decision):
    page = client.get(reverse("admin:archive_errorreport_change", args=[report.pk])).text
    assert "It was the &lt;mayor&gt;." in page and answer_address(report) in page
    assert "It was the &lt;mayor&gt;." in client.get(answer_address(report)).text
    answer = client.post(answer_address(report), {"reason": "We looked.", "decision": decision}, follow=True)
    assert told(answer) == ["Readers are told your answer among the corrections."]
    assert answer_address(report) not in answer.text
    report.refresh_from_db()
    assert (report.state, report.answer) == (decision, "We looked.")
    public = client.get(f"/corrections/quote/{report.number}/").text
    assert f"Error reported by a reader: {decision}" in public and "We looked." in public
    assert "mayor" not in public


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"decision": "accepted"}, "Write an answer."),
        ({"reason": "We looked."}, "Accept or decline it."),
        ({"reason": "We looked.", "decision": "open"}, "not one of the available choices"),
        ({"reason": "a" * 1001, "decision": "accepted"}, "at most 1000 characters"),
    ],
)
def test_an_answer_that_lacks_something_is_asked_for_again(client, editor, report, sent, problem):
    assert problem in client.post(answer_address(report), sent).text
    assert ErrorReport.objects.open().get() == report


def test_two_editors_do_not_both_answer(client, editor, report):
    first, second = {"reason": "It was.", "decision": "accepted"}, {"reason": "No.", "decision": "declined"}
    client.post(answer_address(report), first)
    answer = client.post(answer_address(report), second, follow=True)
    assert told(answer)[-1] == "It was accepted already, with this answer: It was."
    assert told(client.get(answer_address(report), follow=True)) == ["It was answered already."]


def test_who_may_only_read_them_does_not_answer(client, django_user_model, report):
    reader = django_user_model.objects.create_user("reader", password="a long password", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_errorreport"))
    client.force_login(reader)
    page = client.get(reverse("admin:archive_errorreport_change", args=[report.pk]))
    assert page.status_code == 200 and "answer/" not in page.text
    assert client.get(answer_address(report)).status_code == 403
    assert client.post(answer_address(report), {"reason": "No.", "decision": "declined"}).status_code == 403
    client.logout()
    assert "/admin/login/" in client.get(answer_address(report))["Location"]
    assert ErrorReport.objects.open().exists()


def test_who_may_change_them_answers(client, django_user_model, report):
    user = django_user_model.objects.create_user("clerk", password="a long password", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_errorreport"))
    client.force_login(user)
    assert client.get(LIST).status_code == 200
    client.post(answer_address(report), {"reason": "It was.", "decision": "accepted"})
    assert not ErrorReport.objects.open().exists()


def test_an_error_in_somebody_who_was_merged_leads_to_who_stayed(client, editor):
    merged, stays = make_person("Umar Tarnov"), make_person("Omar Tarnov")
    report = make_error_report(merged)
    merge(stays.pk, [merged.pk], "one man")
    page = client.get(reverse("admin:archive_errorreport_change", args=[report.pk])).text
    assert reverse("admin:archive_person_change", args=[stays.pk]) in page
    gone = ErrorReport.objects.create(kind="person", number=10**6, text="Who?")
    page = client.get(reverse("admin:archive_errorreport_change", args=[gone.pk])).text
    assert "person 1000000, which is no longer in the archive" in page


def test_there_is_no_error_report_of_that_number(client, editor):
    assert client.get(reverse("admin:answer_error_report", args=[10**6])).status_code == 404
