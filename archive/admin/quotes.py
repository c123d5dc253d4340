"""Quotes in the admin: on the page of their report and in a list of their own."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html, format_html_join

from archive.admin.base import (
    OfThePublicRecord,
    ReasonedForm,
    ReasonedFormSet,
    RecordAdmin,
    SearchedByIndex,
    change_link,
)
from archive.admin.proposing import ProposableAdmin, QuoteProposalForm
from archive.curation.attributing import take_as_editors
from archive.extraction.calibration import RULES
from archive.importing.anchoring import nearest
from archive.models import Organisation, Person, Quote
from archive.search import Kind
from archive.templatetags.evidence import printed_words

SPEAKER = {"speaker", "organisation", "speaker_kind"}
ATTRIBUTION = {*SPEAKER, "role", "kind", "negated"}


class QuoteForm(OfThePublicRecord, forms.ModelForm):
    """A quote's attribution. A new one is given by its words, which must stand in the report."""

    words = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 90}),
        help_text="for a new quote: its words exactly as the report prints them, quote marks included",
    )

    class Meta:
        model = Quote
        fields = ["words", "kind", "negated", "speaker", "organisation", "speaker_kind", "role", "state"]
        widgets = {"role": forms.TextInput(attrs={"size": 24})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            text = self.instance.version.text
            self.initial["words"] = text[self.instance.start : self.instance.end]
            self.fields["words"].disabled = True
            self.fields["words"].help_text = ""
            # Who may only look gets no field to choose from.
            if "state" in self.fields and self.instance.state != Quote.State.ADDED:
                self.fields["state"].choices = [
                    choice for choice in Quote.State.choices if choice[0] != Quote.State.ADDED
                ]
        elif "state" in self.fields:
            self.fields["state"].required = False

    def changes_what_readers_see(self):
        """To confirm what the machine found changes nothing of it."""
        states = {self.initial.get("state"), self.cleaned_data.get("state")}
        rejected = "state" in self.changed_data and Quote.State.REJECTED in states
        return rejected or not self.internal.union({"state"}).issuperset(self.changed_data)

    def clean(self):
        data = super().clean()
        self._decide_speaker(data)
        if data.get("negated") and data.get("kind") != Quote.Kind.REPORTED:
            self.add_error(
                "negated", "Only reported speech can be what was not said: choose its kind, or take this off."
            )
        if not self.instance.pk and not self.errors:
            self._place(data.get("words", "").strip())
        return data

    def _decide_speaker(self, data: dict) -> None:
        """A person chosen takes the place of the organisation that was there, and the other way round.

        The role as printed was then the other's, and goes unless it was changed too. A kind that is changed against who
        is still chosen, and one that rests on nothing, are errors.
        """
        person, organisation = data.get("speaker"), data.get("organisation")
        if person and organisation:
            if "speaker" in self.changed_data and "organisation" not in self.changed_data:
                data["organisation"] = organisation = None
            elif "organisation" in self.changed_data and "speaker" not in self.changed_data:
                data["speaker"] = person = None
            else:
                self.add_error("organisation", "Either a person or an organisation said this: choose one of them.")
                return
        replaced = (person and self.instance.organisation_id) or (organisation and self.instance.speaker_id)
        if replaced and "role" not in self.changed_data:
            data["role"] = ""
        if person or organisation:
            self._decide_kind(data, person or organisation, "speaker" if person else "organisation")
        elif (
            data.get("speaker_kind") == Quote.SpeakerKind.ORGANISATION
            and SPEAKER.intersection(self.changed_data)
            and self.instance.speaker_start is None
        ):
            self.add_error(
                "speaker_kind", "No organisation is chosen, and the report prints none: choose one, or another kind."
            )

    def _decide_kind(self, data: dict, chosen: Person | Organisation, field: str) -> None:
        kind = Quote.SpeakerKind.PERSON if field == "speaker" else Quote.SpeakerKind.ORGANISATION
        if "speaker_kind" in self.changed_data and data.get("speaker_kind") != kind:
            self.add_error(
                "speaker_kind",
                f"{chosen} is still chosen as the {field}: take that name out, or leave the kind at {kind}.",
            )
        else:
            data["speaker_kind"] = kind

    def _place(self, words: str) -> None:
        version = self.instance.article.shown_version
        place = nearest(version.text, words, 0)
        if place is None:
            raise ValidationError({"words": "These words are not in the report's text: copy them from it exactly."})
        start, end = place
        if Quote.objects.filter(version=version, start=start, end=end).exists():
            raise ValidationError({"words": "This quote is there already: correct it in its own line."})
        self.instance.version, self.instance.start, self.instance.end = version, start, end

    def save(self, commit=True):
        quote = self.instance
        if not quote.pk:
            quote.state, quote.rule, quote.confidence = Quote.State.ADDED, Quote.EDITOR, None
        elif ATTRIBUTION.intersection(self.changed_data):
            if "state" not in self.changed_data and quote.state in (Quote.State.FOUND, Quote.State.CONFIRMED):
                quote.state = Quote.State.CORRECTED
            if SPEAKER.intersection(self.changed_data):
                take_as_editors(quote)
        return super().save(commit)


class SingleQuoteForm(QuoteForm, ReasonedForm):
    """A quote on a page of its own."""


class QuoteInline(admin.StackedInline):
    model = Quote
    form = QuoteForm
    formset = ReasonedFormSet
    fields = [
        "words",
        ("speaker", "organisation"),
        ("speaker_kind", "role"),
        ("kind", "state"),
        "negated",
        "known_by",
    ]
    readonly_fields = ["known_by"]
    autocomplete_fields = ["speaker", "organisation"]
    extra = 0
    can_delete = False
    verbose_name = "quote"
    show_change_link = True

    def get_queryset(self, request):
        quotes = super().get_queryset(request).filter(gone="").select_related("version", "speaker", "organisation")
        return quotes.order_by("start")

    @admin.display(description="how it is known")
    def known_by(self, quote):
        return evidence(quote)


class UndecidedFilter(admin.SimpleListFilter):
    """The editors' queue: who spoke is open, and the report names some who may have."""

    title = "who spoke"
    parameter_name = "undecided"

    def lookups(self, request, model_admin):
        return [("yes", "undecided, with candidates")]

    def queryset(self, request, queryset):
        return queryset.undecided().prefetch_related("candidates") if self.value() == "yes" else queryset


class GoneFilter(admin.SimpleListFilter):
    """Whether the quote's words are still there."""

    title = "place in the report"
    parameter_name = "gone"

    def lookups(self, request, model_admin):
        return [("no", "still in the report"), ("yes", "gone from the report")]

    def queryset(self, request, queryset):
        match self.value():
            case "yes":
                return queryset.exclude(gone="")
            case "no":
                return queryset.filter(gone="")
        return queryset


class RuleFilter(admin.SimpleListFilter):
    """What decided on the speaker: the rules that there are, for to look which of them are used takes long."""

    title = "rule"
    parameter_name = "rule__exact"

    def lookups(self, request, model_admin):
        return [(rule, rule) for rule in (*sorted(RULES), Quote.EDITOR)]

    def queryset(self, request, queryset):
        return queryset.filter(rule=self.value()) if self.value() else queryset


@admin.register(Quote)
class QuoteAdmin(ProposableAdmin, SearchedByIndex, RecordAdmin):
    form = SingleQuoteForm
    proposal_form = QuoteProposalForm
    shown_to_contributors = ("quoted_words", "report", "kind", "said_by", "role", "state", "known_by", "page")
    search_kind = Kind.QUOTE
    list_display = ["quoted_words", "said_by", "speaker_kind", "kind", "state", "confidence", "is_gone", "report"]
    list_filter = [
        UndecidedFilter,
        "state",
        "speaker_kind",
        "kind",
        "negated",
        GoneFilter,
        RuleFilter,
    ]
    list_select_related = ["speaker", "organisation", "article"]
    ordering = ["-pk"]
    autocomplete_fields = ["speaker", "organisation"]
    fields = [
        "words",
        "report",
        "kind",
        "negated",
        "speaker",
        "organisation",
        "speaker_kind",
        "role",
        "state",
        "known_by",
        "candidates",
        "gone",
        "page",
        "reason",
        "seen",
    ]
    readonly_fields = ["report", "known_by", "candidates", "gone", "page", "quoted_words", "said_by"]

    def subject(self, quote):
        return quote.words

    def has_add_permission(self, request):
        return False  # a quote is added on its report's page, where its words stand

    def get_list_display(self, request):
        """The queue shows who may have spoken."""
        columns = super().get_list_display(request)
        if request.GET.get(UndecidedFilter.parameter_name) != "yes":
            return columns
        after = columns.index("said_by") + 1
        return [*columns[:after], "may_be", *columns[after:]]

    def get_queryset(self, request):
        return super().get_queryset(request).with_words().with_evidence()

    def get_search_results(self, request, queryset, search_term):
        """The index holds the standing quotes only; a number finds any quote, rejected and gone ones too."""
        found, may_double = super().get_search_results(request, queryset, search_term)
        if search_term.strip().isdecimal():
            found = found | queryset.filter(Q(pk=int(search_term.strip()[:18])))
        return found, may_double

    @admin.display(description="words")
    def quoted_words(self, quote):
        return quote.words if len(quote.words) <= 120 else quote.words[:119] + "…"

    @admin.display(description="said by")
    def said_by(self, quote):
        """Where there is no record, the words printed, between quote marks."""
        printed = printed_words(quote)
        return quote.said_by or (f"“{printed}”" if printed else "–")

    @admin.display(description="may be")
    def may_be(self, quote):
        return " or ".join(candidate.name for candidate in quote.candidates.all())

    @admin.display(description="may be")
    def candidates(self, quote):
        """Each as printed, with a link to the person or organisation where the archive has them."""
        rows = (
            (candidate.name, change_link(candidate.record))
            for candidate in quote.candidates.select_related("person", "organisation")
        )
        return format_html_join("", "<p>“{}” ({})</p>", rows) or "–"

    @admin.display(description="gone", empty_value="")
    def is_gone(self, quote):
        return "gone" if quote.gone else ""

    @admin.display(description="report")
    def report(self, quote):
        return change_link(quote.article)

    @admin.display(description="how it is known")
    def known_by(self, quote):
        return evidence(quote)

    @admin.display(description="public page")
    def page(self, quote):
        return format_html('<a href="{0}">{0}</a>', quote.get_absolute_url())


def evidence(quote) -> str:
    """The rule and its confidence, and the speaker and cue as printed."""
    if not quote.pk:
        return "added by an editor"
    text = quote.version.text
    parts = [f"rule: {quote.rule}" if quote.rule else "no rule"]
    if quote.confidence is not None:
        parts.append(f"confidence {quote.confidence:.2f}")
    if quote.speaker_start is not None:
        parts.append(f"printed: “{text[quote.speaker_start : quote.speaker_end]}”")
    if len(quote.chain) > 1:
        parts.append("step by step: " + " → ".join(f"“{text[start:end]}”" for start, end in quote.chain))
    if quote.cue_start is not None:
        parts.append(f"cue: “{text[quote.cue_start : quote.cue_end]}”")
    return ", ".join(parts)
