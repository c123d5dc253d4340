"""Reports, their versions and their outlets in the admin."""

import re

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join

from archive.admin.base import ReadOnlyAdmin, ReasonedForm, RecordAdmin, SearchedByIndex, change_link
from archive.admin.fields import PublishedField, ReportTextField, written
from archive.admin.marking import MarkingAdmin, gone_quotes, marked_paragraphs, quotes_in
from archive.admin.proposing import ArticleProposalForm, ProposableAdmin, SeenOutletFilter
from archive.admin.quotes import QuoteInline
from archive.admin.withholding import StateFilter, WithheldAdmin
from archive.curation.articles import ChangedMeanwhile, revise_text
from archive.models import Article, Outlet, Quote, Version
from archive.search import Kind
from archive.templatetags.published import published_words

DESCRIPTION = (
    "title",
    "title_is_ours",
    "slug",
    "outlet",
    "author",
    "published_earliest",
    "published_latest",
    "url",
    "language",
    "edited",
)
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class ArticleForm(ReasonedForm):
    """A report's description and, as an editor's revision of it, its text."""

    published = PublishedField()
    url = forms.URLField(
        label="URL",
        required=False,
        max_length=2000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "wide"}),
    )
    text = ReportTextField(
        widget=forms.Textarea(attrs={"rows": 24, "cols": 110}),
        help_text="A change makes a new version; the earlier ones and the original stay. Quotes move with their words.",
    )
    language = forms.RegexField(
        r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        required=False,
        help_text="a language tag such as en or pt-BR",
        error_messages={"invalid": "This is no language tag: write one such as en or pt-BR."},
    )
    also_seen = ("quotes", "versions")

    class Meta:
        model = Article
        fields = ["title", "outlet", "author", "url", "language"]
        widgets = {"title": forms.TextInput(attrs={"class": "wide"}), "author": forms.TextInput(attrs={"size": 60})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            version = self.instance.shown_version
            self.shown_number = version.number
            self.initial |= {
                "text": version.text,
                "published": written(self.instance.published_earliest, self.instance.published_latest),
            }

    def clean_text(self):
        text = self.cleaned_data["text"]
        if "text" in self.changed_data and not text.strip():
            raise ValidationError("A report keeps a text: reject its quotes or correct it instead.")
        if odd := CONTROL_CHARACTER.search(text):
            raise ValidationError(f"The text holds a character that cannot be shown, at {odd.start()}: take it out.")
        return text


class VersionInline(admin.TabularInline):
    model = Version
    verbose_name_plural = "versions and the originals they were read from"
    fields = ["label", "maker", "shown", "created", "originals"]
    readonly_fields = fields
    extra = 0
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("text").prefetch_related("readings__original").order_by("-number")

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description="version")
    def label(self, version):
        return change_link(version, f"version {version.number}")

    @admin.display(description="originals")
    def originals(self, version):
        names = [change_link(reading.original) for reading in version.readings.all()]
        return format_html_join(" ", "{}", ((link,) for link in names)) or "–"


@admin.register(Article)
class ArticleAdmin(ProposableAdmin, MarkingAdmin, WithheldAdmin, SearchedByIndex, RecordAdmin):
    form = ArticleForm
    proposal_form = ArticleProposalForm
    shown_to_contributors = (
        "title",
        "outlet_name",
        "author",
        "published_as_known",
        "url",
        "language",
        "page",
        "quotes",
    )
    search_kind = Kind.REPORT
    list_display = ["title", "outlet", "published_as_known", "quote_count", "state", "created"]
    list_filter = [
        StateFilter,
        "title_is_ours",
        ("published_earliest", admin.EmptyFieldListFilter),
        ("outlet", SeenOutletFilter),
    ]
    list_select_related = ["outlet"]
    ordering = ["-pk"]
    sortable_by = ("published_as_known",)
    autocomplete_fields = ["outlet"]
    readonly_fields = [
        "marked_text",
        "lost_quotes",
        "import_id",
        "page",
        "edited",
        "who_sees_it",
        "published_as_known",
        "outlet_name",
        "quotes",
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "who_sees_it",
                    "title",
                    "outlet",
                    "author",
                    "published",
                    "url",
                    "language",
                    "import_id",
                    "page",
                    "edited",
                ]
            },
        ),
        # Beside what is changed most, so that nobody looks for it further down.
        ("Reason", {"fields": ["reason"]}),
        ("Text with its quotes", {"fields": ["marked_text", "lost_quotes"]}),
        ("Revise the text", {"fields": ["text", "seen"], "classes": ["collapse"]}),
    ]
    inlines = [QuoteInline, VersionInline]
    related_histories = ("quotes", "versions")
    edits = ("quotes",)

    class Media:
        css = {"all": ["css/admin.css"]}

    def has_add_permission(self, request):
        return False  # a report comes with its original, by import

    def get_queryset(self, request):
        standing = Quote.objects.standing().filter(article=OuterRef("pk")).order_by()
        counted = standing.values("article").annotate(n=Count("*")).values("n")
        return super().get_queryset(request).annotate(quote_count=Coalesce(Subquery(counted), 0))

    def save_model(self, request, obj, form, change):
        if "published" in form.changed_data:
            published = form.cleaned_data["published"]
            obj.published_earliest = published.earliest if published else None
            obj.published_latest = published.latest if published else None
        set_by_editor = [field for field in Article.Field.values if field in form.changed_data]
        obj.edited = sorted({*obj.edited, *set_by_editor})
        if "title" in form.changed_data:
            obj.title_is_ours = False
        # Not what this page does not edit: somebody may have hidden the report this moment.
        obj.save(update_fields=DESCRIPTION)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "text" in form.changed_data:
            self.revise(request, form)

    def revise(self, request, form):
        article = form.instance
        before = set(gone_quotes(article).values_list("pk", flat=True))
        try:
            version = revise_text(article, form.cleaned_data["text"], based_on=form.shown_number)
        except ChangedMeanwhile as error:
            messages.error(request, f"The text was not saved: {error}. Open the page anew and put it in again.")
            return
        lost = gone_quotes(article).exclude(pk__in=before)
        messages.info(request, f"The text is now version {version.number}.")
        if lost:
            told = "Quotes whose words are no longer in the text: {}. They are kept as gone: {}"
            links = format_html_join(", ", "{}", ((change_link(quote, quote.words),) for quote in lost))
            messages.warning(request, format_html(told, len(lost), links))

    @admin.display(description="published", ordering=F("published_earliest").desc(nulls_last=True))
    def published_as_known(self, article):
        return published_words(article.published_earliest, article.published_latest)

    @admin.display(description="outlet")
    def outlet_name(self, article):
        """Without a link: who only looks is refused at the outlet's page."""
        return article.outlet or "–"

    @admin.display(description="quotes")
    def quote_count(self, article):
        return article.quote_count

    @admin.display(description="public page")
    def page(self, article):
        return format_html('<a href="{0}">{0}</a>', article.get_absolute_url())

    @admin.display(description="quotes")
    def quotes(self, article):
        """Those that readers see, each with a link to its page here."""
        quotes = article.quotes.visible().with_words().in_reading_order()
        return format_html_join("", "<p>{}</p>", ([change_link(quote, quote.words)] for quote in quotes)) or "–"

    @admin.display(description="text")
    def marked_text(self, article):
        version = article.shown_version
        marked = marked_paragraphs(version, quotes_in(version))
        return render_to_string(
            "admin/archive/marked_text.html", {"paragraphs": [paragraph.nodes for paragraph in marked]}
        )


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "maker", "shown", "created"]
    list_select_related = ["article"]
    ordering = ["-pk"]
    fields = ["report", "number", "title", "text", "maker", "shown", "extractor_version", "text_sha256", "created"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("text")

    @admin.display(description="report")
    def report(self, version):
        return change_link(version.article)

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    def has_module_permission(self, request):
        return False  # reached from its report


class OutletForm(ReasonedForm):
    """Who publishes."""

    class Meta:
        fields = ["name", "url", "extracts_only"]


@admin.register(Outlet)
class OutletAdmin(RecordAdmin):
    form = OutletForm
    list_display = ["name", "url", "extracts_only", "article_count"]
    list_filter = ["extracts_only"]
    sortable_by = ("name", "url")
    search_fields = ["name"]
    fields = ["name", "url", "extracts_only", "reason", "seen"]

    def get_queryset(self, request):
        counted = Article.objects.filter(outlet=OuterRef("pk")).order_by().values("outlet").annotate(n=Count("*"))
        return super().get_queryset(request).annotate(article_count=Coalesce(Subquery(counted.values("n")), 0))

    def save_model(self, request, obj, form, change):
        if not change:
            obj.slug = Outlet.objects.free_slug(obj.name)
        super().save_model(request, obj, form, change)

    @admin.display(description="reports")
    def article_count(self, outlet):
        return outlet.article_count
