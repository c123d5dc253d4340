"""A pair of people is there once, in order, and brings what an editor needs to decide."""

import pytest
from django.db import IntegrityError

from archive.models import PossibleDuplicate
from tests.factories import make_person, make_possible_duplicate

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return make_person("Omar Tarnov"), make_person("Umar Tarnov")


def test_a_pair_is_there_once(people):
    make_possible_duplicate(*people)
    with pytest.raises(IntegrityError, match="possible_duplicate_once"):
        make_possible_duplicate(*people, state="different")


def test_a_pair_is_the_same_whoever_came_first(people):
    one, other = people
    make_possible_duplicate(one, other)
    with pytest.raises(IntegrityError, match="possible_duplicate_once"):
        make_possible_duplicate(other, one)


def test_of_pairs_that_a_merge_made_equal_one_is_shown(people):
    shown = make_possible_duplicate(*people)
    make_possible_duplicate(*people, shown=False)
    make_possible_duplicate(people[0], people[0], shown=False)
    assert list(PossibleDuplicate.objects.open()) == [shown]
    assert PossibleDuplicate.objects.of_both(people[1].pk, people[0].pk).count() == 2


def test_nobody_is_their_own_double(people):
    with pytest.raises(IntegrityError, match="possible_duplicate_of_two"):
        make_possible_duplicate(people[0], people[0])


def test_pairs_bring_their_people_in_as_many_statements_for_many(people, django_assert_num_queries):
    make_possible_duplicate(*people)
    make_possible_duplicate(people[0], make_person("Omar Tarnoff"))
    with django_assert_num_queries(3):
        pairs = list(PossibleDuplicate.objects.open().with_people())
        assert [(pair.first.quote_count, pair.second.commonest_roles) for pair in pairs] == [(0, []), (0, [])]


def test_what_is_decided_is_on_record(people):
    pair = make_possible_duplicate(*people)
    PossibleDuplicate.objects.update(state="different")
    assert list(pair.events.order_by("pgh_id").values_list("pgh_label", "state")) == [
        ("added", "open"),
        ("changed", "different"),
    ]
