"""People in the admin, with their names, roles and quotes; from here they are merged and split."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.html import format_html_join

from archive.admin.base import change_link
from archive.admin.merging import merge_address, merge_view
from archive.admin.proposing import ProposableAdmin, SpeakerProposalForm
from archive.admin.speakers import NameInline, SpeakerAdmin
from archive.admin.splitting import split_view
from archive.curation.speakers import add_person
from archive.models import Name, Person, Transfer


class PersonNameInline(NameInline):
    model = Name


@admin.register(Person)
class PersonAdmin(ProposableAdmin, SpeakerAdmin):
    proposal_form = SpeakerProposalForm
    shown_to_contributors = ("name", "wikidata_id", "note", "page")
    readonly_fields = [*SpeakerAdmin.readonly_fields, "roles_as_printed", "merges_and_splits"]
    fieldsets = [
        SpeakerAdmin.fieldsets[0],
        ("In the reports", {"fields": ["roles_as_printed", "quotes", "merges_and_splits"]}),
    ]
    inlines = [PersonNameInline]
    actions = ["merge"]

    def get_urls(self):
        return [
            path("merge/", self.admin_site.admin_view(lambda request: merge_view(self, request)), name="merge_people"),
            path(
                "<int:key>/split/",
                self.admin_site.admin_view(lambda request, key: split_view(self, request, key)),
                name="split_person",
            ),
            *super().get_urls(),
        ]

    def add_named(self, name):
        return add_person(name)

    @admin.action(description="Merge the selected people", permissions=["change"])
    def merge(self, request, queryset):
        return HttpResponseRedirect(merge_address(queryset.values_list("pk", flat=True)))

    @admin.display(description="merges and splits")
    def merges_and_splits(self, person):
        """Those that stand and are of this person, where either is undone."""
        transfers = Transfer.objects.standing().of(person) if person.pk else []
        return format_html_join("", "<p>{}</p>", ([change_link(transfer)] for transfer in transfers)) or "–"

    @admin.display(description="roles as printed")
    def roles_as_printed(self, person):
        roles = sorted(set(person.roles.values_list("text", flat=True))) if person.pk else []
        return "; ".join(roles) or "–"
