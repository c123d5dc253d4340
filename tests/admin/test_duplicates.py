"""The queue of people who may be one person shows what an editor needs, and takes their decision."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import PossibleDuplicate
from tests.factories import make_article, make_mention, make_person, make_possible_duplicate, make_quote

pytestmark = pytest.mark.django_db
LIST = "admin:archive_possibleduplicate_changelist"


@pytest.fixture
def pair():
    one, other = make_person("Omar Tarnov"), make_person("Umar Tarnov")
    article = make_article(text='"We wait", Omar Tarnov said.')
    make_mention(article, one, "Omar Tarnov", role="harbour minister")
    make_quote(article, '"We wait"', one)
    return make_possible_duplicate(one, other)


def decide(client, action, *pairs, **filters):
    data = {"action": action, "_selected_action": [pair.pk for pair in pairs]}
    return client.post(reverse(LIST, query=filters), data, follow=True)


def shown(page):
    return list(page.context["cl"].queryset.values_list("pk", flat=True))


def test_the_queue_shows_both_with_roles_counts_and_links(client, editor, pair):
    page = client.get(reverse(LIST)).content.decode()
    assert "spelt alike: Omar Tarnov, Umar Tarnov" in page
    for person in (pair.first, pair.second):
        assert f'href="{reverse("admin:archive_person_change", args=[person.pk])}">{person.name}</a>' in page
        assert f'href="{person.get_absolute_url()}"' in page
    assert "quotes: 1, reports: 1<br>harbour minister" in page
    assert "quotes: 0, reports: 0<br>no role printed" in page


def test_what_is_decided_leaves_the_queue_and_comes_back_when_opened_again(client, editor, pair):
    answer = decide(client, "tell_apart", pair)
    assert "not proposed again: 1." in answer.content.decode()
    assert shown(client.get(reverse(LIST))) == []
    assert shown(client.get(reverse(LIST), {"state": "different"})) == [pair.pk]
    assert shown(client.get(reverse(LIST), {"state": "all"})) == [pair.pk]

    decide(client, "reopen", pair, state="different")
    assert shown(client.get(reverse(LIST))) == [pair.pk]


def test_history_says_who_decided(client, editor, pair):
    decide(client, "tell_apart", pair)
    page = client.get(reverse("admin:archive_possibleduplicate_history", args=[pair.pk])).content.decode()
    assert "editor" in page
    assert "different" in page


def test_who_may_only_look_decides_nothing(client, django_user_model, pair):
    reader = django_user_model.objects.create_user("reader", password="a long password", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_possibleduplicate"))
    client.force_login(reader)
    assert shown(client.get(reverse(LIST))) == [pair.pk]
    decide(client, "tell_apart", pair)
    assert PossibleDuplicate.objects.get().state == "open"


def test_pairs_are_found_by_any_name(client, editor, pair):
    other = make_possible_duplicate(make_person("Ada Lind", "Ada Quill"), make_person("Ada Linde"))
    assert shown(client.get(reverse(LIST), {"q": "QUILL ada"})) == [other.pk]


def test_the_list_asks_as_often_for_many_pairs_as_for_one(client, editor, pair):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(LIST))
        return len(captured)

    before = queries()
    for number in range(10):
        make_possible_duplicate(pair.first, make_person(f"Omar Tarnov {number}"))
    assert queries() == before
