"""Who fails to log in too often is locked out, and stays so; nobody else is."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.urls import reverse

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
TOO_MANY = "Too many logins have failed from here."


@pytest.fixture
def log_in(settings):
    """The answer to a login: a new browser each time, so that nothing but the database can remember."""
    from django.test import Client

    settings.AXES_FAILURE_LIMIT = 3

    def answer(username="editor", right=False, address="192.0.2.1", agent="one", **headers):
        data = {"username": username, "password": "a long password" if right else "wrong", "next": "/admin/"}
        return Client(headers={"user-agent": agent, **headers}).post(LOGIN, data, REMOTE_ADDR=address)

    return answer


def told_locked(client) -> dict[str, bool]:
    """For each user of the administrator's list of failed logins, whether it says that they are locked out."""
    page = client.get(reverse("admin:axes_accessattempt_changelist"))
    cells = re.findall(r'<a href=[^>]*>([^<]*)</a></th>.*?"field-is_locked"><img src="[^"]*icon-(yes|no)', page.text)
    return {name: told == "yes" for name, told in cells}


def later(**time):
    """As if all failures had been that much earlier."""
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=attempt.attempt_time - timedelta(**time))


def test_the_last_failure_allowed_locks_out_also_with_the_right_password(log_in, make_user):
    make_user("editor")
    assert [log_in().status_code for _ in range(3)] == [200, 200, 429]
    refused = log_in(right=True)
    assert (refused.status_code, refused["Retry-After"]) == (429, "900")
    assert TOO_MANY in refused.text and "sessionid" not in refused.cookies


def test_the_page_is_the_same_for_a_user_who_does_not_exist(log_in, make_user):
    make_user("editor")

    def pages(username):
        return [log_in(username).text.replace(username, "…") for _ in range(4)]

    def without_token(page):
        return [line for line in page.splitlines() if "csrf" not in line and "No login is tried" not in line]

    there, not_there = pages("editor"), pages("nobody")
    assert list(map(without_token, there)) == list(map(without_token, not_there))
    assert TOO_MANY in there[-1]


@pytest.mark.parametrize(
    "change", [{"agent": "two"}, {"x-forwarded-for": "198.51.100.7"}, {"x-real-ip": "198.51.100.7"}]
)
def test_another_browser_or_a_made_up_address_does_not_let_in(log_in, make_user, change):
    make_user("editor")
    for _ in range(3):
        log_in()
    assert log_in(right=True, **change).status_code == 429


def test_behind_a_proxy_who_it_speaks_with_is_locked_out_and_nobody_else(log_in, make_user, settings):
    settings.NINJA_NUM_PROXIES = 1
    make_user("editor")
    for number in range(3):
        log_in(address="127.0.0.1", **{"x-forwarded-for": f"203.0.113.{number}, 198.51.100.7"})
    proxied = {"right": True, "address": "127.0.0.1"}
    assert log_in(**proxied, **{"x-forwarded-for": "203.0.113.9, 198.51.100.7"}).status_code == 429
    assert log_in(**proxied, **{"x-forwarded-for": "198.51.100.8"}).status_code == 302


def test_an_ipv6_subscriber_is_one_address(log_in, make_user):
    make_user("editor")
    assert [log_in(address=f"2001:db8::{last}").status_code for last in (1, 2, 3)] == [200, 200, 429]
    assert log_in(address="2001:db8:0:1::1", right=True).status_code == 302


def test_a_stranger_elsewhere_does_not_lock_the_editor_out(log_in, make_user):
    make_user("editor")
    for _ in range(4):
        log_in(address="198.51.100.7")
    assert log_in(right=True).status_code == 302


def test_it_ends_after_the_pause_and_each_further_try_puts_that_off(log_in, make_user):
    make_user("editor")
    for _ in range(3):
        log_in()
    later(minutes=14)
    assert log_in(right=True).status_code == 429
    later(minutes=14)
    assert log_in(right=True).status_code == 429
    later(minutes=16)
    assert log_in(right=True).status_code == 302


def test_who_goes_on_trying_writes_no_more_than_one_row(log_in, make_user):
    make_user("editor")
    for _ in range(3):
        log_in()
    [before] = AccessAttempt.objects.values()
    log_in()
    [after] = AccessAttempt.objects.values()
    assert before.pop("attempt_time") < after.pop("attempt_time")
    assert before == after
    assert "wrong" not in after["post_data"]


def test_who_logs_in_begins_to_count_anew(log_in, make_user):
    make_user("editor")
    log_in(), log_in()
    assert log_in(right=True).status_code == 302
    assert [log_in().status_code for _ in range(3)] == [200, 200, 429]


def test_an_address_that_fails_with_many_users_is_locked_out(log_in, make_user):
    make_user("editor")
    for number in range(30):
        log_in(f"user-{number}")
    assert log_in(right=True).status_code == 429
    assert log_in(right=True, address="192.0.2.2").status_code == 302


def test_who_goes_on_trying_from_an_address_that_is_locked_out_puts_that_off_too(log_in, make_user):
    make_user("editor")
    for number in range(30):
        log_in(f"user-{number}")
    later(minutes=14)
    assert log_in("another").status_code == 429
    later(minutes=14)
    assert log_in(right=True).status_code == 429
    later(minutes=16)
    assert log_in(right=True).status_code == 302


def test_a_name_that_is_too_long_to_be_kept_is_no_error_of_ours(log_in):
    answer = log_in("x" * 5000)
    assert answer.status_code == 200
    assert "at most 150 characters" in answer.text


def test_an_administrator_lets_somebody_try_again(log_in, make_user, client):
    make_user("editor")
    for _ in range(3):
        log_in()
    client.force_login(make_user("administrator"))
    assert told_locked(client) == {"editor": True}
    [attempt] = AccessAttempt.objects.all()
    client.post(reverse("admin:axes_accessattempt_delete", args=[attempt.pk]), {"post": "yes"})
    assert log_in(right=True).status_code == 302


def test_the_list_tells_who_is_locked_out_now(log_in, make_user, client):
    client.force_login(make_user("administrator"))
    for agent in ("one", "one", "two"):
        log_in("editor", agent=agent)
    log_in("another")
    assert told_locked(client) == {"editor": True, "another": False}
    later(minutes=16)
    assert told_locked(client) == {"editor": False, "another": False}


def test_the_list_tells_that_an_address_is_locked_out(log_in, make_user, client):
    client.force_login(make_user("administrator"))
    for number in range(30):
        log_in(f"user-{number}")
    log_in("elsewhere", address="192.0.2.2")
    told = told_locked(client)
    assert told.pop("elsewhere") is False and len(told) == 30 and all(told.values())
    chosen = {"action": "delete_selected", "post": "yes"}
    keys = [attempt.pk for attempt in AccessAttempt.objects.filter(ip_address="192.0.2.1")]
    client.post(reverse("admin:axes_accessattempt_changelist"), chosen | {"_selected_action": keys})
    assert told_locked(client) == {"elsewhere": False}
