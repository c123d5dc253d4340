"""Hides a report from readers or puts it into the trash, and takes that back: a page with a reason for each step."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.template.defaultfilters import linebreaksbr
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from archive.curation import withholding
from archive.curation.purging import KEPT
from archive.models import Article
from archive.search import sync

State = Article.State


@dataclass(frozen=True, slots=True)
class Step:
    """What an editor can do to a report in one of the `states`, with the `permission` for it."""

    name: str
    label: str
    explanation: str
    do: Callable[[int, str], None]
    states: tuple[State, ...]
    permission: str
    done: str


STEPS = (
    Step(
        "hide",
        "Hide from readers",
        "Readers no longer find this report, its quotes and whoever is named only in it. Its address answers with the "
        "reason that you give. It can be shown again at any time.",
        withholding.hide,
        (State.VISIBLE,),
        "archive.change_article",
        "The report is hidden from readers.",
    ),
    Step(
        "show",
        "Show to readers again",
        "Readers see this report again, with all that hangs on it. The reason is kept in its history.",
        withholding.show_again,
        (State.HIDDEN,),
        "archive.change_article",
        "Readers see the report again.",
    ),
    Step(
        "trash",
        "Put into the trash",
        "Readers no longer see this report, and its address answers with the reason that you give. For "
        f"{KEPT.days} days it can be taken out again; then it is removed for good, with its originals, versions, "
        "quotes and history, and the reason stays.",
        withholding.put_into_trash,
        (State.VISIBLE, State.HIDDEN),
        "archive.delete_article",
        "The report is in the trash.",
    ),
    Step(
        "restore",
        "Take out of the trash",
        "The report is what it was before, hidden or not. The reason is kept in its history.",
        withholding.take_out_of_trash,
        (State.TRASH,),
        "archive.delete_article",
        "The report is out of the trash.",
    ),
)


class ReasonForm(forms.Form):
    """Why an editor does it."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        error_messages={"required": "Say why."},
    )


class StateFilter(admin.SimpleListFilter):
    """Who sees the report."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.in_state(self.value()) if self.value() in State.values else queryset


class WithheldAdmin:
    """The part of the reports' admin that withholds them."""

    change_form_template = "admin/archive/article_form.html"

    def get_search_results(self, request, queryset, search_term):
        """The index holds what readers see. What they do not is found by words of its title, and any by its number."""
        found, may_double = super().get_search_results(request, queryset, search_term)
        words = search_term.split()
        if words:
            found = found | queryset.withheld().filter(*(Q(title__icontains=word) for word in words))
        if search_term.strip().isdecimal():
            found = found | queryset.filter(pk=int(search_term.strip()[:18]))
        return found, may_double

    def get_urls(self):
        own = [
            path(
                f"<int:key>/{step.name}/",
                self.admin_site.admin_view(self.step_view),
                {"step": step},
                name=f"archive_article_{step.name}",
            )
            for step in STEPS
        ]
        return [*own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        article = self.get_object(request, object_id)
        steps = [
            (step.label, reverse(f"admin:archive_article_{step.name}", args=[article.pk]))
            for step in STEPS
            if article and article.state in step.states and request.user.has_perm(step.permission)
        ]
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "steps": steps})

    def step_view(self, request, key, step):
        """Asks for the reason, does it, and leads back to the report."""
        if not request.user.has_perm(step.permission):
            raise PermissionDenied
        article = self.get_object(request, str(key))
        if article is None:
            raise Http404("There is no such report.")
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                step.do(article.pk, form.cleaned_data["reason"])
            except withholding.NotPossible as error:
                messages.error(request, f"Nothing was done: {error}.")
            else:
                sync.drain_in_background()
                messages.success(request, step.done)
            return HttpResponseRedirect(reverse("admin:archive_article_change", args=[article.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": step.label,
            "step": step,
            "form": form,
            "object": article,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/archive/article_step.html", context)

    @admin.display(description="state")
    def state(self, article):
        return article.state.label

    @admin.display(description="who sees it")
    def who_sees_it(self, article):
        """The state, since when and why, as readers are told."""
        if article.state == State.TRASH:
            until = article.trashed + KEPT
            said = (
                f"Nobody: in the trash since {article.trashed:%Y-%m-%d}, and removed for good after {until:%Y-%m-%d}."
            )
            return format_html("{}<br>{}", said, linebreaksbr(article.trashed_reason))
        if article.state == State.HIDDEN:
            said = f"Nobody: hidden since {article.hidden:%Y-%m-%d}."
            return format_html("{}<br>{}", said, linebreaksbr(article.hidden_reason))
        return "All readers."
