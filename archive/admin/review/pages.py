"""The pages of the editors' queue: how much is left of each kind, and one item at a time."""

from dataclasses import asdict

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from archive.admin.base import ReadOnlyAdmin
from archive.admin.leading_back import LAST, forget_last
from archive.admin.review import KINDS, reasons
from archive.admin.review.kinds import DecisionForm, Kind
from archive.admin.review.speakers import speakers_found
from archive.curation import attributing, reviewing
from archive.curation.refusal import NoLongerSo, Refused
from archive.models import ReviewClaim
from archive.search import sync

GONE = "This does not wait any more: somebody else has decided on it, or it was changed. Nothing of yours was saved."
NOTHING_TO_UNDO = "There is nothing that can be undone: what you did last is not undone here."
LONGEST_SEARCH = 200


@admin.register(ReviewClaim)
class ReviewAdmin(ReadOnlyAdmin):
    """Stands in the index as the queue; the claims themselves are nothing to look at."""

    def get_urls(self):
        site = self.admin_site
        addresses = (
            ("", self.overview, "archive_reviewclaim_changelist"),
            ("undo/", self.undo, "review_undo"),
            ("<slug:kind>/", self.item, "review"),
            ("<slug:kind>/speakers/", self.speakers, "review_speakers"),
            ("<slug:kind>/skipped/", self.bring_back, "review_skipped"),
        )
        return [path(address, site.admin_view(view), name=name) for address, view, name in addresses]

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("archive.change_quote")

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    @method_decorator(require_safe)
    def overview(self, request):
        """Each kind with how many are left."""
        kinds = self._kinds(request)
        skipped = reviewing.skipped_by(request.user)
        rows = [(kind, count_of(kind), kind.name in skipped) for kind in kinds]
        return self._page(request, "overview.html", title="Review queue", rows=rows)

    def item(self, request, kind):
        """The next item; what was decided of it is done, and the one after it comes."""
        kind = self._kind(request, kind)
        if request.method == "POST":
            return self._decide(request, kind)
        wanted = request.GET.get("item", "")
        key = int(wanted) if wanted.isdecimal() and len(wanted) < 19 else None
        return self._show(request, kind, reviewing.take(kind.queue, request.user, key))

    @method_decorator(require_safe)
    def speakers(self, request, kind):
        """Whom the typed words may mean, as a part of the item's page."""
        self._kind(request, kind)
        return TemplateResponse(request, "admin/archive/review/found.html", found_by(request))

    @method_decorator(require_POST)
    def bring_back(self, request, kind):
        """What the editor skipped is shown to them again."""
        kind = self._kind(request, kind)
        count = reviewing.bring_back(kind.name, request.user)
        forget_last(request)
        messages.info(request, f"Skipped before, and shown again: {count}.")
        return HttpResponseRedirect(reverse("admin:review", args=[kind.name]))

    @method_decorator(require_POST)
    def undo(self, request):
        """The last decision on a quote, or that an item was skipped, is taken back, and the item is shown again."""
        last = request.session.pop(LAST, None)
        if last is None:
            messages.error(request, NOTHING_TO_UNDO)
            return HttpResponseRedirect(reverse("admin:archive_reviewclaim_changelist"))
        kind = self._kind(request, last["kind"])
        if last["decided"] is None:
            reviewing.bring_back_one(kind.queue, last["item"], request.user)
        else:
            try:
                attributing.undo(attributing.Decided(**last["decided"]), reasons.UNDONE)
            except Refused as refused:
                messages.error(request, f"Not undone ({last['told']}): {refused}")
                return HttpResponseRedirect(reverse("admin:review", args=[kind.name]))
            sync.drain_in_background()
        messages.success(request, f"Undone. It was: {last['told']}.")
        return HttpResponseRedirect(reverse("admin:review", args=[kind.name], query={"item": last["item"]}))

    def _decide(self, request, kind: Kind):
        form = DecisionForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Nothing was done: press the button of a decision.")
            return HttpResponseRedirect(reverse("admin:review", args=[kind.name]))
        key, following = form.cleaned_data["item"], HttpResponseRedirect(reverse("admin:review", args=[kind.name]))
        item = kind.queue.of(key)
        if form.cleaned_data["decision"] == "skip":
            reviewing.skip(kind.queue, key, request.user)
            told = f"Skipped: {kind.called(item)}" if item else "Skipped"
            request.session[LAST] = {"kind": kind.name, "item": key, "told": told, "decided": None}
            messages.info(request, f"{told}.")
            return following
        try:
            if item is None:
                raise NoLongerSo(GONE)
            done = kind.decide(item, form)
        except NoLongerSo as refused:
            messages.error(request, str(refused))
            return following
        except (Refused, ValidationError) as refused:
            told = refused.messages if isinstance(refused, ValidationError) else refused.reasons
            messages.error(request, " ".join(told))
            return self._show(request, kind, item, form)
        reviewing.release(kind.queue, key)
        forget_last(request)
        if done.undoable:
            decided = asdict(done.undoable)
            request.session[LAST] = {"kind": kind.name, "item": key, "told": done.told, "decided": decided}
        messages.success(request, f"{done.told}.")
        sync.drain_in_background()
        return following

    def _show(self, request, kind: Kind, item, form: DecisionForm | None = None):
        """The page of the item, with what was typed before it was found wanting; that nothing is left where there is
        none."""
        context = {"kind": kind, "title": kind.label, "undoable": request.session.get(LAST)}
        context["left"] = [(each, count_of(each)) for each in self._kinds(request)]
        if item is None:
            skipped = kind.name in reviewing.skipped_by(request.user)
            return self._page(request, "nothing.html", **context, skipped=skipped)
        initial = {"item": kind.queue.key_of(item), "seen": kind.seen(item)}
        # Read after that, or what is shown could be older than what is said to have been seen.
        item = kind.queue.of(initial["item"])
        if item is None:
            return HttpResponseRedirect(reverse("admin:review", args=[kind.name]))
        page = kind.page(item)
        typed = {name: form[name].value() for name in ("reason", "name", "words")} if form else {}
        return self._page(
            request,
            "item.html",
            **context,
            **page.context,
            **initial,
            typed=typed,
            decisions=page.decisions,
            speakers=page.speakers,
            shows_item=kind.template,
            **found_by(request),
        )

    def _kinds(self, request) -> list[Kind]:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return [kind for kind in KINDS.values() if kind.may_be_decided_by(request.user)]

    def _kind(self, request, name: str) -> Kind:
        kind = KINDS.get(name)
        if kind is None:
            raise Http404("There is no such queue.")
        if not kind.may_be_decided_by(request.user):
            raise PermissionDenied
        return kind

    def _page(self, request, template: str, **context):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/archive/review/{template}", context)


def count_of(kind: Kind) -> str:
    """How many are left, in words."""
    count = reviewing.count(kind.queue)
    return f"{count:,}" if count <= reviewing.MOST_COUNTED else f"more than {reviewing.MOST_COUNTED:,}"


def found_by(request) -> dict:
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_SEARCH]
    return {"sought": words, "found": speakers_found(words) if words else []}
