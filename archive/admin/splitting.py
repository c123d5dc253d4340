"""The admin's page on which an editor marks what belongs to somebody else of the same name."""

from collections import defaultdict
from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse

from archive.admin.leading_back import lead_back
from archive.admin.speakers import clean_name
from archive.curation.refusal import Refused
from archive.curation.splitting import Chosen, split
from archive.models import Article, Person, Quote
from archive.search import sync

MARKED = ("quotes", "names", "reports")


class SplitForm(forms.Form):
    """What is chosen of a person's, and who gets it."""

    name = forms.CharField(
        label="Name of a new person", required=False, max_length=300, help_text="as readers shall see it"
    )
    address = forms.CharField(
        label="Or the address of somebody who is there",
        required=False,
        max_length=400,
        help_text="of their public page, or its last part: vera-lindqvist",
    )
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Why this is somebody else. It is kept with the split, and told among the corrections.",
    )
    review = forms.SlugField(required=False, widget=forms.HiddenInput)  # the queue that led here
    quotes = forms.TypedMultipleChoiceField(coerce=int, required=False)
    names = forms.TypedMultipleChoiceField(coerce=int, required=False)
    reports = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *arguments, person: Person, reports: list["InReport"], **named):
        super().__init__(*arguments, **named)
        self.fields["quotes"].choices = [(quote.pk, quote.pk) for report in reports for quote in report.quotes]
        self.fields["names"].choices = [(name.pk, name.text) for name in person.names.all()]
        self.fields["reports"].choices = [(report.article.pk, report.article) for report in reports]
        for name in MARKED:
            self.fields[name].error_messages["invalid_choice"] = (
                "Some of what was marked is not theirs any more: look again, and mark anew."
            )

    def clean_name(self):
        return clean_name(name) if (name := self.cleaned_data["name"].strip()) else ""

    def clean_address(self):
        """The person at the address, also at a former one."""
        slug = self.cleaned_data["address"].strip().rstrip("/").rpartition("/")[2]
        if not slug:
            return None
        found = Person.objects.filter(slug=slug).first() or Person.objects.filter(former_slugs__slug=slug).first()
        if found is None:
            raise ValidationError(f"There is nobody at the address “{slug}”.")
        return found


@dataclass(slots=True)
class InReport:
    """What one report has of a person: quotes, and how often and with which roles it names them."""

    article: Article
    quotes: list[Quote] = field(default_factory=list)
    mentions: int = 0
    roles: list[str] = field(default_factory=list)


def split_view(people_admin, request, key):
    """All that is somebody's, to be marked; with a name or an address, and a reason, it is split off."""
    person = Person.objects.filter(pk=key).first()
    if person is None:
        raise Http404("There is no such person.")
    if not people_admin.has_change_permission(request, person):
        raise PermissionDenied
    reports = reports_of(person)
    led_here = {name: request.GET.get(name, "") for name in ("review", "reason")}
    form = SplitForm(
        request.POST if request.method == "POST" else None, person=person, reports=reports, initial=led_here
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        taker = data["address"].pk if data["address"] else None
        chosen = Chosen(data["quotes"], data["names"], data["reports"])
        try:
            transfer = split(key, chosen, data["reason"], request.user, name=data["name"], taker=taker)
        except Refused as refused:
            form.add_error(None, list(refused.reasons))
        else:
            messages.success(request, f"{transfer}. It can be undone in the list of merges and splits.")
            sync.drain_in_background()
            return lead_back(request, data["review"], reverse("admin:archive_person_change", args=[transfer.taker]))
    return TemplateResponse(request, "admin/archive/split.html", _context(people_admin, request, person, reports, form))


def _context(people_admin, request, person: Person, reports: list[InReport], form: SplitForm) -> dict:
    """What the page shows, with what was marked before it was found wanting still marked."""
    marked = {field: {int(key) for key in form[field].value() or () if str(key).isdecimal()} for field in MARKED}
    return {
        **people_admin.admin_site.each_context(request),
        "opts": people_admin.opts,
        "title": f"Split {person}",
        "person": person,
        "names": [(name, name.pk in marked["names"]) for name in person.names.all()],
        "reports": [
            (
                report,
                report.article.pk in marked["reports"],
                [(one, one.pk in marked["quotes"]) for one in report.quotes],
            )
            for report in reports
        ],
        "form": form,
        "who": [form[field] for field in ("name", "address", "reason")],
    }


def reports_of(person: Person) -> list[InReport]:
    """The reports that quote or name somebody, the newest first; as many statements for any number."""
    quotes, mentions, roles = defaultdict(list), defaultdict(int), defaultdict(list)
    for quote in person.quotes.with_words().order_by("start", "pk"):
        quotes[quote.article_id].append(quote)
    for article in person.mentions.values_list("article", flat=True):
        mentions[article] += 1
    for article, text in person.roles.order_by("text").values_list("article", "text"):
        roles[article].append(text)
    articles = Article.objects.filter(pk__in={*quotes, *mentions, *roles}).with_outlet().newest_first()
    return [InReport(article, quotes[article.pk], mentions[article.pk], roles[article.pk]) for article in articles]
