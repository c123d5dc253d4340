import pytest

from archive.models import FormerSlug, OrganisationFormerSlug
from tests.factories import (
    make_article,
    make_mention,
    make_organisation,
    make_person,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db


def test_people_are_listed_with_their_counts(get, settings):
    article, person, _ = make_report_with_quote()
    make_quote(article, "residents said", person, kind="reported")
    assert get("people")["results"] == [
        {
            "id": person.pk,
            "url": f"{settings.SITE_URL}/people/vera-lindqvist/",
            "name": "Vera Lindqvist",
            "slug": "vera-lindqvist",
            "kind": "person",
            "quotes": 1,
            "reported": 1,
            "reports": 1,
        }
    ]


def test_the_index_counts_the_same_in_fewer_queries(get, queries_of, index):
    article, person, _ = make_report_with_quote()
    make_quote(article, "residents said", person, kind="reported")
    make_mention(make_article(), person, "Vera Lindqvist")
    make_quote(article, "nine shells", make_organisation("Harrow police"))
    make_person("Anna Zeller")
    addresses = ["people", "organisations", "people/vera-lindqvist", "organisations/harrow-police"]
    counted = [get(address) for address in addresses]
    index()
    assert [get(address) for address in addresses] == counted
    assert [(one["quotes"], one["reported"], one["reports"]) for one in counted[0]["results"]] == [(1, 1, 2), (0, 0, 0)]
    assert queries_of("/api/v1/people") == queries_of("/api/v1/organisations") == 1


def test_a_name_finds_its_bearers(get):
    make_person("Cem Dağ", "Djem Dagh")
    make_person("Anna Zeller")
    assert [one["name"] for one in get("people", q="dag CEM")["results"]] == ["Cem Dağ"]
    assert [one["name"] for one in get("people", q="dagh")["results"]] == ["Cem Dağ"]
    assert get("people", q="quentin\0")["results"] == []


def test_nobody_is_sought_by_more_words_than_a_name_has(get):
    make_person("Cem Dağ")
    assert len(get("people", q="cem " * 70)["results"]) == 1
    assert get("people", q=" ".join(f"w{number}" for number in range(60)))["results"] == []


def test_a_person_has_names_and_roles(get):
    article, person, _ = make_report_with_quote()
    make_mention(make_article(), person, "Vera Lindqvist", role="Colonel")
    make_mention(make_article(), person, "Vera Lindqvist", role="spokeswoman")
    found = get("people/vera-lindqvist")
    assert found["names"] == ["Lindqvist", "Vera Lindqvist"]
    assert found["roles"] == [{"text": "Colonel", "reports": 2}, {"text": "spokeswoman", "reports": 1}]
    assert (found["quotes"], found["reports"], found["wikidata_id"], found["note"]) == (1, 3, "", "")


def test_an_organisation_has_the_same_but_roles(get, settings):
    police = make_organisation("Harrow police", "HPD")
    article = make_article()
    quote = make_quote(article, "residents said", police, kind="reported")
    assert [one["slug"] for one in get("organisations", q="hpd")["results"]] == ["harrow-police"]
    found = get("organisations/harrow-police")
    assert (found["kind"], found["names"], found["roles"]) == ("organisation", ["HPD", "Harrow police"], [])
    assert found["url"] == f"{settings.SITE_URL}/organisations/harrow-police/"
    assert [one["id"] for one in get("organisations/harrow-police/quotes")["results"]] == [quote.pk]


def test_an_old_slug_leads_to_the_new_one(client):
    FormerSlug.objects.create(slug="vera-l", person=make_person())
    OrganisationFormerSlug.objects.create(slug="hpd", organisation=make_organisation("Harrow police"))
    for old, new in (
        ("people/vera-l", "people/vera-lindqvist"),
        ("people/vera-l/quotes?limit=5", "people/vera-lindqvist/quotes?limit=5"),
        ("organisations/hpd", "organisations/harrow-police"),
    ):
        response = client.get(f"/api/v1/{old}")
        assert (response.status_code, response["Location"]) == (308, f"/api/v1/{new}")
        assert response["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["people/nobody", "people/nobody/quotes", "organisations/none", "people/a%00b"])
def test_who_is_not_there_is_not_found(get, address):
    assert get(address, 404)["detail"]


def test_their_quotes_come_in_pages(all_pages):
    made = [make_report_with_quote(f"Report {number}")[2].pk for number in range(5)]
    make_quote(make_article(), "residents said", make_person("Anna Zeller"))
    assert [found["id"] for found in all_pages("people/vera-lindqvist/quotes", limit=2)] == made


def test_everybody_is_listed_once(all_pages):
    made = [make_person(f"Anna Zeller {number}").pk for number in range(5)]
    assert [found["id"] for found in all_pages("people", limit=2)] == made


def test_queries_do_not_grow_with_people_and_quotes(queries_of):
    def fill(numbers):
        for number in numbers:
            article, person, _ = make_report_with_quote(f"Report {number}")
            make_mention(article, person, "Lindqvist", role=f"role {number}")
            make_quote(article, "before dawn", make_person(f"Anna Zeller {number}"))
            make_quote(article, "nine shells", make_organisation(f"Police {number}"))

    fill(range(2))
    addresses = [
        "/api/v1/people",
        "/api/v1/organisations",
        "/api/v1/people/vera-lindqvist",
        "/api/v1/people/vera-lindqvist/quotes",
    ]
    few = [queries_of(address) for address in addresses]
    fill(range(2, 6))
    assert [queries_of(address) for address in addresses] == few == [2, 2, 5, 2]
