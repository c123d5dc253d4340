"""What a report's page shows of others."""

import re
from datetime import date

import pytest

from archive.curation.withholding import hide, put_into_trash
from archive.models import Outlet, PossibleCopy
from tests.factories import make_article, make_outlet
from tests.search.test_alike import FERRY, FLOUR, LATER, MILL

pytestmark = pytest.mark.django_db

DAY = date(2018, 5, 7)


def related(client, article):
    return client.get(article.get_absolute_url()).context["related"]


def section(client, article, heading):
    """The part of the page under a heading, without tags; None where it is not there."""
    page = client.get(article.get_absolute_url()).text
    found = re.search(rf"<h3[^>]*>{heading}</h3>(.*?)</section>", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", found[1]).split()) if found else None


@pytest.fixture
def ferry():
    for number in range(24):
        make_article(f"Price of flour {number}", FLOUR)
    return make_article("Ferry sinks", FERRY, published=DAY, outlet=make_outlet("Harrow Gazette"))


def test_who_else_carried_it_and_how_that_is_known(client, index, ferry):
    copy = make_article("Alba goes down", f"{FERRY} Boats came in.", published=DAY, outlet=make_outlet("Ellery Post"))
    index()
    told = section(client, ferry, "Also carried by")
    assert "Ellery Post 7 May 2018 Alba goes down" in told
    assert "Found by the machine, which compared the words." in told
    assert "All of this report’s words stand in it too, in the same order." in told
    assert "editor" not in told
    assert section(client, ferry, "Reports like this one") is None
    assert copy.get_absolute_url() in client.get(ferry.get_absolute_url()).text


def test_that_an_editor_keeps_both_is_told(client, index, ferry):
    copy, other = (make_article(title, FERRY) for title in ("Alba goes down", "Alba lost"))
    PossibleCopy.objects.create(first=ferry, second=copy, reason="same words", state=PossibleCopy.State.BOTH)
    PossibleCopy.objects.create(first=ferry, second=other, reason="same words")
    index()
    assert related(client, ferry).kept == {copy.pk}
    assert related(client, copy).kept == {ferry.pk}
    assert section(client, ferry, "Also carried by").count("An editor has looked at both, and kept both.") == 1


def test_of_many_copies_some_are_listed_and_the_others_counted(client, index, ferry):
    for number in range(14):
        make_article(f"Alba {number}", FERRY)
    index()
    assert len(related(client, ferry).carried) == 12
    assert section(client, ferry, "Also carried by").endswith("And by at least 2 more.")


def test_reports_like_it_with_outlet_and_date_and_without_copies(client, index, ferry):
    make_article("Alba goes down", FERRY)
    other_way_round = " ".join(reversed(FERRY.split()))
    for number in range(6):
        make_article(f"Divers leave wreck {number}", other_way_round, published=DAY, outlet=make_outlet("Ellery Post"))
    index()
    shown = related(client, ferry)
    assert [each.article.title for each in shown.carried] == ["Alba goes down"]
    assert len(shown.like) == 5
    told = section(client, ferry, "Reports like this one")
    assert "Divers leave wreck 5 Ellery Post 7 May 2018" in told
    assert "words stand in" not in told


def test_neighbours_in_time_are_wholly_before_and_after(client, ferry):
    make_article("The same day", published=DAY)
    make_article("Long before", published=date(2001, 1, 1))
    before = make_article("The day before", published=date(2018, 5, 6))
    after = make_article("The day after", published=date(2018, 5, 8))
    make_article("Long after", published=date(2020, 1, 1))
    make_article("Perhaps the day before", published=(date(2018, 5, 6), date(2018, 5, 7)))
    make_article("Perhaps the day after", published=(date(2018, 5, 7), date(2018, 5, 8)))
    make_article("Undated")
    shown = related(client, ferry)
    assert (shown.before, shown.after) == (before, after)
    page = client.get(ferry.get_absolute_url()).text
    assert f'href="{before.get_absolute_url()}" rel="prev"' in page
    assert f'href="{after.get_absolute_url()}" rel="next"' in page


def test_the_same_day_in_other_outlets_one_report_of_each(client, ferry):
    gazette, post, courier = ferry.outlet, make_outlet("Ellery Post"), make_outlet("Courier")
    make_article("Own", published=DAY, outlet=gazette)
    make_article("Post", published=DAY, outlet=post)
    newest = make_article("Post again", published=DAY, outlet=post)
    other = make_article("Courier", published=DAY, outlet=courier)
    make_article("Whose is not known", published=DAY)
    make_article("Next day", published=date(2018, 5, 8), outlet=courier)
    assert related(client, ferry).then == [other, newest]
    assert "All reports of 7 May 2018" in section(client, ferry, "On the same day, in other outlets")
    assert 'href="/search/?published=2018-05-07"' in client.get(ferry.get_absolute_url()).text


def test_what_is_listed_as_alike_is_not_listed_as_of_the_same_day(client, index, ferry):
    make_article("Alba goes down", FERRY, published=DAY, outlet=make_outlet("Ellery Post"))
    index()
    assert related(client, ferry).then == []


def test_a_report_of_some_day_of_a_month(client):
    one = make_article("Of May", published=(date(2018, 5, 1), date(2018, 5, 31)))
    other = make_article("Of a day", published=DAY, outlet=make_outlet("Ellery Post"))
    assert related(client, one).then == [other]
    assert section(client, one, "On the same days") == "Of a day Ellery Post 7 May 2018"


def test_one_without_a_date_has_no_neighbours(client):
    undated = make_article("Undated")
    make_article("Undated too", outlet=make_outlet("Ellery Post"))
    make_article("Dated", MILL, published=DAY)
    assert not related(client, undated)
    assert "Beside this report" not in client.get(undated.get_absolute_url()).text


def test_without_an_index_only_the_neighbours_are_shown(client, ferry):
    make_article("Alba goes down", FERRY, published=date(2018, 5, 6))
    shown = related(client, ferry)
    assert (shown.carried, shown.like) == ([], [])
    assert shown.before.title == "Alba goes down"
    assert section(client, ferry, "Also carried by") is None


def test_what_readers_may_not_see_is_nowhere(client, index, ferry):
    post = make_outlet("Ellery Post")
    hidden = [
        make_article("Secret copy", FERRY, published=DAY, outlet=post),
        make_article("Secret divers", LATER, published=DAY, outlet=post),
        make_article("Secret before", published=date(2018, 5, 6), outlet=post),
        make_article("Secret after", published=date(2018, 5, 8), outlet=post),
    ]
    index()
    for number, each in enumerate(hidden):
        (hide, put_into_trash)[number % 2](each.pk, "It names a witness.")
    assert "Secret" not in client.get(ferry.get_absolute_url()).text


def test_of_extracts_only_nothing_but_title_and_source_is_shown(client, index, ferry):
    post = make_outlet("Ellery Post")
    Outlet.objects.filter(pk=post.pk).update(extracts_only=True)
    copy = make_article("Alba goes down", f"{FERRY} Nobody slept in Port Ellery.", outlet=post)
    index()
    page = client.get(ferry.get_absolute_url()).text
    assert "Alba goes down" in page
    assert "Nobody slept" not in page
    assert "Ferry sinks" in client.get(copy.get_absolute_url()).text


def test_the_queries_do_not_grow_with_what_is_related(queries_of, index, ferry):
    def add(number):
        outlet = make_outlet(f"Outlet {number}")
        make_article(f"Copy {number}", FERRY, published=DAY, outlet=outlet)
        make_article(f"Divers {number}", LATER, published=DAY, outlet=outlet)
        make_article(f"Beside {number}", published=DAY, outlet=outlet)

    add(0)
    make_article("Before", published=date(2018, 5, 6))
    make_article("After", published=date(2018, 5, 8))
    index()
    few = queries_of(ferry.get_absolute_url())
    for number in range(1, 4):
        add(number)
    index()
    assert queries_of(ferry.get_absolute_url()) == few
