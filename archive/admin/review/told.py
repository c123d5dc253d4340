"""The queues of what people tell editors: errors that readers report, and changes that contributors propose.

Both are answered on pages of their own; the queue leads there and gives no item to two editors.
"""

from django.urls import reverse

from archive.admin.review.kinds import SKIP, Choice, Kind, Page, no_such_decision
from archive.models import ErrorReport, Proposal


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
        answering = reverse("admin:answer_error_report", args=[item.pk])
        return Page([Choice("", "a", "Answer", answering), SKIP], context={"about": str(item), "told": item.text})

    def decide(self, item, form):
        raise no_such_decision()


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
        deciding = reverse("admin:archive_proposal_change", args=[item.pk])
        context = {"about": f"{item}: {item.subject}", "told": item.reason}
        return Page([Choice("", "a", "Accept or decline", deciding), SKIP], context=context)

    def decide(self, item, form):
        raise no_such_decision()
