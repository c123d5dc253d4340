"""Each item of a queue goes to one editor, also where several ask at once, and comes back when its time is over."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from archive.admin.review import KINDS
from archive.curation import attributing, reviewing
from archive.models import Quote, ReviewClaim
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = [f"word{number}" for number in range(40)]


@pytest.fixture
def editors(django_user_model):
    return [django_user_model.objects.create_user(f"editor{number}") for number in range(4)]


@pytest.fixture
def quotes():
    """Forty quotes of whose speakers nothing is known, in their order."""
    article = make_article(text=" ".join(f"{word}." for word in WORDS))
    return [make_quote(article, f"{word}.", confidence=0.1) for word in WORDS]


def queue():
    return KINDS["unknown"].queue


def test_two_editors_get_two_items_and_each_keeps_theirs(editors, quotes):
    one, other, *_ = editors
    assert [reviewing.take(queue(), editor) for editor in (one, other, one, other)] == [
        quotes[0],
        quotes[1],
        quotes[0],
        quotes[1],
    ]
    assert ReviewClaim.objects.count() == 2


def test_editors_at_once_never_get_the_same_item(editors, quotes):
    """Each takes and decides as fast as they can until nothing is left."""
    barrier = threading.Barrier(len(editors))

    def work(editor):
        taken = []
        try:
            connection.ensure_connection()
            barrier.wait(30)
            while item := reviewing.take(queue(), editor):
                taken.append(item.pk)
                attributing.confirm(item.pk, attributing.last_event(item), "test")
                reviewing.release(queue(), item.pk)
            return taken
        finally:
            connection.close()

    with ThreadPoolExecutor(len(editors)) as pool:
        taken = [future.result(120) for future in [pool.submit(work, editor) for editor in editors]]
    assert sorted(key for keys in taken for key in keys) == [quote.pk for quote in quotes]
    assert set(Quote.objects.values_list("state", flat=True)) == {"confirmed"}
    assert not ReviewClaim.objects.exists()


def test_editors_who_only_look_hold_different_items(editors, quotes):
    barrier = threading.Barrier(len(editors))

    def look(editor):
        try:
            connection.ensure_connection()
            barrier.wait(30)
            return reviewing.take(queue(), editor).pk
        finally:
            connection.close()

    for _ in range(10):
        ReviewClaim.objects.all().delete()
        with ThreadPoolExecutor(len(editors)) as pool:
            assert len(set(pool.map(look, editors))) == len(editors)


def test_when_the_time_is_over_somebody_else_gets_it(editors, quotes):
    one, other, third, _ = editors
    reviewing.take(queue(), one)
    ReviewClaim.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert reviewing.take(queue(), other) == quotes[0]
    assert reviewing.take(queue(), one) == quotes[1]
    assert ReviewClaim.objects.get(key=quotes[0].pk).editor == other


def test_looking_at_it_again_makes_the_time_longer(editors, quotes):
    reviewing.take(queue(), editors[0])
    almost = timezone.now() + timedelta(seconds=5)
    ReviewClaim.objects.update(until=almost)
    reviewing.take(queue(), editors[0])
    assert ReviewClaim.objects.get().until > almost


def test_the_item_asked_for_is_given_unless_somebody_else_has_it(editors, quotes):
    one, other, *_ = editors
    assert reviewing.take(queue(), one, quotes[7].pk) == quotes[7]
    assert reviewing.take(queue(), other, quotes[7].pk) == quotes[0]
    assert reviewing.take(queue(), one, 0) == quotes[7]
    assert ReviewClaim.objects.count() == 2


def test_a_quote_that_waits_in_two_queues_is_given_to_one_editor(editors, quotes):
    one, other, *_ = editors
    assert reviewing.take(queue(), one, quotes[0].pk) == quotes[0]
    same = reviewing.Queue("another", "quote", Quote.objects.filter(pk=quotes[0].pk))
    assert reviewing.take(same, other) is None
    assert reviewing.take(same, one) == quotes[0]


def test_what_one_skips_the_others_still_get(editors, quotes):
    one, other, *_ = editors
    reviewing.skip(queue(), quotes[0].pk, one)
    reviewing.skip(queue(), quotes[0].pk, one)
    assert reviewing.take(queue(), one) == quotes[1]
    assert reviewing.take(queue(), other) == quotes[0]
    assert reviewing.skipped_by(one) == {"unknown"}
    assert reviewing.bring_back("unknown", one) == 1
    reviewing.release(queue(), quotes[0].pk)
    reviewing.release(queue(), quotes[1].pk)
    assert reviewing.take(queue(), one) == quotes[0]


def test_what_does_not_wait_any_more_is_not_given(editors, quotes):
    reviewing.take(queue(), editors[0])
    Quote.objects.filter(pk=quotes[0].pk).update(state="confirmed")
    assert reviewing.take(queue(), editors[0]) == quotes[1]
    assert [claim.key for claim in ReviewClaim.objects.all()] == [quotes[1].pk]
    Quote.objects.update(gone="Its words are not in version 2.")
    assert reviewing.take(queue(), editors[0]) is None
    assert not ReviewClaim.objects.exists()
