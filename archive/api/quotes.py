"""Quotes: a list of them, and each with its report; one that is gone says why."""

from django.db.models import QuerySet
from ninja import Query, Router
from ninja.errors import HttpError

from archive.api.paging import Paging, page_of
from archive.api.reports import Id
from archive.api.responses import GONE, NOT_FOUND, answers
from archive.api.schemas import QuoteItem, QuotePage
from archive.models import Quote
from archive.views.gone import why_no_quote
from archive.views.quotes import reason_not_shown

router = Router(tags=["Quotes"])


@router.get("/quotes", response=answers(QuotePage), summary="List quotes", operation_id="quotes")
def quotes(request, parameters: Query[Paging]):
    """Quotes and reported speech of all reports, in the order in which they were found."""
    return quote_page(Quote.objects.all(), parameters)


def quote_page(found: QuerySet[Quote], parameters: Paging) -> QuotePage:
    """The page of those of the quotes that readers see."""
    page, following = page_of(found.visible().with_words().with_evidence().with_source(), parameters)
    return QuotePage(results=[QuoteItem.of(quote) for quote in page], next=following)


@router.get(
    "/quotes/{int:id}", response=answers(QuoteItem, NOT_FOUND, GONE), summary="Read a quote", operation_id="quote"
)
def quote(request, id: Id):
    """A quote. Where an editor rejected it, it is no longer in its report, or its report is hidden or removed, the
    reason, with status 410."""
    found = Quote.objects.filter(pk=id).select_related("article", "version").defer("version__text").first()
    if reason := why_no_quote(id, found):
        raise HttpError(GONE, reason)
    if found is None:
        raise HttpError(NOT_FOUND, "There is no quote of this number.")
    if reason := reason_not_shown(found):
        raise HttpError(GONE, reason)
    return QuoteItem.of(Quote.objects.with_words().with_evidence().with_source().get(pk=id))
