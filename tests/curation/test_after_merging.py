"""What imports, re-extractions and searches make of people who were merged."""

import json
from datetime import date

import pytest

from archive import extraction, search
from archive.curation.merging import merge
from archive.curation.purging import in_trash, purge
from archive.curation.undoing import undo
from archive.curation.withholding import put_into_trash
from archive.importing import known as known_people
from archive.importing.description import Defaults
from archive.importing.documents import documents
from archive.importing.known import KnownPeople
from archive.importing.people import write_people
from archive.importing.reextracting import reextract, shown
from archive.importing.run import run_import
from archive.models import Article, Mention, OutboxEntry, Person, PossibleDuplicate, Quote
from archive.search.sync import drain_if_nobody_does
from tests.factories import make_article, make_mention, make_person, make_quote
from tests.worlds import differences, dump

pytestmark = pytest.mark.django_db
REASON = "one man"


def found(name, *roles, forms=(), published=None):
    """Who it is whom a new report names."""
    one = extraction.Person(name, (name, *forms), roles, (extraction.Mention(0, len(name)),))
    [[person]] = write_people([(make_article(published=published).shown_version, [one])], KnownPeople([one]))
    return person


def test_a_report_that_names_either_means_the_one_who_stays():
    omar, umar = make_person("Omar Tarnov"), make_person("Umar Tarnov")
    merge(omar.pk, [umar.pk], REASON)
    assert found("Umar Tarnov") == found("Omar Tarnov") == omar
    assert not PossibleDuplicate.objects.exists()


def test_a_name_that_was_withheld_because_the_other_bore_it_identifies_now():
    omar = found("Omar Tarnov")
    long = make_person("Omar Karim Tarnov", "Omar Tarnov")
    long.names.filter(text="Omar Tarnov").update(identifies=False)
    before = dump()
    [transfer] = merge(long.pk, [omar.pk], REASON)
    assert long.names.get(text="Omar Tarnov").identifies
    undo(transfer.pk)
    assert differences(before, dump()) == {}
    merge(long.pk, [omar.pk], REASON)
    assert found("Omar Tarnov") == long


def test_what_was_told_of_either_tells_them_from_namesakes():
    syrian = found("Omar Tarnov", "Syrian minister")
    canadian = found("Omar Tarnov", "Canadian lawmaker")
    assert syrian != canadian
    [transfer] = merge(syrian.pk, [canadian.pk], REASON)
    assert found("Omar Tarnov", "Canada's trade minister") == syrian
    assert found("Omar Tarnov", "Syrian envoy") == syrian
    assert found("Omar Tarnov", "Kenyan minister") not in (syrian, canadian)
    undo(transfer.pk)


def test_what_was_told_of_the_one_merged_counts_however_many_reports_came_before(monkeypatch):
    monkeypatch.setattr("archive.curation.merging.FIRST_REPORTS", 2)
    monkeypatch.setattr(known_people, "FIRST_REPORTS", 2)
    syrian = [found("Omar Tarnov", "Syrian minister") for _ in range(4)][0]
    canadian = found("Omar Tarnov", "Canadian lawmaker")
    umar = make_person("Umar Tarnov")
    [inner] = merge(umar.pk, [canadian.pk], REASON)
    [outer] = merge(syrian.pk, [umar.pk], REASON)
    assert found("Omar Tarnov", "Canada's trade minister") == syrian
    undo(outer.pk)
    assert found("Omar Tarnov", "Canada's trade minister") == umar
    undo(inner.pk)
    assert found("Omar Tarnov", "Canada's trade minister") == canadian


def test_eras_of_both_count():
    early = found("Omar Tarnov", published=date(1950, 1, 1))
    late = found("Omar Tarnov", published=date(2010, 1, 1))
    assert early != late
    merge(early.pk, [late.pk], REASON)
    assert found("Omar Tarnov", published=date(1952, 1, 1)) == early
    assert found("Omar Tarnov", published=date(2012, 1, 1)) == early


@pytest.fixture
def imported(tmp_path):
    """Two reports, in each of which another spelling speaks."""
    path = tmp_path / "wire.jsonl"
    bodies = [f"The harbour stayed closed.\n\n“We have no pilot left”, {n} Tarnov said." for n in ("Omar", "Umar")]
    path.write_text(
        "".join(json.dumps({"title": f"Harbour {n}", "body": body}) + "\n" for n, body in enumerate(bodies))
    )
    list(run_import(documents([str(path)], None), command="test", defaults=Defaults(), jobs=1))
    return Person.objects.get(name="Omar Tarnov"), Person.objects.get(name="Umar Tarnov")


def test_a_reextraction_within_a_merge_does_not_keep_it_from_being_undone(imported):
    omar, umar = imported
    before = dump()
    [transfer] = merge(omar.pk, [umar.pk], REASON)
    assert [result.problem for result in reextract(shown(), jobs=1)] == ["", ""]
    assert Mention.objects.filter(person=omar).count() == Quote.objects.filter(speaker=omar).count() == 2
    undo(transfer.pk)
    without = {"archive_mention", "archive_role"}  # written anew, and so with other keys
    assert differences(before, dump()).keys() <= without
    for person in (omar, umar):
        assert Mention.objects.get(person=person).article == Quote.objects.get(speaker=person).article


def test_search_finds_the_quotes_of_both_under_the_one_who_stays(transactional_db):
    omar, umar = make_person("Omar Tarnov"), make_person("Umar Tarnov")
    quotes = []
    for person, words in ((omar, '"We wait"'), (umar, '"They wait"')):
        article = make_article(words, text=f"{words}, {person.name} said.")
        make_mention(article, person, person.name)
        quotes.append(make_quote(article, words, person))
    drain_if_nobody_does()

    def speaking(words):
        hits = search.find(search.Asked(f'by:"{words}"', search.Kind.QUOTE), limit=10).hits
        return {hit.key for hit in hits}

    assert speaking("Omar Tarnov") == {quotes[0].pk}
    [transfer] = merge(omar.pk, [umar.pk], REASON)
    assert OutboxEntry.objects.exists()
    drain_if_nobody_does()
    assert speaking("Omar Tarnov") == speaking("Umar Tarnov") == {quote.pk for quote in quotes}
    undo(transfer.pk)
    drain_if_nobody_does()
    assert speaking("Omar Tarnov") == {quotes[0].pk}
    assert speaking("Umar Tarnov") == {quotes[1].pk}


def test_what_is_purged_meanwhile_does_not_come_back_when_the_merge_is_undone(three):
    omar, umar, _ = three
    kept = make_article("Kept", text='"Still we wait", Umar Tarnov said.')
    make_mention(kept, umar, "Umar Tarnov")
    quote = make_quote(kept, '"Still we wait"', umar)
    [transfer] = merge(omar.pk, [umar.pk], REASON)
    report = Article.objects.exclude(pk=kept.pk).get()
    put_into_trash(report.pk, "It is a forgery.")
    purge(in_trash(), report.pk)
    undo(transfer.pk)
    assert [each.pk for each in Person.objects.get(pk=umar.pk).quotes.all()] == [quote.pk]
    assert set(Mention.objects.values_list("article", "person")) == {(kept.pk, umar.pk)}


def test_who_was_merged_with_others_stays_when_the_only_report_is_purged(three):
    omar, umar, _ = three
    [transfer] = merge(omar.pk, [umar.pk], REASON)
    report = Article.objects.get()
    put_into_trash(report.pk, "It is a forgery.")
    purge(in_trash(), report.pk)
    assert Person.objects.filter(pk=omar.pk).exists()
    undo(transfer.pk)
    assert Person.objects.get(pk=umar.pk).name == "Umar Tarnov"
