import pytest
from django.http import Http404

from archive.views.paging import list_page


def test_the_first_page_has_no_number_in_its_address_and_keeps_the_other_words(rf):
    page = list_page(rf.get("/reports/", {"outlet": "gazette", "page": "2"}), range(25), 10)
    assert (page.rows, page.total, page.first_row, page.last_row) == (list(range(10, 20)), 25, 11, 20)
    assert page.previous == "/reports/?outlet=gazette"
    assert page.following == "/reports/?outlet=gazette&page=3"
    assert [(link.number, link.current) for link in page.links] == [(1, False), (2, True), (3, False)]


def test_two_lists_of_one_page_turn_apart(rf):
    request = rf.get("/people/a/", {"page": "2", "reports": "3"})
    assert list_page(request, range(100), 10, "reports").following == "/people/a/?page=2&reports=4"


def test_a_list_of_one_page_has_no_links(rf):
    page = list_page(rf.get("/reports/"), range(10), 10)
    assert (page.links, page.previous, page.following) == ((), "", "")


def test_an_empty_list_is_one_empty_page(rf):
    assert list_page(rf.get("/reports/"), [], 10).rows == []


def test_a_long_list_leaves_out_numbers_far_away(rf):
    page = list_page(rf.get("/reports/", {"page": "50"}), range(1000), 10)
    assert [link.number for link in page.links] == [1, None, 48, 49, 50, 51, 52, None, 100]


@pytest.mark.parametrize("number", ["0", "-1", "4", "x", "1.5", "9" * 30, ""])
def test_a_number_without_a_page_is_not_found(rf, number):
    with pytest.raises(Http404):
        list_page(rf.get("/reports/", {"page": number}), range(25), 10)
