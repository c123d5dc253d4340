"""The table of the README says what each role may do, and it is so."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from archive.accounts.roles import ROLES, keep_roles, may_do_more_than_propose, permissions_of
from archive.accounts.second_factor import is_required
from tests.clients import WhollyLoggedInClient
from tests.factories import make_proposal, make_report_with_quote

pytestmark = pytest.mark.django_db
README = Path(__file__).resolve().parents[2] / "README.md"
HEAD = "| what | reader | contributor | editor | administrator |"


def table() -> dict[str, tuple[bool, ...]]:
    """What the README says: for each thing, which of the four may do it."""
    _, _, after = README.read_text().partition(f"{HEAD}\n|---|---|---|---|---|\n")
    rows = [line.strip("|").split("|") for line in after.partition("\n\n")[0].splitlines()]
    return {what.strip(): tuple(bool(mark.strip()) for mark in marks) for what, *marks in rows}


@pytest.fixture
def probes(django_user_model):
    """For each thing, whether the browser of a user can do it."""
    article, person, quote = make_report_with_quote()
    proposal = make_proposal(person, django_user_model.objects.create_user("else"), {"note": ("", "a", "a")})

    def opens(name, *keys):
        address = reverse(name, args=keys)
        return lambda browser: browser.get(address).status_code == 200

    def page_has(text, name, *keys):
        address = reverse(name, args=keys)
        return lambda browser: text in browser.get(address).text

    return {
        "read, search, export": opens("home"),
        "see reports, quotes, people and organisations in the admin": opens("admin:archive_quote_change", quote.pk),
        "propose a change, for an editor to accept": opens("admin:propose_quote", quote.pk),
        "correct, confirm, reject, merge, split, hide, remove": page_has(
            'name="_save"', "admin:archive_quote_change", quote.pk
        ),
        "accept and decline proposals": page_has('value="Decline"', "admin:archive_proposal_change", proposal.pk),
        "see hidden reports, and who changed what and why": opens("admin:archive_article_history", article.pk),
        "give roles, reset a second factor": opens("admin:auth_user_add"),
        "let somebody who is locked out try again": opens("admin:axes_accessattempt_changelist"),
    }


def test_the_table_is_true(probes, make_user):
    browsers = [WhollyLoggedInClient() for _ in range(4)]
    users = [make_user(role) for role in ROLES]
    for browser, user in zip(browsers[1:], users, strict=True):
        browser.force_login(user)
    found = {what: tuple(can(browser) for browser in browsers) for what, can in probes.items()}
    found["have to give a second factor"] = (False, *map(is_required, users))
    assert table() == found


def test_roles_are_made_again_as_they_are_written(db):
    keep_roles()
    editor = Group.objects.get(name="editor")
    editor.permissions.set(Permission.objects.filter(codename="change_user"))
    Group.objects.get(name="contributor").delete()
    keep_roles()
    assert {*Group.objects.values_list("name", flat=True)} == {*ROLES}
    held = {*editor.permissions.values_list("codename", flat=True)}
    assert "change_quote" in held and "change_user" not in held


def test_where_nothing_has_changed_nothing_is_written(django_assert_num_queries):
    keep_roles()
    with django_assert_num_queries(2 + 3 * 3):  # the transaction's ends, and a look at each role
        keep_roles()


def test_an_editor_may_do_all_with_every_record_of_the_archive_but_propose():
    held = {*permissions_of("editor").values_list("content_type__app_label", "codename")}
    own = {*Permission.objects.filter(content_type__app_label="archive").values_list("codename", flat=True)}
    assert own - {name for app, name in held if app == "archive"} == {"add_proposal"}
    assert {name for app, name in held if app != "archive" and not name.startswith("view_")} == set()


def test_a_right_that_is_given_one_by_one_counts_too(make_user, django_user_model):
    user = make_user("contributor")
    assert not may_do_more_than_propose(user)
    user.user_permissions.add(Permission.objects.get(codename="change_outlet"))
    assert may_do_more_than_propose(django_user_model.objects.get(pk=user.pk))


def test_there_is_no_other_role():
    with pytest.raises(ValueError, match="There is no role 'reader'"):
        permissions_of("reader")
