"""Every address of the admin, asked by each role: who may not edit changes nothing, whatever they send."""

import re

import pytest
from django.apps import apps
from django.contrib.admin.sites import site
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver
from psycopg import sql

from archive.accounts.roles import ADMINISTRATOR, CONTRIBUTOR, EDITOR
from archive.admin.review import KINDS
from archive.curation.merging import merge
from archive.importing.description import Defaults
from archive.importing.documents import documents
from archive.importing.run import run_import
from archive.models import Person, Proposal, Quote, ReviewClaim, Tombstone, Version
from archive.verifying.run import verify
from tests.admin.forms import as_sent, filled
from tests.factories import (
    make_error_report,
    make_organisation,
    make_outlet,
    make_person,
    make_possible_duplicate,
    make_proposal,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db

# What whoever is logged in may do with their own account, and what leads to the login.
OWN = re.compile(r"/admin/(login|logout|password_change|second-factor)/")
# Where a contributor proposes: a proposal is made, and no record is changed.
PROPOSING = re.compile(r"/admin/archive/(article|quote|person|organisation)/[0-9]+/propose/")
# What asks for more than editing.
OF_ADMINISTRATORS = re.compile(r"/admin/(auth|axes)/")


def patterns(resolver=None, before=""):
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry


def addresses() -> list[str]:
    """One address for each pattern of the whole archive, with the key of a record that is there."""
    found = []
    for route, _ in patterns():
        model = Quote if route.startswith("admin/r/") else model_of(route)
        record = model._default_manager.order_by("pk").last() if model else None
        key = str(record.pk) if record else "1"
        address = "/" + re.sub(r"<(?:[a-z]+:)?(object_id|key|id|pk)>", key, route)
        address = address.replace("<slug:kind>", next(iter(KINDS)))
        address = address.replace("<int:content_type_id>", str(ContentType.objects.get_for_model(Quote).pk))
        address = re.sub(r"\(\?P<app_label>.*?\)/\$", "archive/", address)
        address = re.sub(r"\(\?P<url>\.\*\)\$", "nowhere/", address)
        address = re.sub(r"<(?:[a-z]+:)?[a-z0-9_]+>", "1", address)
        found.append(address.removesuffix("$"))
    return sorted(set(found))


def model_of(route: str):
    parts = route.removeprefix("admin/").split("/")
    try:
        return apps.get_model(parts[0], parts[1])
    except (LookupError, IndexError):
        return None


def everything() -> list[tuple]:
    """What every table holds, as a number of rows and a sum over what is in them; but for sessions."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name != Session._meta.db_table]
        digest = sql.SQL("SELECT {}, count(*), sum(hashtext(t::text)::bigint) FROM {} t")
        each = [digest.format(sql.Literal(name), sql.Identifier(name)) for name in sorted(tables)]
        cursor.execute(sql.SQL(" UNION ALL ").join(each))
        return sorted(cursor.fetchall())


def sendable(client, address: str) -> dict:
    """What whoever may do it would send from the page; of pages without such a form, what those here ask for."""
    page = client.get(address)
    data = {
        "reason": "It is so.",
        "answer": "No.",
        "post": "yes",
        "action": "tell_apart",
        "name": "Marta Quill",
        "text": "Nothing was said.",
        "people": [person.pk for person in Person.objects.order_by("pk")[:2]],
        "stays": Person.objects.order_by("pk").first().pk,
        "quotes": [quote.pk for quote in Quote.objects.exclude(speaker=None)],
    }
    if page.status_code == 200 and page.context is not None and "adminform" in page.context:
        data |= filled(page)
        changes = {"title": "Another title", "note": "A note.", "role": "Brigadier", "first_name": "Marta"}
        data |= {name: value for name, value in changes.items() if name in data}
        data["name"] = data["name"] or "Marta Quill"
    elif page.status_code == 200 and page.context is not None and hasattr(page.context.get("form"), "fields"):
        form = page.context["form"]
        given = {form.add_prefix(name): form[name].value() for name in form.fields}
        data |= {name: as_sent(value) for name, value in given.items() if value}
    if page.status_code == 200 and page.context is not None and "cl" in page.context:
        model_admin = page.context["cl"].model_admin
        data["action"] = next((name for name in model_admin.get_actions(page.wsgi_request)), "")
        data["_selected_action"] = [row.pk for row in page.context["cl"].queryset[:1]]
    return data


@pytest.fixture
def world(tmp_path, make_user):
    """A record of each kind, and something for each page to decide on."""
    (tmp_path / "empty.txt").write_text("")
    list(run_import(documents([str(tmp_path)], None), command="import", defaults=Defaults(), jobs=1))
    stays, other = make_person("Omar Tarnov"), make_person("Umar Tarnov")
    make_possible_duplicate(stays, other)
    merge(stays.pk, [make_person("Omar Tarnoff").pk], "one man")
    make_organisation("Harrow police", "HPD")
    Tombstone.objects.create(number=17, reason="It is a forgery.", originals=["ab" * 32])
    article, person, _ = make_report_with_quote(outlet=make_outlet())
    make_quote(article, "residents said", kind="reported")
    list(verify(Version.objects.all(), jobs=1))
    proposed_by = make_user(CONTRIBUTOR, "another-contributor")
    make_proposal(person, proposed_by, {"note": ("", "a colonel", "a colonel")})
    make_error_report(article)


@pytest.fixture
def superuser(django_user_model):
    return django_user_model.objects.create_superuser("first", "first@archive.example", "a long password")


@pytest.fixture
def attempts(world, client, superuser):
    """For each address what a superuser would send there."""
    client.force_login(superuser)
    found = {address: sendable(client, address) for address in addresses() if "logout" not in address}
    client.logout()
    return found


def test_the_walk_meets_every_model_and_page_of_the_admin(world):
    walked = addresses()
    for model in site._registry.keys() - {ReviewClaim}:  # which has the queue's pages instead
        for step in ("", "add/", "/change/", "/history/", "/delete/"):
            assert any(f"/{model._meta.model_name}/" in address and address.endswith(step) for address in walked)
    assert len([address for address in walked if address.startswith("/admin/")]) > 80
    assert not any(re.search(r"[<>()?*]", address) for address in walked)


def test_a_visitor_reaches_no_page_of_the_admin_and_changes_nothing(client, attempts):
    before = everything()
    for address, data in attempts.items():
        answers = [client.get(address), client.post(address, data)]
        if address.startswith("/admin/") and not address.startswith("/admin/login/"):
            assert {answer.status_code for answer in answers} <= {301, 302, 405}, address
            assert all("/login/" in answer.get("Location", "/login/") for answer in answers), address
        assert everything() == before, address


def test_a_contributor_changes_nothing_and_sees_no_page_that_edits(client, attempts, make_user):
    client.force_login(make_user(CONTRIBUTOR))
    may_open = re.compile(
        r"/admin/($|archive/($|(article|quote|person|organisation|proposal)/($|[0-9]+/(change|propose)/$))|jsi18n|r/)"
    )
    before = everything()
    for address, data in attempts.items():
        if not address.startswith("/admin/") or OWN.match(address):
            continue
        seen = client.get(address)
        if not may_open.match(address):
            assert seen.status_code in (302, 403, 404, 405), address
        sent = client.post(address, data)
        if not PROPOSING.match(address):
            assert everything() == before, address
            if "/change/" in address or "/add/" in address or "/delete/" in address:
                assert sent.status_code in (302, 403, 404), address
        else:
            Proposal.objects.exclude(by__username="another-contributor").delete()
            before = everything()


def test_an_editor_is_refused_where_users_and_locks_are(client, attempts, make_user):
    client.force_login(make_user(EDITOR))
    before = everything()
    asked = [address for address in attempts if OF_ADMINISTRATORS.match(address)]
    assert len(asked) >= 12
    for address in asked:
        assert client.get(address).status_code in (302, 403, 404), address
        assert client.post(address, attempts[address]).status_code in (302, 403, 404), address
        assert everything() == before, address


def test_an_administrator_opens_what_an_editor_opens_and_the_users(client, attempts, make_user):
    opened = {}
    for role in (EDITOR, ADMINISTRATOR):
        client.force_login(make_user(role))
        opened[role] = {address for address in attempts if client.get(address).status_code == 200}
    more = {re.sub("[0-9]+", "1", address) for address in opened[ADMINISTRATOR] - opened[EDITOR]}
    assert opened[EDITOR] <= opened[ADMINISTRATOR]
    assert more == {
        "/admin/auth/group/",
        "/admin/auth/group/1/change/",
        "/admin/auth/group/1/history/",
        "/admin/auth/user/",
        "/admin/auth/user/add/",
        "/admin/auth/user/1/change/",
        "/admin/auth/user/1/history/",
        "/admin/axes/accessattempt/",
    }


def test_what_is_refused_to_others_works_for_an_editor(client, attempts, make_user):
    """What is sent above is no nonsense: sent by an editor, it changes something at most of the addresses."""
    client.force_login(make_user(EDITOR))
    changed = []
    for address in attempts:
        if not address.startswith("/admin/archive/"):
            continue
        with transaction.atomic():  # each in the world as it was
            before = everything()
            client.post(address, sendable(client, address))
            if everything() != before:
                changed.append(re.sub("[0-9]+", "1", address))
            transaction.set_rollback(True)
    assert {
        "/admin/archive/article/1/change/",
        "/admin/archive/article/1/hide/",
        "/admin/archive/person/add/",
        "/admin/archive/person/1/change/",
        "/admin/archive/person/1/split/",
        "/admin/archive/quote/1/change/",
        "/admin/archive/proposal/1/accept/",
        "/admin/archive/transfer/1/undo/",
    } <= {*changed}
