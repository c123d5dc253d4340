"""Lists of the admin that answer quickly of a million records: they are counted up to a limit, and ordered and filtered
by what has an index."""

from django.contrib import admin
from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

MOST_COUNTED = 10_000


class MoreThan(int):
    """A number that pages are made of, and that is written as what it is."""

    def __str__(self) -> str:
        return f"more than {int(self):,}"


class CappedPaginator(Paginator):
    """Counts no further than to `MOST_COUNTED`, which is more than anybody pages through: whoever finds more narrows
    the list."""

    @cached_property
    def count(self) -> int:
        counted = self.object_list.order_by().values("pk")[: MOST_COUNTED + 1].count()
        return MoreThan(MOST_COUNTED) if counted > MOST_COUNTED else counted

    def page(self, number) -> Page:
        """Which rows are on the page is asked first: what is counted and cut out for each of them would be made for
        all those before them too."""
        page = super().page(number)
        keys = list(page.object_list.values_list("pk", flat=True))
        page.object_list = self.object_list.filter(pk__in=keys)
        return page


class LargeListAdmin(admin.ModelAdmin):
    """A list of what there may be millions of. `sortable_by` names the columns that have an index."""

    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each would be counted
    list_per_page = 50
    sortable_by: tuple[str, ...] = ()
