"""Leads from an old address to the one that holds now."""

from django.http import HttpResponsePermanentRedirect


def moved_to(address: str, *, preserve_request: bool = False) -> HttpResponsePermanentRedirect:
    """For good, as far as anybody knows today; but an undone merge serves the old address again, and a browser that has
    kept this answer would never ask."""
    headers = {"Cache-Control": "no-cache"}
    return HttpResponsePermanentRedirect(address, preserve_request=preserve_request, headers=headers)
