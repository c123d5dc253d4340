"""Hands out how one report or quote is cited, as a file for programs that keep references."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from archive.exporting import CITED
from archive.exporting.records import Record
from archive.exporting.references import reference_of
from archive.models import Quote, Version
from archive.search import Kind
from archive.views.citations import quote_record, report_record
from archive.views.gone import QUOTE, REPORT, gone, why_no_quote, why_no_report
from archive.views.quotes import reason_not_shown


@require_safe
def report(request, pk, suffix):
    """A report; where readers do not see it, the reason, with status 410."""
    version = Version.objects.visible().filter(article=pk).select_related("article__outlet").defer("text").first()
    if version is None:
        if reason := why_no_report(pk):
            return gone(request, REPORT, reason)
        raise Http404("There is no report of this number.")
    return written(Kind.REPORT, suffix, report_record(version))


@require_safe
def quote(request, pk, suffix):
    """A quote; where readers do not see it, the reason, with status 410."""
    quotes = Quote.objects.with_words().with_evidence().with_source()
    found = quotes.select_related("version").defer("version__text").filter(pk=pk).first()
    if reason := why_no_quote(pk, found):
        return gone(request, QUOTE, reason)
    if found is None:
        raise Http404("There is no quote of this number.")
    if reason := reason_not_shown(found):
        return gone(request, QUOTE, reason, quote=found)
    return written(Kind.QUOTE, suffix, quote_record(found))


def written(kind: Kind, suffix: str, record: Record) -> HttpResponse:
    """The file of the record; Http404 where there is no such format."""
    if suffix not in CITED:
        raise Http404("There is no citation in this format.")
    format_ = CITED[suffix]
    response = HttpResponse(format_.header(kind) + format_.entry(kind, record), content_type=format_.media_type)
    name = f"{reference_of(kind, record).identifier}.{suffix}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"  # it has the day on which it was read
    return response
