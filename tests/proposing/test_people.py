"""Records whose names are nearly the same are proposed where roles, outlets and times agree, with the reasons."""

from datetime import date

import pytest

from archive.curation.duplicates import tell_apart
from archive.curation.merging import merge
from archive.models import Person, PossibleDuplicate
from archive.proposing.people import how_alike, propose_pairs
from tests.factories import make_article, make_mention, make_outlet, make_person, make_possible_duplicate

pytestmark = pytest.mark.django_db


def named(name, role="", outlet=None, published=date(2014, 3, 1)):
    person = make_person(name)
    article = make_article(text=f"{name} came.", outlet=outlet, published=published)
    make_mention(article, person, name, role=role)
    return person


def propose():
    return propose_pairs(list(Person.objects.order_by("pk").values_list("pk", flat=True)))


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("volodymyr zelensky", "volodymyr zelenskyy", "spelt alike"),
        ("omar tarnov", "umar tarnov", "spelt alike"),
        ("omar tarnov", "otar tarnov", ""),
        ("omar tarnovik", "omar tarnovak", "one slip apart"),
        ("mohammed tarnov", "mohamed ali tarnov", "the same but for names in between"),
        ("m tarnov", "mohammed tarnov", "the same surname, and a first name that begins so"),
        ("k tarnov", "mohammed tarnov", ""),
        ("vera lindqvist", "greta lindqvist", ""),
        ("vera lindqvist", "vera lindqvist", ""),
        ("vera lindqvist", "vera brandvold", ""),
        ("ali hassan", "ali hussein", ""),
    ],
)
def test_how_names_are_nearly_the_same(one, other, how):
    assert how_alike(one, other) == how_alike(other, one) == how


def test_a_slip_is_proposed_where_the_role_agrees(db):
    one, other = named("Omar Tarnovik", "harbour minister"), named("Omar Tarnovak", "Harbour Minister")
    assert propose() == 1
    pair = PossibleDuplicate.objects.get()
    assert (pair.first, pair.second) == (one, other)
    assert pair.reason.startswith("one slip apart: Omar Tarnovik, Omar Tarnovak; the same role: harbour minister")
    assert propose() == 0


def test_outlet_and_time_together_are_enough_and_either_alone_is_not():
    gazette = make_outlet()
    named("Omar Tarnovik", outlet=gazette)
    late = named("Omar Tarnovak", outlet=gazette, published=date(2024, 3, 1))
    assert propose() == 0
    make_mention(make_article(text="Omar Tarnovak left.", published=date(2014, 4, 1)), late, "Omar Tarnovak")
    assert propose() == 1
    assert (
        "the same outlet: Harrow Gazette; reports of the same time: 2014; 2014–2024"
        in PossibleDuplicate.objects.get().reason
    )


def test_a_name_with_an_initial_and_one_with_more_names_are_found():
    named("M. Tarnov", "harbour minister")
    named("Mohammed Tarnov", "harbour minister")
    named("Mohammed Ali Tarnov", "harbour minister")
    propose()
    pairs = {frozenset((pair.first.name, pair.second.name)) for pair in PossibleDuplicate.objects.all()}
    assert pairs == {
        frozenset(("M. Tarnov", "Mohammed Tarnov")),
        frozenset(("Mohammed Tarnov", "Mohammed Ali Tarnov")),
    }


def test_what_speaks_against_it_and_who_stands_beside_them_keeps_two_apart():
    named("Omar Tarnovik", "US senator")
    named("Omar Tarnovak", "Russian senator")
    assert propose() == 0
    one, other = make_person("Greta Solheim"), make_person("Greta Solhaim")
    article = make_article(text="Greta Solheim and Greta Solhaim came.")
    for person in (one, other):
        make_mention(article, person, person.name, role="captain")
    assert propose() == 0


def test_what_an_editor_has_decided_is_not_proposed_again():
    one, other = named("Omar Tarnovik", "harbour minister"), named("Omar Tarnovak", "harbour minister")
    make_possible_duplicate(other, one)
    tell_apart(PossibleDuplicate.objects.all())
    assert propose() == 0
    assert PossibleDuplicate.objects.get().state == "different"
    third = named("Omar Tarnovyk", "harbour minister")
    merge(one.pk, [third.pk], "one man")
    assert propose() == 0
