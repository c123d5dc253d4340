"""How the archive looks where a phone or a desk keeps it like a program."""

from django.http import JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def manifest(request):
    """What the archive is called and looks like and what it opens with."""
    icons = [
        ("favicon.svg", "any", "image/svg+xml", "any"),
        ("icons/icon-192.png", "192x192", "image/png", "any"),
        ("icons/icon-512.png", "512x512", "image/png", "any"),
        ("icons/icon-maskable-512.png", "512x512", "image/png", "maskable"),
    ]
    described = {
        "name": "Conflict Archive",
        "short_name": "Archive",
        "description": "Reports about armed conflict, with every quotation traced to who said it.",
        "lang": "en",
        "id": "/",
        "start_url": reverse("home"),
        "display": "minimal-ui",
        "theme_color": "#fbfaf7",
        "background_color": "#fbfaf7",
        "icons": [
            {"src": static(file), "sizes": sizes, "type": kind, "purpose": purpose}
            for file, sizes, kind, purpose in icons
        ],
    }
    return JsonResponse(described, content_type="application/manifest+json")
