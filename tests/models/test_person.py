"""Names are compared without case, accents and punctuation; people are found by any of theirs."""

import pytest

from archive.models import Person
from archive.models.person import sort_key
from archive.models.slugs import slug_of
from archive.models.spelling import name_key
from tests.factories import make_article, make_mention, make_person, make_quote, make_report_with_quote


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Martin O'Donnell", "martin o’donnell"),
        ("José Ramírez", "Jose Ramirez"),
        ("Ban Ki-moon", "BAN KI MOON"),
        ("John  F. Kelly", "John F Kelly"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(one, other):
    assert name_key(one) == name_key(other)


def test_sort_keys_put_the_surname_first():
    assert sort_key("John Nicholson") == "nicholson, john"
    assert sort_key("Plato") == "plato"
    assert sort_key("…") == ""


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Martin O'Donnell", "martin-odonnell"),
        ("Зеленський", "zelenskiy"),
        ("!!!", "person"),
        ("word " * 40, "word-" * 15 + "word"),
        ("x" * 200, "x" * 80),
    ],
)
def test_slugs(text, slug):
    assert slug_of(text, "person") == slug


@pytest.mark.django_db
def test_people_are_found_by_any_name_in_any_order():
    person = make_person("Vera Lindqvist", "Vera Åberg")
    make_person("Vera Quill")
    assert list(Person.objects.named("aberg VERA")) == [person]
    assert list(Person.objects.named("lindq")) == [person]
    assert Person.objects.named("vera").count() == 2
    assert not Person.objects.named("lindqvist quill").exists()


@pytest.mark.django_db
def test_counts_leave_out_what_does_not_stand():
    article, person, _ = make_report_with_quote()
    other = make_article(
        "Other", text='"First", she said. "Second", she said. "Third", she said. Vera Lindqvist was there.'
    )
    make_quote(other, '"First"', person, state="rejected")
    make_quote(other, '"Second"', person, gone="not in the text")
    make_quote(other, '"Third"', person, kind="reported")
    make_mention(other, person, "Vera Lindqvist")

    counted = Person.objects.with_counts().get()
    assert (counted.quote_count, counted.article_count) == (1, 2)
    assert [one.pk for one in Person.objects.most_quoted()] == [person.pk]
