"""What is left of reports that were purged: to look at, and to let their originals come back."""

from django.contrib import admin, messages
from django.utils.html import format_html, format_html_join

from archive.admin.base import ReadOnlyAdmin
from archive.curation.purging import lift
from archive.models import Tombstone


@admin.register(Tombstone)
class TombstoneAdmin(ReadOnlyAdmin):
    list_display = ["number", "reason", "removed", "lifted"]
    list_filter = ["removed", ("lifted", admin.EmptyFieldListFilter)]
    search_fields = ["reason", "number"]
    search_help_text = "Words of the reason, or the number of the report"
    ordering = ["-removed", "-number"]
    fields = ["number", "page", "reason", "removed", "lifted", "hashes"]
    actions = ["lift"]

    def has_change_permission(self, request, obj=None):
        """A tombstone's own page changes nothing; the list's action lifts it."""
        return obj is None and request.user.has_perm("archive.change_tombstone")

    @admin.action(description="Lift: let their originals be imported again", permissions=["change"])
    def lift(self, request, queryset):
        count = lift(queryset)
        messages.info(request, f"Lifted: {count}. Their originals can be imported again; their addresses stay gone.")

    @admin.display(description="public page")
    def page(self, tombstone):
        return format_html('<a href="{0}">{0}</a>', tombstone.get_absolute_url())

    @admin.display(description="SHA-256 of its originals")
    def hashes(self, tombstone):
        return format_html_join("", "<div>{}</div>", ((sha256,) for sha256 in tombstone.originals)) or "–"
