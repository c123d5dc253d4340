"""What a verification found wrong, in the admin: to look at, until the next one."""

from django.contrib import admin
from django.utils import timezone

from archive.admin.base import ReadOnlyAdmin, change_link
from archive.models import VerificationFailure


@admin.register(VerificationFailure)
class VerificationFailureAdmin(ReadOnlyAdmin):
    list_display = ["what", "report", "quotation", "original_link", "detail", "checked"]
    list_filter = ["kind"]
    ordering = ["-pk"]
    sortable_by = ()
    search_fields = ["pk"]  # shows the box; get_search_results does not use it
    search_help_text = "The number of a report"
    fields = ["what", "report", "version", "quotation", "start", "end", "original_link", "detail", "checked"]
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).with_report()

    def get_search_results(self, request, queryset, search_term):
        number = search_term.strip()[:18]
        if not number:
            return queryset, False
        found = queryset.filter(verification__version__article=int(number)) if number.isdecimal() else queryset.none()
        return found, False

    @admin.display(description="what is wrong")
    def what(self, failure):
        return failure.get_kind_display()

    @admin.display(description="report")
    def report(self, failure):
        return change_link(failure.verification.version.article)

    @admin.display(description="version")
    def version(self, failure):
        return change_link(failure.verification.version)

    @admin.display(description="quote")
    def quotation(self, failure):
        return change_link(failure.quote)

    @admin.display(description="original")
    def original_link(self, failure):
        return change_link(failure.original)

    @admin.display(description="verified")
    def checked(self, failure):
        return f"{timezone.localtime(failure.verification.checked):%Y-%m-%d %H:%M}"
