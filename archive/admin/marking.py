"""Marks quotations and page furniture in a report's text: by selecting words, or by writing them into a form."""

from dataclasses import dataclass

import pghistory
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from archive.admin.base import change_link
from archive.admin.fields import ReportTextField
from archive.admin.speakers import clean_name
from archive.curation.marking import mark_furniture, mark_quote, places_of, reject_quote
from archive.curation.refusal import Refused, unhindered
from archive.curation.speakers import add_person
from archive.models import Organisation, Person, Quote, Version
from archive.reading import paragraphs
from archive.search import sync
from archive.views.marked_text import Annotation, Kind, Nodes, mark_paragraphs
from archive.views.quotes import cut_out

MOST_PLACES = 50  # of the same words, to choose from
MOST_BEARERS = 20  # of a name
AROUND = 60  # characters on either side of a place to choose
LONGEST_NAME = 300
NEW = "new"


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph as a page shows it, and where it begins in the text."""

    start: int
    nodes: Nodes


def marked_paragraphs(version: Version, quotes: list[Quote]) -> list[MarkedParagraph]:
    """The text of the version with its furniture and these quotes marked."""
    annotations = [Annotation(start, end, Kind.FURNITURE) for start, end in version.furniture]
    annotations += [Annotation(quote.start, quote.end, Kind.QUOTE, quote) for quote in quotes]
    spans = [(span.start, span.end) for span in paragraphs(version.text)]
    marked = mark_paragraphs(version.text, spans, annotations)
    return [MarkedParagraph(start, nodes) for (start, _), nodes in zip(spans, marked, strict=True)]


def quotes_in(version: Version) -> list[Quote]:
    """The quotes that stand in the version, in the order of the text, with their words."""
    found = Quote.objects.standing().filter(version=version).select_related("speaker", "organisation")
    quotes = list(found.order_by("start", "pk"))
    for quote in quotes:
        cut_out(quote, version.text)
    return quotes


class ReasonField(forms.CharField):
    """Why a mark is made or taken off."""

    def __init__(self, **options):
        super().__init__(
            widget=forms.TextInput(attrs={"size": 50}),
            initial="Read in the report",
            error_messages={"required": "Say why."},
            help_text="readers are told it among the corrections",
            **options,
        )


class MarkForm(forms.Form):
    """Which words are marked, as what, and why."""

    WHAT = [
        ("quotation", "A quotation"),
        ("furniture", "Page furniture: no part of the report"),
        ("text", "Part of the report, and no furniture"),
    ]
    WHO = [("named", "Somebody with a name"), ("unnamed", "Somebody unnamed"), ("unknown", "Not known")]

    words = ReportTextField(
        required=True,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 50}),
        help_text="select them in the text, or write them as the report prints them, quote marks included",
        error_messages={"required": "Select some words, or write them."},
    )
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, widget=forms.HiddenInput)
    place = forms.ChoiceField(required=False, widget=forms.RadioSelect, label="Which of these places")
    what = forms.ChoiceField(choices=WHAT, initial="quotation", widget=forms.RadioSelect, label="They are")
    kind = forms.ChoiceField(choices=Quote.Kind.choices, initial=Quote.Kind.DIRECT, label="Kind of quotation")
    who = forms.ChoiceField(choices=WHO, initial="named", widget=forms.RadioSelect, label="Who spoke")
    name = forms.CharField(
        required=False,
        max_length=LONGEST_NAME,
        label="Their name",
        widget=forms.TextInput(attrs={"list": "named-here", "autocomplete": "off"}),
        help_text="a person or an organisation",
    )
    meant = forms.ChoiceField(required=False, widget=forms.RadioSelect, label="Who of these is meant")
    reason = ReasonField()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, text: str, may_mark_quotes: bool, may_add_people: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.text, self.may_add_people = text, may_add_people
        self.places: list[tuple[int, int]] = []
        if not may_mark_quotes:
            self.fields["what"].choices = self.WHAT[1:]
        self._offer_places()
        self._offer_bearers()

    def _offer_places(self) -> None:
        """Where the words stand several times, each place with what stands around it."""
        words = (self["words"].value() or "") if self.is_bound else ""
        self.places = places_of(self.text, words)[:MOST_PLACES]
        if len(self.places) > 1:
            self.fields["place"].choices = [
                (f"{start}-{end}", around(self.text, start, end)) for start, end in self.places
            ]
        else:
            del self.fields["place"]

    def _offer_bearers(self) -> None:
        """Where it is open who bears the name, those who may be meant."""
        asked = self.is_bound and (self["what"].value(), self["who"].value()) == ("quotation", "named")
        name = (self["name"].value() or "").replace("\0", "").strip()[:LONGEST_NAME] if asked else ""
        self.bearers = bearers(name) if name else {}
        self.certain = len(self.bearers) == 1 and next(iter(self.bearers.values())).bears_exactly
        if not name or self.certain:
            del self.fields["meant"]
            return
        choices = [(value, bearer.label) for value, bearer in self.bearers.items()]
        if self.may_add_people:
            choices.append((NEW, f"A person that the archive does not have yet: {name}"))
        self.fields["meant"].choices = choices

    def clean(self):
        data = super().clean()
        if "words" in data:
            data["place"] = self._place(data)
        if data.get("what") == "quotation" and data.get("who") == "named":
            data["said_by"] = self._said_by(data)
        return data

    def _place(self, data: dict) -> tuple[int, int] | None:
        """The place that was selected, where it has the words; else the only one that has them, or the chosen one."""
        start, end = data.get("start"), data.get("end")
        given = start is not None and end is not None and 0 <= start < end
        if given and self.text[start:end].split() == data["words"].split():
            return start, end
        if not self.places:
            self.add_error("words", "These words are not in the report's text: copy them from it exactly.")
        elif len(self.places) == 1:
            return self.places[0]
        elif chosen := data.get("place"):
            first, last = chosen.split("-")
            return int(first), int(last)
        elif "place" not in self.errors:
            self.add_error("place", f"These words stand there {len(self.places)} times: choose where.")
        return None

    def _said_by(self, data: dict) -> Person | Organisation | str | None:
        """Who spoke, or the name of a person who is new."""
        if self.certain:
            return next(iter(self.bearers.values())).record
        if not data.get("name"):
            self.add_error("name", "Write who spoke, or choose that they are unnamed or not known.")
        elif data.get("meant") == NEW:
            return self._new_name(data["name"])
        elif chosen := data.get("meant"):
            return self.bearers[chosen].record
        elif not self.fields["meant"].choices:
            self.add_error("name", "The archive has nobody of this name.")
            del self.fields["meant"]
        elif "meant" not in self.errors:
            self.add_error("meant", "Choose who is meant.")
        return None

    def _new_name(self, name: str) -> str | None:
        try:
            return clean_name(name)
        except ValidationError as error:
            self.add_error("name", error)
            return None


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who may be meant by a name."""

    record: Person | Organisation
    label: str
    bears_exactly: bool


def bearers(name: str) -> dict[str, Bearer]:
    """People and organisations who bear the words in one of their names: only those whose name it is, where there are
    any."""
    found = {}
    for letter, model in (("p", Person), ("o", Organisation)):
        names = model._meta.get_field("names")
        key = names.related_model.key_of(name)
        exactly = set(names.related_model.objects.filter(key=key).values_list(names.field.attname, flat=True))
        for one in model.objects.bearing(name).order_by("sort_key", "pk")[:MOST_BEARERS]:
            found[f"{letter}{one.pk}"] = Bearer(one, f"{one.name} ({one.slug})", one.pk in exactly)
    exact = {value: bearer for value, bearer in found.items() if bearer.bears_exactly}
    return exact or found


def around(text: str, start: int, end: int) -> str:
    """A place with what stands before and after it."""
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    return " ".join(f"…{before}{text[start:end]}{after}…".split())


class MarkingAdmin:
    """The part of the reports' admin that marks in their text, and tells which quotations have lost their words."""

    def get_urls(self):
        mark = path("<int:key>/mark/", self.admin_site.admin_view(self.mark_view), name="archive_article_mark")
        return [mark, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        shown = dict(extra_context or {})
        if object_id.isdecimal() and self.has_change_permission(request):
            shown["mark_address"] = reverse("admin:archive_article_mark", args=[object_id])
        return super().change_view(request, object_id, form_url, shown)

    def mark_view(self, request, key):
        """The text with its marks, and a form for more; does what was sent, and leads back."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        article = self.get_object(request, str(key))
        if article is None:
            raise Http404("There is no such report.")
        version = article.shown_version
        may_mark_quotes = request.user.has_perm("archive.change_quote")
        undone = request.method == "POST" and {"reject", "unfurnish"}.intersection(request.POST)
        form = MarkForm(
            request.POST if request.method == "POST" and not undone else None,
            initial={"version": version.number},
            text=version.text,
            may_mark_quotes=may_mark_quotes,
            may_add_people=request.user.has_perm("archive.add_person"),
        )
        sent = request.POST if undone else None
        taking_off = TakeOffForm(sent, initial={"version": version.number}, auto_id="off-%s")
        if (taking_off if undone else form).is_valid():
            try:
                done = unhindered(lambda: self._take_off(request, key, taking_off) if undone else mark(key, form))
            except Refused as refused:
                messages.error(request, f"Nothing was changed. {refused}")
            else:
                messages.success(request, done)
                sync.drain_in_background()
            return HttpResponseRedirect(request.path)
        quotes = quotes_in(version)
        context = {
            **self.admin_site.each_context(request),
            "title": "Mark in the text",
            "object": article,
            "opts": self.opts,
            "form": form,
            "taking_off": taking_off,
            "paragraphs": marked_paragraphs(version, quotes),
            "quotes": quotes,
            "furniture": [(start, end, version.text[start:end]) for start, end in version.furniture],
            "may_mark_quotes": may_mark_quotes,
            "named": [*Person.objects.named_in(version), *Organisation.objects.named_in(version)],
        }
        return TemplateResponse(request, "admin/archive/mark.html", context)

    def _take_off(self, request, key: int, form: "TakeOffForm"):
        """Takes a mark off."""
        data = form.cleaned_data
        with pghistory.context(reason=data["reason"]):
            if data["reject"] is None:
                start, end = data["unfurnish"]
                mark_furniture(key, start, end, based_on=data["version"], is_furniture=False)
                return "These words are no furniture any more."
            if not request.user.has_perm("archive.change_quote"):
                raise PermissionDenied
            quote = reject_quote(key, data["reject"])
        return format_html("{} is none any more.", change_link(quote, "The quotation"))

    def lost_quotes(self, article):
        """The quotes that are no longer in the text, each with the reason."""
        rows = ((change_link(quote, quote.words), quote.gone) for quote in gone_quotes(article))
        return format_html_join("", "<p>{}<br>{}</p>", rows) or "–"

    lost_quotes.short_description = "quotes that have gone"


class TakeOffForm(forms.Form):
    """Which mark is taken off, and why: a quotation by its number, or furniture by its place."""

    reject = forms.IntegerField(required=False)
    unfurnish = forms.CharField(required=False, max_length=40)
    reason = ReasonField(label="Why")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_unfurnish(self):
        stated = self.cleaned_data["unfurnish"]
        if not stated:
            return None
        start, _, end = stated.partition("-")
        if not (start.isdecimal() and end.isdecimal()):
            raise ValidationError("This is no place in the text.")
        return int(start), int(end)

    def clean(self):
        data = super().clean()
        if not self.errors and data["reject"] is None and data["unfurnish"] is None:
            raise ValidationError("Choose which mark is taken off.")
        return data


@transaction.atomic
def mark(key: int, form: MarkForm):
    """Marks what a valid form says, and tells so."""
    data = form.cleaned_data
    start, end = data["place"]
    with pghistory.context(reason=data["reason"]):
        if data["what"] != "quotation":
            is_furniture = data["what"] == "furniture"
            mark_furniture(key, start, end, based_on=data["version"], is_furniture=is_furniture)
            return "Marked as page furniture." if is_furniture else "Marked as a part of the report."
        said_by = data.get("said_by")
        quote = mark_quote(
            key,
            start,
            end,
            based_on=data["version"],
            kind=data["kind"],
            said_by=add_person(said_by) if isinstance(said_by, str) else said_by,
            speaker_kind=data["who"] if data["who"] != "named" else "",
        )
    who = quote.said_by or quote.get_speaker_kind_display()
    return format_html("Marked: {}, by {}.", change_link(quote, "a quotation"), who)


def gone_quotes(article) -> QuerySet[Quote]:
    """Those of the article's quotes whose words are no longer in its text."""
    return article.quotes.exclude(gone="").with_words().order_by("start", "pk")
