"""Contributors' proposals in the admin: editors see what would change and decide; who proposed sees the answer."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from archive.admin.base import ReadOnlyAdmin
from archive.admin.leading_back import lead_back
from archive.curation.attributing import last_event
from archive.curation.proposals import MODELS, accept, decline
from archive.curation.refusal import Refused, unhindered
from archive.models import Proposal
from archive.search import sync

State = Proposal.State
OF_THE_DECISION = ("decided", "who_decided", "answer")
LABELS = {"organisation": "speaker"}  # the reader's word for the field of the editor's form


class AnswerForm(forms.Form):
    answer = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text="Where you decline: why it is not followed. Whoever proposed it reads this.",
        error_messages={"required": "Say why, for the contributor."},
    )


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ["subject", "what", "kind", "by", "made", "state", "answer"]
    list_filter = ["state", "kind"]
    search_fields = ["subject", "reason", "by__username"]
    search_help_text = "Words of the record's name or of the reason, or who proposes it"
    ordering = ["-pk"]
    fields = ["record", "what", "reason", "who_proposed", "made", "state", "decided", "who_decided", "answer"]
    readonly_fields = ["record", "what", "who_proposed", "who_decided"]
    change_form_template = "admin/archive/proposal.html"

    def has_decide_permission(self, request, proposal=None) -> bool:
        """Who may change the record itself, too."""
        if not request.user.has_perm("archive.change_proposal"):
            return False
        return proposal is None or self.record_admin(proposal).has_change_permission(request)

    def record_admin(self, proposal):
        return self.admin_site.get_model_admin(MODELS[proposal.kind])

    def get_queryset(self, request):
        """An editor sees all, a contributor their own, while readers see what they are about."""
        proposals = super().get_queryset(request).with_people()
        return proposals if self.has_decide_permission(request) else proposals.of(request.user).on_what_is_seen()

    def get_fields(self, request, obj=None):
        """Of an open one nothing is said of the decision, so that the buttons are near; who edits is the editors'."""
        left_out = OF_THE_DECISION if obj is not None and obj.state == State.OPEN else ()
        if not self.has_decide_permission(request):
            left_out = (*left_out, "who_decided")
        return [name for name in self.fields if name not in left_out]

    def history_view(self, request, object_id, extra_context=None):
        if not self.has_decide_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def get_urls(self):
        def deciding(view):
            return self.admin_site.admin_view(lambda request, key: self.decide(request, key, view))

        return [
            path("<int:key>/accept/", deciding(self.accepted), name="accept_proposal"),
            path("<int:key>/decline/", deciding(self.declined), name="decline_proposal"),
            *super().get_urls(),
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        proposal = self.get_object(request, object_id) if object_id else None
        shown = dict(extra_context or {})
        if proposal and proposal.state == State.OPEN and self.has_decide_permission(request, proposal):
            shown.setdefault("answer_form", AnswerForm(initial={"answer": request.GET.get("reason", "")}))
            shown["review"] = request.GET.get("review", "")  # the queue that led here
            shown["decide"] = proposal
            record = MODELS[proposal.kind].objects.filter(pk=proposal.key).first()
            shown["has_changed"] = record is None or last_event(record) != proposal.seen
        return super().changeform_view(request, object_id, form_url, shown)

    def decide(self, request, key, view):
        """Only by a button, by who may; what stands in the way is told."""
        proposal = self.get_queryset(request).filter(pk=key).first()
        if proposal is None:
            raise Http404("There is no such proposal.")
        if not self.has_decide_permission(request, proposal):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            return view(request, proposal)
        except Refused as refused:
            for told in refused.reasons:
                messages.error(request, told)
            query = {"review": request.POST.get("review", "")}
            return HttpResponseRedirect(reverse("admin:archive_proposal_change", args=[key], query=query))

    def accepted(self, request, proposal):
        record_admin = self.record_admin(proposal)
        unhindered(lambda: accept(proposal.pk, request.user, lambda *change: edit(record_admin, request, *change)))
        sync.drain_in_background()
        messages.success(request, "Accepted, and changed.")
        return lead_back(request, request.POST.get("review", ""), reverse("admin:archive_proposal_changelist"))

    def declined(self, request, proposal):
        form = AnswerForm(request.POST)
        if not form.is_valid():
            raise Refused(*form.errors["answer"])
        decline(proposal.pk, request.user, form.cleaned_data["answer"])
        messages.success(request, "Declined.")
        return lead_back(request, request.POST.get("review", ""), reverse("admin:archive_proposal_changelist"))

    @admin.display(description="record")
    def record(self, proposal):
        address = reverse(f"admin:archive_{proposal.kind}_change", args=[proposal.key])
        return format_html('<a href="{}">{}</a>', address, proposal.subject)

    @admin.display(description="by")
    def who_proposed(self, proposal):
        return proposal.by or "–"

    @admin.display(description="decided by")
    def who_decided(self, proposal):
        return proposal.decided_by or "–"

    @admin.display(description="now → proposed")
    def what(self, proposal):
        return format_html_join("", "<div>{}: <del>{}</del> → <ins>{}</ins></div>", changes_in_words(proposal))


def changes_in_words(proposal: Proposal) -> list[tuple[str, str, str]]:
    """Of each field what it is called, what it showed, and what it shall show."""
    return [
        (LABELS.get(field, field), change["from"] or "–", change["to"] or "–")
        for field, change in proposal.changes.items()
    ]


def edit(record_admin, request, record, values: dict, reason: str) -> None:
    """Changes the record as an editor's own form of it would; raises Refused with what that form would say."""
    record = record_admin.get_object(request, str(record.pk))
    form_class = record_admin.get_form(request, record, change=True)
    shown = form_class(instance=record)
    data = {name: shown[name].value() for name in shown.fields}
    data = {name: value for name, value in data.items() if value is not None and value is not False}
    form = form_class(data | values | {"reason": reason}, instance=record)
    if not form.is_valid():
        raise Refused(*(str(told) for errors in form.errors.values() for told in errors))
    record_admin.save_model(request, form.save(commit=False), form, change=True)
    form.save_m2m()
    record_admin.log_change(request, record, reason)
