"""A quote keeps all the evidence that extraction gives, and takes it along to a new version of its report."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import extraction
from archive.extraction import Candidate, Extraction, Mention, QuoteKind, SpeakerKind
from archive.importing import preparing
from archive.importing.description import Defaults
from archive.importing.documents import documents
from archive.importing.known import KnownPeople
from archive.importing.known_organisations import KnownOrganisations
from archive.importing.run import run_import
from archive.importing.versions import add_version
from archive.models import Article, Quote, QuoteCandidate, Version
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db

TEXT = (
    "General Ada Brenn met the Kabul police. Brenn left.\n\n"
    "“We stay”, she said.\n\n"
    "“Nobody asked us”, it was heard.\n\n"
    "The Kabul police have not confirmed that the bridge was mined."
)


def extract(text, furniture=()):
    """What a perfect extraction would find in the text above, wherever its sentences stand."""

    def place(words, number=0):
        start = -1
        for _ in range(number + 1):
            start = text.index(words, start + 1)
        return start, start + len(words)

    def quote(words, kind=QuoteKind.DIRECT, **fields):
        evidence = {
            "speaker_kind": SpeakerKind.UNKNOWN,
            "person": None,
            "speaker_start": None,
            "speaker_end": None,
            "role": "",
            "cue_start": None,
            "cue_end": None,
            "rule": "none",
            "confidence": 0.1,
        }
        return extraction.Quote(*place(words), kind, **(evidence | fields))

    she, name, full = place("she said"), place("Brenn left"), place("General Ada Brenn")
    person = extraction.Person("Ada Brenn", ("Ada Brenn", "Brenn"), ("General",), (Mention(*place("Ada Brenn")),))
    police = extraction.Organisation("Kabul police", ("Kabul police",), (Mention(*place("Kabul police")),))
    quotes = (
        quote(
            "“We stay”",
            speaker_kind=SpeakerKind.PERSON,
            person=0,
            speaker_start=she[0],
            speaker_end=she[0] + 3,
            chain=(Mention(she[0], she[0] + 3), Mention(name[0], name[0] + 5), Mention(*full)),
        ),
        quote(
            "“Nobody asked us”",
            candidates=(
                Candidate(0, None, "Brenn", name[0], name[0] + 5),
                Candidate(None, 0, "Kabul police", *place("Kabul police")),
                Candidate(None, None, "it", place("it was heard")[0], place("it was heard")[0] + 2),
            ),
        ),
        quote(
            "that the bridge was mined",
            QuoteKind.REPORTED,
            speaker_kind=SpeakerKind.ORGANISATION,
            organisation=0,
            negated=True,
        ),
    )
    return Extraction(quotes, (person,), (police,))


@pytest.fixture
def imported(tmp_path, monkeypatch):
    """Imports a text as a report; extraction finds in it what `extract` says."""
    monkeypatch.setattr(preparing, "extract", extract)

    def run(*texts):
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.txt").write_text(f"A title {number}\n\n{text}\n")
        paths = [str(tmp_path / f"{number}.txt") for number, _ in enumerate(texts)]
        told = run_import(documents(paths, None), command="test", defaults=Defaults(), jobs=1)
        assert [result.outcome for _, result in told] == ["imported"] * len(texts)

    return run


def revised(article, text):
    """A new version of the article, as another import would add it."""
    found = extract(text)
    return add_version(
        article,
        title="A title",
        text=text,
        furniture=[],
        extraction=found,
        maker=Version.Maker.READER,
        known=KnownPeople(found.people),
        known_organisations=KnownOrganisations(found.organisations),
    )


def steps(quote):
    text = quote.version.text
    return [text[start:end] for start, end in quote.chain]


def may_be(quote):
    text = quote.version.text
    assert all(text[one.start : one.end] == one.name for one in quote.candidates.all())
    return [(one.rank, one.name, one.record and one.record.name) for one in quote.candidates.all()]


def test_an_import_keeps_organisation_negation_chain_and_candidates(imported):
    imported(TEXT)
    told, unknown, reported = Quote.objects.order_by("start")
    assert (told.speaker.name, told.organisation) == ("Ada Brenn", None)
    assert steps(told) == ["she", "Brenn", "General Ada Brenn"]
    assert may_be(told) == []
    assert may_be(unknown) == [(1, "Brenn", "Ada Brenn"), (2, "Kabul police", "Kabul police"), (3, "it", None)]
    assert (reported.organisation.name, reported.speaker, reported.negated) == ("Kabul police", None, True)
    assert (told.negated, unknown.negated) == (False, False)


def test_an_organisation_that_is_undecided_leaves_the_quote_without(imported):
    make_organisation("Kabul police"), make_organisation("Kabul police")
    imported(TEXT)
    _, unknown, reported = Quote.objects.order_by("start")
    assert (reported.organisation, reported.speaker_kind) == (None, "organisation")
    assert may_be(unknown)[1] == (2, "Kabul police", None)


def test_a_new_version_gives_the_machines_evidence_anew(imported):
    imported(TEXT)
    before = list(Quote.objects.order_by("start"))
    revised(Article.objects.get(), "An editor's note.\n\n" + TEXT)
    after = list(Quote.objects.order_by("start"))
    assert [one.pk for one in after] == [one.pk for one in before]
    assert {one.version.number for one in after} == {2}
    assert steps(after[0]) == ["she", "Brenn", "General Ada Brenn"]
    assert len(may_be(after[1])) == QuoteCandidate.objects.count() == 3


def test_what_an_editor_decided_stays_and_its_evidence_moves_with_its_words(imported):
    imported(TEXT)
    told, unknown, reported = Quote.objects.order_by("start")
    other = make_organisation("Northern Alliance")
    Quote.objects.filter(pk=told.pk).update(state="confirmed")
    Quote.objects.filter(pk=unknown.pk).update(state="confirmed")
    Quote.objects.filter(pk=reported.pk).update(state="corrected", organisation=other, negated=False)

    revised(Article.objects.get(), "A note.\n\n" + TEXT)

    for one in (told, unknown, reported):
        one.refresh_from_db()
    assert steps(told) == ["she", "Brenn", "General Ada Brenn"]
    assert [rank for rank, _, _ in may_be(unknown)] == [1, 2, 3]
    assert (reported.organisation, reported.negated, reported.state) == (other, False, "corrected")
    assert {told.version.number, unknown.version.number, reported.version.number} == {2}


def test_evidence_of_a_decided_quote_that_left_the_text_is_dropped(imported):
    imported(TEXT)
    told, unknown, _ = Quote.objects.order_by("start")
    Quote.objects.filter(pk__in=[told.pk, unknown.pk]).update(state="confirmed")
    found = Extraction((), ())
    text = TEXT.replace("Brenn left.", "Rain fell over the valley.").replace("General Ada Brenn", "Somebody else")
    add_version(
        Article.objects.get(),
        title="A title",
        text=text,
        furniture=[],
        extraction=found,
        maker=Version.Maker.READER,
        known=KnownPeople(found.people),
        known_organisations=KnownOrganisations(found.organisations),
    )
    told.refresh_from_db(), unknown.refresh_from_db()
    assert steps(told) == ["she"]
    assert [(rank, name) for rank, name, _ in may_be(unknown)] == [(2, "Kabul police"), (3, "it")]


def test_many_reports_take_as_many_statements_as_one(imported):
    imported("First. " + TEXT)

    def queries(*texts):
        with CaptureQueriesContext(connection) as captured:
            imported(*texts)
        return len(captured)

    one = queries("Second. " + TEXT)
    assert queries(*(f"Number {number}. {TEXT}" for number in range(12))) == one
    assert QuoteCandidate.objects.count() == 14 * 3
