"""What an editor decides of a quote is kept as theirs, refused where the quote has changed, and undone as it was."""

import pghistory.models
import pytest

from archive.curation import attributing
from archive.curation.attributing import last_event
from archive.curation.merging import merge
from archive.curation.refusal import NoLongerSo, Refused
from archive.importing.reextracting import reextract, shown
from archive.models import Organisation, Person, Quote
from tests.factories import import_report, make_organisation, make_person, make_report_with_quote

pytestmark = pytest.mark.django_db
DECISIONS = {
    "confirm": lambda key, seen: attributing.confirm(key, seen, "test"),
    "person": lambda key, seen: attributing.attribute(key, seen, "test", Person, make_person("A B").pk),
    "body": lambda key, seen: attributing.attribute(
        key, seen, "test", Organisation, make_organisation("Harrow police").pk
    ),
    "new": lambda key, seen: attributing.attribute_to_new_person(key, seen, "test", "Greta Solheim"),
    "reject": lambda key, seen: attributing.reject(key, seen, "test"),
    "unnamed": lambda key, seen: attributing.attribute_to_unnamed(key, seen, "test"),
}


def decide(decision, quote):
    return DECISIONS[decision](quote.pk, last_event(quote))


def stored(quote):
    return Quote.objects.filter(pk=quote.pk).values().get()


@pytest.fixture
def quote():
    return make_report_with_quote()[2]


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_is_refused_where_the_quote_has_changed(quote, decision):
    seen = last_event(quote)
    Quote.objects.filter(pk=quote.pk).update(role="Brigadier")
    before = stored(quote)
    with pytest.raises(NoLongerSo):
        DECISIONS[decision](quote.pk, seen)
    with pytest.raises(NoLongerSo):
        DECISIONS[decision](10**9, seen)
    assert stored(quote) == before
    assert not Person.objects.filter(name="Greta Solheim").exists()


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_is_undone_whole(quote, decision):
    before, people = stored(quote), set(Person.objects.values_list("name", flat=True)) | {"A B"}
    decided = decide(decision, quote)
    assert stored(quote)["state"] != "found"
    attributing.undo(decided, "test")
    assert stored(quote) == before
    assert set(Person.objects.values_list("name", flat=True)) <= people
    with pytest.raises(NoLongerSo):
        attributing.undo(decided, "test")


@pytest.mark.parametrize("decision", DECISIONS)
def test_the_history_says_why(quote, decision):
    decide(decision, quote)
    event = quote.events.latest("pgh_id")
    assert pghistory.models.Context.objects.get(pk=event.pgh_context_id).metadata["reason"] == "test"


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_reextraction_leaves_a_decision_as_it_is(decision):
    article = import_report()
    quote = article.quotes.get(kind="direct")
    decide(decision, quote)
    before = stored(quote)
    for _ in reextract(shown(), jobs=1):
        pass
    assert stored(quote) == before
    assert article.quotes.filter(kind="direct").count() == 1


def test_who_is_the_speaker_already_is_confirmed(quote):
    attributing.attribute(quote.pk, last_event(quote), "test", Person, quote.speaker_id)
    after = stored(quote)
    assert (after["state"], after["rule"], after["confidence"]) == ("confirmed", "cue-after", 0.9)


def test_the_role_of_whom_an_organisation_replaces_goes(quote):
    decide("person", quote)
    assert stored(quote)["role"] == "Colonel"
    decide("body", quote)
    assert stored(quote)["role"] == ""


def test_who_was_merged_meanwhile_cannot_be_chosen(quote):
    merged, stays = make_person("Umar Tarnov"), make_person("Omar Tarnov")
    merge(stays.pk, [merged.pk], "one man")
    with pytest.raises(Refused, match="Umar Tarnov was merged into Omar Tarnov"):
        attributing.attribute(quote.pk, last_event(quote), "test", Person, merged.pk)
    with pytest.raises(Refused, match="no such organisation"):
        attributing.attribute(quote.pk, last_event(quote), "test", Organisation, 10**9)
    assert stored(quote)["state"] == "found"


def test_a_decision_is_not_undone_where_who_was_the_speaker_is_merged(quote):
    decided = decide("person", quote)
    stays = make_person("Vera Lindquist")
    merge(stays.pk, [decided.before["speaker_id"]], "one woman")
    with pytest.raises(Refused, match="was merged into Vera Lindquist"):
        attributing.undo(decided, "test")
    assert stored(quote)["state"] == "corrected"


def test_a_person_who_has_got_more_stays_when_the_decision_is_undone(quote):
    decided = decide("new", quote)
    other = make_report_with_quote("Another report")[2]
    attributing.attribute(other.pk, last_event(other), "test", Person, decided.made)
    attributing.undo(decided, "test")
    other.refresh_from_db()
    assert other.speaker.name == "Greta Solheim"
