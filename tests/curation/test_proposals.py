"""A proposal is kept, limited, and decided on once; accepted, it changes what it says or nothing."""

from datetime import timedelta

import pghistory.models
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from archive.curation import proposals
from archive.curation.proposals import accept, decline, propose
from archive.curation.purging import due, purge
from archive.curation.refusal import Refused
from archive.curation.withholding import put_into_trash
from archive.models import Article, Person, Proposal
from tests.curation.test_waiting import meanwhile
from tests.factories import make_article, make_person, make_proposal, make_report_with_quote

pytestmark = pytest.mark.django_db
NOTE = {"note": ("", "a colonel", "a colonel")}


@pytest.fixture
def contributor(django_user_model):
    return django_user_model.objects.create_user("contributor")


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("editor")


@pytest.fixture
def proposal(contributor):
    return make_proposal(make_person(), contributor, NOTE)


def set_note(person, values, reason):
    Person.objects.filter(pk=person.pk).update(**values)


def test_what_is_accepted_is_changed_with_who_proposed_it_and_why(proposal, editor):
    accept(proposal.pk, editor, set_note)
    person = Person.objects.get()
    assert person.note == "a colonel"
    decided = Proposal.objects.get()
    assert (decided.state, decided.decided_by, decided.answer) == ("accepted", editor, "")
    last = pghistory.models.Events.objects.tracks(person).order_by("-pgh_created_at", "-pgh_id").first()
    assert last.pgh_context["reason"] == "Proposed by a contributor: As printed."


def test_what_is_declined_has_an_answer(proposal, editor):
    decline(proposal.pk, editor, "He is a major.")
    assert (Proposal.objects.get().state, Proposal.objects.get().answer) == ("declined", "He is a major.")
    assert Person.objects.get().note == ""


def test_it_is_decided_on_once(proposal, editor):
    decline(proposal.pk, editor, "He is a major.")
    for decide in (lambda: accept(proposal.pk, editor, set_note), lambda: decline(proposal.pk, editor, "No.")):
        with pytest.raises(Refused, match="The proposal is declined already"):
            decide()
    assert Person.objects.get().note == ""


def test_what_has_changed_since_is_not_changed_again(proposal, editor):
    Person.objects.update(note="a major")
    with pytest.raises(Refused, match="has changed since this was proposed"):
        accept(proposal.pk, editor, set_note)
    assert (Person.objects.get().note, Proposal.objects.get().state) == ("a major", "open")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_the_second_is_refused(proposal, editor):
    with pytest.raises(Refused, match="The proposal is declined already"):
        meanwhile(lambda: decline(proposal.pk, editor, "He is a major."), lambda: accept(proposal.pk, editor, set_note))
    assert Person.objects.get().note == ""


@pytest.mark.django_db(transaction=True)
def test_what_somebody_changes_this_moment_is_not_written_over(proposal, editor):
    with pytest.raises(Refused, match="has changed since this was proposed"):
        meanwhile(lambda: Person.objects.update(note="a major"), lambda: accept(proposal.pk, editor, set_note))
    assert Person.objects.get().note == "a major"


@pytest.mark.django_db(transaction=True)
def test_two_proposals_at_once_are_counted_both(contributor, monkeypatch):
    monkeypatch.setattr(proposals, "MOST_OPEN", 1)
    first, second = make_person("Omar Tarnov"), make_person("Vera Lindqvist")
    with pytest.raises(Refused, match="1 proposals of yours are open"):
        meanwhile(lambda: make_proposal(first, contributor, NOTE), lambda: make_proposal(second, contributor, NOTE))
    assert Proposal.objects.count() == 1


def test_of_a_record_that_is_no_more_it_can_only_be_declined(proposal, editor):
    person = Person.objects.get()
    person.names.all().delete(), person.delete()
    with pytest.raises(Refused, match="The record is no more"):
        accept(proposal.pk, editor, set_note)
    assert decline(proposal.pk, editor, "They were merged.").state == "declined"


def test_what_the_change_refuses_leaves_the_proposal_open(proposal, editor):
    def refuse(person, values, reason):
        set_note(person, values, reason)
        raise Refused("Not so.")

    with pytest.raises(Refused, match="Not so"):
        accept(proposal.pk, editor, refuse)
    assert (Person.objects.get().note, Proposal.objects.get().state) == ("", "open")


def test_one_of_each_record_is_open_at_a_time(proposal, contributor, editor, django_user_model):
    person = Person.objects.get()
    with pytest.raises(Refused, match="A proposal of yours for this record is open"):
        make_proposal(person, contributor, NOTE)
    make_proposal(person, django_user_model.objects.create_user("another"), NOTE)
    decline(proposal.pk, editor, "No.")
    make_proposal(person, contributor, NOTE)


def test_nothing_that_changes_nothing_is_proposed(contributor):
    with pytest.raises(Refused, match="Nothing would change"):
        propose(contributor, make_person(), "Vera Lindqvist", {}, "So.")


def test_a_contributor_has_so_many_open_and_makes_so_many_a_day(contributor, editor, monkeypatch):
    monkeypatch.setattr(proposals, "MOST_OPEN", 2)
    monkeypatch.setattr(proposals, "MOST_A_DAY", 3)

    def make(name):
        return make_proposal(make_person(name), contributor, NOTE)

    first, _ = make("Anna Berg"), make("Rosa Lind")
    with pytest.raises(Refused, match="2 proposals of yours are open"):
        make("Omar Tarnov")
    decline(first.pk, editor, "No.")
    second = make("Umar Tarnov")
    decline(second.pk, editor, "No.")
    with pytest.raises(Refused, match="You have made 3 proposals in a day"):
        make("Ada Brenn")
    Proposal.objects.update(made=timezone.now() - timedelta(days=1, seconds=1))
    make("Ada Brenn")


def test_it_goes_with_its_report_and_its_history_too(contributor):
    article, _, quote = make_report_with_quote()
    make_proposal(article, contributor, {"title": (article.title, "Another", "Another")})
    make_proposal(quote, contributor, {"state": ("found by the machine", "rejected", "rejected")})
    put_into_trash(article.pk, "It is a forgery.")
    Article.objects.update(trashed=timezone.now() - timedelta(days=31))
    purge(due(), article.pk)
    assert not Proposal.objects.exists()
    assert not Proposal.pgh_event_models["added"].objects.exists()


def test_a_long_name_is_cut(contributor):
    proposal = propose(contributor, make_article(), "x" * 400, {"title": {"from": "", "to": "", "value": ""}}, "So.")
    assert proposal.subject == "x" * 299 + "…"


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"changes": {}},
        {"kind": "quote"},
        {"state": "declined", "decided": timezone.now()},
        {"state": "accepted"},
        {"answer": "No."},
    ],
)
def test_the_database_keeps_none_that_makes_no_sense(proposal, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(**wrong)
