"""An administrator gives roles and resets second factors; nobody gets more rights than whoever gives them has."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.admin.forms import filled

pytestmark = pytest.mark.django_db
LIST = "admin:auth_user_changelist"


@pytest.fixture
def administrator(client, make_user):
    user = make_user("administrator")
    client.force_login(user)
    return user


@pytest.fixture
def first(django_user_model):
    return django_user_model.objects.create_superuser("first", "first@archive.example", "a long password")


def page_of(user):
    return reverse("admin:auth_user_change", args=[user.pk])


def reset(client, *users):
    data = {"action": "reset_second_factor", "_selected_action": [user.pk for user in users]}
    return client.post(reverse(LIST), data, follow=True)


def test_a_new_user_with_a_role_may_use_the_admin(client, administrator):
    role = Group.objects.get(name="editor")
    data = {"username": "rosa", "password1": "harrow ford bridge", "password2": "harrow ford bridge"}
    client.post(reverse("admin:auth_user_add"), data | {"groups": [role.pk]})
    rosa = User.objects.get(username="rosa")
    assert (rosa.is_staff, rosa.is_superuser, [*rosa.groups.all()]) == (True, False, [role])
    assert rosa.has_perm("archive.change_quote") and not rosa.has_perm("auth.change_user")


def test_who_has_no_role_any_more_is_out(client, administrator, make_user):
    editor = make_user("editor")
    client.post(page_of(editor), filled(client.get(page_of(editor)), groups=[]))
    editor.refresh_from_db()
    assert (editor.is_staff, editor.groups.exists()) == (False, False)


def test_an_administrator_makes_nobody_a_superuser(client, administrator, make_user):
    editor = make_user("editor")
    data = filled(client.get(page_of(editor)))
    assert not {"is_superuser", "is_staff", "user_permissions"} & {*data}
    client.post(page_of(editor), data | {"is_superuser": "on", "user_permissions": [1]})
    editor.refresh_from_db()
    assert (editor.is_superuser, editor.user_permissions.exists()) == (False, False)


def test_an_administrator_does_not_change_who_has_all_rights(client, administrator, first):
    assert client.post(page_of(first), {"username": "mine"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[first.pk])
    data = {"password1": "harrow ford bridge", "password2": "harrow ford bridge"}
    assert client.post(password, data).status_code == 403
    TOTPDevice.objects.create(user=first, name="app")
    assert "has all rights, and so must whoever resets their second factor" in reset(client, first).text
    assert TOTPDevice.objects.filter(user=first).exists()


def test_who_has_all_rights_gives_them(client, first, make_user):
    client.force_login(first)
    editor = make_user("editor")
    client.post(page_of(editor), filled(client.get(page_of(editor)), is_superuser="on"))
    assert User.objects.get(pk=editor.pk).is_superuser


def test_a_reset_second_factor_is_set_up_anew_and_recorded(client, administrator, make_user):
    editor, other = make_user("editor"), make_user("contributor")
    TOTPDevice.objects.create(user=editor, name="app")
    assert '<td class="field-second_factor"><img src="/static/admin/img/icon-yes.svg"' in client.get(reverse(LIST)).text
    answer = reset(client, editor, other)
    assert {str(message) for message in answer.context["messages"]} == {
        "editor sets up a new second factor at the next login.",
        "contributor has none.",
    }
    assert not TOTPDevice.objects.filter(user=editor).exists()
    entry = LogEntry.objects.get(object_id=str(editor.pk))
    assert (entry.user, entry.change_message) == (administrator, "Second factor reset")
    assert "Second factor reset" in client.get(reverse("admin:auth_user_history", args=[editor.pk])).text


def test_nobody_is_deleted(client, first, make_user):
    client.force_login(first)
    editor = make_user("editor")
    assert client.post(reverse("admin:auth_user_delete", args=[editor.pk]), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in client.get(reverse(LIST)).text


def test_a_role_shows_what_it_may_and_who_has_it(client, administrator):
    role = Group.objects.get(name="administrator")
    page = client.get(reverse("admin:auth_group_change", args=[role.pk])).text
    assert "Can change user" in page and '<div class="readonly">administrator</div>' in page


def test_keys_and_codes_have_no_page(client, first):
    client.force_login(first)
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert client.get("/admin/otp_static/staticdevice/").status_code == 404
