"""People are found by any of their names, and counted by what stands."""

from datetime import date

import pytest

from archive.models import Mention, Person
from archive.models.person import sort_key
from archive.models.slugs import slug_of
from tests.factories import TEXT, make_article, make_mention, make_person, make_quote, make_report_with_quote


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


@pytest.mark.django_db
def test_the_commonest_roles_come_first_and_are_few():
    person = make_person("Vera Lindqvist")
    for number in range(3):
        article = make_article(f"Report {number}")
        for role in ["Colonel", "spokeswoman", "engineer"][: number + 1]:
            make_mention(article, person, TEXT[10 + len(role) : 20 + len(role)], role)
    assert Person.objects.with_commonest_roles(most=2).get().commonest_roles == ["Colonel", "spokeswoman"]


@pytest.mark.django_db
def test_the_first_reports_of_people_bring_their_days_and_roles_and_no_more():
    person = make_person("Vera Lindqvist")
    first, second, third = [make_article(f"Report {n}", published=date(2018, 5, n)) for n in (1, 2, 3)]
    for article in (third, second, first):
        make_mention(article, person, "Vera Lindqvist", "Colonel" if article == first else "")
    assert sorted(Mention.objects.first_reports([person.pk], most=2)) == [
        (person.pk, first.pk, date(2018, 5, 1), date(2018, 5, 1), "Colonel"),
        (person.pk, second.pk, date(2018, 5, 2), date(2018, 5, 2), None),
    ]
