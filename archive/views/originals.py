"""Hands out originals as they came, and shows those that can be read in a browser in a page where nothing runs."""

import logging
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.core.files import File
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from archive.models import Article, Original, Reading
from archive.reading import decode
from archive.views.extracts import why_only_extracts
from archive.views.gone import ORIGINAL, gone, why_no_original

# Python's names of encodings, where they are not the ones that browsers know; others are left to the browser.
CHARSETS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-8+cp1252": "utf-8",
    "utf-16": "utf-16",
    "cp1252": "windows-1252",
    "cp1251": "windows-1251",
    "cp1256": "windows-1256",
    "latin-1": "iso-8859-1",
}

logger = logging.getLogger(__name__)

# A browser runs none of these. Anything else is handed out as text or as bytes, whatever it says it is.
SUFFIXES = {"text/plain": ".txt", "application/json": ".json", "application/octet-stream": ""}
HTML = "text/html"
LARGEST_SHOWN = 1_000_000  # bytes that are shown within a page; a browser sets more than that slowly
# Of an original that is shown: a page of nobody's, in which no script runs and no form is sent, and which fetches
# nothing. Only pages of the archive may frame it.
NOT_SHOWN = "This original is not shown here"
POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)


def safe_media_type(media_type: str) -> str:
    """The media type to send: the original's own where no browser runs it."""
    bare = bare_media_type(media_type)
    if bare in SUFFIXES:
        return bare
    return "text/plain" if bare.startswith("text/") else "application/octet-stream"


def bare_media_type(media_type: str) -> str:
    """The media type without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def why_not_shown(original: Original) -> str:
    """Why this original can be had as a download only; empty where it is shown too."""
    if safe_media_type(original.media_type) == "application/octet-stream":
        return "It is no text that a browser shows; it can be downloaded."
    if original.size > LARGEST_SHOWN:
        return "It is larger than 1 MB, and only shorter originals are shown here; it can be downloaded."
    return ""


def download_name(name: str, media_type: str, sha256: str) -> str:
    """A file name for the reader's disk, from the file's name, a place in a file or a web address."""
    last = PurePosixPath(urlsplit(name).path if "://" in name else name.replace("\\", "/")).name
    last = last or sha256[:16]
    suffix = SUFFIXES[media_type]
    return last if last.lower().endswith(suffix) else last.replace(":", "-") + suffix


def why_no_full_text(reports: Sequence[Article]) -> str:
    """Why an original is not handed out though these reports that are read from it are seen: of all of them only
    extracts may be. Else empty."""
    reasons = [why_only_extracts(report) for report in reports]
    return reasons[0] if reasons and all(reasons) else ""


# Asked again each time, which costs whoever has it no bytes: it never changes, but an editor may withhold it.
@require_safe
@cache_control(public=True, no_cache=True)
def original(request, sha256):
    """The bytes of the original with this SHA-256, always as a download; where no report that is read from it is seen
    any more, the reason, with status 410; where only extracts may be shown of them, with 403."""
    return why_refused(request, sha256) or answered(request, sha256, f'"{sha256}"', download)


@require_safe
@cache_control(public=True, no_cache=True)
def view(request, sha256):
    """The original as a browser shows it, HTML as a page and anything else as text, with nothing that runs or is
    fetched; the same refusals, and 404 with the reason for what cannot be shown."""
    if refused := why_refused(request, sha256):
        return refused
    found = get_object_or_404(Original, sha256=sha256)
    if reason := why_not_shown(found):
        return gone(request, NOT_SHOWN, reason, status=404)
    return answered(request, sha256, f'"{sha256}-view"', shown)


def why_refused(request, sha256: str) -> HttpResponse | None:
    """The page that says why the original with this SHA-256 is not handed out; None where it is, or there is none."""
    reports = list(Article.objects.visible().read_from(sha256).with_outlet())
    if not reports and (reason := why_no_original(sha256)):
        return gone(request, ORIGINAL, reason)
    if reason := why_no_full_text(reports):
        return gone(request, ORIGINAL, reason, status=403)
    return None


def answered(request, sha256: str, etag: str, answer: Callable[[Original], HttpResponseBase]) -> HttpResponseBase:
    """The answer, or that whoever asks has it already."""
    found = get_object_or_404(Original, sha256=sha256)
    response = get_conditional_response(request, etag=etag) or answer(found)
    response["ETag"] = etag
    return response


def opened(found: Original) -> File:
    """Its file; Http404 where it is missing."""
    try:
        return found.file.open("rb")
    except FileNotFoundError:
        logger.error("The file of original %s is missing from the storage.", found.sha256)
        raise Http404("The file of this original is missing.") from None


def charset_of(found: Original) -> str | None:
    """The encoding in which it was read, by the name that browsers know; None where they know none. What was never read
    is UTF-8."""
    encoding = Reading.objects.filter(original=found).order_by("pk").values_list("encoding", flat=True).first()
    return CHARSETS.get(encoding or "utf-8")


def download(found: Original) -> FileResponse:
    """The answer with its bytes; Http404 where their file is missing."""
    file = opened(found)
    media_type = safe_media_type(found.media_type)
    content_type = media_type
    if media_type == "text/plain":
        charset = charset_of(found)
        content_type = f"text/plain; charset={charset}" if charset else "text/plain"
    response = FileResponse(
        file,
        as_attachment=True,
        filename=download_name(found.name, media_type, found.sha256),
        content_type=content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def shown(found: Original) -> HttpResponse:
    """The answer with what a browser shows of it: of HTML the bytes themselves, of any text its characters."""
    with opened(found) as file:
        data = file.read()
    if bare_media_type(found.media_type) == HTML:
        # Without a known encoding the page says itself which it is in.
        charset = charset_of(found) if found.readings.exists() else None
        response = HttpResponse(data, content_type=f"{HTML}; charset={charset}" if charset else HTML)
    else:
        response = HttpResponse(decode(data)[0], content_type="text/plain; charset=utf-8")
    response["Content-Security-Policy"] = POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    return response
