"""`manage.py propose` looks through what is new, says what it proposes, and goes on where it was."""

import pytest
from django.core.management import call_command

from archive.models import PossibleCopy, PossibleDuplicate, PossibleNamesakes, ProposalMark
from archive.proposing import run
from tests.factories import make_article, make_mention, make_person

pytestmark = pytest.mark.django_db
TEXT = " ".join(f"word{number}" for number in range(80))


@pytest.fixture
def doubtful():
    for name in ("Omar Tarnovik", "Omar Tarnovak"):
        make_mention(make_article(text=f"{name} came."), make_person(name), name, role="harbour minister")
    person = make_person("Vera Lindqvist")
    for role in ("US senator", "Russian general"):
        make_mention(make_article(text="Vera Lindqvist came."), person, "Vera Lindqvist", role=role)
    for title in ("One", "Two"):
        make_article(title, TEXT)


def proposed():
    return [model.objects.count() for model in (PossibleDuplicate, PossibleNamesakes, PossibleCopy)]


def test_it_says_what_it_proposes_and_a_second_run_proposes_nothing(doubtful, capsys):
    call_command("propose")
    assert capsys.readouterr().out.splitlines() == [
        "New pairs of records that may be of one person: 1",
        "New records that may be of two people: 1",
        "New pairs of reports that may be one: 1",
    ]
    call_command("propose")
    assert {line[-2:] for line in capsys.readouterr().out.splitlines()} == {" 0"}
    call_command("propose", anew=True)
    assert {line[-2:] for line in capsys.readouterr().out.splitlines()} == {" 0"}
    assert proposed() == [1, 1, 1]


def test_who_proposed_is_in_the_history(doubtful):
    call_command("propose")
    context = PossibleNamesakes.objects.get().events.latest("pgh_id").pgh_context
    assert context.metadata["command"] == "propose"


def test_stopped_it_goes_on_where_it_was(doubtful, monkeypatch):
    """The batches that were done stay done, and what came meanwhile is looked at too."""
    small = [run.Search(each.kind, each.label, each.model, each.field, 1, each.propose) for each in run.SEARCHES]
    pairs, *_ = small
    going = run.propose(pairs)
    next(going)
    going.close()
    assert ProposalMark.objects.get(kind="same-person").through > 0
    make_mention(
        make_article(text="Omar Tarnovek came."), make_person("Omar Tarnovek"), "Omar Tarnovek", role="captain"
    )
    for search in small:
        for _ in run.propose(search):
            pass
    assert proposed() == [1, 1, 1]
