"""A reader reports an error, and an editor answers."""

from django.db import transaction
from django.utils import timezone

from archive.curation.reasons import giving
from archive.curation.refusal import Refused
from archive.models import ErrorReport

State = ErrorReport.State


def report_error(kind: str, number: int, text: str) -> ErrorReport:
    """Enters what a reader says is wrong with the record of this kind and number, to be answered by an editor."""
    return ErrorReport.objects.create(kind=kind, number=number, text=text)


def accept(key: int, answer: str) -> None:
    """The reader is right: the record was corrected, or will be. The answer is told among the corrections.

    Raises Refused where there is no answer, or the report was answered before.
    """
    _answer(key, State.ACCEPTED, answer.strip())


def decline(key: int, answer: str) -> None:
    """The record stays as it is. The answer is told among the corrections.

    Raises Refused where there is no answer, or the report was answered before.
    """
    _answer(key, State.DECLINED, answer.strip())


@transaction.atomic
def _answer(key: int, state: State, answer: str) -> None:
    if not answer:
        raise Refused("Write an answer: it is told among the corrections.")
    report = ErrorReport.objects.select_for_update().filter(pk=key).first()
    if report is None:
        raise Refused("There is no such error report any more: what it was about was removed from the archive.")
    if report.state != State.OPEN:
        raise Refused(f"It was {report.state} already, with this answer: {report.answer}")
    report.state, report.answer, report.answered = state, answer, timezone.now()
    with giving(answer):
        report.save(update_fields=["state", "answer", "answered"])
