"""A session ends after a while without a page, and after a day's work whatever was asked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import reverse

from archive.accounts import sessions
from archive.accounts.sessions import prolong

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 30, 8, tzinfo=UTC)


def ends(session) -> timedelta:
    return session.get_expiry_date() - MORNING


def test_each_page_moves_the_end_and_nothing_moves_it_beyond_the_longest(settings):
    settings.SESSION_IDLE, settings.SESSION_LONGEST = timedelta(hours=2), timedelta(hours=5)
    session = SessionStore()
    moved = []
    for minutes in (0, 90, 179, 230, 290):
        prolong(session, MORNING + timedelta(minutes=minutes))
        moved.append(ends(session))
    assert moved == [timedelta(minutes=end) for end in (120, 210, 299, 300, 300)]


def test_a_page_a_second_later_writes_nothing():
    session = SessionStore()
    prolong(session, MORNING)
    session.modified = False
    prolong(session, MORNING + timedelta(seconds=59))
    assert not session.modified


def test_who_was_away_too_long_has_to_log_in_again(client, editor, monkeypatch):
    address = reverse("admin:archive_quote_changelist")
    assert client.get(address).status_code == 200
    monkeypatch.setattr(sessions.timezone, "now", lambda: datetime.now(UTC) + timedelta(hours=2, seconds=1))
    answer = client.get(address)
    assert (answer.status_code, "/admin/login/" in answer["Location"]) == (302, True)


def test_a_login_that_no_page_follows_ends_like_any_other(make_user):
    browser = Client()
    make_user("editor")
    browser.post("/admin/login/", {"username": "editor", "password": "a long password", "next": "/admin/"})
    assert browser.session.get_expiry_age() == 2 * 60 * 60


def test_a_visitor_has_no_session(client):
    assert "sessionid" not in client.get("/").cookies


def test_a_new_password_ends_the_sessions_elsewhere_and_not_this_one(client, editor, make_elsewhere):
    elsewhere = make_elsewhere(editor)
    data = {
        "old_password": "a long password",
        "new_password1": "harrow ford bridge",
        "new_password2": "harrow ford bridge",
    }
    assert client.post(reverse("admin:password_change"), data)["Location"] == reverse("admin:password_change_done")
    address = reverse("admin:archive_quote_changelist")
    assert client.get(address).status_code == 200
    assert "/admin/login/" in elsewhere.get(address)["Location"]


@pytest.fixture
def make_elsewhere():
    from tests.clients import WhollyLoggedInClient

    def make(user):
        client = WhollyLoggedInClient()
        client.force_login(user)
        assert client.get(reverse("admin:archive_quote_changelist")).status_code == 200
        return client

    return make


@pytest.mark.parametrize("password", ["short", "1qaz2wsx3edc", "editor@archive"])
def test_a_weak_password_is_refused(client, editor, password):
    data = {"old_password": "a long password", "new_password1": password, "new_password2": password}
    assert client.post(reverse("admin:password_change"), data).status_code == 200
    editor.refresh_from_db()
    assert editor.check_password("a long password")
