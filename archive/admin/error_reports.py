"""The errors that readers have reported: a list of those that are open, and a page on which an editor answers one."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.defaultfilters import linebreaksbr, truncatechars
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from archive.admin.base import OpenFirstFilter, ReadOnlyAdmin, change_link
from archive.admin.leading_back import lead_back
from archive.curation.error_reports import accept, decline
from archive.curation.refusal import Refused
from archive.models import Article, ErrorReport, Organisation, Person, Quote, Transfer
from archive.models.error_report import LONGEST_ANSWER

State = ErrorReport.State
MODELS = {
    ErrorReport.Kind.REPORT: Article,
    ErrorReport.Kind.QUOTE: Quote,
    ErrorReport.Kind.PERSON: Person,
    ErrorReport.Kind.ORGANISATION: Organisation,
}


class AnswerForm(forms.Form):
    """What readers are told, and which way it was decided: by the button that was pressed."""

    reason = forms.CharField(
        label="Answer",
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="Readers are told it among the corrections of the record; what the reader wrote, they are not.",
        error_messages={"required": "Write an answer."},
    )
    decision = forms.ChoiceField(
        choices=[(State.ACCEPTED, "accepted"), (State.DECLINED, "declined")],
        error_messages={"required": "Accept or decline it."},
    )
    review = forms.SlugField(required=False, widget=forms.HiddenInput)  # the queue that led here


@admin.register(ErrorReport)
class ErrorReportAdmin(ReadOnlyAdmin):
    list_display = ["beginning", "record_number", "received", "state", "answered"]
    list_filter = [OpenFirstFilter, "kind"]
    search_fields = ["text", "answer"]
    fields = ["record", "public_page", "written", "received", "state", "answer", "answered"]
    change_form_template = "admin/archive/error_report.html"

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    def get_urls(self):
        answer_view = self.admin_site.admin_view(self.answer_view)
        return [path("<int:key>/answer/", answer_view, name="answer_error_report"), *super().get_urls()]

    def has_answer_permission(self, request) -> bool:
        return request.user.has_perm("archive.change_errorreport")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        report = self.get_object(request, object_id) if object_id else None
        shown = {}
        if report and report.state == State.OPEN and self.has_answer_permission(request):
            shown["answer_address"] = reverse("admin:answer_error_report", args=[report.pk])
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def answer_view(self, request, key):
        """Asks for the answer and the decision, and sets them down."""
        if not self.has_answer_permission(request):
            raise PermissionDenied
        report = self.get_object(request, str(key))
        if report is None:
            raise Http404("There is no such error report.")
        page = HttpResponseRedirect(reverse("admin:archive_errorreport_change", args=[key]))
        led_here = {name: request.GET.get(name, "") for name in ("review", "reason")}
        form = AnswerForm(request.POST if request.method == "POST" else None, initial=led_here)
        if request.method == "POST" and form.is_valid():
            answer = accept if form.cleaned_data["decision"] == State.ACCEPTED else decline
            try:
                answer(key, form.cleaned_data["reason"])
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, "Readers are told your answer among the corrections.")
                return lead_back(request, form.cleaned_data["review"], page.url)
            return page
        if report.state != State.OPEN:
            messages.error(request, "It was answered already.")
            return page
        context = {
            **self.admin_site.each_context(request),
            "title": "Answer an error report",
            "object": report,
            "record": self.record(report),
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/archive/error_answer.html", context)

    @admin.display(description="text")
    def beginning(self, report):
        return truncatechars(report.text, 120)

    @admin.display(description="what is wrong", ordering="kind")
    def record_number(self, report):
        return f"{report.kind} {report.number}"

    @admin.display(description="text, for editors only")
    def written(self, report):
        return linebreaksbr(report.text)

    @admin.display(description="what is wrong")
    def record(self, report):
        """The record's page here; of somebody who was merged, that of the one who stayed."""
        found = record_of(report)
        if found is None:
            return f"{report.kind} {report.number}, which is no longer in the archive"
        return format_html("{}: {}", report.kind, change_link(found))

    @admin.display(description="public page")
    def public_page(self, report):
        found = record_of(report)
        return format_html('<a href="{0}">{0}</a>', found.get_absolute_url()) if found else "–"


def record_of(report: ErrorReport):
    """The record that is said to be wrong; None where it is no longer there."""
    found = MODELS[ErrorReport.Kind(report.kind)].objects.filter(pk=report.number).first()
    if found is None and report.kind == ErrorReport.Kind.PERSON:
        mergers = Transfer.objects.standing().filter(kind=Transfer.Kind.MERGE, giver=report.number)
        merger = mergers.select_related("holder").first()
        return merger and merger.holder
    return found
