"""Full addresses, for canonical links and citations."""

from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()

# What makes a list another list; all else in a query leaves the page what it is.
FILTERS = ("outlet", "year", "month", "day", "undated", "letter", "name", "sort")
PAGES = ("page", "reported", "reports")


@register.filter
def absolute(address: str) -> str:
    return f"{settings.SITE_URL}{address}"


@register.simple_tag(takes_context=True)
def canonical(context) -> str:
    """The one address of the page shown."""
    request = context["request"]
    kept = [(key, request.GET[key]) for key in FILTERS if request.GET.get(key)]
    kept += [(key, request.GET[key]) for key in PAGES if request.GET.get(key, "1") not in ("", "1")]
    query = urlencode(kept)
    return absolute(f"{request.path}?{query}" if query else request.path)


@register.simple_tag(takes_context=True)
def read_at(context) -> str:
    """Where the page shown was read, for paper: its one address; of a search, with all that was asked."""
    request = context["request"]
    if request.path.startswith(reverse("search")):
        return absolute(request.get_full_path())
    return canonical(context)
