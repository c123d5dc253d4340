"""Leads an editor who has decided on a page of its own back to the review queue, where that had led them there."""

from django.http import HttpResponseRedirect
from django.urls import NoReverseMatch, reverse

LAST = "last_in_review"  # what of the session holds the last decision of the queue, where it can be undone


def forget_last(request) -> None:
    """What was decided before cannot be undone by the queue's key any more: something else is the last decision now."""
    request.session.pop(LAST, None)


def lead_back(request, review: str, otherwise: str) -> HttpResponseRedirect:
    """After a decision: to the queue of the name `review`, else to the address `otherwise`."""
    forget_last(request)
    try:
        return HttpResponseRedirect(reverse("admin:review", args=[review]))
    except NoReverseMatch:  # no name, or what cannot be one
        return HttpResponseRedirect(otherwise)
