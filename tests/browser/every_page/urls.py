"""The archive's addresses, and those at which something goes wrong."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path


def broken(request) -> HttpResponse:
    raise RuntimeError("made up")


def refused(request) -> HttpResponse:
    raise PermissionDenied


def suspicious(request) -> HttpResponse:
    raise SuspiciousOperation


def busy(request) -> HttpResponse:
    """What comes instead of a file while others are being sent."""
    return render(request, "503.html", {"busy": True}, status=503)


urlpatterns = [
    path("broken/", broken),
    path("refused/", refused),
    path("suspicious/", suspicious),
    path("busy/", busy),
    path("", include("archive.urls")),
]
