"""What people and organisations share in the admin: names beside their record, an old address that leads on, quotes."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from archive.admin.base import OfThePublicRecord, ReasonedForm, ReasonedFormSet, RecordAdmin, change_link
from archive.curation.speakers import rename
from archive.importing.people import can_be_kept
from archive.models.spelling import name_key


class SpeakerForm(ReasonedForm):
    wikidata_id = forms.CharField(
        label="Wikidata id", required=False, max_length=200, help_text="such as Q42, or the address of the item's page"
    )

    class Meta:
        fields = ["name", "wikidata_id", "note"]

    def clean_name(self):
        return clean_name(self.cleaned_data["name"])

    def clean_wikidata_id(self):
        """Of an item's address it is the last part."""
        wikidata_id = self.cleaned_data["wikidata_id"].strip().rstrip("/").rpartition("/")[2].upper()
        if not wikidata_id:
            return ""
        if bearer := self._meta.model.objects.filter(wikidata_id=wikidata_id).exclude(pk=self.instance.pk).first():
            raise ValidationError(f"{bearer} ({bearer.slug}) has the Wikidata id {wikidata_id} already.")
        return wikidata_id


class NameForm(OfThePublicRecord, forms.ModelForm):
    internal = OfThePublicRecord.internal | {"identifies"}

    class Meta:
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


class NameFormSet(ReasonedFormSet):
    """The name that is the preferred one is kept."""

    def clean(self):
        super().clean()
        for form in self.forms:
            preferred = form.instance.pk and form.initial.get("text") == self.instance.name
            if preferred and (form.cleaned_data.get("DELETE") or "text" in form.changed_data):
                raise ValidationError(f"“{self.instance.name}” is the preferred name: choose another one first.")

    def save_new(self, form, commit=True):
        """A name that came with the record just now, as the preferred one, is not made twice."""
        known = self.instance.names.filter(text=form.cleaned_data["text"]).first()
        return known or super().save_new(form, commit)


class NameInline(admin.TabularInline):
    form = NameForm
    formset = NameFormSet
    extra = 0
    verbose_name_plural = "names met in print"


class SpeakerAdmin(RecordAdmin):
    form = SpeakerForm
    list_display = ["name", "quote_count", "reported_count", "article_count", "wikidata_id", "slug"]
    list_filter = [("wikidata_id", admin.EmptyFieldListFilter)]
    search_fields = ["name"]
    search_help_text = "Any of their names, whatever case, accents and order"
    ordering = ["sort_key", "pk"]
    sortable_by = ("name",)
    readonly_fields = ["page", "former_addresses", "quotes"]
    fieldsets = [
        (None, {"fields": ["name", "wikidata_id", "note", "reason", "page", "former_addresses", "seen"]}),
        ("In the reports", {"fields": ["quotes"]}),
    ]
    related_histories = ("names", "quotes", "former_slugs")

    def add_named(self, name: str):
        """A new record of this name, with its address."""
        raise NotImplementedError

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts()

    def get_search_results(self, request, queryset, search_term):
        return (queryset.named(search_term) if search_term.strip() else queryset), False

    def save_model(self, request, obj, form, change):
        if not change:
            made = self.add_named(form.cleaned_data["name"])
            obj.pk, obj.slug, obj.sort_key = made.pk, made.slug, made.sort_key
            obj._state.adding = False
        elif "name" in form.changed_data:
            rename(obj, form.cleaned_data["name"])
        super().save_model(request, obj, form, change)

    @admin.display(description="quotes")
    def quote_count(self, named):
        return named.quote_count

    @admin.display(description="reported")
    def reported_count(self, named):
        return named.reported_count

    @admin.display(description="reports")
    def article_count(self, named):
        return named.article_count

    @admin.display(description="public page")
    def page(self, named):
        return format_html('<a href="{0}">{0}</a>', named.get_absolute_url()) if named.slug else "–"

    @admin.display(description="former addresses")
    def former_addresses(self, named):
        return ", ".join(named.former_slugs.values_list("slug", flat=True)) if named.pk else "–"

    @admin.display(description="quotes")
    def quotes(self, named):
        """The newest hundred; the list of quotes in the admin finds the others."""
        if not named.pk:
            return "–"
        quotes = named.quotes.with_words().select_related("article").newest_first()[:100]
        rows = (
            (change_link(quote, quote.words), quote.gone or quote.get_state_display(), quote.article)
            for quote in quotes
        )
        return format_html_join("", "<p>{} ({}, {})</p>", rows) or "–"
