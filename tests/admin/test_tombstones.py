"""What is left of removed reports is read in the admin, and only lifted."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from archive.models import Tombstone

pytestmark = pytest.mark.django_db

LIST = reverse("admin:archive_tombstone_changelist")


@pytest.fixture
def tombstone():
    return Tombstone.objects.create(number=17, reason="It is a forgery.", originals=["ab" * 32], quotes=[3])


def lift(client, *tombstones):
    return client.post(LIST, {"action": "lift", "_selected_action": [one.pk for one in tombstones]}, follow=True)


def test_the_list_and_the_page_say_what_was_removed_when_and_why(client, editor, tombstone):
    page = client.get(LIST).content.decode()
    assert "It is a forgery." in page
    page = client.get(reverse("admin:archive_tombstone_change", args=[17])).content.decode()
    assert "ab" * 32 in page
    assert '<a href="/reports/17/">/reports/17/</a>' in page
    assert 'name="_save"' not in page
    assert client.get(reverse("admin:archive_tombstone_add")).status_code == 403
    assert client.get(reverse("admin:archive_tombstone_delete", args=[17])).status_code == 403


def test_it_is_found_by_its_number_and_its_reason(client, editor, tombstone):
    Tombstone.objects.create(number=18, reason="A court asked for it.", originals=["cd" * 32])
    for words, found in (("court", [18]), ("17", [17]), ("nothing", [])):
        assert [one.number for one in client.get(LIST, {"q": words}).context["cl"].result_list] == found


def test_it_is_lifted_and_the_history_says_by_whom(client, editor, tombstone):
    other = Tombstone.objects.create(number=18, reason="A court asked for it.", originals=["cd" * 32])
    assert "Lifted: 1." in lift(client, tombstone).content.decode()
    assert Tombstone.objects.get(number=17).lifted
    assert Tombstone.objects.get(number=18).lifted is None
    assert Tombstone.objects.refusing(["ab" * 32, "cd" * 32]) == {"cd" * 32: other}
    history = client.get(reverse("admin:archive_tombstone_history", args=[17]))
    assert [change.who for change in history.context["changes"] if change.what.endswith("changed")] == ["editor"]


def test_who_may_only_look_does_not_lift(client, django_user_model, tombstone):
    user = django_user_model.objects.create_user("helper", password="a long password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_tombstone"))
    client.force_login(user)
    assert "It is a forgery." in client.get(LIST).content.decode()
    lift(client, tombstone)
    assert Tombstone.objects.get().lifted is None
