"""A record whose reports speak of two people is proposed once, with the reason."""

from datetime import date

import pytest

from archive.curation.merging import merge
from archive.importing.standing import Standing
from archive.models import Person, PossibleNamesakes
from archive.proposing.namesakes import propose_namesakes, why_two
from tests.factories import make_article, make_mention, make_person

pytestmark = pytest.mark.django_db


def report(*roles, year=2014):
    standing = Standing()
    standing.add_roles(roles)
    standing.add_dates(date(year, 1, 1), date(year, 12, 31))
    return standing


@pytest.mark.parametrize(
    ("reports", "reason"),
    [
        ([report("US senator"), report("Russian general")], "different countries: Russia, United States"),
        ([report("US senator"), report(), report("US senator")], ""),
        ([report("general"), report("general", "actor"), report("actor")], ""),
        ([report("general"), report("actor"), report("general and actor")], ""),
        ([report("general"), report("actor")], "different fields"),
        ([report(year=1938), report(year=1960), report(year=2014)], "76 years apart"),
        ([report(year=1980), report(year=2014)], ""),
        ([report()], ""),
        ([], ""),
    ],
)
def test_why_reports_may_be_of_two(reports, reason):
    for each in (reports, reports[::-1]):
        found = why_two(each)
        assert bool(found) == bool(reason)
        if "countries" not in reason:
            assert reason in found


def named(person, *roles, published=None):
    for role in roles:
        make_mention(make_article(text=f"{person} came.", published=published), person, person.name, role=role)


def test_who_may_be_two_is_proposed_once():
    one, other = make_person("Omar Tarnov"), make_person("Vera Lindqvist")
    named(one, "US senator", "Russian general")
    named(other, "US senator", "US general")
    keys = list(Person.objects.values_list("pk", flat=True))
    assert propose_namesakes(keys) == 1
    proposal = PossibleNamesakes.objects.get()
    assert proposal.person == one
    assert "the roles name different countries" in proposal.reason
    PossibleNamesakes.objects.update(state="one")
    assert propose_namesakes(keys) == 0
    assert not PossibleNamesakes.objects.open().exists()


def test_whom_an_editor_has_merged_is_not_proposed():
    one, other = make_person("Omar Tarnov"), make_person("Umar Tarnov")
    named(one, "US senator")
    named(other, "Russian general")
    merge(one.pk, [other.pk], "one man")
    assert propose_namesakes([one.pk]) == 0
