from datetime import date

import pytest

from archive.curation.merging import merge
from archive.curation.withholding import hide
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
WAYS = pytest.mark.parametrize("way", ["by the index", "by the database"])


@WAYS
def test_an_empty_archive_says_what_to_do_first(client, way, index):
    if way == "by the index":
        index()
    response = client.get("/")
    assert response.status_code == 200
    assert "python manage.py import_articles PATH" in response.text
    assert 'href="/admin/"' in response.text and 'href="/help/"' in response.text
    assert "<svg" not in response.text


@WAYS
def test_one_report_is_drawn_by_the_months_of_its_year(client, way, index):
    make_report_with_quote(published=date(2018, 5, 4), outlet=make_outlet())
    if way == "by the index":
        index()
    response = client.get("/")
    assert [bar.name for bar in response.context["timeline"].bars if bar.count] == ["May 2018"]
    assert 'href="/reports/?year=2018&amp;month=5" aria-label="May 2018: 1"' in response.text
    assert "Most quoted in 2018" in response.text


@WAYS
def test_reports_without_a_date_are_said_instead_of_drawn(client, way, index):
    make_article()
    if way == "by the index":
        index()
    response = client.get("/")
    assert response.context["timeline"] is None
    assert 'No report has a known date: <a href="/reports/?undated=yes">1 without one</a>.' in response.text
    assert "Most quoted in" not in response.text


@WAYS
def test_the_picture_has_every_year_with_a_link_and_says_how_many_are_undated(client, way, index):
    for year in (2016, 2018, 2018):
        make_article(published=date(year, 5, 4))
    make_article()
    if way == "by the index":
        index()
    response = client.get("/")
    assert [(bar.name, bar.count) for bar in response.context["timeline"].bars] == [
        ("2016", 1),
        ("2017", 0),
        ("2018", 2),
    ]
    assert 'href="/reports/?year=2018" aria-label="2018: 2"' in response.text
    assert '<a href="/reports/?year=2018">2018 <span class="count">2</span></a>' in response.text
    assert "the most, 2, are of 2018" in response.text
    assert "1 report without a known date" in response.text
    assert response.context["years"] == [2016, 2018]


@WAYS
def test_who_is_quoted_lately_is_told_of_the_latest_year_with_enough_reports(client, way, index, monkeypatch):
    monkeypatch.setattr("archive.search.overview.ENOUGH", 2)
    old, new, future = make_person("Old Tarn"), make_person("New Tarn"), make_person("Future Tarn")
    for year, person in (
        (2016, old),
        (2016, old),
        (2018, new),
        (2018, old),
        (2018, new),
        (2019, old),
        (9000, future),
        (9000, future),
    ):
        make_quote(make_article("Said", "“One.”", published=date(year, 5, 4)), "“One.”", person)
    make_quote(make_article("Perhaps", "“One.”", published=(date(2017, 12, 1), date(2018, 1, 9))), "“One.”", new)
    if way == "by the index":
        index()
    response = client.get("/")
    lately = [(person.name, person.quote_count) for person in response.context["quoted_lately"]]
    assert lately == [("New Tarn", 3), ("Old Tarn", 1)]
    assert "Most quoted in 2018" in response.text
    assert [person.name for person in response.context["most_quoted"]] == ["Old Tarn", "New Tarn", "Future Tarn"]


def test_each_example_finds_something(client, index):
    gazette = make_outlet("Harrow Gazette")
    for number in range(3):
        article, vera, _ = make_report_with_quote(
            "Harrow Gazette: bridge shelled at dawn", published=date(2018, 5, 1 + number), outlet=gazette
        )
    make_quote(article, "nine shells", make_person('Bo "the Fox" Berg'))
    anna = make_person("Anna Berg")
    make_quote(article, "residents said", anna)
    make_mention(article, anna, "residents")
    index()
    examples = client.get("/").context["examples"]
    assert [example.query for example in examples] == [
        '"bridge shelled"',
        'by:"Vera Lindqvist"',
        'outlet:"Harrow Gazette" year:2018',
        'about:"Anna Berg"',
    ]
    for example in examples:
        assert client.get(example.address).context["page"].total > 0, example.query


def test_an_archive_of_little_has_the_examples_that_find_something(client, index):
    make_article("Seen", title_is_ours=True)
    index()
    assert client.get("/").context["examples"] == []
    make_article("Bridge shelled", outlet=make_outlet("Gazette"))
    index()
    examples = client.get("/").context["examples"]
    assert [example.query for example in examples] == ['"bridge shelled"', 'outlet:"Gazette"']
    for example in examples:
        assert client.get(example.address).context["page"].total == 1


def test_without_an_index_no_example_is_offered(client):
    make_report_with_quote(outlet=make_outlet())
    response = client.get("/")
    assert response.context["examples"] == []
    assert "For example" not in response.text


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
