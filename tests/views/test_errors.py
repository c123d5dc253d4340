"""The pages for what goes wrong: in the same dress, and without what may be broken."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, override_settings
from django.urls import include, path


def broken(request):
    raise RuntimeError("made up")


def refused(request):
    raise PermissionDenied


def suspicious(request):
    raise SuspiciousOperation


urlpatterns = [
    path("broken/", broken),
    path("refused/", refused),
    path("suspicious/", suspicious),
    path("", include("archive.urls")),
]


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/suspicious/", 400, "This request cannot be read"),
        ("/refused/", 403, "This page is not open to you"),
        ("/nothing-here/", 404, "There is nothing at this address"),
        ("/broken/", 500, "Something went wrong in the archive"),
    ],
)
@override_settings(ROOT_URLCONF="tests.views.test_errors")
def test_an_error_page_needs_no_database_and_leads_on(address, status, heading):
    # Without the django_db mark any query raises.
    response = Client(raise_request_exception=False).get(address)
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in response.text
    assert 'href="/reports/"' in response.text and "css/site.css" in response.text
    assert 'rel="canonical"' not in response.text
    assert "made up" not in response.text


def test_a_form_without_its_token_is_told_so():
    response = Client(enforce_csrf_checks=True).post("/search/")
    assert response.status_code == 403
    assert "<h1>This form has expired</h1>" in response.text


@pytest.mark.parametrize("address", ["/search/", "/reports/", "/people/"])
def test_pages_are_only_read(address, client):
    assert client.post(address).status_code == 405
