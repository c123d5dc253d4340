"""What belongs to somebody else of the same name is split off, and comes back where that is undone."""

import pytest
from django.db import connection, transaction

from archive import extraction
from archive.curation.merging import merge
from archive.curation.refusal import Refused
from archive.curation.speakers import rename
from archive.curation.splitting import Chosen, split
from archive.curation.undoing import obstacles, undo
from archive.importing.known import KnownPeople
from archive.importing.people import write_people
from archive.models import FormerSlug, Mention, Name, Person, PossibleDuplicate, Quote, QuoteCandidate, Role, Transfer
from tests.factories import make_article, make_candidate, make_mention, make_person, make_possible_duplicate, make_quote
from tests.worlds import differences, dump

pytestmark = pytest.mark.django_db
REASON = "the singer, not the minister"


@pytest.fixture
def mixed():
    """One record of two men of one name: a minister and a singer, each with a report."""
    person = make_person("Omar Tarn", "Tarn", "Omar the Voice")
    minister = make_article("Harbour closed", text='"We wait", Omar Tarn said.')
    singer = make_article("Concert tonight", text='"I sing", Omar Tarn said. "You dance", he said.')
    for article, role in ((minister, "Syrian minister"), (singer, "Canadian singer")):
        make_mention(article, person, "Omar Tarn", role)
    make_quote(minister, '"We wait"', person)
    make_quote(singer, '"I sing"', person)
    make_candidate(make_quote(singer, '"You dance"'), "Omar Tarn", person)
    return person, minister, singer


def of_the_singer(person, singer, *names):
    quotes = person.quotes.filter(article=singer).values_list("pk", flat=True)
    return Chosen(list(quotes), list(person.names.filter(text__in=names).values_list("pk", flat=True)), [singer.pk])


def texts(person):
    return sorted(person.names.values_list("text", flat=True))


def test_a_new_person_of_the_same_name_gets_what_is_chosen(mixed):
    person, minister, singer = mixed
    transfer = split(
        person.pk, of_the_singer(person, singer, "Omar Tarn", "Omar the Voice"), f" {REASON} ", name="Omar Tarn"
    )
    other = Person.objects.get(pk=transfer.taker)
    assert (other.slug, texts(other)) == ("omar-tarn-2", ["Omar Tarn", "Omar the Voice"])
    assert (person.slug, texts(person)) == ("omar-tarn", ["Omar Tarn", "Tarn"])
    for model, owner in ((Quote, "speaker"), (Role, "person"), (Mention, "person")):
        assert model.objects.get(**{owner: other}).article == singer
        assert model.objects.get(**{owner: person}).article == minister
    assert QuoteCandidate.objects.get().person == other
    assert (transfer.reason, transfer.made_taker) == (REASON, True)
    assert str(transfer) == "Omar Tarn split off from Omar Tarn"
    pair = PossibleDuplicate.objects.get()
    assert (pair.first, pair.second, pair.state) == (person, other, "different")


def test_an_import_knows_both_again_by_what_they_do(mixed):
    person, _, singer = mixed
    transfer = split(person.pk, of_the_singer(person, singer), REASON, name="Omar Tarn")
    for role, key in (("Syrian foreign minister", person.pk), ("Canada's best singer", transfer.taker)):
        found = extraction.Person("Omar Tarn", ("Omar Tarn",), (role,), (extraction.Mention(0, 9),))
        [[one]] = write_people([(make_article().shown_version, [found])], KnownPeople([found]))
        assert one.pk == key


def test_undone_everything_is_as_it_was(mixed):
    person, _, singer = mixed
    before = dump()
    transfer = split(person.pk, of_the_singer(person, singer, "Omar Tarn", "Tarn"), REASON, name="Omar Tarn")
    undo(transfer.pk)
    connection.check_constraints()
    assert differences(before, dump()) == {}


@pytest.mark.parametrize("state", ["open", "different", None])
def test_somebody_who_is_there_gets_it_and_gives_it_back(mixed, state):
    person, _, singer = mixed
    other = make_person("Omar Tarnov", "Tarn")
    make_mention(singer, other, "Omar Tarn", "Canadian singer")
    if state:
        make_possible_duplicate(person, other, state=state)
    before = dump()
    transfer = split(person.pk, of_the_singer(person, singer, "Omar Tarn", "Tarn"), REASON, taker=other.pk)
    assert texts(other) == ["Omar Tarn", "Omar Tarnov", "Tarn"]
    assert texts(person) == ["Omar Tarn", "Omar the Voice"]
    assert PossibleDuplicate.objects.get().state == "different"
    undo(transfer.pk)
    connection.check_constraints()
    assert differences(before, dump()) == {}


def refused(*arguments, **named) -> str:
    before = dump()
    with pytest.raises(Refused) as caught, transaction.atomic():
        split(*arguments, **named)
    assert differences(before, dump()) == {}
    return str(caught.value)


def test_what_is_no_split_is_refused_with_the_reason(mixed):
    person, minister, singer = mixed
    chosen = of_the_singer(person, singer)
    assert "Say why this is somebody else" in refused(person.pk, chosen, " ", name="Omar Tarn")
    assert "one of the two" in refused(person.pk, chosen, REASON)
    assert "one of the two" in refused(person.pk, chosen, REASON, name="Omar Tarn", taker=person.pk)
    assert "This is the same person" in refused(person.pk, chosen, REASON, taker=person.pk)
    assert "Nothing is chosen" in refused(person.pk, Chosen(), REASON, name="Omar Tarn")
    assert "There is no person with the number" in refused(person.pk, chosen, REASON, taker=999_999)
    Quote.objects.filter(article=singer).update(speaker=None)
    assert "1 is not Omar Tarn's any more" in refused(person.pk, chosen, REASON, name="Omar Tarn")


def test_who_was_split_off_and_got_more_since_is_not_taken_away(mixed):
    person, minister, singer = mixed
    transfer = split(person.pk, of_the_singer(person, singer), REASON, name="Omar Tarn")
    other = Person.objects.get(pk=transfer.taker)
    make_mention(minister, other, "Omar Tarn", "singer")
    Person.objects.filter(pk=other.pk).update(note="the singer")
    [told] = obstacles(transfer)
    assert "Omar Tarn has got more since (role: 1, mention: 1, note)" in told
    with pytest.raises(Refused, match="merge Omar Tarn into Omar Tarn instead"), transaction.atomic():
        undo(transfer.pk)
    Mention.objects.filter(person=other, article=minister).delete()
    Role.objects.filter(person=other, article=minister).delete()
    Person.objects.filter(pk=other.pk).update(note="")
    undo(transfer.pk)
    assert Person.objects.get() == person


def test_a_merge_whose_rows_were_split_off_since_waits_for_the_split(mixed):
    person, _, singer = mixed
    umar = make_person("Umar Tarn")
    make_mention(singer, umar, "Tarn said", "voice")
    before = dump()
    [merger] = merge(person.pk, [umar.pk], "one man")
    later = split(person.pk, of_the_singer(person, singer), REASON, name="Omar Tarn")
    [told] = obstacles(merger)
    assert "Omar Tarn was split off from Omar Tarn on " in told
    undo(later.pk)
    undo(merger.pk)
    assert differences(before, dump()) == {}


def test_who_was_merged_since_is_named(mixed):
    person, _, singer = mixed
    umar = make_person("Umar Tarn")
    transfer = split(person.pk, of_the_singer(person, singer), REASON, name="Omar Tarn")
    merge(umar.pk, [person.pk], "one man")
    assert obstacles(transfer) == [told := obstacles(transfer)[0]]
    assert "Omar Tarn was merged into Umar Tarn on " in told


def test_an_address_that_who_was_split_off_got_since_is_not_lost(mixed):
    person, _, singer = mixed
    transfer = split(person.pk, of_the_singer(person, singer), REASON, name="Omar Tarn")
    rename(Person.objects.get(pk=transfer.taker), "Omar the Singer")
    assert FormerSlug.objects.get().slug == "omar-tarn-2"
    assert "name: 1, former address: 1" in obstacles(transfer)[0]


def test_a_split_is_kept_by_the_database_as_one_of_two(mixed):
    person, _, singer = mixed
    transfer = split(person.pk, of_the_singer(person, singer), REASON, name="Omar Tarn")
    assert Transfer.objects.get().counts() == {
        "quote": {"moved": 1},
        "candidate": {"moved": 1},
        "name": {"made": 1},
        "role": {"moved": 1},
        "mention": {"moved": 1},
        "first": {"made": 1},
    }
    assert Name.objects.filter(person=transfer.taker).count() == 1
