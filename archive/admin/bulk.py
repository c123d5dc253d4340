"""Changes all that a search finds: a page that asks what and why, one that shows what it will come to, and the list of
all such changes, each with its progress and a way to undo it."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from archive import search
from archive.admin.base import ReadOnlyAdmin, change_link
from archive.admin.fields import HELP, PublishedField
from archive.curation import bulk
from archive.curation.refusal import Refused, unhindered
from archive.models import Article, BulkChange, BulkChangeRow, Outlet, Quote
from archive.search import Kind, Match, NotReady, Search, sync
from archive.search.lock import somebody_writes
from archive.templatetags.published import published_words
from archive.views.asked import KINDS, Addresses, NotSearchable, inquiry_in

Action, State, Outcome = BulkChange.Action, BulkChange.State, BulkChangeRow.Outcome

SHOWN = 20  # of the records, before it is done
NAMED = 100  # of the records that were not changed, or not brought back
LEFT_OUT = (Outcome.LATER, Outcome.KEPT, Outcome.GONE)
SHORTENED = 120
LOOK_AGAIN = 4  # seconds
STILL = "still"  # the parameter with which a page does not do so


@dataclass(frozen=True, slots=True)
class Found:
    """What a search finds: how many, with which hints; how many have all words, and, where others are found too, the
    address to change only these."""

    total: int
    hints: tuple[str, ...]
    with_all: str
    with_all_count: int


class BulkForm(forms.Form):
    """What is to be set in all that was found, and why."""

    action = forms.ChoiceField(widget=forms.RadioSelect, label="What to do")
    outlet = forms.ModelChoiceField(Outlet.objects.all(), required=False, help_text="to set the outlet")
    published = PublishedField()
    undated = forms.BooleanField(required=False, label="The date is not known")
    overrules = forms.BooleanField(
        required=False, label="Also where an editor has set another outlet or date", help_text="else these are left"
    )
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        error_messages={"required": "Say why."},
        help_text="Readers are told it: among the corrections, or, of a hidden report, at its address. Where "
        "quotations are confirmed, it is kept in their history alone.",
    )

    def __init__(self, *args, actions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [(action.value, capfirst(action.label)) for action in actions]
        if len(actions) == 1:
            self.initial["action"] = actions[0]
        self.fields["published"].help_text = f"to set the date: {HELP.partition(';')[0]}"
        if not {Action.OUTLET, Action.DATE}.intersection(actions):
            for name in ("outlet", "published", "undated", "overrules"):
                del self.fields[name]

    def clean(self):
        data = super().clean()
        action = data.get("action")
        if action == Action.OUTLET and not data.get("outlet") and "outlet" not in self.errors:
            self.add_error("outlet", "Choose the outlet.")
        if action == Action.DATE and "published" not in self.errors:
            if data.get("published") is None and not data.get("undated"):
                self.add_error("published", "Write the date, or mark that it is not known.")
            elif data.get("published") and data.get("undated"):
                self.add_error("undated", "A date is written: take it out, or take this off.")
        return data

    def change(self, query: str, user) -> BulkChange:
        """The change, not yet in the database."""
        data = self.cleaned_data
        change = BulkChange(action=data["action"], query=query, reason=data["reason"], made_by=user)
        if change.action == Action.OUTLET:
            change.outlet = data["outlet"]
        elif change.action == Action.DATE and data["published"]:
            change.published_earliest = data["published"].earliest
            change.published_latest = data["published"].latest
        change.overrules = data.get("overrules", False) and change.action in (Action.OUTLET, Action.DATE)
        return change


def actions_for(request, kind: str) -> list[Action]:
    """What this editor may do to all that a search of this kind finds."""
    if kind not in KINDS:
        return []
    model = Quote if KINDS[kind] == Kind.QUOTE else Article
    return [action for action, act in bulk.ACTS.items() if act.model is model and request.user.has_perm(act.permission)]


def new_address(query: str) -> str:
    """Where all that a search finds is changed; `query` is that of the search's own address."""
    return f"{reverse('admin:archive_bulkchange_new')}?{query}"


def search_words(query: str) -> str:
    """A search in words: what was typed, and what it was narrowed to."""
    parameters = QueryDict(query)
    narrowed = [f"{name}: {', '.join(values)}" for name, values in parameters.lists() if name != "q" and any(values)]
    return "; ".join([f"“{parameters.get('q', '')}”", *narrowed])


def value_words(change: BulkChange) -> str:
    """What the change sets."""
    match change.action:
        case Action.OUTLET:
            return change.outlet.name
        case Action.DATE:
            return published_words(change.published_earliest, change.published_latest)
        case Action.HIDE:
            return Article.State.HIDDEN.label
    return Quote.State.CONFIRMED.label


def present_words(change: BulkChange, record: Article | Quote) -> str:
    """What is there now of what the change sets."""
    match change.action:
        case Action.OUTLET:
            return record.outlet.name if record.outlet else "not known"
        case Action.DATE:
            return published_words(record.published_earliest, record.published_latest)
        case Action.HIDE:
            return record.state.label
    return record.get_state_display()


def later_words(change: BulkChange, record: Article | Quote) -> str:
    """What will be there of it."""
    outcome = bulk.outcome_of(change, record)
    if outcome != Outcome.CHANGED:
        return f"unchanged: {outcome.label}"
    return "already so, noted as an editor's" if bulk.is_so_already(change, record) else value_words(change)


@admin.register(BulkChange)
class BulkChangeAdmin(ReadOnlyAdmin):
    list_display = ["number", "what", "found_by", "reason", "state", "made_by", "begun"]
    list_display_links = ["number"]
    list_filter = ["action", "state"]
    search_fields = ["reason", "query"]
    search_help_text = "Words of the reason or of the search"

    def get_queryset(self, request):
        return super().get_queryset(request).with_editors()

    def get_urls(self):
        steps = {"do": self.do, "undo": self.undo, "go-on": self.go_on, "discard": self.discard}
        own = [
            path("new/", self.admin_site.admin_view(self.new_view), name="archive_bulkchange_new"),
            *(
                path(
                    f"<int:key>/{name}/",
                    self.admin_site.admin_view(self.step_view),
                    {"step": step},
                    name=f"archive_bulkchange_{name}",
                )
                for name, step in steps.items()
            ),
        ]
        return [*own, *super().get_urls()]

    def has_view_permission(self, request, obj=None):
        return any(request.user.has_perm(act.permission) for act in bulk.ACTS.values())

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def new_view(self, request):
        """Asks what to set in all that the search of this address finds; leads to what that will come to."""
        addresses = Addresses(request.GET)
        query = addresses.at("").removeprefix("?")
        try:
            inquiry = inquiry_in(request.GET)
            actions = actions_for(request, inquiry.kind)
            if not actions:
                raise PermissionDenied
            if inquiry.asked.blank:
                raise Refused("Search for something first: not everything in the archive is changed at once.")
            form = BulkForm(request.POST or None, actions=actions)
            if request.method == "POST" and form.is_valid():
                keys = search.ask(inquiry.asked, lambda found: list(found.every()))
                change = bulk.prepare(form.change(query, request.user), keys)
                return HttpResponseRedirect(address_of(change))
            found = search.ask(inquiry.asked, lambda asked: found_by(asked, addresses))
        except (NotSearchable, Refused) as problem:
            return self._back(request, str(problem), reverse("admin:archive_bulkchange_changelist"))
        except NotReady:
            told = "The search is being prepared. Nothing was changed: try again in a while."
            return self._back(request, told, reverse("admin:archive_bulkchange_changelist"))
        context = {
            "title": "Change all that is found",
            "form": form,
            "found": found,
            "search_words": search_words(query),
            "search_address": addresses.at(reverse("search")),
            "quotes": inquiry.kind == "quotes",
        }
        return self._page(request, "bulk_new.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What a change will come to; while it is done, how far it is; afterwards, what became of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        change = self.get_object(request, object_id)
        if change is None:
            return self._back(
                request, "There is no such change any more.", reverse("admin:archive_bulkchange_changelist")
            )
        context = {
            "title": "Change all that is found" if change.state == State.DRAFT else capfirst(str(change)),
            "change": change,
            "what": capfirst(change.get_action_display()),
            "value": value_words(change),
            "search_words": search_words(change.query),
            "search_address": f"{reverse('search')}?{change.query}",
            "quotes": bulk.act_of(change).model is Quote,
            "may_change": request.user.has_perm(bulk.act_of(change).permission),
        }
        if change.state == State.DRAFT:
            return self._page(request, "bulk_preview.html", context | preview(change))
        looks_again = change.state in BulkChange.UNDER_WAY and not change.problem and STILL not in request.GET
        context |= {"looks_again": looks_again, "still": STILL}
        response = self._page(request, "bulk_change.html", context | progress(change))
        if looks_again:
            response["Refresh"] = LOOK_AGAIN
        return response

    def step_view(self, request, key, step: Callable):
        """Does a step of the change, where its page asks for it, and leads back there."""
        change = BulkChange.objects.filter(pk=key).first()
        if change and not request.user.has_perm(bulk.act_of(change).permission):
            raise PermissionDenied
        if change is None and not self.has_view_permission(request):
            raise PermissionDenied
        page = address_of(change) if change else reverse("admin:archive_bulkchange_changelist")
        if request.method != "POST":
            return HttpResponseRedirect(page)
        try:
            return HttpResponseRedirect(step(request, key) or page)
        except Refused as refused:
            return self._back(request, str(refused), page)

    def do(self, request, key: int) -> None:
        change = unhindered(lambda: bulk.begin(key, request.user))
        sync.drain_in_background()
        told = "Done." if change.state == State.DONE else "It is being done. This page shows how far it is."
        messages.success(request, told)

    def undo(self, request, key: int) -> None:
        change = unhindered(lambda: bulk.undo(key, request.user))
        sync.drain_in_background()
        told = "Undone." if change.state == State.UNDONE else "It is being undone. This page shows how far it is."
        messages.success(request, told)

    def go_on(self, request, key: int) -> None:
        bulk.go_on(key)
        messages.success(request, "It goes on.")

    def discard(self, request, key: int) -> str:
        bulk.discard(key)
        messages.success(request, "Nothing was changed.")
        return reverse("admin:archive_bulkchange_changelist")

    def _back(self, request, problem: str, address: str) -> HttpResponseRedirect:
        messages.error(request, problem)
        return HttpResponseRedirect(address)

    def _page(self, request, template: str, context: dict) -> TemplateResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/archive/{template}", context)

    @admin.display(description="number", ordering="pk")
    def number(self, change):
        return change.pk

    @admin.display(description="what")
    def what(self, change):
        return f"{change.get_action_display()}: {value_words(change)}"

    @admin.display(description="search")
    def found_by(self, change):
        return format_html('<a href="{}?{}">{}</a>', reverse("search"), change.query, search_words(change.query))


def address_of(change: BulkChange) -> str:
    return reverse("admin:archive_bulkchange_change", args=[change.pk])


def found_by(asked: Search, addresses: Addresses) -> Found:
    """What the search finds."""
    with_all = asked.counts.get(Match.ALL, asked.total)
    narrower = addresses.with_(match=Match.ALL).partition("?")[2]
    return Found(
        asked.total,
        asked.question.hints,
        new_address(narrower) if 0 < with_all < asked.total else "",
        with_all,
    )


def preview(change: BulkChange) -> dict:
    """How many records there are of which sort, and the first of them: now and then."""
    records, foreseen = bulk.first_records(change, SHOWN), bulk.foreseen(change)
    labels = labels_of(change, [record.pk for record in records])
    return {
        "foreseen": foreseen,
        "large": foreseen.found > bulk.AT_ONCE,
        "rows": [
            (labels.get(record.pk, record), present_words(change, record), later_words(change, record))
            for record in records
        ],
        "button": ", ".join(
            f"{word} {intcomma(count)}"
            for word, count in (("change", foreseen.changed), ("note", foreseen.noted))
            if count or (word == "change" and not foreseen.noted)
        ).capitalize(),
    }


def progress(change: BulkChange) -> dict:
    """How many records have come to what, how far that is, and which of them were left out."""
    counts = change.counts()
    total = sum(counts.values())
    to_do = counts.get(Outcome.WAITING if change.state == State.DOING else Outcome.CHANGED, 0)
    under_way = change.state in BulkChange.UNDER_WAY
    left_out = []
    for outcome in LEFT_OUT:
        if outcome in counts:
            keys = list(change.rows.filter(outcome=outcome).values_list("key", flat=True)[:NAMED])
            labels = labels_of(change, keys)
            shown = [labels.get(key, f"number {key}") for key in keys]
            left_out.append((capfirst(outcome.label), shown, counts[outcome] - len(shown)))
    return {
        "total": total,
        "done": total - to_do if under_way else total,
        "counts": [(capfirst(outcome.label), counts[outcome]) for outcome in Outcome if outcome in counts],
        "under_way": under_way,
        "undoable": change.state in (State.DOING, State.DONE),
        "no_worker": under_way and not somebody_writes(),
        "left_out": left_out,
    }


def labels_of(change: BulkChange, keys: list[int]) -> dict[int, SafeString]:
    """A link to each of the records, with its title or words."""
    if bulk.act_of(change).model is Quote:
        quotes = Quote.objects.filter(pk__in=keys).with_words()
        return {quote.pk: change_link(quote, shortened(quote.words)) for quote in quotes}
    return {article.pk: change_link(article) for article in Article.objects.filter(pk__in=keys)}


def shortened(words: str) -> str:
    return words if len(words) <= SHORTENED else f"{words[: SHORTENED - 1]}…"
