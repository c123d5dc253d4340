"""Originals and import runs in the admin: to look at, not to change."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from archive.admin.base import ReadOnlyAdmin, change_link
from archive.models import ImportLine, ImportRun, Original


@admin.register(Original)
class OriginalAdmin(ReadOnlyAdmin):
    list_display = ["name", "media_type", "size", "received", "sha256"]
    list_filter = ["media_type", "received"]
    search_fields = ["name", "sha256__startswith"]
    ordering = ["-pk"]
    fields = ["name", "media_type", "size", "received", "sha256", "download", "reports"]
    readonly_fields = fields

    @admin.display(description="download")
    def download(self, original):
        return format_html('<a href="{}">the file as it came</a>', reverse("original", args=[original.sha256]))

    @admin.display(description="reports")
    def reports(self, original):
        versions = [reading.version for reading in original.readings.select_related("version__article")]
        links = [change_link(version.article) for version in versions]
        return format_html_join(" ", "{}", ((link,) for link in links)) or "–"


class ImportLineInline(admin.TabularInline):
    model = ImportLine
    fields = ["name", "outcome", "reason", "report"]
    readonly_fields = fields
    verbose_name_plural = "documents that failed, were refused or have a remark"
    can_delete = False
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(reason="").select_related("article").order_by("outcome", "pk")

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description="report")
    def report(self, line):
        return change_link(line.article)


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = [
        "__str__",
        "command",
        "imported_count",
        "unchanged_count",
        "failed_count",
        "refused_count",
        "finished",
    ]
    fields = ["started", "finished", "command", "imported_count", "unchanged_count", "failed_count", "refused_count"]
    inlines = [ImportLineInline]

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts()

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    @admin.display(description="imported")
    def imported_count(self, run):
        return run.imported_count

    @admin.display(description="unchanged")
    def unchanged_count(self, run):
        return run.unchanged_count

    @admin.display(description="failed")
    def failed_count(self, run):
        return run.failed_count

    @admin.display(description="refused")
    def refused_count(self, run):
        return run.refused_count
