"""Hands out originals as they came."""

import logging
from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from archive.models import Article, Original, Reading
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


def safe_media_type(media_type: str) -> str:
    """The media type to send: the original's own where no browser runs it."""
    bare = media_type.partition(";")[0].strip().lower()
    if bare in SUFFIXES:
        return bare
    return "text/plain" if bare.startswith("text/") else "application/octet-stream"


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
    reports = list(Article.objects.visible().read_from(sha256).with_outlet())
    if not reports and (reason := why_no_original(sha256)):
        return gone(request, ORIGINAL, reason)
    if reason := why_no_full_text(reports):
        return gone(request, ORIGINAL, reason, status=403)
    found = get_object_or_404(Original, sha256=sha256)
    etag = f'"{sha256}"'
    response = get_conditional_response(request, etag=etag) or download(found)
    response["ETag"] = etag
    return response


def download(found: Original) -> FileResponse:
    """The answer with its bytes; Http404 where their file is missing."""
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        logger.error("The file of original %s is missing from the storage.", found.sha256)
        raise Http404("The file of this original is missing.") from None
    media_type = safe_media_type(found.media_type)
    content_type = media_type
    if media_type == "text/plain":
        encoding = Reading.objects.filter(original=found).order_by("pk").values_list("encoding", flat=True).first()
        charset = CHARSETS.get(encoding or "utf-8")
        content_type = f"text/plain; charset={charset}" if charset else "text/plain"
    response = FileResponse(
        file,
        as_attachment=True,
        filename=download_name(found.name, media_type, found.sha256),
        content_type=content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
