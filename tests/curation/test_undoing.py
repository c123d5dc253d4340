"""Undone, the archive is as if the merge had never been."""

import pytest
from django.db import connection, transaction

from archive.curation.merging import merge
from archive.curation.refusal import Refused
from archive.curation.speakers import rename
from archive.curation.undoing import obstacles, undo
from archive.models import (
    FormerSlug,
    Mention,
    Name,
    Person,
    PossibleDuplicate,
    Quote,
    Transfer,
    Version,
)
from tests.curation.people import REASON, TEXT, keys, standing, texts
from tests.factories import (
    make_article,
    make_mention,
    make_quote,
)
from tests.worlds import differences, dump, outcome

pytestmark = pytest.mark.django_db


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
