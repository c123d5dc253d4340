"""The made-up reports are what measurements can rely on."""

import statistics
from datetime import date
from itertools import islice

import pytest

from archive.extraction import extract
from tests.bench.collection import Collection


@pytest.fixture(scope="module")
def collection():
    return Collection(400)


@pytest.fixture(scope="module")
def reports(collection):
    return list(collection.reports())


def test_they_are_the_same_at_every_call(collection, reports):
    assert list(islice(Collection(400).reports(), 50)) == reports[:50]
    other = next(Collection(400, name="other").reports())
    assert other.text != reports[0].text


def test_they_have_some_300_words_in_thirty_years(reports):
    assert 270 < statistics.median(len(report.text.split()) for report in reports) < 330
    assert 3 <= min(len(report.quotes) for report in reports) <= max(len(report.quotes) for report in reports) == 5
    dated = [report.published for report in reports if report.published]
    assert 0 < len(reports) - len(dated) < 30
    assert any(earliest < latest for earliest, latest in dated)
    assert {earliest.year for earliest, _ in dated} == set(range(1990, 2020))
    assert max(latest for _, latest in dated) <= date(2020, 1, 31)


def test_words_come_by_zipfs_law(reports):
    words = [word.lower().strip(".,“”") for report in reports for word in report.text.split()]
    counts = sorted((words.count(word) for word in set(words[:200])), reverse=True)
    assert 0.05 < counts[0] / len(words) < 0.1
    assert 7 < counts[0] / counts[9] < 16


def test_people_and_organisations_have_names_of_their_own(collection):
    assert len({collection.full_name(number) for number in range(collection.people)}) == collection.people
    bodies = {collection.organisation_name(number) for number in range(collection.organisations)}
    assert len(bodies) == collection.organisations


def test_their_quotations_stand_where_their_marks_are_and_are_said_by_whom_they_name(collection, reports):
    for report in reports:
        for quote in report.quotes:
            words, named = report.text[quote.start : quote.end], report.text[slice(*quote.chain[-1])]
            assert (words[0] == "“" and words[-1] == "”") == (quote.kind == "direct")
            if quote.person is None:
                assert named == f"the {collection.organisation_name(quote.organisation)}"
            else:
                assert named in (
                    f"{quote_rank} {collection.full_name(quote.person)}".strip()
                    for quote_rank in ("", collection.rank(quote.person))
                )
        for person, place in report.mentions:
            assert report.text[slice(*place)] in (collection.full_name(person), collection.surname(person))


def test_they_are_what_the_extraction_finds(reports):
    for report in reports[:40]:
        found = extract(report.text)
        assert [
            (one.start, one.end, str(one.kind), (one.speaker_start, one.speaker_end), (one.cue_start, one.cue_end))
            for one in found.quotes
        ] == [(one.start, one.end, one.kind, one.speaker, one.cue) for one in report.quotes]
        assert [one.role for one in found.quotes] == [one.role for one in report.quotes]
        mentions = {(place.start, place.end) for person in found.people for place in person.mentions}
        assert mentions == {place for _, place in report.mentions}
