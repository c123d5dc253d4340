"""The editors' queue of people who may be one person."""

from django.contrib import admin, messages
from django.db.models import Q
from django.utils.html import format_html

from archive.admin.base import OpenFirstFilter, ReadOnlyAdmin, change_link
from archive.admin.merging import merge_address
from archive.curation import duplicates
from archive.models import Person, PossibleDuplicate


@admin.register(PossibleDuplicate)
class PossibleDuplicateAdmin(ReadOnlyAdmin):
    list_display = ["reason", "first_person", "second_person", "state", "created", "merge"]
    list_filter = [OpenFirstFilter]
    search_fields = ["reason"]
    search_help_text = "Any name of either of them, whatever case, accents and order"
    ordering = ["-pk"]
    actions = ["tell_apart", "reopen"]
    fields = ["reason", "first_person", "second_person", "state", "created"]

    def has_change_permission(self, request, obj=None):
        """A pair's own page changes nothing; the list's actions decide."""
        return obj is None and request.user.has_perm("archive.change_possibleduplicate")

    def get_queryset(self, request):
        return super().get_queryset(request).shown().with_people()

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        named = Person.objects.named(search_term)
        return queryset.filter(Q(first__in=named) | Q(second__in=named)), False

    @admin.display(description="first person")
    def first_person(self, pair):
        return described(pair.first)

    @admin.display(description="second person")
    def second_person(self, pair):
        return described(pair.second)

    @admin.display(description="one person")
    def merge(self, pair):
        address = merge_address([pair.first_id, pair.second_id])
        return format_html('<a href="{}">Merge {} and {}</a>', address, pair.first, pair.second)

    @admin.action(description="These are different people", permissions=["change"])
    def tell_apart(self, request, queryset):
        count = duplicates.tell_apart(queryset)
        messages.info(request, f"Set down as different people, and not proposed again: {count}.")

    @admin.action(description="Open again", permissions=["change"])
    def reopen(self, request, queryset):
        messages.info(request, f"Open again: {duplicates.reopen(queryset)}.")


def described(person) -> str:
    """The person with a link to their page here and to the readers', their counts, and their roles as printed."""
    return format_html(
        '{} (<a href="{}">page</a>)<br>quotes: {}, reports: {}<br>{}',
        change_link(person),
        person.get_absolute_url(),
        person.quote_count,
        person.article_count,
        "; ".join(person.commonest_roles) or "no role printed",
    )
