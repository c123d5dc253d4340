"""People in the admin, with their names, roles and quotes."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from archive.admin.base import RecordAdmin, UnchangedForm, change_link
from archive.curation.people import add_person, rename
from archive.importing.people import can_be_kept
from archive.models import Name, Person, Quote
from archive.models.spelling import name_key


class PersonForm(UnchangedForm):
    class Meta:
        model = Person
        fields = ["name", "wikidata_id", "note"]

    def clean_name(self):
        return clean_name(self.cleaned_data["name"])


class NameForm(forms.ModelForm):
    class Meta:
        model = Name
        fields = ["text", "identifies"]

    def clean_text(self):
        return clean_name(self.cleaned_data["text"])


def clean_name(text: str) -> str:
    name = " ".join(text.split())
    if not name_key(name):
        raise ValidationError("A name needs at least one letter.")
    if not can_be_kept(name):
        raise ValidationError("This name is too long to be kept, in its own script or in Latin letters.")
    return name


class NameFormSet(forms.BaseInlineFormSet):
    """A person keeps the name that is the preferred one."""

    def clean(self):
        super().clean()
        for form in self.forms:
            preferred = form.instance.pk and form.initial.get("text") == self.instance.name
            if preferred and (form.cleaned_data.get("DELETE") or "text" in form.changed_data):
                raise ValidationError(f"“{self.instance.name}” is the preferred name: choose another one first.")

    def save_new(self, form, commit=True):
        """A name that came with the person just now, as the preferred one, is not made twice."""
        known = Name.objects.filter(person=self.instance, text=form.cleaned_data["text"]).first()
        return known or super().save_new(form, commit)


class NameInline(admin.TabularInline):
    model = Name
    form = NameForm
    formset = NameFormSet
    extra = 0
    verbose_name_plural = "names met in print"


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    form = PersonForm
    list_display = ["name", "quote_count", "article_count", "wikidata_id", "slug"]
    list_filter = [("wikidata_id", admin.EmptyFieldListFilter)]
    search_fields = ["name"]
    search_help_text = "Any of their names, whatever case, accents and order"
    ordering = ["sort_key", "pk"]
    readonly_fields = ["page", "former_addresses", "roles_as_printed", "quotes"]
    fieldsets = [
        (None, {"fields": ["name", "wikidata_id", "note", "page", "former_addresses", "seen"]}),
        ("In the reports", {"fields": ["roles_as_printed", "quotes"]}),
    ]
    inlines = [NameInline]
    related_histories = ("names", "quotes")

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts()

    def get_search_results(self, request, queryset, search_term):
        return (queryset.named(search_term) if search_term.strip() else queryset), False

    def save_model(self, request, obj, form, change):
        if not change:
            made = add_person(form.cleaned_data["name"])
            obj.pk, obj.slug, obj.sort_key = made.pk, made.slug, made.sort_key
            obj._state.adding = False
        elif "name" in form.changed_data:
            rename(obj, form.cleaned_data["name"])
        super().save_model(request, obj, form, change)

    @admin.display(description="quotes", ordering="quote_count")
    def quote_count(self, person):
        return person.quote_count

    @admin.display(description="reports", ordering="article_count")
    def article_count(self, person):
        return person.article_count

    @admin.display(description="public page")
    def page(self, person):
        return format_html('<a href="{0}">{0}</a>', person.get_absolute_url()) if person.slug else "–"

    @admin.display(description="former addresses")
    def former_addresses(self, person):
        return ", ".join(person.former_slugs.values_list("slug", flat=True)) if person.pk else "–"

    @admin.display(description="roles as printed")
    def roles_as_printed(self, person):
        roles = sorted(set(person.roles.values_list("text", flat=True))) if person.pk else []
        return "; ".join(roles) or "–"

    @admin.display(description="quotes")
    def quotes(self, person):
        """The newest hundred; the list of quotes in the admin finds the others."""
        quotes = Quote.objects.filter(speaker=person).with_words().select_related("article").newest_first()[:100]
        rows = (
            (change_link(quote, quote.words), quote.gone or quote.get_state_display(), quote.article)
            for quote in quotes
        )
        return format_html_join("", "<p>{} ({}, {})</p>", rows) if person.pk else "–"
