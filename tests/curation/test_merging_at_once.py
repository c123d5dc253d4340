"""Whoever merges at the same time as others, or while an import runs, waits or is told; nothing is lost."""

import json
from functools import partial

import pytest
from django.db import transaction
from django.urls import reverse

from archive.curation.articles import revise_text
from archive.curation.merging import merge
from archive.curation.refusal import Refused, unhindered
from archive.curation.speakers import add_person, rename
from archive.curation.undoing import undo
from archive.importing.description import Defaults
from archive.importing.documents import documents
from archive.importing.reextracting import reextract, shown
from archive.importing.run import run_import
from archive.models import Mention, Person, Quote
from tests.admin.forms import filled
from tests.clients import WhollyLoggedInClient
from tests.curation.at_once import at_once, whole
from tests.factories import TEXT, make_article, make_quote

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "the same man"


def test_of_two_who_merge_the_same_people_one_is_told_of_the_other():
    for _ in range(3):
        one, other = add_person("Omar Tarnov"), add_person("Umar Tarnov")
        results = at_once(partial(merge, one.pk, [other.pk], REASON), partial(merge, other.pk, [one.pk], REASON))
        [told] = [result for result in results if isinstance(result, Refused)]
        assert " was merged into " in str(told)
        assert whole()


def test_many_merges_in_a_ring_make_no_cycle():
    people = [add_person(f"Omar Tarnov {letter}") for letter in "abcd"]
    ring = zip(people, [*people[1:], people[0]], strict=True)
    results = at_once(*(partial(merge, one.pk, [other.pk], REASON) for one, other in ring))
    assert whole()
    done = [result for result in results if not isinstance(result, Refused)]
    assert Person.objects.count() == 4 - len(done)
    assert 1 <= len(done) <= 3
    for person in people:
        held = Person.objects.filter(slug=person.slug) | Person.objects.filter(former_slugs__slug=person.slug)
        assert held.distinct().count() == 1


def test_one_undoing_of_two_is_told_that_it_is_done():
    one, other = add_person("Omar Tarnov"), add_person("Umar Tarnov")
    [transfer] = merge(one.pk, [other.pk], REASON)
    results = at_once(*[partial(undo, transfer.pk)] * 2)
    [told] = [result for result in results if isinstance(result, Refused)]
    assert "It was undone already" in str(told)
    assert whole()


@pytest.fixture
def reports(tmp_path):
    """A file of forty-eight reports in which both spellings speak."""
    path = tmp_path / "wire.jsonl"
    with path.open("w") as file:
        for number in range(48):
            name = ("Omar Tarnov", "Umar Tarnov")[number % 2]
            body = f"The harbour stayed closed.\n\n“We have no pilot left for {number} ships”, {name} said on Friday."
            file.write(json.dumps({"title": f"Harbour {number}", "body": body, "id": str(number)}) + "\n")
    return path


def imported(path):
    run = run_import(documents([str(path)], None), command="test", defaults=Defaults(), jobs=1)
    return [result.outcome.value for _, result in run]


def merged_and_undone(stays, other, rounds=3):
    for _ in range(rounds):
        [transfer] = merge(stays, [other], REASON)
        undo(transfer.pk)
    return merge(stays, [other], REASON)


def test_an_import_that_names_both_loses_nothing_while_they_are_merged(reports):
    one, other = add_person("Omar Tarnov"), add_person("Umar Tarnov")
    outcomes, _ = at_once(lambda: imported(reports), lambda: merged_and_undone(one.pk, other.pk))
    assert outcomes == ["imported"] * 48
    assert whole()
    assert Quote.objects.filter(speaker=one).count() == Quote.objects.spoken().count() == 48
    assert Person.objects.count() == 1


def test_a_reextraction_loses_nothing_while_they_are_merged(reports):
    imported(reports)
    one, other = Person.objects.get(name="Omar Tarnov"), Person.objects.get(name="Umar Tarnov")
    results, _ = at_once(lambda: list(reextract(shown(), jobs=1)), lambda: merged_and_undone(one.pk, other.pk))
    assert [result.problem for result in results] == [""] * 48
    assert whole()
    assert Quote.objects.filter(speaker=one).count() == 48
    assert Mention.objects.filter(person=one).count() == 48


def test_an_editor_who_chooses_the_one_merged_is_told_and_nothing_breaks(django_user_model):
    user = django_user_model.objects.create_superuser("editor")
    client = WhollyLoggedInClient(raise_request_exception=False)
    client.force_login(user)
    for _ in range(3):
        stays, other = add_person("Omar Tarnov"), add_person("Umar Tarnov")
        quote = make_quote(make_article(), '"We counted nine shells before dawn"')
        address = reverse("admin:archive_quote_change", args=[quote.pk])
        data = filled(client.get(address), speaker=other.pk)
        answer, _ = at_once(partial(client.post, address, data), partial(merge, stays.pk, [other.pk], REASON))
        quote.refresh_from_db()
        assert (answer.status_code, quote.speaker) in {(302, stays), (200, None)}
        assert whole()
        Quote.objects.all().delete()


def test_a_rename_does_not_bring_back_who_is_merged_away(django_user_model):
    user = django_user_model.objects.create_superuser("editor")
    client = WhollyLoggedInClient(raise_request_exception=False)
    client.force_login(user)
    for number in range(3):
        stays, other = add_person("Omar Tarnov"), add_person("Umar Tarnov")
        address = reverse("admin:archive_person_change", args=[other.pk])
        data = filled(client.get(address), name=f"Umar Tarnov {number}")
        answer, _ = at_once(partial(client.post, address, data), partial(merge, stays.pk, [other.pk], REASON))
        assert answer.status_code == 302
        assert not Person.objects.filter(pk=other.pk).exists()
        assert whole()


def test_a_rename_outside_the_admin_is_one_or_the_other():
    def renamed(person, name):
        try:
            rename(person, name)
        except Person.DoesNotExist:
            return "gone"

    for number in range(3):
        stays, other = add_person("Omar Tarnov"), add_person("Umar Tarnov")
        at_once(partial(renamed, other, f"Umar Tarnov {number}"), partial(merge, stays.pk, [other.pk], REASON))
        assert whole()
        assert not Person.objects.filter(pk=other.pk).exists()


def test_a_revised_text_and_a_merge_wait_for_each_other():
    for _ in range(2):
        stays, other = add_person("Omar Lindqvist"), Person.objects.filter(name="Vera Lindqvist").first()
        other = other or add_person("Vera Lindqvist")
        article = make_article()
        at_once(
            partial(revise_text, article, f"{TEXT}\n\nMore.", based_on=1),
            partial(merge, stays.pk, [other.pk], REASON),
        )
        assert whole()
        Quote.objects.all().delete()


def test_edits_that_lock_the_quotes_in_another_order_hinder_nobody():
    stays, other = add_person("Omar Tarnov"), add_person("Umar Tarnov")
    articles = [make_article(f"Report {number}") for number in range(60)]
    quotes = [make_quote(article, '"We counted nine shells before dawn"', other) for article in articles]

    def edited():
        with transaction.atomic():
            for quote in reversed(quotes):
                Quote.objects.filter(pk=quote.pk).update(role="harbour master")

    at_once(*[lambda: unhindered(edited)] * 2, lambda: merged_and_undone(stays.pk, other.pk))
    assert whole()
    assert Quote.objects.filter(speaker=stays, role="harbour master").count() == 60
