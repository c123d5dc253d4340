from datetime import date

import pytest

from archive.curation.merging import merge
from archive.curation.withholding import hide
from tests.factories import (
    make_article,
    make_organisation,
    make_outlet,
    make_person,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db
WAYS = pytest.mark.parametrize("way", ["by the index", "by the database"])


def test_an_empty_archive_says_what_to_do_first(client):
    response = client.get("/")
    assert response.status_code == 200
    assert "python manage.py import_articles PATH" in response.text


@WAYS
def test_it_counts_reports_quotes_people_organisations_and_outlets(client, way, index):
    article, _, quote = make_report_with_quote(outlet=make_outlet())
    make_quote(article, "residents said", make_organisation(), kind="reported")
    make_quote(article, "nine shells", state="rejected")
    if way == "by the index":
        index()
    context = client.get("/").context
    assert (context["report_count"], context["quote_count"]) == (1, 1)
    assert (context["person_count"], context["outlet_count"]) == (1, 1)
    assert context["organisation_count"] == 1


def test_it_shows_the_latest_reports_first_and_the_undated_last(client):
    make_article("Undated")
    make_article("Older", published=date(2018, 5, 1))
    make_article("Newer", published=date(2019, 5, 1))
    assert [article.title for article in client.get("/").context["latest"]] == ["Newer", "Older", "Undated"]


@WAYS
def test_most_quoted_people_are_ranked_by_quoted_words_alone(client, way, index):
    article, vera, _ = make_report_with_quote()
    other = make_person("Anna Berg")
    make_quote(article, "residents said", other, kind="reported")
    make_quote(article, "The ministry did not", other, kind="reported")
    if way == "by the index":
        index()
    response = client.get("/")
    assert [person.name for person in response.context["most_quoted"]] == ["Vera Lindqvist"]
    assert "1 quote<" in response.text


@WAYS
def test_of_people_quoted_as_often_the_first_by_surname_come_first(client, way, index, monkeypatch):
    monkeypatch.setattr("archive.views.home.MOST_QUOTED", 2)
    monkeypatch.setattr("archive.search.overview.COUNTED", (2, 100))
    article = make_article("Harrow", "“One.” “Two.” “Three.” “Four.” “Five.” “Six.”")
    police = make_organisation()
    said = [
        ("“One.”", make_person("Ada Zorn")),
        ("“Two.”", make_person("Vera Berg")),
        ("“Three.”", make_person("Al Moe")),
    ]
    for words, speaker in [*said, ("“Four.”", police), ("“Five.”", police), ("“Six.”", said[0][1])]:
        make_quote(article, words, speaker)
    if way == "by the index":
        index()
    most_quoted = client.get("/").context["most_quoted"]
    assert [(person.name, person.quote_count) for person in most_quoted] == [("Ada Zorn", 2), ("Vera Berg", 1)]


@pytest.mark.parametrize("gone", ["hidden", "merged"])
def test_who_has_gone_since_the_index_was_written_is_not_among_the_most_quoted(client, index, gone):
    article, vera, _ = make_report_with_quote()
    other = make_person("Anna Berg")
    make_quote(make_article("Harrow", "“One.” they said"), "“One.”", other)
    index()
    if gone == "hidden":
        hide(article.pk, "It names a witness.")
    else:
        merge(other.pk, [vera.pk], "the same woman")
    assert [person.name for person in client.get("/").context["most_quoted"]] == ["Anna Berg"]


def test_its_queries_do_not_grow_with_the_archive(queries_of):
    for number in range(2):
        make_report_with_quote(f"Report {number}", outlet=make_outlet(f"Outlet {number}"))
    few = queries_of("/")
    for number in range(2, 12):
        article, _, _ = make_report_with_quote(f"Report {number}", outlet=make_outlet(f"Outlet {number}"))
        make_quote(article, "Colonel", make_person(f"Anna Berg{number}"))
    assert queries_of("/") == few


def test_a_browser_finds_the_icon_where_it_looks(client):
    assert client.get("/favicon.ico")["Location"] == "/static/favicon.svg"
