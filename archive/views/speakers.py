"""What the pages of people and of organisations share: a list from A to Z, and the way to a page and from an old
address of it."""

from string import ascii_uppercase

from django import forms
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404

from archive.models.named import Named
from archive.views.moving import moved_to
from archive.views.paging import list_page

NAMES_PER_PAGE = 60
NO_LETTER = "0"  # stands for all that are sorted before A


class NameFilter(forms.Form):
    """What the list can be narrowed to."""

    name = forms.CharField(required=False, max_length=300)
    letter = forms.ChoiceField(required=False, choices=[(letter, letter) for letter in (*ascii_uppercase, NO_LETTER)])


def from_a_to_z(request, model: type[Named]) -> dict:
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
    taken = model.objects.visible().first_letters()
    return {
        "page": list_page(request, found.with_counts().order_by("sort_key", "pk"), NAMES_PER_PAGE),
        "address": request.path,
        "one": model._meta.verbose_name,
        "many": model._meta.verbose_name_plural,
        "name": name,
        "letter": letter,
        "letters": [(each, each in taken) for each in ascii_uppercase],
        "others": bool(taken - set(ascii_uppercase)),
    }


def at_address(model: type[Named], slug: str) -> Named:
    """Whose page is at this address, or once was, with `seen`."""
    known = model.objects.with_seen()
    return known.filter(slug=slug).first() or get_object_or_404(known, former_slugs__slug=slug)


def moved(request, found: Named, below: str = "") -> HttpResponsePermanentRedirect:
    """The way on from an old address of a page, or of what lies `below` it."""
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return moved_to(found.get_absolute_url() + below + query)
