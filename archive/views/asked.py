"""Reads what a search's address asks for."""

from django import forms
from django.http import Http404, HttpRequest

from archive.search import Asked, Kind, Match, Sort

LONGEST = 1_000  # characters of a query
KINDS = {"reports": Kind.REPORT, "quotes": Kind.QUOTE}


class SearchForm(forms.Form):
    """What is looked for, and where."""

    q = forms.CharField(
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": f"Please search with at most {LONGEST} characters.",
            "null_characters_not_allowed": "This holds a character that cannot be searched.",
        },
    )
    kind = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in KINDS])
    sort = forms.ChoiceField(required=False, choices=[(sort.value, sort) for sort in Sort])
    match = forms.ChoiceField(required=False, choices=[(match.value, match) for match in Match])


class NotSearchable(ValueError):
    """The words cannot be searched; the message says why, to the reader."""


def asked_in(request: HttpRequest) -> Asked:
    """What the address asks for; raises Http404 where it names what is not there, NotSearchable for words that cannot
    be searched."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        if list(form.errors) == ["q"]:
            raise NotSearchable(form.errors["q"][0])
        raise Http404("There is no search of this kind.")
    match = form.cleaned_data["match"]
    return Asked(
        form.cleaned_data["q"],
        KINDS[form.cleaned_data["kind"] or "reports"],
        Sort(form.cleaned_data["sort"] or Sort.RELEVANCE),
        Match(match) if match else None,
    )
