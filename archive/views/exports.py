"""Hands out all that a search finds, as a file that is written while it is downloaded."""

import threading
from collections.abc import Iterator

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from archive import search as index
from archive.exporting import FORMATS, exported
from archive.models.slugs import slug_of
from archive.search import Asked, NotReady, Search
from archive.views.asked import KINDS, NotSearchable, asked_in

MANY = {kind: name for name, kind in KINDS.items()}
SOON = 60  # seconds after which to ask again for what cannot be had now
SENT_AT_ONCE = 2  # by one process: whoever reads slowly holds a thread, and pages need the others (gunicorn.conf.py)

_places = threading.BoundedSemaphore(SENT_AT_ONCE)


class Download:
    """The pieces of a file on its way, which holds one of the places there are for that until it is closed.

    Django closes it with its response, whether it was read to its end, broke off or was never begun.
    """

    def __init__(self, pieces: Iterator[str]):
        self._pieces: Iterator[str] | None = pieces

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._pieces is None:
            raise StopIteration
        return next(self._pieces)

    def close(self) -> None:
        if self._pieces is not None:
            self._pieces = None
            _places.release()


@require_safe
def export(request, suffix):
    """What the address asks for, all of it, in the order of the search (the newest first where that is relevance).

    `X-Total-Count` says how many records were found; those that have gone meanwhile are left out. Where something goes
    wrong, the connection breaks, and the download is not a whole file. With as many on their way as the archive sends
    at once, the answer is 503.
    """
    if suffix not in FORMATS:
        raise Http404("There is no export in this format.")
    try:
        asked = asked_in(request)
    except NotSearchable as problem:
        return not_searchable(problem)
    try:
        search = index.ask(asked, counted)
    except NotReady:
        return not_now(request)
    written: Download | tuple = ()  # who asks only for the header is told it without reading a record
    if request.method == "GET":
        if not _places.acquire(blocking=False):
            return not_now(request, busy=True)
        written = Download(exported(FORMATS[suffix], asked.kind, search.every()))
    response = StreamingHttpResponse(written, content_type=FORMATS[suffix].media_type)
    response["Content-Disposition"] = content_disposition_header(True, file_name(asked, suffix))
    response["X-Total-Count"] = search.total
    response["X-Robots-Tag"] = "noindex"
    response["X-Accel-Buffering"] = "no"  # nginx passes it on as it comes
    response["Cache-Control"] = "no-store"
    return response


def counted(search: Search) -> Search:
    """The search itself: it keeps its commit of the index, so that what is listed later is as many as are counted."""
    _ = search.total
    return search


def file_name(asked: Asked, suffix: str) -> str:
    parts = ("conflict-archive", MANY[asked.kind], slug_of(asked.words, ""), timezone.localdate().isoformat())
    return f"{'-'.join(filter(None, parts))}.{suffix}"


def not_now(request, busy: bool = False) -> HttpResponse:
    """The answer while there is no index to search, or while enough files are sent."""
    response = render(request, "503.html", {"busy": busy}, status=503)
    response["Retry-After"] = SOON
    response["X-Robots-Tag"] = "noindex"
    return response


def not_searchable(problem: NotSearchable) -> HttpResponse:
    return HttpResponse(f"{problem}\n", status=400, content_type="text/plain; charset=utf-8")
