"""The home page."""

from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from archive import search
from archive.models import Article, Organisation, Outlet, Person, Quote

LATEST = 6
MOST_QUOTED = 10


@require_safe
def home(request):
    quote_count, most_quoted = said()
    context = {
        "report_count": Article.objects.visible().count(),
        "quote_count": quote_count,
        "person_count": Person.objects.visible().count(),
        "organisation_count": Organisation.objects.visible().count(),
        "outlet_count": Outlet.objects.visible().count(),
        "latest": Article.objects.visible().newest_first().with_outlet().with_opening()[:LATEST],
        "most_quoted": most_quoted,
    }
    return render(request, "home.html", context)


def said() -> tuple[int, list[Person]]:
    """How many quotes there are, and the people quoted most, each with `quote_count`. Of many the index counts them
    quicker; while there is none, the database does."""
    try:
        overview = search.overall(MOST_QUOTED)
    except search.NotReady:
        quotes = Quote.objects.standing().in_reports_seen().spoken()
        return quotes.count(), list(Person.objects.most_quoted()[:MOST_QUOTED])
    # Some may have been merged or withheld since the index was written.
    people = Person.objects.visible().in_bulk(key for key, _ in overview.most_quoted)
    for key, count in overview.most_quoted:
        if key in people:
            people[key].quote_count = count
    ranked = sorted(people.values(), key=lambda person: (-person.quote_count, person.sort_key, person.pk))
    return overview.quotes, ranked[:MOST_QUOTED]


@require_safe
def favicon(request):
    """Where browsers look for it on pages that do not name one."""
    return redirect(static("favicon.svg"))
