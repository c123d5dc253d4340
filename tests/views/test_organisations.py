from datetime import date

import pytest

from archive.models import OrganisationFormerSlug
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

TEXT = 'Rain fell. "It is closed", the Harrow police said. Police said the road was open. They have not said why.'


def names(response):
    return [organisation.name for organisation in response.context["page"].rows]


def test_organisations_stand_by_their_name_with_their_counts(client):
    police = make_organisation("Harrow police")
    article = make_article("Bridge", TEXT)
    make_quote(article, '"It is closed"', police)
    make_quote(article, "the road was open", police, kind="reported")
    make_mention(article, police, "Harrow police")
    make_organisation("The Almera Council")
    make_person("Vera Lindqvist")
    response = client.get("/organisations/")
    assert names(response) == ["The Almera Council", "Harrow police"]
    assert "1 quote, 1 reported, 1 report<" in response.text
    assert "2 organisations" in " ".join(response.text.split())


def test_letters_and_the_filter_narrow_the_list(client):
    make_organisation("The Almera Council", "TAC")
    make_organisation("Harrow police")
    make_organisation("7th Brigade")
    response = client.get("/organisations/", {"letter": "A"})
    assert names(response) == ["The Almera Council"]
    assert '"/organisations/?letter=H"' in response.text and "?letter=B" not in response.text
    assert names(client.get("/organisations/", {"letter": "0"})) == ["7th Brigade"]
    assert names(client.get("/organisations/", {"name": "tac"})) == ["The Almera Council"]


def test_the_filter_knows_an_acronym_with_and_without_dots(client):
    make_organisation("United Nations", "U.N.")
    make_organisation("Harrow Council")
    make_organisation("U.N.-led mission")
    for name in ("UN", "U.N.", "u.n"):
        assert names(client.get("/organisations/", {"name": name})) == ["U.N.-led mission", "United Nations"]
    assert names(client.get("/organisations/", {"name": "coun"})) == ["Harrow Council"]


def test_none_of_this_name_is_said_with_ways_on(client):
    response = client.get("/organisations/", {"name": "zeppelin"})
    assert "No organisation named" in " ".join(response.text.split())
    assert "/search/?q=zeppelin" in response.text
    assert "No organisation is in the archive yet." in client.get("/organisations/").text


@pytest.mark.parametrize("query", [{"letter": "ß"}, {"name": "\x00"}, {"page": "2"}])
def test_a_list_that_makes_no_sense_is_not_found(client, query):
    assert client.get("/organisations/", query).status_code == 404


def test_the_queries_of_the_list_do_not_grow(queries_of):
    for number in range(2):
        make_organisation(f"Bureau {number}")
    few = queries_of("/organisations/")
    for number in range(2, 12):
        make_organisation(f"Bureau {number}")
    assert queries_of("/organisations/") == few


def test_its_quotes_come_first_and_reported_speech_apart_with_a_count_of_its_own(client):
    article = make_article("Bridge", TEXT, published=date(2018, 1, 1))
    police = make_organisation("Harrow police", "HPD")
    police.note, police.wikidata_id = "Of the town.", "Q42"
    police.save()
    quote = make_quote(article, '"It is closed"', police)
    reported = make_quote(article, "the road was open", police, kind="reported")
    negated = make_quote(article, "They have not said why", police, kind="reported", negated=True)
    make_mention(article, police, "Harrow police")
    response = client.get(police.get_absolute_url())
    assert response.context["spoken"].rows == [quote.pk]
    assert response.context["reported"].rows == [reported.pk, negated.pk]
    text = " ".join(response.text.split())
    assert text.index("1 quote<") < text.index("2 statements in reported speech<")
    assert text.count("The report says that this was not said or not confirmed:") == 1
    assert f'href="{article.get_absolute_url()}#q{quote.pk}"' in text
    assert (response.context["whole"]["named"], response.context["reports"].rows) == (1, [])
    assert [name.text for name in response.context["other_names"]] == ["HPD"]
    assert "Of the town." in text and "https://www.wikidata.org/wiki/Q42" in text
    assert "roles as printed" not in text


def test_a_person_of_the_same_name_is_never_it(client):
    article, _, _ = make_report_with_quote()
    body = make_organisation("Vera Lindqvist")
    response = client.get(body.get_absolute_url())
    assert (response.context["spoken"].total, response.context["reports"].total) == (0, 0)
    assert names(client.get("/organisations/")) == ["Vera Lindqvist"]


def test_a_former_address_leads_to_the_present_one(client):
    police = make_organisation("Harrow police")
    OrganisationFormerSlug.objects.create(slug="harrow-pd", organisation=police)
    response = client.get("/organisations/harrow-pd/?page=1")
    assert response.status_code == 301
    assert response.headers["Location"] == "/organisations/harrow-police/?page=1"
    assert client.get("/organisations/nobody/").status_code == 404
    assert client.get("/people/harrow-police/").status_code == 404


def test_the_queries_of_an_organisation_do_not_grow(queries_of):
    police = make_organisation("Harrow police")

    def fill(numbers):
        for number in numbers:
            article = make_article(f"Report {number}", TEXT, outlet=make_outlet(f"Outlet {number}"))
            make_quote(article, '"It is closed"', police)
            make_quote(article, "the road was open", police, kind="reported")
            make_mention(article, police, "Harrow police")
            police.names.create(text=f"Name {number}")

    fill(range(2))
    few = queries_of(police.get_absolute_url())
    fill(range(2, 12))
    assert queries_of(police.get_absolute_url()) == few
