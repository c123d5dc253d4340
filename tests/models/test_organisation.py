"""Organisations have names, counts and a history as people have, and are not found among them."""

import pytest

from archive.models import Organisation, Person
from archive.models.organisation import bare_key, organisation_key
from tests.factories import make_article, make_mention, make_organisation, make_person, make_quote


def test_an_article_before_the_name_does_not_count():
    assert bare_key("The Kabul police") == bare_key("Kabul Police") == "kabul police"
    assert bare_key("Theatre guild") == "theatre guild"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("U.N.", "un"),
        ("U.N", "un"),
        ("UN", "un"),
        ("the U.N.'s mission", "the uns mission"),
        ("U.S.-led coalition", "us led coalition"),
        ("Bureau of the U.A.E.", "bureau of the uae"),
        ("U.N.Council", "un council"),
        ("St. Anne Fund", "st anne fund"),
        ("Fund J. Tarn", "fund j tarn"),
    ],
)
def test_an_acronym_is_the_same_with_dots_and_without(name, key):
    assert organisation_key(name) == key


@pytest.mark.django_db
def test_they_are_found_by_any_name_and_never_among_people():
    observatory = make_organisation("Syrian Observatory for Human Rights", "SOHR")
    make_organisation("Kabul police")
    make_person("Vera Sohr")
    assert list(Organisation.objects.named("rights syrian")) == [observatory]
    assert list(Organisation.objects.named("sohr")) == [observatory]
    assert [person.name for person in Person.objects.named("sohr")] == ["Vera Sohr"]


@pytest.mark.django_db
def test_counts_tell_reported_speech_apart_and_leave_out_what_does_not_stand():
    police = make_organisation("Kabul police")
    article = make_article("Bridge", '"First", Kabul police said. "Second", they said. "Third", they said. They left.')
    make_quote(article, '"First"', police)
    make_quote(article, '"Second"', police, state="rejected")
    make_quote(article, '"Third"', police, gone="not in the text")
    make_quote(article, "They left", police, kind="reported")
    make_mention(article, police, "Kabul police")
    counted = Organisation.objects.with_counts().get()
    assert (counted.quote_count, counted.reported_count, counted.article_count) == (1, 1, 1)
    assert list(Organisation.objects.named_in(article.shown_version)) == [police]


@pytest.mark.django_db
def test_every_state_is_recorded():
    police = make_organisation("Kabul police")
    police.note = "Of the city."
    police.save()
    assert list(police.events.order_by("pgh_id").values_list("pgh_label", "note")) == [
        ("added", ""),
        ("changed", "Of the city."),
    ]
    assert police.names.get().events.get().text == "Kabul police"
