"""What search forms and browsers are offered while somebody types: names, outlets, phrases of the archive."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from archive import search
from archive.models import Organisation, Outlet, Person

MOST = 10
LONGEST = 200  # characters: nothing that is offered begins with more
SHARES = (4, 2, 2, 2)  # of people, organisations, outlets and phrases, where there are enough of each


class TypedForm(forms.Form):
    """What has been typed so far."""

    q = forms.CharField(required=False, max_length=LONGEST, strip=False)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The words that are offered, what they are, and where they lead."""

    text: str
    description: str
    address: str


@require_safe
@cache_control(private=True, max_age=60)
def suggest(request):
    """As OpenSearch has it: what was typed, then the completions, their descriptions and their addresses."""
    form = TypedForm(request.GET)
    if not form.is_valid():
        return HttpResponse(
            f"Nothing is offered for this: at most {LONGEST} characters, and no null characters.",
            status=400,
            content_type="text/plain; charset=utf-8",
        )
    typed = form.cleaned_data["q"]
    offered = suggestions(typed) if typed.strip() else []
    columns: list[Any] = [
        typed,
        [each.text for each in offered],
        [each.description for each in offered],
        [f"{settings.SITE_URL}{each.address}" for each in offered],
    ]
    return JsonResponse(columns, safe=False, content_type="application/x-suggestions+json")


def suggestions(typed: str) -> list[Suggestion]:
    return _shared([list(kind(typed)) for kind in (people, organisations, outlets, phrases)])


def _shared(kinds: list[list[Any]]) -> list[Any]:
    """At most ten: of each kind its share; what one leaves of it, the first of the others have more."""
    spare = MOST - sum(min(len(kind), share) for kind, share in zip(kinds, SHARES, strict=True))
    offered: list[Any] = []
    for kind, share in zip(kinds, SHARES, strict=True):
        more = min(max(len(kind) - share, 0), spare)
        spare -= more
        offered += kind[: share + more]
    return offered


def people(typed: str) -> Iterator[Suggestion]:
    for person in Person.objects.visible().with_latest_role().completing(typed, MOST):
        description = f"Person, {person.latest_role}" if person.latest_role else "Person"
        yield Suggestion(person.name, description, person.get_absolute_url())


def organisations(typed: str) -> Iterator[Suggestion]:
    for organisation in Organisation.objects.visible().completing(typed, MOST):
        yield Suggestion(organisation.name, "Organisation", organisation.get_absolute_url())


def outlets(typed: str) -> Iterator[Suggestion]:
    for outlet in Outlet.objects.visible().completing(typed)[:MOST]:
        yield Suggestion(outlet.name, "Outlet", _search_for(f"outlet:{_quoted(outlet.name)}"))


def phrases(typed: str) -> Iterator[Suggestion]:
    for phrase, count in search.phrases(typed, MOST):
        yield Suggestion(phrase, f"Phrase, in {count:,} title{'' if count == 1 else 's'}", _search_for(_quoted(phrase)))


def _quoted(words: str) -> str:
    return '"' + words.replace('"', " ") + '"'


def _search_for(words: str) -> str:
    return f"{reverse('search')}?{urlencode({'q': words})}"


@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
def opensearch(request):
    """How a browser searches the archive: the description that it reads to add it to its search engines."""
    return render(request, "opensearch.xml", content_type="application/opensearchdescription+xml")
