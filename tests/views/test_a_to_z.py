"""The lists of people and organisations from A to Z, counted by the index or by the database alike."""

import pytest

from archive.curation.withholding import hide
from archive.models import Person
from tests.factories import make_article, make_mention, make_organisation, make_person, make_quote

pytestmark = pytest.mark.django_db
WAYS = pytest.mark.parametrize("way", ["by the index", "by the database"])


@pytest.fixture
def written(way, index):
    return index if way == "by the index" else lambda: None


def groups(response):
    return [(letter, [named.name for named in members]) for letter, members in response.context["groups"]]


def counts(response):
    return {
        named.name: (named.quote_count, named.reported_count, named.article_count)
        for named in response.context["page"].rows
    }


def test_names_stand_under_their_letters_whatever_their_accents_and_script(client):
    for name in ("Vojislav Šešelj", "Anna Seller", "Érik Åberg", "Вера Ивановна Соколова", "7 7"):
        make_person(name)
    response = client.get("/people/")
    assert groups(response) == [
        ("0–9", ["7 7"]),
        ("A", ["Érik Åberg"]),
        ("S", ["Anna Seller", "Vojislav Šešelj", "Вера Ивановна Соколова"]),
    ]
    assert [letter for letter, taken in response.context["letters"] if taken] == ["A", "S"]
    assert "Vojislav <b>Šešelj</b>" in response.text
    assert groups(client.get("/people/", {"letter": "S"}))[0][0] == "S"
    assert groups(client.get("/people/", {"letter": "0"})) == [("0–9", ["7 7"])]


def test_an_organisation_stands_under_the_word_after_its_article(client):
    make_organisation("the Kabul police")
    make_organisation("5th Corps")
    response = client.get("/organisations/")
    assert groups(response) == [("0–9", ["5th Corps"]), ("K", ["the Kabul police"])]
    assert ">the Kabul police</a>" in response.text


@WAYS
def test_quotations_reported_speech_and_reports_are_counted(client, written):
    article = make_article("Harrow", "“One.” “Two.” Vera Lindqvist said so; Harrow police said more.")
    vera, police = make_person("Vera Lindqvist"), make_organisation("Harrow police")
    make_person("Anna Berg")
    make_quote(article, "“One.”", vera)
    make_quote(article, "“Two.”", vera)
    make_quote(article, "said so", vera, kind="reported")
    make_quote(article, "said more", police, kind="reported")
    make_mention(article, vera, "Vera Lindqvist")
    make_mention(article, vera, "Lindqvist")
    make_mention(article, police, "Harrow police")
    hidden = make_article("Secret", "“Three.” Vera Lindqvist said.")
    make_quote(hidden, "“Three.”", vera)
    make_mention(hidden, vera, "Vera Lindqvist")
    hide(hidden.pk, "It names a witness.")
    written()
    assert counts(client.get("/people/")) == {"Anna Berg": (0, 0, 0), "Vera Lindqvist": (2, 1, 1)}
    assert counts(client.get("/organisations/")) == {"Harrow police": (0, 1, 1)}


@WAYS
def test_the_queries_of_the_list_do_not_grow(queries_of, written):
    make_person("Anna Berg")
    written()
    few = queries_of("/people/")
    for number in range(12):
        make_person(f"Zoe Abel{number}")
        make_person(f"{number} {number}")
    written()
    assert queries_of("/people/") == few


def test_a_letter_of_whom_nobody_may_be_seen_is_not_offered(client, django_assert_num_queries):
    article = make_article("Secret", "Anna Berg, Bo Berg, Cy Berg, Di Berg and Eva Tarn were there.")
    for name in ("Anna Berg", "Bo Berg", "Cy Berg", "Di Berg", "Eva Tarn"):
        make_mention(article, make_person(name), name)
    seen = make_person("Zoe Tarn")
    assert Person.objects.first_letters() == {"B", "T"}
    hide(article.pk, "It names a witness.")
    assert Person.objects.first_letters() == {"T"}
    make_mention(make_article("Open", "Zoe Tarn"), make_person("Zoe Berg"), "Zoe Tarn")
    assert Person.objects.first_letters() == {"B", "T"}
    assert groups(client.get("/people/")) == [("B", ["Zoe Berg"]), ("T", [seen.name])]


def test_a_list_in_pages_goes_on_under_its_letter(client, monkeypatch):
    monkeypatch.setattr("archive.views.a_to_z.NAMES_PER_PAGE", 2)
    for name in ("Anna Abel", "Bo Berg", "Cy Berg"):
        make_person(name)
    assert groups(client.get("/people/")) == [("A", ["Anna Abel"]), ("B", ["Bo Berg"])]
    assert groups(client.get("/people/", {"page": "2"})) == [("B", ["Cy Berg"])]


def test_markup_in_a_name_is_shown_as_text(client):
    make_person("<b>Jane</b> <script>")
    make_organisation("<i>Guild</i>")
    text = client.get("/people/").text
    assert "&lt;b&gt;Jane&lt;/b&gt;" in text and "<script>alert" not in text
    assert "&lt;i&gt;Guild&lt;/i&gt;" in client.get("/organisations/").text
