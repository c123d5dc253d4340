from datetime import date

import pytest

from archive.models import FormerSlug, Name
from archive.models.spelling import name_key
from tests.factories import (
    make_article,
    make_mention,
    make_organisation,
    make_outlet,
    make_person,
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


def test_a_person_has_their_quotes_with_context_and_the_link_to_the_place(client):
    article, person, quote = make_report_with_quote()
    text = client.get(person.get_absolute_url()).text
    assert f'href="{article.get_absolute_url()}#q{quote.pk}"' in text
    assert "&quot;We counted nine shells before dawn&quot;</a>" in text
    assert ", Colonel Vera Lindqvist said at a briefing." in text
    assert "The ministry did not answer" not in text
    assert "1 quote<" in text


def test_quotes_are_grouped_by_report_the_newest_first(client):
    old, person, _ = make_report_with_quote("Old", published=date(2017, 1, 1))
    make_quote(old, "said at a briefing", person)
    new, _, _ = make_report_with_quote("New", published=date(2018, 1, 1))
    undated, _, _ = make_report_with_quote("Undated")
    groups = client.get(person.get_absolute_url()).context["spoken_groups"]
    assert [(article.title, len(quotes)) for article, quotes in groups] == [("New", 1), ("Old", 2), ("Undated", 1)]


def test_reported_speech_stands_apart_and_is_not_counted(client):
    article, person, quote = make_report_with_quote()
    reported = make_quote(article, "residents said", person, kind="reported")
    response = client.get(person.get_absolute_url())
    assert response.context["spoken"].rows == [quote]
    assert response.context["reported"].rows == [reported]
    assert "1 quote<" in response.text and "1 statement in reported speech<" in response.text


def test_an_organisation_of_the_same_name_is_never_theirs(client):
    article, person, quote = make_report_with_quote()
    body = make_organisation("Vera Lindqvist")
    make_quote(article, "residents said", body, kind="reported")
    make_mention(make_article("Elsewhere"), body, "residents")
    response = client.get(person.get_absolute_url())
    assert (response.context["spoken"].rows, response.context["reported"].total) == ([quote], 0)
    assert response.context["reports"].rows == [article]
    assert names(client.get("/people/")) == ["Vera Lindqvist"]


def test_rejected_and_gone_quotes_are_not_theirs(client):
    article, person, quote = make_report_with_quote()
    make_quote(article, "nine", person, state="rejected")
    make_quote(article, "shells", person, gone="Not in version 2.")
    assert client.get(person.get_absolute_url()).context["spoken"].rows == [quote]


def test_roles_names_note_and_reports_are_listed(client):
    article, person, _ = make_report_with_quote(published=date(2018, 1, 1))
    newer = make_article("Newer", "Vera Lindqvist spoke.", published=date(2019, 1, 1))
    make_mention(newer, person, "Vera Lindqvist", role="Colonel")
    person.note, person.wikidata_id = "Not the painter.", "Q42"
    person.save()
    response = client.get(person.get_absolute_url())
    assert [(role.text, role.article, role.article_count) for role in response.context["roles"]] == [
        ("Colonel", newer, 2)
    ]
    assert response.context["reports"].rows == [newer, article]
    assert [name.text for name in response.context["other_names"]] == ["Lindqvist"]
    assert "Not the painter." in response.text
    assert "https://www.wikidata.org/wiki/Q42" in response.text


def test_a_person_who_is_only_named_says_so(client):
    person = make_person("Martin O'Donnell")
    make_mention(make_article(), person, "residents")
    response = client.get(person.get_absolute_url())
    assert "No words of Martin O&#x27;Donnell are quoted" in response.text
    assert response.context["reports"].total == 1


def test_the_lists_turn_their_pages_apart(client):
    person = make_person("Anna Berg")
    for number in range(31):
        article = make_article(f"Report {number}")
        make_quote(article, "nine shells", person)
        make_mention(article, person, "residents")
    response = client.get(person.get_absolute_url(), {"page": "2"})
    assert len(response.context["spoken"].rows) == 1
    assert len(response.context["reports"].rows) == 20
    assert "page=2&amp;reports=2#reports" in response.text
    assert client.get(person.get_absolute_url(), {"reports": "3"}).status_code == 404


def test_a_former_address_leads_to_the_present_one(client):
    person = make_person("Anna Berg")
    FormerSlug.objects.create(slug="a-berg", person=person)
    response = client.get("/people/a-berg/?page=1")
    assert response.status_code == 301
    assert response["Cache-Control"] == "no-cache"  # should a merge be undone
    assert response.headers["Location"] == "/people/anna-berg/?page=1"


def test_an_unknown_person_is_not_found(client):
    assert client.get("/people/lionel-messi/").status_code == 404


def test_the_queries_of_a_person_do_not_grow(queries_of):
    person = make_person("Anna Berg")

    def fill(numbers):
        for number in numbers:
            article = make_article(f"Report {number}", outlet=make_outlet(f"Outlet {number}"))
            make_quote(article, "nine shells", person)
            make_quote(article, "residents said", person, kind="reported")
            make_mention(article, person, "residents", role=f"Role {number}")
            Name.objects.create(person=person, text=f"Name {number}", key=f"name {number}")

    fill(range(2))
    few = queries_of(person.get_absolute_url())
    fill(range(2, 12))
    assert queries_of(person.get_absolute_url()) == few
