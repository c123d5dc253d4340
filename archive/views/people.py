"""The list of people from A to Z, and a person with their quotes."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.models import Person, PossibleDuplicate
from archive.views.a_to_z import from_a_to_z
from archive.views.gone import NAMED, gone, why_not_named
from archive.views.speaker_page import page_of
from archive.views.speakers import at_address, moved

MOST_NAMED = 6  # who may be the same person


@require_safe
def people(request):
    return render(request, "people.html", from_a_to_z(request, Person))


@require_safe
def person(request, slug):
    """A person's page; an old address of it leads to the new one. Where all reports that name them are withheld, that,
    with status 410."""
    found = at_address(Person, slug)
    if reason := why_not_named(found):
        return gone(request, NAMED, reason)
    if found.slug != slug:
        return moved(request, found)
    may_be = PossibleDuplicate.objects.others_of(found)[:MOST_NAMED]
    return render(request, "person.html", page_of(request, found) | {"may_be": may_be})
