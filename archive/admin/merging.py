"""The admin's page that shows what merging people will change and does it, and the list of all merges and splits."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from archive.admin.base import ReadOnlyAdmin, change_link
from archive.admin.leading_back import lead_back
from archive.curation.ledger import Kind, What
from archive.curation.merging import Plan, merge, objections, plans, what_became_of
from archive.curation.refusal import Refused
from archive.curation.undoing import obstacles, undo
from archive.models import Person, Transfer
from archive.search import sync

MOST_MERGED = 50  # people on one page
LABELS = {
    "quotes, with reported speech and those that were rejected or have gone": [Kind.QUOTE],
    "names": [Kind.NAME],
    "mentions": [Kind.MENTION],
    "roles as printed": [Kind.ROLE],
    "places among possible speakers": [Kind.CANDIDATE],
    "former addresses": [Kind.ADDRESS],
    "pairs of possible duplicates": [Kind.FIRST, Kind.SECOND],
}


class ChosenPeople(forms.Form):
    """Who is on the page, and who of them stays; by itself it is the one with the most quotes."""

    people = forms.ModelMultipleChoiceField(Person.objects.all())
    stays = forms.ModelChoiceField(Person.objects.all(), required=False)
    review = forms.SlugField(required=False)  # the queue that led here, and to which it leads back

    def problems(self) -> list[str]:
        """Why there is nothing to show, in sentences for an editor."""
        if self.is_valid():
            count = len(self.cleaned_data["people"])
            return [f"Choose {MOST_MERGED} people at most to merge at once."] if count > MOST_MERGED else []
        asked = [*(self["people"].value() or ()), self["stays"].value() or ""][: MOST_MERGED + 1]
        keys = dict.fromkeys(int(key) for key in asked if key.isdecimal() and len(key) < 19)
        there = Person.objects.in_bulk(keys)
        gone = [what_became_of(key) for key in keys if key not in there]
        return gone or ["Choose the people to merge in this list."]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Why these are one person. It is kept with the merge, and told among the corrections.",
    )


class UndoForm(forms.Form):
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Why it is undone. Readers are told it among the corrections.",
    )
    different = forms.BooleanField(
        required=False, label="They are different people: set that down, and do not propose them again"
    )


def merge_address(people: Iterable[int], **chosen) -> str:
    return reverse("admin:merge_people", query={"people": list(people), **chosen})


def merge_view(people_admin, request):
    """What will change, which way; with a reason it is done."""
    if not people_admin.has_change_permission(request):
        raise PermissionDenied
    chosen = ChosenPeople(request.POST if request.method == "POST" else request.GET)
    if problems := chosen.problems():
        for told in problems:
            messages.error(request, told)
        return HttpResponseRedirect(reverse("admin:archive_person_changelist"))
    keys = [person.pk for person in chosen.cleaned_data["people"]]
    counted = Person.objects.filter(pk__in=keys).with_counts().with_commonest_roles()
    people = list(counted.order_by("-quote_count", "pk"))
    decided = chosen.cleaned_data["stays"] in people
    stays = chosen.cleaned_data["stays"] if decided else people[0]
    merged = [person for person in people if person != stays]
    typed_before = {"reason": request.GET.get("reason", "")}
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=typed_before)
    if request.method == "POST" and form.is_valid() and decided:
        return _merge(request, stays, merged, form.cleaned_data["reason"], chosen.cleaned_data["review"])
    return _page(
        people_admin,
        request,
        "merge.html",
        title="Merge people",
        people=people,
        stays=stays,
        review=chosen.cleaned_data["review"],
        objections=objections(stays, merged),
        plans=[
            (plan, rows_planned(plan), _labelled(plan.filled), _labelled(plan.left)) for plan in plans(stays, merged)
        ],
        form=form,
    )


def _merge(request, stays: Person, merged: list[Person], reason: str, review: str):
    keys = [person.pk for person in merged]
    try:
        transfers = merge(stays.pk, keys, reason, request.user)
    except Refused as refused:
        for told in refused.reasons:
            messages.error(request, told)
        return HttpResponseRedirect(merge_address([stays.pk, *keys], stays=stays.pk, review=review))
    for transfer in transfers:
        messages.success(request, format_html("{}. It can be undone on the page of this merge.", change_link(transfer)))
    sync.drain_in_background()
    return lead_back(request, review, reverse("admin:archive_person_change", args=[stays.pk]))


def _labelled(fields: dict[str, str]) -> list[tuple[str, str]]:
    return [(str(Person._meta.get_field(name).verbose_name), value) for name, value in fields.items()]


def rows_planned(plan: Plan) -> list[tuple[str, int, int]]:
    """For each kind of row, how many the one who stays gets, and how many they have already."""
    return [
        (label, sum(plan.rows[kind].new for kind in kinds), sum(plan.rows[kind].there for kind in kinds))
        for label, kinds in LABELS.items()
    ]


def rows_transferred(transfer: Transfer) -> list[tuple[str, int, int]]:
    """For each kind of row, how many the one who stays got, and how many they had already, as `rows_planned` has it."""
    counts = transfer.counts()
    displaced = transfer.rows.filter(kind=Kind.NAME, what=What.REMOVED, row__person_id=transfer.taker).count()
    if displaced:
        counts[Kind.NAME][What.MOVED] -= displaced
    return [
        (
            label,
            sum(counts.get(kind, {}).get(What.MOVED, 0) for kind in kinds),
            sum(counts.get(kind, {}).get(What.REMOVED, 0) for kind in kinds),
        )
        for label, kinds in LABELS.items()
    ]


def _page(model_admin, request, template: str, **context):
    context = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, **context}
    return TemplateResponse(request, f"admin/archive/{template}", context)


@admin.register(Transfer)
class TransferAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "kind", "reason", "made", "made_by", "undone"]
    list_filter = ["kind", ("undone", admin.EmptyFieldListFilter)]
    search_fields = ["giver_name", "taker_name", "reason"]
    search_help_text = "Words of a name or of the reason"
    fields = ["kind", "giver_name", "taker_name", "now", "reason", "made", "made_by", "undone", "undone_by"]
    readonly_fields = ["now"]
    change_form_template = "admin/archive/transfer.html"

    def get_queryset(self, request):
        return super().get_queryset(request).with_editors()

    def get_urls(self):
        undo_view = self.admin_site.admin_view(self.undo_view)
        return [path("<int:key>/undo/", undo_view, name="undo_transfer"), *super().get_urls()]

    def has_undo_permission(self, request) -> bool:
        return request.user.has_perm("archive.change_person")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        transfer = self.get_object(request, object_id) if object_id else None
        shown = {"rows": rows_transferred(transfer)} if transfer else {}
        if transfer and not transfer.undone and self.has_undo_permission(request):
            shown["undo_address"] = reverse("admin:undo_transfer", args=[transfer.pk])
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def undo_view(self, request, key):
        """What goes back and what stands in the way of it; then it is done."""
        if not self.has_undo_permission(request):
            raise PermissionDenied
        transfer = get_object_or_404(Transfer.objects.with_editors(), pk=key)
        form = UndoForm(request.POST if request.method == "POST" else None)
        page = HttpResponseRedirect(reverse("admin:archive_transfer_change", args=[key]))
        if request.method == "POST" and form.is_valid():
            try:
                undo(key, request.user, **form.cleaned_data)
            except Refused as refused:
                for told in refused.reasons:
                    messages.error(request, told)
                return HttpResponseRedirect(request.get_full_path())
            messages.success(request, f"Undone: {transfer}.")
            sync.drain_in_background()
            return page
        return _page(
            self,
            request,
            "undo.html",
            title="Undo",
            transfer=transfer,
            obstacles=obstacles(transfer),
            rows=rows_transferred(transfer),
            form=form,
        )

    @admin.display(description="now")
    def now(self, transfer):
        """Where what a merge brought is by now; who is in the archive of the two of a split."""
        if transfer.holder:
            return change_link(transfer.holder)
        people = Person.objects.filter(pk__in=[transfer.giver, transfer.taker]).order_by("pk")
        return format_html(", ".join("{}" for _ in people), *map(change_link, people)) if people else "–"
