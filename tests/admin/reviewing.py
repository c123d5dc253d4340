"""The pages of the review queue, as a browser asks for them."""

import re

from django.urls import reverse

from archive.admin.review import KINDS

OVERVIEW = "admin:archive_reviewclaim_changelist"
TEXT = (
    "Major Omar Tarnov and Colonel Vera Lindqvist met at Harrow Ford.\n\n"
    '"The bridge holds", he said.\n\n'
    '"It will not hold long", Brandvold said.\n\n'
    "The harbour police closed the road."
)


def address(kind="candidates"):
    return reverse("admin:review", args=[kind])


def send(client, kind, decision, **fields):
    """What a browser sends from the page of the kind's next item when a button is pressed."""
    context = client.get(address(kind)).context
    data = {"decision": decision, "item": context["item"], "seen": context["seen"]} | fields
    return client.post(address(kind), data, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def left(response, kind):
    """The number beside the kind."""
    label = KINDS[kind].label
    return re.search(rf">{label}</a>\s*<span class=\"count\">([^<]*)<", response.text)[1]
