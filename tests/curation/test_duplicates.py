"""Editors tell people apart, and may change their mind."""

import pytest

from archive.curation.duplicates import reopen, tell_apart
from archive.models import PossibleDuplicate
from tests.factories import make_person, make_possible_duplicate

pytestmark = pytest.mark.django_db


def test_pairs_are_told_apart_and_opened_again_but_not_those_out_of_view():
    people = [make_person(name) for name in ("Omar Tarnov", "Umar Tarnov", "Omar Tarnoff")]
    make_possible_duplicate(people[0], people[1])
    make_possible_duplicate(people[0], people[2], shown=False)
    assert tell_apart(PossibleDuplicate.objects.all()) == 1
    assert tell_apart(PossibleDuplicate.objects.all()) == 0
    assert list(PossibleDuplicate.objects.order_by("pk").values_list("state", flat=True)) == ["different", "open"]
    PossibleDuplicate.objects.update(state="different")
    assert reopen(PossibleDuplicate.objects.all()) == 1
    assert list(PossibleDuplicate.objects.order_by("pk").values_list("state", flat=True)) == ["open", "different"]
