"""The list of organisations from A to Z, and an organisation with its quotes."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.models import Organisation
from archive.views.a_to_z import from_a_to_z
from archive.views.gone import NAMED, gone, why_not_named
from archive.views.speaker_page import page_of
from archive.views.speakers import at_address, moved


@require_safe
def organisations(request):
    return render(request, "organisations.html", from_a_to_z(request, Organisation))


@require_safe
def organisation(request, slug):
    """An organisation's page; an old address of it leads to the new one. Where all reports that name it are withheld,
    that, with status 410."""
    found = at_address(Organisation, slug)
    if reason := why_not_named(found):
        return gone(request, NAMED, reason)
    if found.slug != slug:
        return moved(request, found)
    return render(request, "organisation.html", page_of(request, found))
