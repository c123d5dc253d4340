"""An editor answers what a reader has reported, once."""

import pghistory
import pytest

from archive.curation.corrections import corrections
from archive.curation.error_reports import accept, decline, report_error
from archive.curation.purging import in_trash, purge
from archive.curation.refusal import Refused
from archive.curation.withholding import hide, put_into_trash
from archive.models import ErrorReport
from tests.factories import make_error_report, make_report_with_quote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("answer", "state"), [(accept, "accepted"), (decline, "declined")])
def test_the_answer_is_among_the_corrections_of_its_record(answer, state):
    _, person, _ = make_report_with_quote()
    report = report_error("person", person.pk, "That is somebody else.")
    with pghistory.context(user=1):
        answer(report.pk, " The report says so. ")
    report.refresh_from_db()
    assert (report.state, report.answer) == (state, "The report says so.")
    assert report.answered is not None
    assert not ErrorReport.objects.open().exists()
    [row] = corrections(9, of=("person", person.pk)).rows
    assert row.is_answer and row.reason == "The report says so."
    assert [change.in_words() for change in row.changes] == [f"error reported by a reader: {state}"]
    assert corrections(9).rows == [row]


def test_it_is_answered_once():
    report = make_error_report(make_report_with_quote()[0])
    accept(report.pk, "It is put right.")
    with pytest.raises(Refused, match="It was accepted already, with this answer: It is put right."):
        decline(report.pk, "It is not.")
    report.refresh_from_db()
    assert (report.state, report.answer) == ("accepted", "It is put right.")


def test_without_an_answer_nothing_is_decided():
    report = make_error_report(make_report_with_quote()[0])
    with pytest.raises(Refused, match="Write an answer"):
        accept(report.pk, " ")
    with pytest.raises(Refused, match="no such error report"):
        accept(report.pk + 1, "It is put right.")
    assert ErrorReport.objects.open().get() == report


def test_the_answer_is_not_told_while_its_record_is_hidden():
    article, _, quote = make_report_with_quote()
    report = make_error_report(quote)
    with pghistory.context(user=1):
        accept(report.pk, "The secret is put right.")
    assert corrections(9).rows
    hide(article.pk, "a witness")
    assert corrections(9).rows == []


def test_a_purge_takes_what_readers_wrote_of_the_report_with_it():
    article, person, quote = make_report_with_quote()
    other, *_ = make_report_with_quote("Another")
    for record in (article, quote, person, other):
        make_error_report(record)
    put_into_trash(article.pk, "a forgery")
    purge(in_trash(), article.pk)
    assert [(one.kind, one.number) for one in ErrorReport.objects.order_by("pk")] == [
        ("person", person.pk),
        ("report", other.pk),
    ]
    assert ErrorReport.pgh_event_models["added"].objects.count() == 2
