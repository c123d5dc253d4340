"""The page on which a reader reports an error in a record, without an account."""

from django import forms
from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from archive.api.throttling import AddressThrottle
from archive.curation.error_reports import report_error
from archive.curation.shown import Record
from archive.models import ErrorReport, Quote
from archive.models.error_report import LONGEST_REPORT
from archive.views.corrections import shown_record
from archive.views.gone import RECORD, gone, why_no_record
from archive.views.quotes import reason_not_shown

THROTTLE = AddressThrottle("ERROR_REPORT_RATE")
PERIODS = {1: "second", 60: "minute", 60 * 60: "hour", 24 * 60 * 60: "day"}


class ErrorReportForm(forms.Form):
    """What is wrong. Readers do not see the field `website`: what fills it in is no reader."""

    text = forms.CharField(
        label="What is wrong, and how do you know?",
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        error_messages={"required": "Write what is wrong."},
    )
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def report(request, kind, number):
    """Takes in what is wrong with the record; where readers do not see it, the reason, with status 410. Whoever sends
    too many is told to wait, with status 429."""
    record = shown_record(kind, number)
    if reason := why_not_reported(kind, number, record):
        return gone(request, RECORD, reason)
    if record is None:
        raise Http404("There is no such record.")
    form = ErrorReportForm(request.POST if request.method == "POST" else None)
    taken = form.is_valid()
    if taken and not form.cleaned_data["website"]:
        taken = THROTTLE.allow_request(request)
        if taken:
            report_error(kind, record.number, form.cleaned_data["text"])
        else:
            form.add_error(None, too_many())
    if taken:
        return redirect("error_reported", kind, record.number)
    context = {"record": record, "form": form, "most": LONGEST_REPORT}
    if not form.non_field_errors():
        return render(request, "report_error.html", context)
    response = render(request, "report_error.html", context, status=429)
    response["Retry-After"] = str(int(THROTTLE.wait() or 0) + 1)
    return response


@require_safe
def reported(request, kind, number):
    """That the report has come, and where the answer will be."""
    record = shown_record(kind, number)
    if record is None:
        raise Http404("There is no such record.")
    return render(request, "error_reported.html", {"record": record})


def why_not_reported(kind: str, number: int, record: Record | None) -> str:
    """Why no error can be reported in the record: readers do not see it, or of a quote, do not any more."""
    if record is None:
        return why_no_record(kind, number)
    if kind == ErrorReport.Kind.QUOTE:
        return reason_not_shown(Quote.objects.select_related("version").defer("version__text").get(pk=number))
    return ""


def too_many() -> str:
    """That as many were taken from the address as are taken."""
    most, seconds = settings.ERROR_REPORT_RATE
    period = PERIODS.get(seconds, f"{seconds} seconds")
    return (
        f"Not more than {most} error reports are taken from one address in one {period}. This one was not sent: keep"
        " its words, and send it later."
    )
