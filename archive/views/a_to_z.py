"""The list of people or of organisations from A to Z."""

from itertools import groupby
from string import ascii_uppercase

from django import forms
from django.http import Http404, HttpRequest

from archive import search
from archive.models.named import Named
from archive.views.paging import described, numbered_page

NAMES_PER_PAGE = 100
NO_LETTER = "0"  # stands for all that are sorted before A


class NameFilter(forms.Form):
    """What the list can be narrowed to."""

    name = forms.CharField(required=False, max_length=300)
    letter = forms.ChoiceField(required=False, choices=[(letter, letter) for letter in (*ascii_uppercase, NO_LETTER)])


def from_a_to_z(request: HttpRequest, model: type[Named]) -> dict:
    """What the list of a model's records shows; raises Http404 where the address asks for what is no list."""
    narrowed = NameFilter(request.GET)
    if not narrowed.is_valid():
        raise Http404("There is no such list.")
    name, letter = narrowed.cleaned_data["name"], narrowed.cleaned_data["letter"]
    found = model.objects.visible().named(name)
    if letter == NO_LETTER:
        found = found.under_no_letter()
    elif letter:
        found = found.under_letter(letter)
    # Which are on the page is asked before what is counted of each, or it would be counted of all before them too.
    keys = numbered_page(request, found.order_by("sort_key", "pk").values_list("pk", flat=True), NAMES_PER_PAGE)
    rows = with_counts(model, list(keys.object_list))
    taken = model.objects.first_letters()
    return {
        "page": described(request, keys, rows),
        "groups": [(each, list(members)) for each, members in groupby(rows, key=letter_of)],
        "address": request.path,
        "one": model._meta.verbose_name,
        "many": model._meta.verbose_name_plural,
        "name": name,
        "letter": letter,
        "letters": [(each, each in taken) for each in ascii_uppercase],
        "others": "" in taken,
    }


def letter_of(named: Named) -> str:
    """The letter that they are listed under."""
    return named.sort_key[:1].upper() if named.sort_key[:1].isalpha() else "0–9"


def with_counts(model: type[Named], keys: list[int]) -> list[Named]:
    """Those of these keys in their order, with `quote_count`, `reported_count` and `article_count`. The index counts
    them, or, while there is none, the database, which takes long over somebody whom 100,000 reports name."""
    try:
        counts = search.heard(model, keys)
    except search.NotReady:
        counted = model.objects.with_counts().in_bulk(keys)
        return [counted[key] for key in keys if key in counted]
    found = model.objects.in_bulk(keys)
    for key, named in found.items():
        heard = counts[key]
        named.quote_count, named.reported_count, named.article_count = heard.quotes, heard.reported, heard.reports
    return [found[key] for key in keys if key in found]
