"""People who are one person are merged; undone, the archive is as if that had never been."""

import time
from datetime import date

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from archive.curation.duplicates import tell_apart
from archive.curation.ledger import Kind, What
from archive.curation.merging import merge, plans
from archive.curation.refusal import Refused
from archive.curation.speakers import rename
from archive.curation.undoing import obstacles, undo
from archive.models import (
    Article,
    FormerSlug,
    Mention,
    Name,
    Person,
    PossibleDuplicate,
    Quote,
    QuoteCandidate,
    Role,
    Transfer,
    Version,
)
from tests.factories import (
    make_article,
    make_candidate,
    make_mention,
    make_person,
    make_possible_duplicate,
    make_quote,
)
from tests.worlds import differences, dump, outcome

pytestmark = pytest.mark.django_db
TEXT = (
    '"We wait", Omar Tarnov said. "They wait", Umar Tarnov said. "All wait", Omar Tarnoff said.\n\n'
    '"Who waits?", asked he.'
)
REASON = "one man, spelt in three ways"


@pytest.fixture
def three():
    """Three spellings of one man, all in one report, with a pair for each two of them, and much that they share."""
    omar = make_person("Omar Tarnov", "Tarnov", "the minister")
    umar = make_person("Umar Tarnov", "Tarnov", "Umar")
    tarnoff = make_person("Omar Tarnoff", "Tarnov", "Tarnoff")
    Name.objects.filter(person=umar, text="Tarnov").update(identifies=False)
    article = make_article(text=TEXT, published=date(2014, 3, 1))
    for person, words in ((omar, '"We wait"'), (umar, '"They wait"'), (tarnoff, '"All wait"')):
        make_mention(article, person, person.name, role="minister")
        make_quote(article, words, person)
    make_mention(article, tarnoff, "Omar Tarnov")  # the same place, read as another one
    Role.objects.create(person=umar, article=article, text="harbour minister")
    open_one = make_quote(article, '"Who waits?"')
    make_candidate(open_one, "Umar Tarnov", umar)
    make_candidate(open_one, "Omar Tarnoff", tarnoff)
    for first, second in ((omar, umar), (omar, tarnoff), (umar, tarnoff)):
        make_possible_duplicate(first, second)
    FormerSlug.objects.create(slug="u-tarnov", person=umar)
    return omar, umar, tarnoff


def keys(*people):
    return [person.pk for person in people]


def standing(giver):
    return Transfer.objects.standing().get(giver=giver.pk).pk


def texts(person):
    return sorted(person.names.values_list("text", flat=True))


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


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("together", [True, False])
def test_undone_in_any_order_everything_is_as_it_was(three, order, together):
    omar, *others = three
    before = dump()
    if together:
        merge(omar.pk, keys(*others), REASON)
    else:
        for other in others:
            merge(omar.pk, [other.pk], REASON)
    for place in order:
        undo(standing(others[place]))
    connection.check_constraints()
    assert differences(before, dump()) == {}


@pytest.mark.parametrize("undone", [0, 1])
@pytest.mark.parametrize("stays", [0, 1, 2])
def test_one_of_two_merges_undone_is_as_if_only_the_other_had_been(three, stays, undone):
    taker = three[stays]
    others = [person for person in three if person != taker]
    kept = others[1 - undone]

    def both_and_one_undone():
        merge(taker.pk, keys(*others), REASON)
        undo(standing(others[undone]))

    assert differences(outcome(lambda: merge(taker.pk, [kept.pk], REASON)), outcome(both_and_one_undone)) == {}


def test_what_others_do_meanwhile_stays_done(three):
    omar, umar, tarnoff = three
    made = {}

    def edits():
        quote = Quote.objects.get(pk=made["their quote"])
        quote.role, quote.state = "harbour master", Quote.State.CORRECTED
        quote.save()
        Quote.objects.filter(pk=made["another's quote"]).update(speaker=tarnoff)
        PossibleDuplicate.objects.filter(pk=made["pair"]).update(state="different")
        rename(Person.objects.get(pk=omar.pk), "Omar Tarnov Senior")
        Person.objects.filter(pk=omar.pk).update(note="not his son", wikidata_id="Q7")
        later = make_article("Later", text='"Later", Omar Tarnov said.')
        make_mention(later, omar, "Omar Tarnov", role="minister")
        make_quote(later, '"Later"', omar)
        Name(person=omar, text="O. T.").save()

    made["their quote"], made["another's quote"] = umar.quotes.get().pk, omar.quotes.get().pk
    made["pair"] = PossibleDuplicate.objects.get(first=umar, second=tarnoff).pk
    # In the merged world the pair of the merged one is, while it lasts, another row of the one who stays.
    PossibleDuplicate.objects.filter(first=omar, second=tarnoff).delete()

    def merged_and_undone():
        merge(omar.pk, [umar.pk], REASON)
        edits()
        undo(standing(umar))

    never, undone = outcome(edits), outcome(merged_and_undone)
    for rows in (never, undone):  # each world makes a later report with an identity of its own
        for table in ("article", "version", "original", "reading", "mention", "role", "quote"):
            rows[f"archive_{table}"] = [row for row in rows[f"archive_{table}"] if '"id"' in row]
    assert differences(never, undone) == {}
    assert any("harbour master" in row and f'"speaker_id": {umar.pk}' in row for row in undone["archive_quote"])


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


def test_what_the_one_who_stays_lacks_is_taken_over_and_goes_back(three):
    omar, umar, tarnoff = three
    Person.objects.filter(pk=umar.pk).update(wikidata_id="Q8", note="the minister")
    Person.objects.filter(pk=tarnoff.pk).update(note="not the singer")
    before = dump()
    merge(omar.pk, keys(umar, tarnoff), REASON)
    omar.refresh_from_db()
    assert (omar.wikidata_id, omar.note) == ("Q8", "the minister")
    undo(standing(umar))
    omar.refresh_from_db()
    assert (omar.wikidata_id, omar.note) == ("", "not the singer")
    undo(standing(tarnoff))
    assert differences(before, dump()) == {}


def not_undone(key) -> str:
    before = dump()
    reasons = obstacles(Transfer.objects.get(pk=key))
    with pytest.raises(Refused) as caught, transaction.atomic():
        undo(key)
    assert differences(before, dump()) == {}
    assert caught.value.reasons == tuple(reasons)
    return str(caught.value)


def test_a_merge_within_a_merge_is_undone_after_the_outer_one(three):
    omar, umar, tarnoff = three
    before = dump()
    [inner] = merge(umar.pk, [tarnoff.pk], REASON)
    between = dump()
    [outer] = merge(omar.pk, [umar.pk], REASON)
    inner.refresh_from_db()
    assert inner.holder == omar
    assert "Umar Tarnov was merged into Omar Tarnov on " in not_undone(inner.pk)
    undo(outer.pk)
    connection.check_constraints()
    assert differences(between, dump()) == {}
    inner.refresh_from_db()
    assert inner.holder == umar
    undo(inner.pk)
    assert differences(before, dump()) == {}


def test_an_undone_merge_is_not_undone_again_but_may_be_done_again(three, django_user_model):
    omar, umar, _ = three
    editor = django_user_model.objects.create_user("editor")
    before = dump()
    [transfer] = merge(omar.pk, [umar.pk], REASON)
    merged = outcome()
    undo(transfer.pk, editor)
    assert "It was undone already, on " in not_undone(transfer.pk)
    assert "by editor" in not_undone(transfer.pk)
    [again] = merge(omar.pk, [umar.pk], REASON)
    assert differences(merged, outcome()).keys() <= {"archive_formerslug"}  # a row of a new number
    undo(again.pk)
    assert differences(before, dump()) == {}


def test_a_name_or_an_address_in_the_way_is_named_and_can_be_cleared(three):
    omar, umar, _ = three
    [transfer] = merge(omar.pk, [umar.pk], REASON)
    rename(Person.objects.get(pk=omar.pk), "Umar Tarnov")
    told = not_undone(transfer.pk)
    assert "Umar Tarnov is called so by a name that goes back to Umar Tarnov" in told
    assert "The page of Umar Tarnov is at “umar-tarnov” by now, an address of Umar Tarnov" in told
    rename(Person.objects.get(pk=omar.pk), "Omar Tarnov")
    undo(transfer.pk)
    umar.refresh_from_db()
    assert (umar.slug, texts(umar)) == ("umar-tarnov", ["Tarnov", "Umar", "Umar Tarnov"])
    assert FormerSlug.objects.get().slug == "u-tarnov"


def test_an_item_of_wikidata_in_the_way_is_named(three):
    omar, umar, tarnoff = three
    Person.objects.filter(pk=umar.pk).update(wikidata_id="Q8")
    [transfer] = merge(omar.pk, [umar.pk], REASON)
    Person.objects.filter(pk=omar.pk).update(wikidata_id="")
    Person.objects.filter(pk=tarnoff.pk).update(wikidata_id="Q8")
    assert "Omar Tarnoff has Q8 in Wikidata by now, which Umar Tarnov had" in not_undone(transfer.pk)


def test_a_preferred_name_that_was_taken_out_meanwhile_is_there_again(three):
    omar, umar, _ = three
    [transfer] = merge(omar.pk, [umar.pk], REASON)
    omar.names.filter(text__in=["Umar Tarnov", "Umar"]).delete()
    undo(transfer.pk)
    connection.check_constraints()
    assert texts(umar) == ["Tarnov", "Umar Tarnov"]


def test_mentions_that_were_read_anew_go_back_and_those_no_longer_read_do_not_come_back(three):
    omar, umar, tarnoff = three
    version = Version.objects.get()
    [transfer] = merge(omar.pk, keys(umar), REASON)
    [other] = merge(omar.pk, keys(tarnoff), REASON)
    places = list(omar.mentions.order_by("start").values_list("start", "end"))
    omar.mentions.all().delete()
    Mention.objects.bulk_create(
        Mention(article=version.article, version=version, person=omar, start=start, end=end)
        for start, end in places[1:]
    )
    undo(transfer.pk)
    undo(other.pk)
    assert list(umar.mentions.values_list("start", flat=True)) == [TEXT.index("Umar Tarnov")]
    assert list(tarnoff.mentions.values_list("start", flat=True)) == [TEXT.index("Omar Tarnoff")]
    assert not omar.mentions.exists()


def test_an_undone_merge_can_be_set_down_as_two_people(three):
    omar, umar, tarnoff = three
    PossibleDuplicate.objects.filter(first=omar, second=umar).delete()
    merge(omar.pk, keys(umar, tarnoff), REASON)
    undo(standing(umar), different=True)
    undo(standing(tarnoff), different=True)
    pairs = PossibleDuplicate.objects.filter(state="different").order_by("pk")
    assert list(pairs.values_list("first", "second", "shown")) == [
        (*keys(omar, tarnoff), True),
        (*keys(omar, umar), True),
    ]
    assert "a merge of both was undone" in pairs[1].reason


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
