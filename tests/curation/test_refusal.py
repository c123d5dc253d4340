"""What is hindered is done again, and told where it stays hindered."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from archive.curation.refusal import Refused, unhindered
from archive.curation.speakers import add_person
from archive.models import FormerSlug, Person
from tests.admin.forms import filled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person():
    person = add_person("Omar Tarnov")
    FormerSlug.objects.create(slug="o-tarnov", person=person)
    return person


@transaction.atomic
def write(person):
    Person.objects.filter(pk=person.pk).update(note="the minister")
    FormerSlug.objects.create(slug="o-tarnov", person=person)


def test_what_goes_on_being_in_the_way_is_told_and_logged_and_nothing_is_changed(person, caplog):
    with pytest.raises(Refused, match="Nothing was changed: try again"):
        unhindered(lambda: write(person))
    person.refresh_from_db()
    assert person.note == ""
    assert "formerslug" in caplog.text


def test_what_is_no_more_in_the_way_is_done(person):
    def write_and_make_way():
        try:
            return write(person)
        except IntegrityError:
            FormerSlug.objects.all().delete()
            raise

    unhindered(write_and_make_way)
    person.refresh_from_db()
    assert person.note == "the minister"
    assert FormerSlug.objects.count() == 1


def test_within_a_transaction_the_whole_of_it_is_done_again_by_whoever_began_it(person):
    tried = []
    with pytest.raises(IntegrityError), transaction.atomic():
        unhindered(lambda: tried.append(1) or write(person))
    assert tried == [1]


def test_a_page_of_the_admin_that_was_hindered_tells_of_it_once(person, client, django_user_model, monkeypatch):
    client.force_login(django_user_model.objects.create_superuser("editor"))
    address = reverse("admin:archive_person_change", args=[person.pk])
    data = filled(client.get(address), note="the minister")
    check_constraints = connection.check_constraints
    times = []

    def hindered_at_first(*arguments):
        times.append(1)
        if len(times) < 3:
            FormerSlug.objects.create(slug="o-tarnov", person=person)
        check_constraints(*arguments)

    monkeypatch.setattr(connection, "check_constraints", hindered_at_first)
    answer = client.post(address, data, follow=True)
    person.refresh_from_db()
    assert (person.note, len(times)) == ("the minister", 3)
    assert [str(message).count("was changed successfully") for message in answer.context["messages"]] == [1]
    assert LogEntry.objects.count() == 1
