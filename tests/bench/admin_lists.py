"""Measures the lists of the admin as an editor opens them: as they are, with each value of each filter, and sorted."""

import time
from collections.abc import Iterator
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from archive.admin.review import KINDS

MOST_VALUES = 12  # of a filter
SEARCHED = "seko"  # one of the commonest made-up words
EACH = 3


def measure_admin_lists() -> list[tuple[float, str]]:
    """The milliseconds that each list took at its quickest of a few times, and its address; the slowest first."""
    editor, _ = get_user_model().objects.get_or_create(username="bench", is_superuser=True, is_staff=True)
    client = Client(headers={"host": "localhost"})
    client.force_login(editor)
    times = []
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        times += [_timed(client, each) for each in (address, *_others(client, address))]
    return sorted(times, reverse=True)


def _timed(client: Client, address: str) -> tuple[float, str]:
    quickest = float("inf")
    for _ in range(EACH):
        began = time.perf_counter()
        _opened(client, address)
        quickest = min(quickest, (time.perf_counter() - began) * 1000)
    return quickest, address


def _opened(client: Client, address: str) -> HttpResponse:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answers {response.status_code}.")
    return response


def _others(client: Client, address: str) -> Iterator[str]:
    """What the page of the list leads to: its filters, its columns, its last page and its search."""
    listed = _opened(client, address).context_data.get("cl")
    if listed is None:  # the review queue, of which each kind has a page
        yield from (reverse("admin:review", args=[kind]) for kind in KINDS)
        return
    for spec in listed.filter_specs:
        choices = [choice["query_string"] for choice in spec.choices(listed) if choice.get("query_string")]
        yield from (address + each for each in choices[:MOST_VALUES] if each not in ("", "?"))
    for number, column in enumerate(listed.list_display):
        if column in listed.sortable_by and listed.get_ordering_field(column):
            yield from (f"{address}?{urlencode({'o': order})}" for order in (number, f"-{number}"))
    if listed.paginator.num_pages > 1:
        yield f"{address}?{urlencode({'p': listed.paginator.num_pages})}"
    if listed.search_fields:
        yield f"{address}?{urlencode({'q': SEARCHED})}"
