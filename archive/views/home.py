"""The home page: what the archive holds, over time, and where to begin."""

from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from archive import search
from archive.models import Article, Organisation, Outlet, Person, Quote
from archive.search import Overview
from archive.views.examples import examples_of
from archive.views.listing import StoredReports, with_reports
from archive.views.ranking import ranked
from archive.views.reports import Period, picture_of

LATEST = 6
MOST_QUOTED = 8


@require_safe
def home(request):
    overview, told_by_index = overview_of()
    most_quoted, quoted_lately = ranked(MOST_QUOTED, overview.most_quoted, overview.quoted_lately)
    context = {
        "report_count": overview.reports,
        "quote_count": overview.quotes,
        "person_count": Person.objects.visible().count(),
        "organisation_count": Organisation.objects.visible().count(),
        "outlet_count": Outlet.objects.visible().count(),
        "years": [year for year, _ in overview.years],
        "timeline": with_reports(lambda reports: picture_of(reports, Period(), Period.address)),
        "undated": overview.undated,
        "undated_address": Period(undated=True).address(),
        "latest": Article.objects.visible().newest_first().with_outlet().with_opening()[:LATEST],
        "most_quoted": most_quoted,
        "lately": Period(overview.lately) if overview.lately else None,
        "quoted_lately": quoted_lately,
        # While there is no index they would find nothing.
        "examples": examples_of(overview, most_quoted) if told_by_index else [],
    }
    return render(request, "home.html", context)


def overview_of() -> tuple[Overview, bool]:
    """What the archive holds, and whether the index told it, which counts much quicker; while there is none, the
    database does."""
    this_year = timezone.localdate().year
    try:
        return search.overall(MOST_QUOTED, this_year), True
    except search.NotReady:
        return stored_overview(this_year), False


def stored_overview(this_year: int) -> Overview:
    """The same as `search.overall` tells, by the database."""
    reports = StoredReports(Article.objects.visible())
    years = reports.years()
    lately = search.latest_year(years, this_year)
    spoken = Quote.objects.standing().in_reports_seen().spoken()
    of_lately = Article.objects.published_between(*Period(lately).days) if lately else Article.objects.none()
    return Overview(
        reports=reports.count(),
        quotes=spoken.count(),
        years=tuple(years),
        undated=reports.count_undated(),
        outlets=tuple(reports.by_outlet().items()),
        most_quoted=tuple(spoken.quoted_most(MOST_QUOTED)),
        lately=lately,
        quoted_lately=tuple(spoken.filter(article__in=of_lately).quoted_most(MOST_QUOTED)),
    )


@require_safe
def favicon(request):
    """Where browsers look for it on pages that do not name one."""
    return redirect(static("favicon.svg"))
