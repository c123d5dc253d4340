"""What search engines are told: which addresses they may read, and where all records are."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import Page, Paginator
from django.db.models import Max
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from archive.models import Article, Organisation, Outlet, Person

RECORDS_PER_PAGE = 10_000


class ByKey(Paginator):
    """Pages of the records whose keys are from one number to another.

    None of them counts or passes over the records before it, so that the last page of a million takes as long as the
    first; where records have gone, a page has fewer.
    """

    @cached_property
    def count(self) -> int:
        return self.object_list.model.objects.aggregate(last=Max("pk"))["last"] or 0

    def page(self, number) -> Page:
        number = self.validate_number(number)
        last = number * self.per_page
        rows = self.object_list.filter(pk__gt=last - self.per_page, pk__lte=last)
        return self._get_page(rows, number, self)


class OfArchive(Sitemap):
    """Addresses below that of the archive, whatever name a request came to."""

    @property
    def protocol(self) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class Pages(OfArchive):
    """The pages that stand for no record."""

    def items(self) -> list[str]:
        lists = ["articles", "calendar", "outlets", "people", "organisations", "corrections"]
        return ["home", *lists, "about", "help", "search_help", "api:openapi-view"]

    def location(self, item: str) -> str:
        return reverse(item)


class Records(OfArchive):
    """The records that readers may see. Quotations are not among them: each report links to its own, and they are many
    times as many."""

    limit = RECORDS_PER_PAGE

    @property
    def paginator(self) -> ByKey:
        return ByKey(self.items(), self.limit)

    def get_latest_lastmod(self) -> None:
        """Not known of all of them without a look at each."""


class Reports(Records):
    def items(self):
        return Article.objects.visible().with_last_change().only("slug").order_by("pk")

    def lastmod(self, item: Article):
        return item.last_change


class People(Records):
    def items(self):
        return Person.objects.visible().only("slug").order_by("pk")


class Organisations(Records):
    def items(self):
        return Organisation.objects.visible().only("slug").order_by("pk")


class Outlets(Records):
    def items(self):
        return Outlet.objects.visible().only("slug").order_by("pk")


SITEMAPS = {"pages": Pages, "outlets": Outlets, "reports": Reports, "people": People, "organisations": Organisations}

# What is made anew for each question, and what is no page: a search has more addresses than anybody can read.
NOT_READ = ["/admin/", "/search/", "/originals/", "/report-an-error/", "/api/v1/"]
READ_ALL_THE_SAME = ["search_help", "api:openapi-view"]


@require_safe
def index(request) -> HttpResponse:
    """Where all sitemaps are."""
    return views.index(request, SITEMAPS, sitemap_url_name="sitemap")


@require_safe
def sitemap(request, section: str) -> HttpResponse:
    """A page of the addresses of one kind."""
    return views.sitemap(request, SITEMAPS, section)


@require_safe
def robots(request) -> HttpResponse:
    """Which addresses programs that read the whole net may read."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_READ),
        *(f"Allow: {reverse(name)}" for name in READ_ALL_THE_SAME),
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap_index')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
