import pytest

from archive.curation.withholding import hide
from archive.models import FormerSlug, Name
from archive.models.spelling import name_key
from tests.factories import (
    make_article,
    make_mention,
    make_person,
    make_possible_duplicate,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db


def names(response):
    return [person.name for person in response.context["page"].rows]


def test_people_stand_by_surname_with_their_counts(client):
    make_report_with_quote()
    make_person("Anna Zeller")
    make_person("Zoe Abel")
    response = client.get("/people/")
    assert names(response) == ["Zoe Abel", "Vera Lindqvist", "Anna Zeller"]
    assert "1 quote, 1 report<" in response.text


def test_what_is_reported_of_them_is_counted_apart(client):
    article, person, _ = make_report_with_quote()
    make_quote(article, "residents said", person, kind="reported")
    make_quote(article, "damaged", person, kind="reported", state="rejected")
    assert "1 quote, 1 reported, 1 report<" in client.get("/people/").text


def test_a_letter_shows_those_under_it_and_only_taken_letters_are_links(client):
    make_person("Anna Zeller")
    make_person("Zoe Abel")
    make_person("7 7")
    response = client.get("/people/", {"letter": "Z"})
    assert names(response) == ["Anna Zeller"]
    assert "?letter=A" in response.text and "?letter=B" not in response.text
    assert names(client.get("/people/", {"letter": "0"})) == ["7 7"]


def test_the_filter_finds_every_name_whatever_its_accents_and_order(client):
    person = make_person("Cem Dağ")
    Name.objects.create(person=person, text="Djem Dagh", key=name_key("Djem Dagh"))
    make_person("Anna Zeller")
    assert names(client.get("/people/", {"name": "dag CEM"})) == ["Cem Dağ"]
    assert names(client.get("/people/", {"name": "dagh"})) == ["Cem Dağ"]


def test_nobody_of_this_name_is_said_with_ways_on(client):
    make_person("Anna Zeller")
    response = client.get("/people/", {"name": "quentin"})
    assert names(response) == []
    assert "/search/?q=quentin" in response.text


@pytest.mark.parametrize("query", [{"letter": "ß"}, {"letter": "AB"}, {"name": "\x00"}, {"page": "2"}])
def test_a_list_that_makes_no_sense_is_not_found(client, query):
    assert client.get("/people/", query).status_code == 404


def test_the_queries_of_the_list_do_not_grow(queries_of):
    for number in range(2):
        make_person(f"Anna Berg{number}")
    few = queries_of("/people/")
    for number in range(2, 12):
        make_person(f"Anna Berg{number}")
    assert queries_of("/people/") == few


def test_a_former_address_leads_to_the_present_one(client):
    person = make_person("Anna Berg")
    FormerSlug.objects.create(slug="a-berg", person=person)
    response = client.get("/people/a-berg/?page=1&q=nine")
    assert response.status_code == 301
    assert response["Cache-Control"] == "no-cache"  # should a merge be undone
    assert response.headers["Location"] == "/people/anna-berg/?page=1&q=nine"


def test_an_unknown_person_is_not_found(client):
    assert client.get("/people/lionel-messi/").status_code == 404


def test_who_may_be_the_same_person_is_named_until_an_editor_has_decided(client):
    _, vera, _ = make_report_with_quote()
    alike, hidden = make_person("Vera Lindquist"), make_person("Wera Lindqvist")
    report, secret = make_article("Lindquist named"), make_article("Wera named")
    make_mention(report, alike, "residents")
    make_mention(secret, hidden, "residents")
    hide(secret.pk, "It names a witness.")
    pair = make_possible_duplicate(alike, vera)
    make_possible_duplicate(vera, hidden)
    told = "May be the same person, which no editor has decided yet"
    page = client.get(vera.get_absolute_url()).text
    assert told in page and f'href="{alike.get_absolute_url()}"' in page and "Wera" not in page
    assert told in client.get(alike.get_absolute_url()).text
    pair.state = "different"
    pair.save()
    assert told not in client.get(vera.get_absolute_url()).text
