"""People in the admin, with their names, roles and quotes."""

from django.contrib import admin

from archive.admin.speakers import NameInline, SpeakerAdmin
from archive.curation.speakers import add_person
from archive.models import Name, Person


class PersonNameInline(NameInline):
    model = Name


@admin.register(Person)
class PersonAdmin(SpeakerAdmin):
    readonly_fields = [*SpeakerAdmin.readonly_fields, "roles_as_printed"]
    fieldsets = [SpeakerAdmin.fieldsets[0], ("In the reports", {"fields": ["roles_as_printed", "quotes"]})]
    inlines = [PersonNameInline]

    def add_named(self, name):
        return add_person(name)

    @admin.display(description="roles as printed")
    def roles_as_printed(self, person):
        roles = sorted(set(person.roles.values_list("text", flat=True))) if person.pk else []
        return "; ".join(roles) or "–"
