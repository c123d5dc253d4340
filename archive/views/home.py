"""The home page."""

from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from archive.models import Article, Organisation, Outlet, Person, Quote

LATEST = 6
MOST_QUOTED = 10


@require_safe
def home(request):
    context = {
        "report_count": Article.objects.visible().count(),
        "quote_count": Quote.objects.standing().in_reports_seen().spoken().count(),
        "person_count": Person.objects.visible().count(),
        "organisation_count": Organisation.objects.visible().count(),
        "outlet_count": Outlet.objects.visible().count(),
        "latest": Article.objects.visible().newest_first().with_outlet().with_opening()[:LATEST],
        "most_quoted": Person.objects.most_quoted()[:MOST_QUOTED],
    }
    return render(request, "home.html", context)


@require_safe
def favicon(request):
    """Where browsers look for it on pages that do not name one."""
    return redirect(static("favicon.svg"))
