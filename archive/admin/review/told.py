"""The queues of what people tell editors: errors that readers report, and changes that contributors propose.

Both are answered on pages of their own; the queue leads there and gives no item to two editors.
"""

from typing import Any

from django.db.models import Model
from django.urls import reverse

from archive.admin.error_reports import record_of
from archive.admin.proposals import changes_in_words
from archive.admin.review.kinds import SKIP, Choice, Kind, Page
from archive.admin.review.quotes import words_of
from archive.curation.proposals import MODELS
from archive.models import ErrorReport, Proposal, Quote


class ReportedErrors(Kind):
    name = "errors"
    label = "Errors that readers report"
    explanation = "A reader says what is wrong with a record; the answer is among the corrections."
    subject = "error report"
    permissions = ("archive.change_errorreport",)
    template = "admin/archive/review/told.html"

    def items(self):
        return ErrorReport.objects.open().order_by("pk")

    def page(self, item):
        answering = reverse("admin:answer_error_report", args=[item.pk], query={"review": self.name})
        context = {"about": f"{item}", "told": item.text, **shown(record_of(item))}
        return Page([Choice("", "a", "Answer", answering), SKIP], context=context)


class Proposed(Kind):
    name = "proposals"
    label = "Changes that contributors propose"
    explanation = "Somebody who may not change a record proposes how, and why."
    subject = "proposal"
    permissions = ("archive.change_proposal",)
    template = "admin/archive/review/told.html"

    def items(self):
        return Proposal.objects.open().order_by("pk")

    def page(self, item):
        deciding = reverse("admin:archive_proposal_change", args=[item.pk], query={"review": self.name})
        record = MODELS[item.kind].objects.filter(pk=item.key).first()
        context = {"about": f"{item}: {item.subject}", "told": item.reason, "changes": changes_in_words(item)}
        context |= shown(record)
        return Page([Choice("", "a", "Accept or decline", deciding), SKIP], context=context)


def shown(record: Model | None) -> dict[str, Any]:
    """The record that was written about, with what it is called and its page here; None where it is no more."""
    if record is None:
        return {"record": None}
    address = reverse(f"admin:archive_{record._meta.model_name}_change", args=[record.pk])
    called = words_of(record) if isinstance(record, Quote) else str(record)
    return {"record": record, "called": called, "record_address": address}
