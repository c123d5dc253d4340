"""The second factor: set up at the first login, asked for at each, and nothing is open before."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.accounts.second_factor import make_backup_codes, set_up
from archive.models import Quote
from tests.curation.test_waiting import meanwhile
from tests.factories import make_report_with_quote

pytestmark = pytest.mark.django_db
SET_UP, CODE, OVERVIEW = "/admin/second-factor/set-up/", "/admin/second-factor/code/", "/admin/second-factor/"
QUOTES = "/admin/archive/quote/"
KEY = "31" * 20


@pytest.fixture
def browser():
    """A browser that knows nobody."""
    return Client()


@pytest.fixture
def with_app(make_user, code_of):
    """An editor whose app has the key; its code of half a minute ago is used."""
    user = make_user("editor")
    set_up(user, KEY, code_of(KEY, -1))
    return user


def log_in(browser, username, then="/admin/archive/quote/"):
    data = {"username": username, "password": "a long password", "next": then}
    return browser.post(f"/admin/login/?next={then}", data, follow=True)


def is_in(browser) -> bool:
    return browser.get(QUOTES).status_code == 200


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_who_may_change_anything_sets_it_up_at_the_first_login(browser, make_user, code_of, role):
    user = make_user(role)
    page = log_in(browser, role)
    assert page.request["PATH_INFO"] == SET_UP
    assert '<svg width="' in page.text and 'class="qr-code"' in page.text
    assert not is_in(browser)
    key = page.context["typed_key"]
    assert browser.get(SET_UP).context["typed_key"] == key
    done = browser.post(SET_UP, {"code": code_of(key), "next": "/admin/archive/quote/"})
    codes = done.context["codes"]
    assert len(set(codes)) == 10 and all(f"<code>{code}</code>" in done.text for code in codes)
    assert '<a href="/admin/archive/quote/" class="button">' in done.text
    assert "no-store" in done["Cache-Control"]
    assert is_in(browser)
    assert TOTPDevice.objects.get().user == user
    assert not any(code in browser.get(OVERVIEW).text for code in codes)


def test_a_superuser_sets_it_up_too(browser, django_user_model):
    django_user_model.objects.create_superuser("first", password="a long password")
    assert log_in(browser, "first").request["PATH_INFO"] == SET_UP
    assert not is_in(browser)


def test_a_wrong_code_sets_nothing_up_and_keeps_the_key(browser, make_user, code_of):
    make_user("editor")
    key = log_in(browser, "editor").context["typed_key"]
    for wrong in ("000000", "abc", "١٢٣٤٥٦", code_of(key, 5)):
        page = browser.post(SET_UP, {"code": wrong})
        assert "This is not the code that the app shows for this key" in page.text
        assert page.context["typed_key"] == key
    assert not TOTPDevice.objects.exists()
    assert not is_in(browser)


def test_the_code_is_asked_at_each_login_and_serves_once(with_app, code_of):
    code = code_of(KEY)
    for browser, let_in in ((Client(), True), (Client(), False)):
        page = log_in(browser, "editor")
        assert page.request["PATH_INFO"] == CODE
        assert not is_in(browser)
        browser.post(CODE, {"code": code})
        assert is_in(browser) is let_in


def test_the_code_that_set_it_up_opens_nothing_a_second_time(browser, make_user, code_of):
    code = code_of(KEY)
    set_up(make_user("editor"), KEY, code)
    log_in(browser, "editor")
    assert "was used before" in browser.post(CODE, {"code": code}).text
    assert not is_in(browser)


def test_the_login_leads_where_it_was_to_lead_and_nowhere_else(with_app, code_of):
    for asked, led in (("/admin/archive/person/", "/admin/archive/person/"), ("https://evil.example/", "/admin/")):
        TOTPDevice.objects.update(last_t=-1)
        browser = Client()
        page = log_in(browser, "editor", then=asked)
        assert page.context["next"] == led
        answer = browser.post(CODE, {"code": code_of(KEY), "next": asked})
        assert answer["Location"] == led


def test_the_session_of_who_gave_both_has_another_key(browser, with_app, code_of):
    log_in(browser, "editor")
    before = browser.session.session_key
    browser.post(CODE, {"code": code_of(KEY)})
    assert browser.session.session_key != before


def test_a_backup_code_serves_once(with_app):
    code = make_backup_codes(with_app)[3]
    for let_in in (True, False):
        browser = Client()
        log_in(browser, "editor")
        browser.post(CODE, {"code": f" {code.upper()} "})
        assert is_in(browser) is let_in
    assert StaticToken.objects.count() == 9


def test_wrong_codes_are_slowed_down_for_all_browsers(with_app, code_of):
    first, second = Client(), Client()
    log_in(first, "editor"), log_in(second, "editor")
    assert "This code is not right" in first.post(CODE, {"code": "000000"}).text
    slowed = second.post(CODE, {"code": code_of(KEY)})
    assert "Too many wrong codes: none is looked at before" in slowed.text
    assert not is_in(second)
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(minutes=1))
    second.post(CODE, {"code": code_of(KEY)})
    assert is_in(second)


def test_the_apps_of_others_do_not_serve(browser, with_app, make_user, code_of):
    other = make_user("administrator")
    set_up(other, "32" * 20, code_of("32" * 20, -1))
    codes = make_backup_codes(other)
    log_in(browser, "editor")
    browser.post(CODE, {"code": code_of("32" * 20)}), browser.post(CODE, {"code": codes[0]})
    assert not is_in(browser)


def test_who_gave_a_password_alone_is_a_stranger_everywhere(browser, with_app):
    _, _, quote = make_report_with_quote()
    log_in(browser, "editor")
    assert browser.get("/admin/").status_code == 302
    assert browser.get("/").context["user"].is_anonymous
    address = reverse("admin:archive_quote_change", args=[quote.pk])
    assert browser.post(address, {"state": "rejected"}).status_code == 302
    assert Quote.objects.get().state == "found"


def test_who_has_an_app_cannot_set_up_another_without_a_code(browser, with_app, code_of):
    log_in(browser, "editor")
    assert CODE in browser.get(SET_UP)["Location"]
    session = browser.session
    session["second_factor_key"] = "33" * 20
    session.save()
    assert CODE in browser.post(SET_UP, {"code": code_of("33" * 20)})["Location"]
    assert browser.post("/admin/second-factor/backup-codes/").status_code == 302
    assert TOTPDevice.objects.get().key == KEY


def test_who_is_in_sets_up_another_app_and_the_first_serves_no_more(client, with_app, code_of):
    client.force_login(with_app)
    page = client.get(SET_UP)
    assert "takes the place of the one you have" in page.text
    client.post(SET_UP, {"code": code_of(page.context["typed_key"])})
    assert TOTPDevice.objects.get().key != KEY
    assert StaticDevice.objects.count() == 1


def test_new_backup_codes_take_the_place_of_the_earlier_ones(client, with_app):
    earlier = make_backup_codes(with_app)
    client.force_login(with_app)
    assert "Backup codes that are left: 10." in client.get(OVERVIEW).text
    page = client.post("/admin/second-factor/backup-codes/")
    assert not {*earlier} & {*page.context["codes"]}
    assert client.get("/admin/second-factor/backup-codes/").status_code == 405


def test_who_came_in_by_a_backup_code_stays_in_when_they_make_new_ones(browser, with_app):
    log_in(browser, "editor")
    browser.post(CODE, {"code": make_backup_codes(with_app)[0]})
    codes = browser.post("/admin/second-factor/backup-codes/").context["codes"]
    assert is_in(browser)
    again = Client()
    log_in(again, "editor")
    again.post(CODE, {"code": codes[0]})
    assert is_in(again)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_make_backup_codes_at_once_the_last_ones_serve(with_app):
    codes, waited = meanwhile(lambda: make_backup_codes(with_app), lambda: make_backup_codes(with_app))
    assert waited
    assert {*StaticToken.objects.values_list("token", flat=True)} == {*codes}


def test_a_contributor_needs_none_and_is_asked_for_the_one_they_set_up(browser, make_user, code_of):
    user = make_user("contributor")
    assert log_in(browser, "contributor").request["PATH_INFO"] == QUOTES
    assert "You log in with your password alone." in browser.get(OVERVIEW).text
    browser.post(SET_UP, {"code": code_of(browser.get(SET_UP).context["typed_key"])})
    assert TOTPDevice.objects.get().user == user
    assert log_in(Client(), "contributor").request["PATH_INFO"] == CODE


def test_who_becomes_an_editor_needs_one_from_then_on(browser, make_user):
    from django.contrib.auth.models import Group

    user = make_user("contributor")
    log_in(browser, "contributor")
    assert is_in(browser)
    user.groups.add(Group.objects.get(name="editor"))
    assert not is_in(browser)


def test_a_device_that_is_reset_ends_what_it_opened(client, with_app):
    client.force_login(with_app)
    TOTPDevice.objects.all().delete()
    assert client.get(QUOTES, follow=True).request["PATH_INFO"] == SET_UP


def test_without_the_setting_nobody_needs_one(browser, make_user, settings):
    settings.SECOND_FACTOR = False
    make_user("editor")
    assert log_in(browser, "editor").request["PATH_INFO"] == QUOTES


def test_who_lost_their_role_while_the_code_was_asked_comes_to_the_login(browser, with_app):
    log_in(browser, "editor")
    with_app.is_staff = False
    with_app.save()
    assert browser.get(CODE, follow=True).request["PATH_INFO"] == "/admin/login/"


def test_who_gave_a_password_alone_can_log_out(browser, with_app):
    log_in(browser, "editor")
    browser.post("/admin/logout/")
    assert "/admin/login/" in browser.get(CODE)["Location"]


def test_a_stranger_gets_none_of_the_pages(browser):
    for address in (SET_UP, CODE, OVERVIEW):
        assert browser.get(address)["Location"].startswith("/admin/login/?next=")
    assert browser.post("/admin/second-factor/backup-codes/").status_code == 302
