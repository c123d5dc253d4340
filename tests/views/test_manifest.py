"""How the archive looks among a browser's tabs and on the first screen of a phone."""

import re
import struct
from pathlib import Path

from django.conf import settings
from django.test import Client

from tests.test_tokens import THEMES

STATIC = Path(settings.BASE_DIR) / "static"


def size_of(file: Path) -> str:
    """The width and height that a PNG begins with."""
    data = file.read_bytes()
    assert data.startswith(b"\x89PNG")
    return "{}x{}".format(*struct.unpack(">II", data[16:24]))


def test_the_manifest_names_icons_that_are_there_in_their_sizes():
    response = Client().get("/site.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    told = response.json()
    assert (told["name"], told["start_url"], told["display"]) == ("Conflict Archive", "/", "minimal-ui")
    assert {(icon["sizes"], icon["purpose"]) for icon in told["icons"]} == {
        ("any", "any"),
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in told["icons"]:
        file = STATIC / icon["src"].removeprefix("/static/")
        assert file.exists()
        if icon["type"] == "image/png":
            assert size_of(file) == icon["sizes"]


def test_every_page_names_manifest_icons_and_the_colour_of_its_paper():
    text = Client().get("/nothing-here/").text
    assert '<link rel="manifest" href="/site.webmanifest">' in text
    assert re.search(r'<link rel="apple-touch-icon"\s+href="/static/icons/apple-touch-icon.png">', text)
    assert size_of(STATIC / "icons" / "apple-touch-icon.png") == "180x180"
    colours = re.findall(r'<meta name="theme-color"\s+content="(.*?)"\s+media="\(prefers-color-scheme: (.*?)\)">', text)
    assert {theme: value for value, theme in colours} == {theme: THEMES[theme]["paper"] for theme in THEMES}
    manifest = Client().get("/site.webmanifest").json()
    assert {manifest["theme_color"], manifest["background_color"]} == {THEMES["light"]["paper"]}


def test_the_icon_is_seen_in_light_and_dark():
    icon = (STATIC / "favicon.svg").read_text()
    assert "prefers-color-scheme: dark" in icon
    assert THEMES["light"]["accent"] in icon and THEMES["dark"]["accent"] in icon
    assert Client().get("/favicon.ico")["Location"] == "/static/favicon.svg"
