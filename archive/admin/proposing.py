"""What a contributor sees of records in the admin, and the pages on which they propose a change."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from archive.admin.base import LONGEST_REASON
from archive.admin.fields import PublishedField, written
from archive.admin.speakers import clean_name
from archive.curation.proposals import Changes, propose
from archive.curation.refusal import Refused
from archive.models import Article, Organisation, Outlet, Person, Quote
from archive.models.named import Named

PERMISSION = "archive.add_proposal"


def changed(before: str, after: str, value: Any = None) -> dict[str, Any]:
    return {"from": before, "to": after, "value": after if value is None else value}


class ProposalForm(forms.Form):
    """What should be different, and why."""

    reason = forms.CharField(
        max_length=LONGEST_REASON - 100,  # room for what is put before it, in the editor's form
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text="How you know: where it is written, say. The editor who decides reads it; where the proposal is "
        "accepted, readers are told it among the corrections, and not who proposed it.",
        error_messages={"required": "Say why."},
    )

    def __init__(self, *arguments, record, **named):
        super().__init__(*arguments, **named)
        self.record = record
        self.order_fields([name for name in self.fields if name != "reason"])

    def changes(self) -> Changes:
        """For each field of the editor's form that should be different, what it shows, shall show, and its value."""
        raise NotImplementedError


class ArticleProposalForm(ProposalForm):
    title = forms.CharField(max_length=1000, widget=forms.TextInput(attrs={"size": 80}))
    outlet = forms.CharField(required=False, max_length=300, help_text="by the name that the archive has it under")
    published = PublishedField()

    def __init__(self, *arguments, record: Article, **named):
        super().__init__(*arguments, record=record, **named)
        self.initial |= {
            "title": record.title,
            "outlet": record.outlet.name if record.outlet else "",
            "published": written(record.published_earliest, record.published_latest),
        }

    def clean_outlet(self):
        name = self.cleaned_data["outlet"].strip()
        if not name:
            return None
        outlet = Outlet.objects.visible().filter(name__iexact=name).order_by("pk").first()
        if outlet is None:
            raise ValidationError(f"The archive has no outlet “{name}”: name it in the reason.")
        return outlet

    def changes(self) -> Changes:
        data, before = self.cleaned_data, self.initial
        found = {}
        if data["title"] != before["title"].strip():
            found["title"] = changed(before["title"], data["title"])
        if data["outlet"] != self.record.outlet:
            outlet = data["outlet"]
            found["outlet"] = changed(before["outlet"], outlet.name if outlet else "", outlet.pk if outlet else "")
        published = data["published"]
        after = written(published.earliest, published.latest) if published else ""
        if after != before["published"]:
            found["published"] = changed(before["published"], after)
        return found


class QuoteProposalForm(ProposalForm):
    speaker = forms.CharField(
        label="Another speaker",
        required=False,
        max_length=400,
        help_text="the full name of a person or an organisation, or the address of their page: /people/vera-lindqvist/",
    )
    rejected = forms.BooleanField(label="This is not a quotation", required=False)

    def clean_speaker(self):
        asked = self.cleaned_data["speaker"].strip()
        return named_so(asked) if asked else None

    def clean(self):
        data = super().clean()
        if data.get("speaker") and data.get("rejected"):
            raise ValidationError("Propose one of the two: another speaker, or that this is not a quotation.")
        return data

    def changes(self) -> Changes:
        quote: Quote = self.record
        if self.cleaned_data["rejected"]:
            before, after = quote.get_state_display(), Quote.State.REJECTED
            return {"state": changed(before, after.label, after.value)}
        speaker = self.cleaned_data["speaker"]
        if speaker is None or speaker == quote.said_by:
            return {}
        field = "organisation" if isinstance(speaker, Organisation) else "speaker"
        return {field: changed(str(quote.said_by or ""), speaker.name, speaker.pk)}


class SpeakerProposalForm(ProposalForm):
    name = forms.CharField(max_length=300, widget=forms.TextInput(attrs={"size": 60}))
    note = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "cols": 80}))

    def __init__(self, *arguments, record: Named, **named):
        super().__init__(*arguments, record=record, **named)
        self.initial |= {"name": record.name, "note": record.note}

    def clean_name(self):
        return clean_name(self.cleaned_data["name"])

    def clean_note(self):
        return self.cleaned_data["note"].replace("\r\n", "\n")

    def changes(self) -> Changes:
        return {
            name: changed(self.initial[name], self.cleaned_data[name])
            for name in ("name", "note")
            if self.cleaned_data[name] != self.initial[name].strip()
        }


def named_so(asked: str) -> Named:
    """The person or organisation whom readers see under this full name or at this address.

    Raises ValidationError where there is none, or more than one bears the name.
    """
    slug = asked.rstrip("/").rpartition("/")[2]
    found: list[Named] = []
    for model, address in ((Person, "people/"), (Organisation, "organisations/")):
        seen = model.objects.visible()
        if "/" not in asked:
            found += seen.called(asked)[:2]
        elif address in asked:
            found += seen.filter(slug=slug)[:1] or seen.filter(former_slugs__slug=slug)[:1]
    if not found:
        raise ValidationError(f"There is nobody “{asked}” in the archive: name them in the reason alone.")
    if len(found) > 1:
        raise ValidationError(f"More than one bears the name “{asked}”: give the address of their page.")
    return found[0]


class SeenOutletFilter(admin.RelatedFieldListFilter):
    """The outlets to choose from; for who only looks, those that readers see."""

    def field_choices(self, field, request, model_admin):
        ordering = self.field_admin_ordering(field, request, model_admin)
        seen = {"pk__in": Outlet.objects.visible()} if model_admin.only_looks(request) else {}
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=seen)


class ProposableAdmin:
    """The part of a record's admin for who may look and not change: what readers see, and a page to propose a change.

    `shown_to_contributors` are the fields on the record's page for them.
    """

    proposal_form: type[ProposalForm]
    shown_to_contributors: tuple[str, ...]

    def seen_by_contributors(self, queryset):
        """Those that readers see, too: what is hidden is hidden for a reason."""
        return queryset.visible()

    def subject(self, record) -> str:
        return str(record)

    def only_looks(self, request) -> bool:
        changes = self.has_change_permission(request)
        return not changes and not request.user.has_perm(f"archive.delete_{self.opts.model_name}")

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return self.seen_by_contributors(queryset) if self.only_looks(request) else queryset

    def get_fieldsets(self, request, obj=None):
        if obj and self.only_looks(request):
            return [(None, {"fields": self.shown_to_contributors})]
        return super().get_fieldsets(request, obj)

    def get_inlines(self, request, obj):
        return [] if self.only_looks(request) else super().get_inlines(request, obj)

    def history_view(self, request, object_id, extra_context=None):
        """The history tells also what was hidden, and who edits: it is the editors'."""
        if self.only_looks(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def get_urls(self):
        view = self.admin_site.admin_view(self.propose_view)
        return [path("<int:key>/propose/", view, name=f"propose_{self.opts.model_name}"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        shown = {}
        if str(object_id).isdecimal() and self.may_propose(request):
            shown["propose_address"] = reverse(f"admin:propose_{self.opts.model_name}", args=[int(object_id)])
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def may_propose(self, request) -> bool:
        """Who may change it has no need to."""
        return request.user.has_perm(PERMISSION) and self.has_view_permission(request) and self.only_looks(request)

    def propose_view(self, request, key):
        """What should be different, and why; then it waits for an editor."""
        if not self.may_propose(request):
            raise PermissionDenied
        record = self.get_object(request, str(key))
        if record is None:
            raise Http404(f"There is no such {self.opts.verbose_name}.")
        form = self.proposal_form(request.POST or None, record=record)
        if request.method == "POST" and form.is_valid():
            try:
                propose(request.user, record, self.subject(record), form.changes(), form.cleaned_data["reason"])
            except Refused as refused:
                form.add_error(None, list(refused.reasons))
            else:
                messages.success(request, "Your proposal waits for an editor. Its state is shown here.")
                return HttpResponseRedirect(reverse("admin:archive_proposal_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Propose a change",
            "record": record,
            "subject": self.subject(record),
            "form": form,
        }
        return TemplateResponse(request, "admin/archive/propose.html", context)
