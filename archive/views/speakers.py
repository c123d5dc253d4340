"""What the pages of people and of organisations share: the way to a page, and from an old address of it."""

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404

from archive.models.named import Named
from archive.views.moving import moved_to


def at_address(model: type[Named], slug: str) -> Named:
    """Whose page is at this address, or once was, with `seen`."""
    known = model.objects.with_seen()
    return known.filter(slug=slug).first() or get_object_or_404(known, former_slugs__slug=slug)


def moved(request, found: Named, below: str = "") -> HttpResponsePermanentRedirect:
    """The way on from an old address of a page, or of what lies `below` it."""
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return moved_to(found.get_absolute_url() + below + query)
