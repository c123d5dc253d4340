"""Says why what an address stands for is not shown: a report that an editor withholds, and what hangs on it."""

from django.db.models import BigIntegerField, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from archive.models import Article, ErrorReport, Organisation, Person, Quote, Tombstone
from archive.models.named import Named
from archive.templatetags.published import day_words

REPORT = "This report is not shown"
ORIGINAL = "This original is not handed out"
QUOTE = "This quote is no longer shown"
NAMED = "This page is not shown"
RECORD = "This record is not shown"


def gone(request, heading: str, reason: str, *, status: int = 410, **context) -> HttpResponse:
    """The page that says so, with status 410 where it does not say another."""
    return render(request, "410.html", {"heading": heading, "reason": reason, **context}, status=status)


def why_no_report(key: int) -> str:
    """Why readers do not see the report of this number; empty where they do, and where there never was one."""
    return _why(Article.objects.filter(pk=key).first(), Tombstone.objects.filter(number=key))


def why_no_quote(key: int, quote: Quote | None) -> str:
    """Why readers do not see the quote of this number, for what has become of its report; empty where that is shown.
    `quote` is the one that has this number, read with its report, if there is any."""
    reason = _why(quote and quote.article, Tombstone.objects.of_quote(key))
    return f"The report that it stands in is not shown. {reason}" if reason else ""


def why_no_original(sha256: str) -> str:
    """Why this original is not handed out, where no report is seen that is read from it; empty where none ever was."""
    withheld = Article.objects.read_from(sha256).withheld().order_by("pk").first()
    reason = _why(withheld, Tombstone.objects.of_original(sha256))
    return f"No report that is read from it is shown. {reason}" if reason else ""


def why_not_named(named: Named) -> str:
    """Why the page of a person or an organisation, read `with_seen`, is not shown; empty where it is."""
    if named.seen:
        return ""
    return f"All reports that name this {named._meta.verbose_name} are kept from readers by an editor."


def _why(article: Article | None, tombstones: QuerySet[Tombstone]) -> str:
    """Why the article is not seen, or, where there is none, was removed."""
    if article is None:
        tombstone = tombstones.first()
        return removed_words(tombstone) if tombstone else ""
    if article.state == Article.State.TRASH:
        return f"An editor has taken this report out of the archive: {article.trashed_reason}"
    if article.state == Article.State.HIDDEN:
        return f"An editor has hidden this report: {article.hidden_reason}"
    return ""


def why_no_record(kind: str, number: int) -> str:
    """Why readers do not see the record of a kind (`ErrorReport.Kind`) and number; empty where there never was one."""
    if number > BigIntegerField.MAX_BIGINT:
        return ""
    if kind == ErrorReport.Kind.REPORT:
        return why_no_report(number)
    if kind == ErrorReport.Kind.QUOTE:
        return why_no_quote(number, Quote.objects.select_related("article").filter(pk=number).first())
    model = Person if kind == ErrorReport.Kind.PERSON else Organisation
    named = model.objects.with_seen().filter(pk=number).first()
    return why_not_named(named) if named else ""


def removed_words(tombstone: Tombstone) -> str:
    """That the report was removed, when and why."""
    day = day_words(timezone.localdate(tombstone.removed))
    return f"This report was removed from the archive on {day}: {tombstone.reason}"
