"""What all pages of the admin share: history from the database, a reason asked for, search by the index, nothing
deleted by hand."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import Max, URLField
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from archive import search
from archive.admin.history import MOST as MOST_CHANGES
from archive.admin.history import changes_of
from archive.admin.lists import LargeListAdmin
from archive.admin.reverting import kinds_to_take_back
from archive.curation.events import history_of
from archive.curation.reasons import giving
from archive.curation.refusal import Refused, unhindered
from archive.search import sync

LONGEST_REASON = 1000  # characters
MOST_FOUND = 1000  # hits of the index that an admin list shows; whoever gets more narrows the search


class UnchangedForm(forms.ModelForm):
    """A form that is refused where the record was changed after its page was opened: by another editor, by an import.

    Without it, saving an old page would put back what the other one changed, silently and in this editor's name.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    also_seen: tuple[str, ...] = ()  # the related records that the same page edits

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.last_events()

    def last_events(self) -> str:
        """The last event in the history of the record and of those edited with it."""
        record = self.instance
        if not record.pk:
            return ""
        histories = [record.events.all()]
        for name in self.also_seen:
            manager = getattr(record, name)
            histories.append(history_of(manager.model).objects.filter(**{f"pgh_obj__{manager.field.name}": record}))
        return "-".join(str(history.aggregate(last=Max("pgh_id"))["last"] or 0) for history in histories)

    def clean(self):
        data = super().clean()
        if self.instance.pk and data.get("seen") != self.last_events():
            raise ValidationError(
                "This record was changed after you opened its page (its history says by whom). Nothing of yours was "
                "saved: open the page anew, and put your changes in again."
            )
        return data


class OfThePublicRecord:
    """The part of a form that tells whether it changes what readers see."""

    internal = frozenset({"seen", "reason"})  # fields that readers see nothing of
    changed_data: list[str]

    def changes_what_readers_see(self) -> bool:
        return not self.internal.issuperset(self.changed_data)


class ReasonedForm(OfThePublicRecord, UnchangedForm):
    """A form that asks why, where it changes what readers see."""

    reason = forms.CharField(
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        help_text="Why this is changed. Needed where readers see the change; they are told it among the corrections.",
    )

    def clean(self):
        data = super().clean()
        if self.changes_what_readers_see() and not self.errors.get("reason") and not data.get("reason"):
            self.add_error("reason", "Say why: readers see what you change here.")
        return data


class ReasonedFormSet(forms.BaseInlineFormSet):
    """Records on the page of another one, whose form asks why."""

    def clean(self):
        super().clean()
        changed = any(form.has_changed() and form.changes_what_readers_see() for form in self.forms)
        if changed and not self.data.get("reason", "").strip():
            raise ValidationError("Say why, under “Reason”: readers see what you change here.")


class RecordAdmin(LargeListAdmin):
    """A record whose every change is on record, and which nobody deletes here: it is rejected or corrected instead."""

    object_history_template = "admin/archive/object_history.html"
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    related_histories: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()  # the related records that the same page edits

    def has_delete_permission(self, request, obj=None):
        return False

    def get_object(self, request, object_id, from_field=None):
        """A record that is about to be changed is locked, with those that its page edits too: so that it is not merged
        away meanwhile, and what somebody else changes this moment is not written over."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST" or not connection.in_atomic_block:
            return found
        for records in (self.model._base_manager.filter(pk=found.pk), *(getattr(found, name) for name in self.edits)):
            list(records.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What is hindered by somebody else's change of the same moment is done again, whole."""
        view = super().changeform_view
        if request.method != "POST":
            return view(request, object_id, form_url, extra_context)
        try:
            with giving(request.POST.get("reason", "")):
                return unhindered(lambda: view(request, object_id, form_url, extra_context))
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(request.get_full_path())

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        # Who was chosen may be merged away this moment: better told now than at the commit, after "was saved".
        connection.check_constraints()
        sync.drain_in_background()

    def history_view(self, request, object_id, extra_context=None):
        """All that happened to the record and to what belongs to it, whoever did it and by whatever path."""
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404(f"There is no such {self.opts.verbose_name}.")
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        changes = changes_of(record, self.related_histories)
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {record}",
            "changes": changes,
            "shown_of_more": len(changes) if len(changes) == MOST_CHANGES else 0,
            "may_take_back": kinds_to_take_back(request.user),
            "object": record,
            "opts": self.opts,
        }
        return TemplateResponse(request, self.object_history_template, context)


class ReadOnlyAdmin(RecordAdmin):
    """A record that nobody changes by hand."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class OpenFirstFilter(admin.SimpleListFilter):
    """Of records that wait for an editor: the open ones, unless others are asked for."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*model_admin.model.State.choices, ("all", "All")]

    def value(self):
        return super().value() or "open"

    def choices(self, changelist):
        for value, label in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request, queryset):
        return queryset if self.value() == "all" else queryset.filter(state=self.value())


class SearchedByIndex:
    """The search box of the admin's list asks the same index as the readers' search."""

    search_kind: search.Kind
    search_fields = ("pk",)  # shows the box; get_search_results does not use it
    search_help_text = 'Words, "exact phrases", -without, this OR that: the readers\' own search'
    change_list_template = "admin/archive/searched_change_list.html"

    def changelist_view(self, request, extra_context=None):
        """With the way to change all that the words find, for who may."""
        words = request.GET.get(SEARCH_VAR, "").strip()
        shown = {}
        if words and self.has_change_permission(request):
            query = {"q": words} | ({"kind": "quotes"} if self.search_kind == search.Kind.QUOTE else {})
            shown["change_all"] = reverse("admin:archive_bulkchange_new", query=query)
        return super().changelist_view(request, {**(extra_context or {}), **shown})

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        found = search.find(search.Asked(search_term, self.search_kind), limit=MOST_FOUND)
        return queryset.filter(pk__in=[hit.key for hit in found.hits]), False


def change_link(record, text=None):
    """A link to the record's page in the admin."""
    if record is None:
        return "–"
    address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    return format_html('<a href="{}">{}</a>', address, text or record)
