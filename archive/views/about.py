"""The pages that say what the archive is and how it works, and how to read it."""

from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def about(request):
    return render(request, "about.html")


@require_safe
def help_page(request):
    return render(request, "help.html")
