"""What must never be in the database is refused by the database."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from archive.models import (
    Article,
    FormerSlug,
    Name,
    Organisation,
    OrganisationFormerSlug,
    OrganisationName,
    Original,
    OutboxEntry,
    Person,
    Quote,
    QuoteCandidate,
    Verification,
    VerificationFailure,
    VerificationRun,
    Version,
)
from tests.factories import (
    make_article,
    make_candidate,
    make_organisation,
    make_original,
    make_person,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db


def test_an_original_never_changes():
    original = make_original()
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Original.objects.filter(pk=original.pk).update(name="another")
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE archive_original SET size = 1")


def test_the_text_of_a_version_never_changes():
    version = make_article().shown_version
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(text="another")
    Version.objects.filter(pk=version.pk).update(shown=False)


def test_an_article_shows_one_version():
    version = make_article().shown_version
    with pytest.raises(IntegrityError, match="version_one_shown"):
        Version.objects.create(article=version.article, number=2, title="T", text="t", text_sha256="", shown=True)


@pytest.mark.parametrize(
    ("earliest", "latest"),
    [(date(2018, 5, 2), date(2018, 5, 1)), (date(2018, 5, 1), None), (None, date(2018, 5, 1))],
)
def test_a_date_is_unknown_or_a_range_of_days(earliest, latest):
    with pytest.raises(IntegrityError, match="article_published_range"):
        Article.objects.create(identity="id:1", title="T", published_earliest=earliest, published_latest=latest)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("quote_span", {"end": 0}),
        ("quote_speaker_span", {"speaker_start": 5, "speaker_end": 4}),
        ("quote_speaker_span", {"speaker_start": 5, "speaker_end": None}),
        ("quote_cue_span", {"cue_start": 5, "cue_end": 5}),
        ("quote_confidence", {"confidence": 1.5}),
        ("quote_speaker_is_a_person", {"speaker_kind": "organisation"}),
        ("quote_negated_is_reported", {"negated": True}),
    ],
)
def test_a_quote_that_cannot_be_is_refused(constraint, fields):
    _, _, quote = make_report_with_quote()
    with pytest.raises(IntegrityError, match=constraint):
        Quote.objects.filter(pk=quote.pk).update(**fields)


def test_a_quote_has_an_organisation_only_where_one_spoke_and_no_person_beside_it():
    _, _, quote = make_report_with_quote()
    organisation = make_organisation()
    with pytest.raises(IntegrityError, match="quote_has_one_speaker"), transaction.atomic():
        Quote.objects.filter(pk=quote.pk).update(organisation=organisation)
    with pytest.raises(IntegrityError, match="quote_organisation_is_one"), transaction.atomic():
        Quote.objects.filter(pk=quote.pk).update(organisation=organisation, speaker=None)
    Quote.objects.filter(pk=quote.pk).update(organisation=organisation, speaker=None, speaker_kind="organisation")
    with pytest.raises(ProtectedError):
        organisation.delete()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("quotecandidate_span", {"end": 0}),
        ("quotecandidate_rank_once", {"rank": 2}),
    ],
)
def test_a_candidate_that_cannot_be_is_refused(constraint, fields):
    quote = make_quote(make_article(), "nine shells")
    first, _ = make_candidate(quote, "residents"), make_candidate(quote, "The ministry")
    with pytest.raises(IntegrityError, match=constraint):
        QuoteCandidate.objects.filter(pk=first.pk).update(**fields)


def test_a_candidate_is_a_person_or_an_organisation_and_stays_as_printed_without():
    quote = make_quote(make_article(), "nine shells")
    person = make_person()
    candidate = make_candidate(quote, "residents", person)
    with pytest.raises(IntegrityError, match="quotecandidate_is_one"), transaction.atomic():
        QuoteCandidate.objects.filter(pk=candidate.pk).update(organisation=make_organisation())
    person.delete()
    candidate.refresh_from_db()
    assert (candidate.record, candidate.name) == (None, "residents")
    quote.delete()
    assert not QuoteCandidate.objects.exists()


@pytest.fixture
def verification():
    """Of a report whose original is missing and whose quote was not found."""
    _, _, quote = make_report_with_quote()
    verification = Verification.objects.create(
        version=quote.version, outcome="failed", checked=timezone.now(), reader_version=1, compared=0
    )
    common = {"verification": verification, "detail": "what is wrong"}
    VerificationFailure.objects.create(kind="missing", original=make_original(), **common)
    VerificationFailure.objects.create(kind="not_found", quote=quote, start=1, end=2, **common)
    return verification


@pytest.mark.parametrize(
    "fields", [{"outcome": "verified"}, {"outcome": "nothing", "compared": 1}, {"outcome": "good"}]
)
def test_a_verification_that_cannot_be_is_refused(verification, fields):
    with pytest.raises(IntegrityError, match="verification_needs_an_original"):
        Verification.objects.update(**fields)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("missing", {"original": None}),
        ("missing", {"kind": "moved"}),
        ("missing", {"kind": "no_original"}),
        ("missing", {"kind": "odd"}),
        ("not_found", {"quote": None}),
        ("not_found", {"start": None}),
        ("not_found", {"end": None}),
        ("not_found", {"end": 1}),
        ("not_found", {"kind": "damaged"}),
    ],
)
def test_a_failure_is_of_a_quote_at_a_place_or_of_an_original(verification, kind, fields):
    with pytest.raises(IntegrityError, match="verification_failure_of_quote_or_original"):
        VerificationFailure.objects.filter(kind=kind).update(**fields)


def test_a_failure_is_there_once_and_goes_with_its_version_quote_and_original(verification):
    missing = VerificationFailure.objects.get(kind="missing")
    with pytest.raises(IntegrityError, match="verification_failure_once"), transaction.atomic():
        VerificationFailure.objects.create(
            verification=verification, kind="damaged", original=missing.original, detail="again"
        )
    missing.original.delete()
    Quote.objects.all().delete()
    assert not VerificationFailure.objects.exists()
    Article.objects.all().delete()
    assert not Verification.objects.exists()


def test_a_verification_ends_after_it_began():
    now = timezone.now()
    with pytest.raises(IntegrityError, match="verification_run_ends_after_its_start"):
        VerificationRun.objects.create(started=now, finished=now - timedelta(seconds=1))


def test_two_quotes_do_not_share_a_place():
    article, person, _ = make_report_with_quote()
    with pytest.raises(IntegrityError, match="quote_once_at_its_place"):
        make_quote(article, '"We counted nine shells before dawn"', person)


@pytest.mark.django_db(transaction=True)
def test_a_person_goes_by_one_of_their_names():
    person = make_person("Vera Lindqvist")
    with pytest.raises(IntegrityError, match="person_name_is_one_of_their_names"):
        Person.objects.filter(pk=person.pk).update(name="Somebody Else")
    with pytest.raises(IntegrityError, match="person_name_is_one_of_their_names"):
        Name.objects.filter(person=person).delete()


@pytest.mark.django_db(transaction=True)
def test_an_organisation_goes_by_one_of_its_names():
    organisation = make_organisation("Kabul police")
    with pytest.raises(IntegrityError, match="organisation_name_is_one_of_its_names"):
        Organisation.objects.filter(pk=organisation.pk).update(name="Somebody Else")
    with pytest.raises(IntegrityError, match="organisation_name_is_one_of_its_names"):
        OrganisationName.objects.filter(organisation=organisation).delete()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [("organisation_wikidata_id", {"wikidata_id": "X1"}), ("organisation_name_not_empty", {"name": ""})],
)
def test_an_organisation_that_cannot_be_is_refused(constraint, fields):
    organisation = make_organisation()
    with pytest.raises(IntegrityError, match=constraint):
        Organisation.objects.filter(pk=organisation.pk).update(**fields)


def test_an_organisations_names_and_old_addresses_are_there_once():
    organisation = make_organisation("Kabul police")
    with pytest.raises(IntegrityError, match="organisationname_once"), transaction.atomic():
        OrganisationName.objects.create(organisation=organisation, text="Kabul police")
    OrganisationFormerSlug.objects.create(slug="old", organisation=organisation)
    with pytest.raises(IntegrityError):
        OrganisationFormerSlug.objects.create(slug="old", organisation=organisation)


def test_a_name_of_several_words_has_a_likeness():
    person = make_person("Vera Lindqvist")
    with pytest.raises(IntegrityError, match="name_likeness"):
        Name.objects.filter(person=person).update(likeness="")


def test_a_slug_leads_to_one_person_only():
    person = make_person("Vera Lindqvist")
    FormerSlug.objects.create(slug="old", person=person)
    with pytest.raises(IntegrityError):
        FormerSlug.objects.create(slug="old", person=person)


def test_a_wikidata_id_has_its_form():
    person = make_person("Vera Lindqvist")
    with pytest.raises(IntegrityError, match="person_wikidata_id"):
        Person.objects.filter(pk=person.pk).update(wikidata_id="X1")


def test_a_wikidata_item_is_of_one_person_and_most_have_none():
    one, other = make_person("Vera Lindqvist"), make_person("Marta Quill")
    Person.objects.filter(pk=one.pk).update(wikidata_id="Q42")
    with pytest.raises(IntegrityError, match="person_wikidata_id_once"):
        Person.objects.filter(pk=other.pk).update(wikidata_id="Q42")


def test_every_change_of_an_article_or_what_is_in_it_reaches_the_outbox():
    article, person, quote = make_report_with_quote()

    def entries(change) -> set[tuple[str, int]]:
        OutboxEntry.objects.all().delete()
        change()
        return set(OutboxEntry.objects.values_list("kind", "key"))

    here = {("article", article.pk)}
    assert entries(lambda: Article.objects.filter(pk=article.pk).update(title="New")) == here
    assert entries(lambda: Quote.objects.filter(pk=quote.pk).update(state="rejected")) == here
    assert entries(lambda: Person.objects.filter(pk=person.pk).update(note="x")) == {("person", person.pk)}
    assert entries(lambda: Name.objects.create(person=person, text="V. Lindqvist")) == {("person", person.pk)}
    organisation = make_organisation()
    its = {("organisation", organisation.pk)}
    assert entries(lambda: Organisation.objects.filter(pk=organisation.pk).update(note="x")) == its
    assert entries(lambda: OrganisationName.objects.create(organisation=organisation, text="KP")) == its

    def by_hand():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM archive_quote WHERE id = %s", [quote.pk])

    assert entries(by_hand) == here


def test_a_statement_over_many_rows_enters_each_article_once():
    articles = [make_report_with_quote(f"Report {number}")[0] for number in range(3)]
    OutboxEntry.objects.all().delete()
    Quote.objects.update(confidence=0.5)
    assert sorted(OutboxEntry.objects.values_list("key", flat=True)) == sorted(article.pk for article in articles)


def test_an_update_leaves_an_event_with_the_new_state_by_whatever_path():
    article = make_article("First title")
    Article.objects.filter(pk=article.pk).update(title="Second title")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE archive_article SET title = 'Third title' WHERE id = %s", [article.pk])
    events = article.events.order_by("pgh_id").values_list("pgh_label", "title")
    assert list(events) == [("added", "First title"), ("changed", "Second title"), ("changed", "Third title")]
