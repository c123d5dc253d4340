"""Reports: a list of them, and each with its text and all that was found in it."""

from django.db.models import Prefetch
from ninja import P, PathEx, Query, Router
from ninja.errors import HttpError
from pydantic import Field

from archive.api import filters
from archive.api.paging import Paging, page_of
from archive.api.responses import GONE, NOT_FOUND, answers
from archive.api.schemas import (
    OutletItem,
    OutletPage,
    QuoteInReport,
    ReportDetail,
    ReportItem,
    ReportPage,
    Speaker,
    VersionItem,
)
from archive.curation.corrections import last_corrected
from archive.models import Article, ErrorReport, Organisation, Outlet, Person, Quote, Reading, Version
from archive.templatetags.addresses import absolute
from archive.views.asked import days_of
from archive.views.gone import why_no_report
from archive.views.quotes import cut_out

LARGEST = 2**63 - 1  # of a number that a record can have
Id = PathEx[int, P(ge=1, le=LARGEST, description="The number of the record.", example=12)]

router = Router(tags=["Reports"])


class ReportParameters(Paging):
    """Which reports are listed."""

    outlet: filters.Slug = Field("", description="The outlet's slug.", json_schema_extra={"example": "harrow-gazette"})
    published: filters.Period = Field("", description=filters.MEANS, json_schema_extra={"example": "2018"})


@router.get("/reports", response=answers(ReportPage, NOT_FOUND), summary="List reports", operation_id="reports")
def reports(request, parameters: Query[ReportParameters]):
    """In the order in which they came, so that one who goes on with the last cursor gets what is new."""
    found = Article.objects.visible().with_outlet()
    if parameters.outlet:
        outlet = Outlet.objects.visible().filter(slug=parameters.outlet).first()
        if outlet is None:
            raise HttpError(404, f"There is no outlet called “{parameters.outlet}”.")
        found = found.filter(outlet=outlet)
    if parameters.published:
        found = found.published_between(*days_of(parameters.published))
    page, following = page_of(found, parameters)
    return ReportPage(results=[ReportItem(**ReportItem.fields_of(article)) for article in page], next=following)


@router.get(
    "/reports/{int:id}", response=answers(ReportDetail, NOT_FOUND, GONE), summary="Read a report", operation_id="report"
)
def report(request, id: Id):
    """A report with its text, its quotes at their offsets, who is named in it, and where its text comes from. Where an
    editor has hidden or removed it, the reason, with status 410."""
    version = Version.objects.visible().filter(article=id).select_related("article__outlet").first()
    if version is None:
        if reason := why_no_report(id):
            raise HttpError(GONE, reason)
        raise HttpError(404, "There is no report of this number.")
    article = version.article
    quotes = Quote.objects.visible().filter(version=version).select_related("speaker", "organisation")
    quotes = list(quotes.in_reading_order())
    for quote in quotes:
        quote.article = article
        cut_out(quote, version.text)
    readings = Prefetch("readings", Reading.objects.select_related("original").defer("runs").order_by("pk"))
    return ReportDetail(
        **ReportItem.fields_of(article),
        edited=article.edited,
        corrected=last_corrected((ErrorReport.Kind.REPORT, article.pk)),
        extracts_only=article.extracts_only,
        text="" if article.extracts_only else version.text,
        furniture=[] if article.extracts_only else version.furniture,
        quotes=[QuoteInReport.of(quote) for quote in quotes],
        people=Speaker.of_each(Person.objects.named_in(version)),
        organisations=Speaker.of_each(Organisation.objects.named_in(version)),
        versions=[
            VersionItem.of(each)
            for each in article.versions.order_by("-number").defer("text").prefetch_related(readings)
        ],
    )


@router.get("/outlets", response=answers(OutletPage), summary="List outlets", operation_id="outlets")
def outlets(request, parameters: Query[Paging]):
    """Who publishes the reports."""
    page, following = page_of(Outlet.objects.visible(), parameters)
    results = [
        OutletItem(
            id=outlet.pk,
            name=outlet.name,
            slug=outlet.slug,
            url=absolute(outlet.get_absolute_url()),
            website=outlet.url,
        )
        for outlet in page
    ]
    return OutletPage(results=results, next=following)
