"""Organisations in the admin, with their names and quotes."""

from django.contrib import admin

from archive.admin.proposing import ProposableAdmin, SpeakerProposalForm
from archive.admin.speakers import NameInline, SpeakerAdmin
from archive.curation.speakers import add_organisation
from archive.models import Organisation, OrganisationName


class OrganisationNameInline(NameInline):
    model = OrganisationName


@admin.register(Organisation)
class OrganisationAdmin(ProposableAdmin, SpeakerAdmin):
    proposal_form = SpeakerProposalForm
    shown_to_contributors = ("name", "wikidata_id", "note", "page")
    inlines = [OrganisationNameInline]

    def add_named(self, name):
        return add_organisation(name)
