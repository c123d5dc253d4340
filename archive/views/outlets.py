"""The list of outlets, and an outlet with its reports over time."""

from dataclasses import dataclass

from django import forms
from django.db.models import F
from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive import search
from archive.models import Article, Outlet, Quote
from archive.views.listing import Reports, articles_of, with_reports
from archive.views.paging import described, list_page, numbered_page
from archive.views.ranking import ranked
from archive.views.reports import Period, picture_of

PAGE_SIZE = 100
LATEST = 10
MOST_QUOTED = 10
# Each order of the list, what its column is called, and which way it goes.
SORTS = {
    "name": ("Outlet", "ascending"),
    "reports": ("Reports", "descending"),
    "newest": ("Years", "descending"),
}


class OutletOrder(forms.Form):
    """How the list is ordered; a value that makes no sense names no page."""

    sort = forms.ChoiceField(required=False, choices=[(sort, sort) for sort in SORTS])


@dataclass(frozen=True, slots=True)
class Column:
    """The heading of a column: the list ordered by it is at its address; `sorted` says which way, where it is now."""

    label: str
    address: str
    sorted: str


@require_safe
def outlets(request):
    """Raises Http404 for an order that is none."""
    order = OutletOrder(request.GET)
    if not order.is_valid():
        raise Http404("There is no such list of outlets.")
    by = order.cleaned_data["sort"] or "name"
    total, counts = with_reports(lambda reports: (reports.count(), reports.by_outlet()))
    context = {
        "page": page_of_outlets(request, by, counts),
        "columns": [
            Column(label, request.path if sort == "name" else f"{request.path}?sort={sort}", way if sort == by else "")
            for sort, (label, way) in SORTS.items()
        ],
        "unnamed": total - sum(counts.values()),
    }
    return render(request, "outlets.html", context)


def page_of_outlets(request, sort: str, counts: dict[int, int]):
    """The page of the list that is asked for; each outlet has `report_count`, `first_day` and `last_day`."""
    seen = Outlet.objects.visible()
    if sort == "reports":
        # Those of which the index knows nothing have none.
        keys = sorted(seen.values_list("pk", flat=True), key=lambda key: (-counts.get(key, 0), key))
        page = numbered_page(request, keys, PAGE_SIZE)
        found = seen.with_days().in_bulk(list(page.object_list))
        listed = described(request, page, [found[key] for key in page.object_list if key in found])
    elif sort == "newest":
        listed = list_page(request, seen.with_days().order_by(F("last_day").desc(nulls_last=True), "name"), PAGE_SIZE)
    else:
        listed = list_page(request, seen.with_days().order_by(Lower("name"), "pk"), PAGE_SIZE)
    for outlet in listed.rows:
        outlet.report_count = counts.get(outlet.pk, 0)
    return listed


@require_safe
def outlet(request, slug):
    found = get_object_or_404(Outlet.objects.visible().with_days(), slug=slug)
    return render(request, "outlet.html", with_reports(lambda reports: page_of(found, reports.of_outlet(found.pk))))


def page_of(found: Outlet, reports: Reports) -> dict:
    """What the page shows of an outlet and its reports."""
    [most_quoted] = ranked(MOST_QUOTED, quoted_most(found))
    return {
        "outlet": found,
        "total": reports.count(),
        "undated": reports.count_undated(),
        "undated_address": Period(undated=True).address(found),
        "timeline": picture_of(reports, Period(), lambda period: period.address(found)),
        "latest": articles_of(reports[0:LATEST]),
        "address": Period().address(found),
        "most_quoted": most_quoted,
    }


def quoted_most(found: Outlet) -> list[tuple[int, int]]:
    """The keys of the people quoted most in its reports, each with how often."""
    try:
        return list(search.quoted_most_of_outlet(found.pk, MOST_QUOTED))
    except search.NotReady:
        articles = Article.objects.visible().filter(outlet=found)
        return Quote.objects.standing().spoken().filter(article__in=articles).quoted_most(MOST_QUOTED)
