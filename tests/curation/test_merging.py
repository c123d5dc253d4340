"""People who are one person are merged: all that is theirs goes to the one who stays."""

import time

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from archive.curation.duplicates import tell_apart
from archive.curation.ledger import Kind, What
from archive.curation.merging import merge, plans
from archive.curation.refusal import Refused
from archive.curation.undoing import undo
from archive.models import (
    Article,
    FormerSlug,
    Mention,
    Person,
    PossibleDuplicate,
    Quote,
    QuoteCandidate,
    Role,
    Transfer,
)
from tests.curation.people import REASON, keys, standing, texts
from tests.factories import (
    make_article,
    make_person,
    make_possible_duplicate,
)
from tests.worlds import differences, dump

pytestmark = pytest.mark.django_db


def test_all_that_is_theirs_comes_to_the_one_who_stays(three, django_user_model):
    omar, umar, tarnoff = three
    editor = django_user_model.objects.create_user("editor")
    [transfer] = merge(omar.pk, [umar.pk], f"  {REASON} ", editor)
    assert not Person.objects.filter(pk=umar.pk).exists()
    assert texts(omar) == ["Omar Tarnov", "Tarnov", "Umar", "Umar Tarnov", "the minister"]
    assert omar.quotes.count() == 2
    assert omar.mentions.count() == 2
    assert sorted(omar.roles.values_list("text", flat=True)) == ["harbour minister", "minister"]
    assert [candidate.person for candidate in QuoteCandidate.objects.all()] == [omar, tarnoff]
    assert sorted(FormerSlug.objects.values_list("slug", "person")) == [("u-tarnov", omar.pk), ("umar-tarnov", omar.pk)]
    assert (transfer.reason, transfer.made_by, transfer.holder) == (REASON, editor, omar)
    assert str(transfer) == "Umar Tarnov merged into Omar Tarnov"


def test_the_ledger_says_what_was_moved_removed_and_made(three):
    omar, umar, _ = three
    [transfer] = merge(omar.pk, [umar.pk], REASON)
    assert transfer.counts() == {
        "quote": {"moved": 1},
        "candidate": {"moved": 1},
        "name": {"moved": 2, "removed": 1},
        "role": {"moved": 1, "removed": 1},
        "mention": {"moved": 1},
        "address": {"moved": 1, "made": 1},
        "first": {"moved": 1},
        "second": {"moved": 1},
    }


def test_the_plan_says_what_happens(three):
    omar, *others = three
    planned = plans(omar, others)
    for plan, transfer in zip(planned, merge(omar.pk, keys(*others), REASON), strict=True):
        done = transfer.counts()
        for kind, moving in plan.rows.items():
            assert len(moving.move) == done.get(kind, {}).get(What.MOVED, 0), kind
            assert moving.there == done.get(kind, {}).get(What.REMOVED, 0), kind
    assert planned[1].rows[Kind.NAME].there == 1  # by then the one who stays bears it
    assert planned[1].rows[Kind.MENTION].there == 1


def a_thousand(person, articles, place):
    """Quotes of one person, ten in each of a hundred reports."""
    return [
        Quote(
            article=article,
            version=version_of(article),
            start=10 * number + place,
            end=10 * number + place + 1,
            speaker=person,
            speaker_kind="person",
        )
        for article in articles
        for number in range(10)
    ]


def version_of(article):
    return article.versions.all()[0]


@pytest.fixture
def prolific():
    omar, umar = make_person("Omar Tarnov", "Tarnov"), make_person("Umar Tarnov", "Tarnov")
    for number in range(100):
        make_article(f"Report {number}", text="w " * 60)
    articles = list(Article.objects.prefetch_related("versions"))
    for place, person in enumerate((omar, umar)):
        Quote.objects.bulk_create(a_thousand(person, articles, 2 * place))
        Mention.objects.bulk_create(
            Mention(article=article, version=version_of(article), person=person, start=start, end=start + 1)
            for article in articles
            for start in range(0, 40, 2 + place)
        )
        Role.objects.bulk_create(Role(person=person, article=article, text="minister") for article in articles)
    make_possible_duplicate(omar, umar)
    return omar, umar


def test_a_thousand_quotes_each_take_a_second_or_two_and_come_back_to_the_row(prolific):
    omar, umar = prolific
    before, theirs = dump(), list(umar.quotes.order_by("pk"))
    begun = time.monotonic()
    merge(omar.pk, [umar.pk], REASON)
    merged = time.monotonic()
    assert omar.quotes.count() == 2000
    Quote.objects.filter(pk__in=[quote.pk for quote in theirs[:500]]).update(role="harbour master")
    undo_begun = time.monotonic()
    undo(standing(umar))
    undone = time.monotonic()
    assert Quote.objects.filter(role="harbour master", speaker=umar).count() == 500
    Quote.objects.update(role="")
    assert differences(before, dump()) == {}
    # A busy machine takes its time; by itself each is well below a second.
    assert merged - begun < 10
    assert undone - undo_begun < 10


def test_more_quotes_take_no_more_queries(three, prolific):
    def queries(stays, other):
        with CaptureQueriesContext(connection) as captured:
            [transfer] = merge(stays.pk, [other.pk], REASON)
        with CaptureQueriesContext(connection) as captured_undoing:
            undo(transfer.pk)
        return len(captured), len(captured_undoing)

    few, many = queries(*three[:2]), queries(*prolific)
    assert many[0] <= few[0]
    assert many[1] <= few[1]


def refused(*arguments, **named) -> str:
    before = dump()
    with pytest.raises(Refused) as caught, transaction.atomic():
        merge(*arguments, **named)
    assert differences(before, dump()) == {}
    return str(caught.value)


def test_what_is_no_merge_is_refused_with_the_reason(three):
    omar, umar, tarnoff = three
    assert "Omar Tarnov cannot be merged with themself" in refused(omar.pk, [omar.pk], REASON)
    assert "Umar Tarnov cannot be merged with themself" in refused(omar.pk, [umar.pk, umar.pk], REASON)
    assert "there is nobody to merge" in refused(omar.pk, [], REASON)
    assert "Say why these are one person" in refused(omar.pk, [umar.pk], "  ")
    assert "There is no person with the number 999999 any more." in refused(omar.pk, [999_999], REASON)
    merge(omar.pk, [umar.pk], REASON)
    assert "Umar Tarnov was merged into Omar Tarnov on " in refused(tarnoff.pk, [umar.pk], REASON)
    assert "Umar Tarnov was merged into Omar Tarnov on " in refused(umar.pk, [omar.pk], REASON)


def test_who_was_told_apart_is_not_merged(three):
    omar, umar, tarnoff = three
    tell_apart(PossibleDuplicate.objects.filter(first=umar, second=tarnoff))
    assert "were set down as different people" in refused(omar.pk, keys(umar, tarnoff), REASON)
    merge(omar.pk, [umar.pk], REASON)
    # What was set down of the one merged holds of the one who stays.
    assert "were set down as different people" in refused(omar.pk, [tarnoff.pk], REASON)


def test_two_items_of_wikidata_are_two_people(three):
    omar, umar, _ = three
    Person.objects.filter(pk=omar.pk).update(wikidata_id="Q7")
    Person.objects.filter(pk=umar.pk).update(wikidata_id="Q8")
    assert "Omar Tarnov is Q7 in Wikidata, and Umar Tarnov is Q8" in refused(omar.pk, [umar.pk], REASON)


def test_each_pair_is_in_the_queue_once_while_a_merge_stands(three):
    omar, umar, tarnoff = three
    merge(omar.pk, [umar.pk], REASON)
    assert [(pair.first, pair.second) for pair in PossibleDuplicate.objects.open()] == [(omar, tarnoff)]
    merge(omar.pk, [tarnoff.pk], REASON)
    assert not PossibleDuplicate.objects.open().exists()
    undo(standing(umar))
    assert [(pair.first, pair.second) for pair in PossibleDuplicate.objects.open()] == [(omar, umar)]


@pytest.mark.parametrize(
    "change",
    [
        {"taker": models.F("giver")},
        {"reason": ""},
        {"holder": None},
        {"undone": "2026-01-01T00:00Z"},
        {"kind": "split"},
    ],
)
def test_the_database_refuses_a_ledger_that_makes_no_sense(three, change):
    omar, umar, _ = three
    merge(omar.pk, [umar.pk], REASON)
    with pytest.raises(IntegrityError, match="transfer_"), transaction.atomic():
        Transfer.objects.update(**change)


def test_the_database_lets_nobody_be_merged_twice_at_once(three):
    omar, umar, _ = three
    [transfer] = merge(omar.pk, [umar.pk], REASON)
    with pytest.raises(IntegrityError, match="transfer_merged_once"), transaction.atomic():
        transfer.pk = None
        transfer.save()


def test_nobody_into_whom_others_were_merged_is_deleted(three):
    omar, umar, _ = three
    merge(omar.pk, [umar.pk], REASON)
    Quote.objects.all().delete()
    with pytest.raises(models.ProtectedError):
        omar.delete()
