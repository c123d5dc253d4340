"""No public page is left out of the list that all are checked by."""

from django.urls import URLPattern, URLResolver

from archive.urls import urlpatterns
from tests.browser.every_page.pages import NO_PAGES, PAGES

NOT_WALKED = ("admin/", "api/v1/")  # editors' pages; addresses for programs, which have tests of their own
PAGES_AMONG_THEM = ("api/v1/docs",)


def routes(patterns, namespace: str = "", below: str = ""):
    """The names of all public addresses; of an unnamed one, its path."""
    for pattern in patterns:
        path = below + str(pattern.pattern)
        if path.startswith(NOT_WALKED) and not path.endswith(PAGES_AMONG_THEM):
            continue
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner, path)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}" if pattern.name else path


def test_every_public_address_is_a_page_in_the_list_or_said_to_be_none():
    known = {page.route for page in PAGES} | NO_PAGES.keys()
    assert sorted(set(routes(urlpatterns)) - known) == []
    assert sorted(NO_PAGES.keys() - set(routes(urlpatterns))) == []  # none is excused that is gone


def test_no_page_has_the_name_of_another():
    names = [page.name for page in PAGES]
    assert len(names) == len(set(names))
