"""The admin's page on which an editor takes a change back: what will be put back, and why."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme

from archive.admin.history import named, told
from archive.admin.withholding import ReasonForm
from archive.curation.events import Event, event_of, later
from archive.curation.refusal import Refused
from archive.curation.reverting import WAYS, plan, take_back, transfers_of
from archive.models import Article, Version
from archive.search import sync

KINDS = {model._meta.model_name: model for model in WAYS}


def kinds_to_take_back(user) -> set[str]:
    """The kinds of records of which this user may take changes back."""
    return {kind for kind in KINDS if user.has_perm(_permission(kind))}


def _permission(kind: str) -> str:
    model = Article if KINDS[kind] is Version else KINDS[kind]
    return f"archive.change_{model._meta.model_name}"


def take_back_view(request, kind, number):
    """Shows what taking the change back would do, asks for the reason, does it, and leads back to the history."""
    if kind not in KINDS:
        raise Http404("No change of such a kind is taken back.")
    if kind not in kinds_to_take_back(request.user):
        raise PermissionDenied
    event = event_of(KINDS[kind], number)
    if event is None:
        raise Http404("There is no such change.")
    taking = plan(event)
    if taking.permission and not request.user.has_perm(taking.permission):
        raise PermissionDenied
    back = _back(request, event)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_back(KINDS[kind], number, form.cleaned_data["reason"])
        except Refused as refused:
            messages.error(request, f"Nothing was changed. {refused}")
            return HttpResponseRedirect(request.get_full_path())
        sync.drain_in_background()
        newest = later(event.model, event.key, event.number)[-1]
        link = reverse("take_back", args=[newest.kind, newest.number])
        messages.success(request, format_html('Taken back: {} (<a href="{}">take that back</a>).', event, link))
        return HttpResponseRedirect(back if newest.after else _list(event, back))
    [change] = told([event])
    columns = [(event.model, column, *values) for column, values in taking.fields.items()]
    context = {
        **admin.site.each_context(request),
        "title": f"Take back {event}",
        "opts": event.model._meta,
        "change": change,
        "taking": taking,
        "fields": list(named(columns)),
        "transfers": transfers_of(event),
        "back": back,
        "form": form,
    }
    return TemplateResponse(request, "admin/archive/take_back.html", context)


def _list(event: Event, back: str) -> str:
    """The list that a record was in which has gone with its pages; a name is on those of whose it was."""
    if event.model in admin.site._registry:
        return reverse(f"admin:archive_{event.kind}_changelist")
    return back


def _back(request, event: Event) -> str:
    """The page of the admin that led here; else the history of the record itself, or the start."""
    came_from = request.GET.get("from", "")
    if came_from and url_has_allowed_host_and_scheme(came_from, allowed_hosts=None):
        return came_from
    try:
        return reverse(f"admin:archive_{event.kind}_history", args=[event.key])
    except NoReverseMatch:
        return reverse("admin:index")
