"""Writes the addresses of records: a page has many, and what a name and its arguments lead to stays the same."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

KEPT = 10_000  # addresses, some megabytes


def address_of(name: str, *arguments: str | int) -> str:
    """What `reverse` writes."""
    return _written(get_script_prefix(), name, *arguments)


@lru_cache(maxsize=KEPT)
def _written(prefix: str, name: str, *arguments: str | int) -> str:
    """The prefix is what `reverse` begins with by itself."""
    return reverse(name, args=arguments)
