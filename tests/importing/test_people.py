"""The same full name is one person unless something speaks against it; who may be one is proposed, never joined."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import extraction
from archive.curation.speakers import add_person
from archive.importing import known as known_people
from archive.importing.description import Defaults
from archive.importing.documents import documents
from archive.importing.known import KnownPeople
from archive.importing.people import write_people
from archive.importing.run import run_import
from archive.models import Mention, Name, Person, PossibleDuplicate, Quote, Role
from tests.factories import make_article

pytestmark = pytest.mark.django_db
TOGETHER = pytest.mark.parametrize("together", [True, False], ids=["one batch", "a batch each"])


def found(name, *roles, forms=()):
    """Somebody whom a report names, with one mention at its beginning."""
    return extraction.Person(name, (name, *forms), roles, (extraction.Mention(0, len(name)),))


def written(*people, together=True, dates=()):
    """Who each of the people is whom as many reports name, one report each."""
    dates = [*dates, *[None] * (len(people) - len(dates))]
    versions = [make_article(published=day).shown_version for day in dates]
    reports = [(version, [one]) for version, one in zip(versions, people, strict=True)]
    if together:
        return [one for [one] in write_people(reports, KnownPeople(people))]
    return [one for report in reports for [one] in write_people([report], KnownPeople(report[1]))]


def proposed():
    return list(PossibleDuplicate.objects.order_by("pk").values_list("first__slug", "second__slug", "reason", "state"))


@TOGETHER
def test_another_country_is_another_person_and_each_is_known_again(together):
    one, other, again, third = written(
        found("Omar Tarn", "Syrian foreign minister"),
        found("Omar Tarn", "Canadian lawmaker"),
        found("Omar Tarn", "Canada's trade minister"),
        found("Omar Tarn", "Syrian minister"),
        together=together,
    )
    assert (one.slug, other.slug) == ("omar-tarn", "omar-tarn-2")
    assert (again, third) == (other, one)
    reason = "same name, but the roles name different countries: Syria, Canada"
    assert proposed() == [("omar-tarn", "omar-tarn-2", reason, "open")]


@TOGETHER
def test_which_of_two_is_meant_stays_open_where_the_report_does_not_say(together):
    *_, third = written(
        found("Omar Tarn", "Syrian minister"),
        found("Omar Tarn", "Canadian minister"),
        found("Omar Tarn", "minister"),
        together=together,
    )
    assert third is None
    assert Person.objects.count() == 2
    assert Role.objects.count() == Mention.objects.count() == 2


@TOGETHER
def test_whom_something_speaks_against_with_all_who_bear_the_name_is_one_more(together):
    people = written(
        found("Omar Tarn", "Syrian minister"),
        found("Omar Tarn", "Canadian minister"),
        found("Omar Tarn", "Kenyan minister"),
        together=together,
    )
    assert [person.slug for person in people] == ["omar-tarn", "omar-tarn-2", "omar-tarn-3"]
    assert [pair[:2] for pair in proposed()] == [
        ("omar-tarn", "omar-tarn-2"),
        ("omar-tarn", "omar-tarn-3"),
        ("omar-tarn-2", "omar-tarn-3"),
    ]


@TOGETHER
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("US envoy for Syria", "American diplomat"),
        ("Syrian minister", "spokesman"),
        ("Syrian general", "president"),
        ("UN envoy for Syria", "Norwegian diplomat"),
        ("French-Syrian doctor", "Syrian activist"),
        ("rebel commander", "Syrian defence minister"),
    ],
)
def test_what_speaks_against_nothing_is_one_person(one, other, together):
    first, second = written(found("Omar Tarn", one), found("Omar Tarn", other), together=together)
    assert first == second
    assert proposed() == []


@TOGETHER
def test_a_striker_is_no_rebel_commander(together):
    one, other, again = written(
        found("Omar Tarn", "striker"),
        found("Omar Tarn", "rebel commander"),
        found("Omar Tarn", "former general"),
        together=together,
    )
    assert one != other == again
    assert [reason for *_, reason, _ in proposed()] == [
        "same name, but the roles are of different fields: sport, politics and war"
    ]


@TOGETHER
def test_another_era_is_another_person_and_no_date_says_nothing(together):
    early, late, undated = date(1938, 3, 1), date(2018, 3, 1), None
    one, between, other = written(
        found("Omar Tarn"), found("Omar Tarn"), found("Omar Tarn"), together=together, dates=[early, undated, late]
    )
    assert one == between != other
    assert [reason for *_, reason, _ in proposed()] == ["same name, but the reports are 80 years apart"]


@TOGETHER
def test_an_era_grows_with_the_reports(together):
    days = [date(year, 1, 1) for year in (1960, 1990, 2020)]
    assert len(set(written(*[found("Omar Tarn")] * 3, together=together, dates=days))) == 1


@TOGETHER
def test_whoever_is_kept_apart_bears_their_shorter_names_too(together):
    one, other, again = written(
        found("Omar Tarn", "Syrian minister"),
        found("Omar K. Tarn", "Canadian minister", forms=["Omar Tarn", "Tarn"]),
        found("Omar Tarn", "Canadian minister"),
        together=together,
    )
    assert one != other == again
    assert Person.objects.count() == 2
    identifying = Name.objects.filter(person=other, identifies=True).values_list("text", flat=True)
    assert set(identifying) == {"Omar K. Tarn", "Omar Tarn"}


@TOGETHER
def test_spellings_are_proposed_and_not_joined(together):
    one, other, third = written(
        found("Volodymyr Tarnsky"), found("Vladimir Tarnskyy"), found("Vera Tarnska"), together=together
    )
    assert len({one, other, third}) == 3
    reason = "spelt alike: Volodymyr Tarnsky, Vladimir Tarnskyy"
    assert proposed() == [("volodymyr-tarnsky", "vladimir-tarnskyy", reason, "open")]


@TOGETHER
def test_a_proposal_says_what_speaks_against_it(together):
    written(found("Yousef Tarn", "Syrian minister"), found("Yusuf Tarn", "Kenyan runner"), together=together)
    [(*_, reason, _)] = proposed()
    assert reason == (
        "spelt alike: Yousef Tarn, Yusuf Tarn; but the roles name different countries: Syria, Kenya, "
        "and the roles are of different fields: politics and war, sport"
    )


@TOGETHER
def test_a_full_form_met_later_is_proposed_too(together):
    written(
        found("Mohammed Tarn"),
        found("Muhammad K. Tarn"),
        found("Muhammad K. Tarn", forms=["Muhammad Tarn"]),
        together=together,
    )
    assert [reason for *_, reason, _ in proposed()] == ["spelt alike: Mohammed Tarn, Muhammad Tarn"]


@TOGETHER
def test_a_surname_and_a_role_join_and_propose_nobody(together):
    written(
        found("Omar Tarn", "Syrian minister", forms=["Tarn"]),
        found("Vera Tarn", "Syrian minister", forms=["Tarn"]),
        together=together,
    )
    assert Person.objects.count() == 2
    assert proposed() == []


def test_what_an_editor_decided_is_not_proposed_again():
    written(found("Yousef Tarn"), found("Yusuf Tarn"))
    PossibleDuplicate.objects.update(state="different")
    written(found("Yousef Tarn"), found("Yusuf Tarn", forms=["Yusuf  Tarn"]), found("Yousef Tarn", "minister"))
    assert [state for *_, state in proposed()] == ["different"]


@TOGETHER
def test_a_name_that_an_editor_withheld_joins_nobody(together):
    person = add_person("Omar K. Tarn")
    Name.objects.create(person=person, text="Omar Tarn", identifies=False)
    one, other, third = written(
        found("Omar K. Tarn", forms=["Omar Tarn", "OMAR TARN"]),
        found("Omar Tarn"),
        found("Umar Tarn"),
        together=together,
    )
    assert one == person != other
    assert {name.text for name in person.names.filter(identifies=True)} == {"Omar K. Tarn"}
    assert [reason for *_, reason, _ in proposed()] == ["spelt alike: Omar Tarn, Umar Tarn"]


def test_two_whom_an_editor_made_stay_open_until_their_roles_tell():
    add_person("Omar Tarn")
    other = add_person("Omar Tarn")
    assert written(found("Omar Tarn", "Syrian minister")) == [None]
    Mention.objects.create(
        article=(article := make_article()), version=article.shown_version, person=other, start=0, end=4
    )
    Role.objects.create(person=other, article=article, text="Syrian colonel")
    assert written(found("Omar Tarn", "Syrian minister")) == [other]
    assert proposed() == []


@TOGETHER
def test_the_first_reports_of_a_person_are_enough(together, monkeypatch):
    monkeypatch.setattr(known_people, "FIRST_REPORTS", 2)
    roles = ["Syrian minister", "minister", "Turkish-Syrian minister", "Turkish minister"]
    people = written(*(found("Omar Tarn", role) for role in roles), together=together)
    assert [person.slug for person in people] == ["omar-tarn"] * 3 + ["omar-tarn-2"]


def test_a_batch_asks_as_often_for_many_as_for_two():
    letters = "bdfglmnprstv"

    def queries(count: int) -> int:
        people = [found(f"Omar Tarn{letter}", "Syrian minister") for letter in letters[:count]]
        people += [found(f"Umar Tarn{letter}", "Kenyan minister") for letter in letters[:count]]
        people += [found(f"Omar Tarn{letter}", "Kenyan minister") for letter in letters[:count]]
        versions = [make_article().shown_version for _ in people]
        with CaptureQueriesContext(connection) as captured:
            write_people([(version, [one]) for version, one in zip(versions, people, strict=True)], KnownPeople(people))
        return len(captured)

    written(*(found(f"Omar Tarn{letter}") for letter in letters))
    assert queries(1) == queries(12)
    assert PossibleDuplicate.objects.count() == 12 * 3


def imported(path, *reports):
    lines = (json.dumps({"id": number, "title": "A report", "body": body}) for number, body in reports)
    path.write_text("".join(line + "\n" for line in lines))
    told = run_import(documents([str(path)], None), command="test", defaults=Defaults(), jobs=1)
    return [result.outcome.value for _, result in told]


def test_a_second_import_changes_nothing(tmp_path):
    reports = [
        ("1", "“It is over”, Syrian foreign minister Omar Tarn said."),
        ("2", "“It goes on”, Canadian foreign minister Omar Tarn said."),
        ("3", "“We wait”, Umar Tarn said."),
    ]
    imported(tmp_path / "a.jsonl", *reports)
    speakers = list(Quote.objects.order_by("article", "pk").values_list("speaker__slug", flat=True))
    pairs = proposed()
    assert speakers == ["omar-tarn", "omar-tarn-2", "umar-tarn"]
    assert [pair[:2] for pair in pairs] == [
        ("omar-tarn", "omar-tarn-2"),
        ("omar-tarn", "umar-tarn"),
        ("omar-tarn-2", "umar-tarn"),
    ]

    assert imported(tmp_path / "a.jsonl", *reports) == ["unchanged"] * 3
    changed = [(number, f"{body} Nobody answered.") for number, body in reports]
    assert imported(tmp_path / "a.jsonl", *changed) == ["imported"] * 3
    assert list(Quote.objects.order_by("article", "pk").values_list("speaker__slug", flat=True)) == speakers
    assert proposed() == pairs
