"""Organisations are joined across reports by their full names and acronyms, and never by a common word."""

import pytest

from archive.extraction import Mention, Organisation
from archive.importing.known_organisations import KnownOrganisations, identifying_names, is_acronym
from archive.importing.organisations import write_organisations
from archive.models import Organisation as Record
from archive.models import OrganisationMention, OrganisationName
from tests.factories import make_article, make_organisation

FULL = "Syrian Observatory for Human Rights"


def body(name, *forms, mentions=((0, 4),)):
    return Organisation(name, (name, *forms), tuple(Mention(*place) for place in mentions))


def written(*reports, together=True):
    """The records of the organisations of each report, imported in one batch or one by one."""
    versions = [make_article(f"Report {number}").shown_version for number, _ in enumerate(reports)]
    found = list(zip(versions, reports, strict=True))
    records = []
    for batch in [found] if together else [[one] for one in found]:
        known = KnownOrganisations(one for _, bodies in batch for one in bodies)
        records += write_organisations(batch, known)
    return records


@pytest.mark.parametrize("name", ["SOHR", "UN", "U.N.", "RT1"])
def test_capitals_are_an_acronym(name):
    assert is_acronym(name)


@pytest.mark.parametrize("name", ["S", "Sohr", "UN Women", "MINISTRY", "12", ""])
def test_other_words_are_none(name):
    assert not is_acronym(name)


@pytest.mark.parametrize(
    ("one", "names"),
    [
        (body(FULL, "SOHR", "Observatory", "the Observatory", "Syrian Observatory"), [FULL, "SOHR"]),
        (body("Kabul police", "the Kabul police", "police"), ["Kabul police", "the Kabul police"]),
        (body("Reuters"), ["Reuters"]),
        (body("Pentagon"), ["Pentagon"]),
        (body("NATO"), ["NATO"]),
        (body("Observatory"), []),
        (body("the ministry"), []),
        (body("The Ministry"), []),
        (body("state television"), []),
        (body("Observatory", "SOHR"), ["SOHR"]),
    ],
)
def test_only_full_names_and_acronyms_identify(one, names):
    assert identifying_names(one) == names


@pytest.mark.django_db
@pytest.mark.parametrize("together", [True, False])
def test_all_forms_are_names_and_a_full_name_or_acronym_joins_reports(together):
    long = body(FULL, "SOHR", "Observatory", mentions=[(0, 8), (10, 14)])
    [[first], [second], [third]] = written([long], [body("SOHR")], [body(f"the {FULL}")], together=together)
    assert first == second == third == Record.objects.get()
    assert (first.name, first.slug, first.sort_key) == (FULL, "syrian-observatory-for-human-rights", FULL.lower())
    assert dict(OrganisationName.objects.values_list("text", "identifies")) == {
        FULL: True,
        f"the {FULL}": True,
        "SOHR": True,
        "Observatory": False,
    }
    assert OrganisationMention.objects.count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize("together", [True, False])
def test_a_common_word_makes_and_joins_nobody(together):
    records = written(
        [body(FULL, "Observatory")],
        [body("Observatory")],
        [body("the ministry")],
        [body("ministry")],
        together=together,
    )
    assert [[one and one.name for one in bodies] for bodies in records] == [[FULL], [None], [None], [None]]
    assert Record.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("together", [True, False])
def test_an_acronym_first_and_the_full_name_later_are_one(together):
    [[first], [second], [third]] = written([body("SOHR")], [body(FULL, "SOHR")], [body(FULL)], together=together)
    assert first == second == third
    assert first.name == "SOHR"


@pytest.mark.django_db
@pytest.mark.parametrize("together", [True, False])
def test_dots_make_no_other_acronym(together):
    [[first], [second], [third]] = written(
        [body("United Nations", "U.N.")], [body("UN")], [body("the U.N.")], together=together
    )
    assert first == second == third == Record.objects.get()
    assert set(OrganisationName.objects.values_list("key", flat=True)) == {"united nations", "un", "the un"}


@pytest.mark.django_db
@pytest.mark.parametrize("together", [True, False])
def test_two_bodies_of_one_acronym_are_two_and_the_acronym_alone_is_neither(together):
    [[syrian], [other], [alone], [again]] = written(
        [body("Syrian Democratic Forces", "SDF")],
        [body("Southern Development Fund", "SDF")],
        [body("SDF")],
        [body("Southern Development Fund", "SDF")],
        together=together,
    )
    assert (syrian.name, other.name, alone, again) == (
        "Syrian Democratic Forces",
        "Southern Development Fund",
        None,
        other,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("together", [True, False])
def test_a_longer_form_of_the_full_name_is_the_same_body(together):
    [[first], [second], [third]] = written(
        [body(FULL, "SOHR")], [body(f"UK-based {FULL}", "SOHR")], [body("SOHR")], together=together
    )
    assert first == second == third


@pytest.mark.django_db
def test_a_name_that_two_bear_is_left_to_an_editor():
    make_organisation("Kabul police")
    make_organisation("Kabul police")
    assert written([body("Kabul police")]) == [[None]]
    assert Record.objects.count() == 2
    assert not OrganisationMention.objects.exists()


@pytest.mark.django_db
def test_a_name_an_editor_took_from_identifying_identifies_no_more():
    taken = make_organisation("Kabul police")
    taken.names.update(identifies=False)
    [[made]] = written([body("Kabul police")])
    assert made != taken
    assert made.slug == "kabul-police-2"


@pytest.mark.django_db
def test_a_name_too_long_for_the_database_is_left_out():
    assert written([body("Bureau of " + "X" * 400, "BOX")]) == [[Record.objects.get(name="BOX")]]
    assert written([body("Bureau of " + "Y" * 400)]) == [[None]]


@pytest.mark.django_db
def test_it_asks_the_database_as_often_for_many_as_for_one(django_assert_num_queries):
    def reports(count, prefix):
        return [[body(f"{prefix} Bureau {number}", f"{prefix}{number}")] for number in range(count)]

    for count, prefix in ((1, "AB"), (30, "CD")):
        found = list(zip([make_article().shown_version for _ in range(count)], reports(count, prefix), strict=True))
        with django_assert_num_queries(6):
            write_organisations(found, KnownOrganisations(one for _, bodies in found for one in bodies))
