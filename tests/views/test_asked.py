import pytest
from django.http import QueryDict

from archive.search import Match
from archive.views.asked import Addresses

TYPED = (
    "q=caf%C3%A9+%26+%22two+words%22&kind=quotes&outlet=wire&said=direct&outlet=gazette&match=half&empty=&page=3&find=x"
)
SHARED = "q=caf%C3%A9+%26+%22two+words%22&kind=quotes&outlet=wire&outlet=gazette&said=direct&match=half&empty="


@pytest.fixture
def addresses():
    return Addresses(QueryDict(TYPED))


def test_all_begin_at_the_first_page_and_keep_what_was_asked(addresses):
    assert addresses.with_() == f"/search/?{SHARED}"
    assert addresses.at("/search/facets/outlet/") == f"/search/facets/outlet/?{SHARED}"


def test_a_parameter_that_is_set_comes_last_and_one_that_is_none_goes(addresses):
    assert addresses.with_(q="é=1", kind=None, sort=None) == (
        "/search/?outlet=wire&outlet=gazette&said=direct&match=half&empty=&q=%C3%A9%3D1"
    )


def test_a_value_is_added_to_those_of_its_facet(addresses):
    assert addresses.adding("outlet", "a b", Match.ALL) == (
        "/search/?q=caf%C3%A9+%26+%22two+words%22&kind=quotes&outlet=wire&outlet=gazette&outlet=a+b&said=direct"
        "&match=all&empty="
    )
    assert addresses.adding("published", "2018") == f"/search/?{SHARED}&published=2018"


def test_a_value_stands_in_the_place_of_the_others(addresses):
    assert addresses.only("outlet", "x") == f"/search/?{SHARED.replace('outlet=wire&outlet=gazette', 'outlet=x')}"
    assert addresses.only("published", "2018", Match.ANY) == (
        f"/search/?{SHARED.replace('match=half', 'match=any')}&published=2018"
    )


def test_a_value_is_taken_away_and_the_last_one_with_its_name(addresses):
    assert addresses.without("outlet", "wire") == f"/search/?{SHARED.replace('outlet=wire&', '')}"
    assert addresses.without("said", "direct") == f"/search/?{SHARED.replace('said=direct&', '')}"
    assert addresses.without("published", "2018") == f"/search/?{SHARED}"


def test_one_address_leaves_the_others_as_they_are(addresses):
    addresses.adding("outlet", "x", Match.ALL)
    addresses.with_(kind=None)
    assert addresses.with_() == f"/search/?{SHARED}"


def test_without_parameters_there_is_no_question_mark():
    addresses = Addresses(QueryDict("q=mill&page=2"))
    assert addresses.with_(q=None) == "/search/"
    assert addresses.without("q", "mill") == "/search/"
    assert Addresses(QueryDict("page=2")).at("/elsewhere/") == "/elsewhere/"
