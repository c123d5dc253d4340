"""Roles and dates say of what country, field and era somebody is, and nothing where they are not plain."""

from datetime import date

import pytest

from archive.importing.standing import Standing, countries_of, fields_of


@pytest.mark.parametrize(
    ("role", "countries"),
    [
        ("Syrian foreign minister", {"syria"}),
        ("former Syrian Foreign Minister", {"syria"}),
        ("then-French President", {"france"}),
        ("Syria's UN ambassador", {"syria"}),
        ("Syria’s UN ambassador", {"syria"}),
        ("Syrias President", {"syria"}),
        ("Saudi Arabia's crown prince", {"saudi arabia"}),
        ("US envoy for Syria", {"united states"}),
        ("U.S. Forces-Afghanistan commander", {"united states"}),
        ("U.S. Air Force Colonel", {"united states"}),
        ("United States Senator", {"united states"}),
        ("United Kingdom Prime Minister", {"united kingdom"}),
        ("Scottish lawmaker", {"united kingdom"}),
        ("South Korean general", {"south korea"}),
        ("Korean general", {"north korea", "south korea"}),
        ("South Sudanese minister for East African Affairs", {"south sudan"}),
        ("French-Syrian activist", {"france", "syria"}),
        ("Canadian-US scientist", {"canada", "united states"}),
        ("US-backed Syrian rebel commander", {"syria"}),
        ("London-based Iraqi activist", {"iraq"}),
        ("Iran Foreign Minister", {"iran"}),
        ("Supreme Leader of Iran", {"iran"}),
        ("foreign affairs minister of Cuba", {"cuba"}),
        ("acting Prime Minister of Iraq", {"iraq"}),
        ("UN envoy for Syria", set()),
        ("United Nations special envoy for Syria", set()),
        ("NATO commander in Afghanistan", set()),
        ("Syria envoy", set()),
        ("US-led coalition spokesman", set()),
        ("U.S.-led coalition spokesman", set()),
        ("Britain-based director", set()),
        ("pro-Syrian lawmaker", set()),
        ("ambassador to Syria", set()),
        ("American University professor", set()),
        ("Syrian Observatory director", set()),
        ("Georgia's governor", set()),
        ("New Jersey Governor", set()),
        ("spokesman who met us", set()),
        ("Moscow correspondent", set()),
        ("", set()),
    ],
)
def test_the_country_is_the_one_the_office_belongs_to(role, countries):
    assert countries_of(role) == countries


@pytest.mark.parametrize(
    ("role", "fields"),
    [
        ("striker", {"sport"}),
        ("former tennis player", {"sport"}),
        ("goalkeeper for Harrow United", {"sport"}),
        ("singer and activist", {"arts"}),
        ("actors", {"arts"}),
        ("former actor, now governor", {"arts", "politics and war"}),
        ("Lieutenant General", {"politics and war"}),
        ("sports minister", {"politics and war"}),
        ("rebel commander", {"politics and war"}),
        ("general manager", set()),
        ("director general", set()),
        ("Attorney General", set()),
        ("team captain", set()),
        ("club president", set()),
        ("director of a film about soldiers", set()),
        ("", set()),
    ],
)
def test_the_field_is_named_by_clear_nouns_only(role, fields):
    assert fields_of(role) == fields


def standing(*roles, days=()):
    made = Standing()
    made.add_roles(roles)
    for day in days:
        made.add_dates(day, day)
    return made


def test_nothing_speaks_against_what_is_not_known():
    unknown, minister = Standing(), standing("Syrian minister", days=[date(1950, 1, 1)])
    assert unknown.against(minister) == minister.against(unknown) == unknown.against(unknown) == ""
    assert not unknown.agrees_with(minister)
    assert minister.agrees_with(standing("Syrian striker", "Syrian general"))


def test_all_that_speaks_against_is_told():
    one = standing("Syrian minister", days=[date(1950, 1, 1), date(1960, 1, 1)])
    other = standing("US actor", days=[date(2006, 1, 1)])
    assert one.against(other) == (
        "the roles name different countries: Syria, United States, and the roles are of different fields: "
        "politics and war, arts, and the reports are 46 years apart"
    )
    assert not one.agrees_with(other)


def test_a_report_without_a_date_changes_no_era():
    one = standing(days=[date(1950, 1, 1)])
    one.add_dates(None, None)
    assert (one.earliest, one.latest) == (date(1950, 1, 1), date(1950, 1, 1))
