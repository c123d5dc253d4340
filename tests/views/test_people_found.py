"""Who answers to the words of a search, on pages whose total is the count of their tab."""

import pytest
from django.db import connection
from django.http import Http404
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from archive.models import Organisation, Person
from archive.views.people_found import count_found, name_words, people_found
from tests.factories import (
    make_article,
    make_mention,
    make_organisation,
    make_person,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db


def page_of(rf, words, model=Person, number=1):
    return people_found(rf.get("/search/", {"q": words, "kind": "people", "page": number}), words, model)


def shown(page):
    return " ".join(render_to_string("parts/people_results.html", {"page": page}).split())


def test_a_person_is_shown_with_counts_roles_and_other_names(rf):
    article, person, _ = make_report_with_quote()
    make_quote(article, "residents said", person, kind="reported")
    page = page_of(rf, "vera lindqvist")
    [row] = page.rows
    assert (row.named, row.match, row.roles, row.other_names) == (person, "", ("Colonel",), ("Lindqvist",))
    text = shown(page)
    assert '<a href="/people/vera-lindqvist/" dir="auto">Vera Lindqvist</a>' in text
    assert "<span>1 quote</span> <span>1 in reported speech</span> <span>1 report</span>" in text
    assert '<span dir="auto">Colonel</span>' in text and 'Also <span dir="auto">Lindqvist</span>' in text


def test_an_organisation_is_shown_alike(rf):
    police = make_organisation("Harrow police", "H.P.")
    make_mention(make_article(), police, "residents")
    page = page_of(rf, "harrow polise", Organisation)
    assert [(row.named, row.match, row.roles, row.other_names) for row in page.rows] == [
        (police, "spelt alike", (), ("H.P.",))
    ]
    assert "<span>0 quotes</span> <span>1 report</span> <span>spelt alike</span>" in shown(page)


def test_names_are_escaped(rf):
    make_person("Vera <b>Lindqvist")
    assert "Vera &lt;b&gt;Lindqvist" in shown(page_of(rf, "lindqvist"))


@pytest.mark.parametrize(
    ("words", "name", "match"),
    [
        ("General Nicholson", "John Nicholson", ""),
        ("Gen. Nicholson", "John Nicholson", ""),
        ("Lt. Gen. John Nicholson", "John Nicholson", ""),
        ("Rodney King", "Rodney King", ""),
        ("Will Smith", "Will Smith", ""),
        ("what did John Nicholson say about the bridge", "John Nicholson", "has some of these words"),
        ("Nickolson", "John Nicholson", "spelt alike"),
    ],
)
def test_who_is_meant_in_the_ways_people_ask(rf, words, name, match):
    for each in ("John Nicholson", "Rodney King", "Will Smith"):
        make_person(each)
    assert [(row.named.name, row.match) for row in page_of(rf, words).rows] == [(name, match)]
    assert count_found(words, Person) == 1


def test_titles_and_common_words_are_sought_where_nothing_else_is_there():
    assert name_words("the General", Person) == "general"
    assert name_words("general", Person) == "general"
    assert name_words("to be or not to be", Person) == "to be or not to be"
    assert name_words("General Council of the West", Organisation) == "general council west"


def test_nobody_found_is_an_empty_page(rf):
    page = page_of(rf, "zeppelin")
    assert (page.rows, page.total) == ([], 0)
    assert count_found("zeppelin", Person) == 0
    with pytest.raises(Http404):
        page_of(rf, "zeppelin", number=2)


def test_the_pages_hold_everybody_once_and_the_total_is_the_count(rf):
    for number in range(25):
        make_person(f"Anna Berg{number}", "Berg")
    first, second = page_of(rf, "berg"), page_of(rf, "berg", number=2)
    assert first.total == second.total == count_found("berg", Person) == 25
    assert (first.first_row, first.last_row, second.first_row, second.last_row) == (1, 20, 21, 25)
    assert len({row.named.pk for row in (*first.rows, *second.rows)}) == 25
    assert 'start="21"' in shown(second)
    assert first.following == "/search/?q=berg&kind=people&page=2"


def test_the_queries_do_not_grow(rf):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            shown(page_of(rf, "berg"))
        return len(captured)

    for number in range(2):
        make_person(f"Anna Berg{number}", "Berg")
    few = queries()
    for number in range(2, 15):
        make_person(f"Anna Berg{number}", "Berg", "A. Berg")
    assert queries() == few <= 7
