"""The public page of corrections, those of one record, and what the page of a record says of them."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import BigIntegerField
from django.http import Http404
from django.shortcuts import render
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.curation.corrections import Correction, Corrections, Cursor, corrections
from archive.curation.shown import Record, Shown
from archive.models import ErrorReport
from archive.views.gone import RECORD, gone, why_no_record

PAGE_SIZE = 30
LINES = 3  # of the last corrections on the page of a record
LINE = 300  # characters of what one says was changed, and of the reason


@dataclass(frozen=True, slots=True)
class Line:
    """A correction in one line."""

    begins: str
    when: datetime
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the page of a record says of its corrections: the last ones, whether there are any, the address of all,
    where readers report an error, and for who may, where they edit the record; empty for others."""

    kind: str
    lines: list[Line]
    any: bool
    all_address: str
    report_address: str
    edit_address: str


@require_safe
def all_corrections(request):
    """What editors have changed, the newest first."""
    return render(request, "corrections.html", page_of(request))


@require_safe
def of_record(request, kind, number):
    """The corrections of one report, quote, person or organisation; where readers do not see it, the reason, with
    status 410."""
    record = shown_record(kind, number)
    if record is None:
        if reason := why_no_record(kind, number):
            return gone(request, RECORD, reason)
        raise Http404("There is no such record.")
    return render(request, "corrections.html", page_of(request, record))


def page_of(request, record: Record | None = None) -> dict:
    """What the page shows: a part of the list; raises Http404 where the address asks for none."""
    try:
        after = Cursor.parse(request.GET["after"]) if "after" in request.GET else None
    except ValueError:
        raise Http404("There is no such part of the corrections.") from None
    part: Corrections = corrections(PAGE_SIZE, after, record and record.key)
    return {"record": record, "rows": part.rows, "following": part.following, "is_later": after is not None}


def shown_record(kind: str, number: int) -> Record | None:
    """The record of this kind and number, of somebody merged the one they were merged into; None where readers do not
    see it. Raises Http404 where there is no such kind."""
    if kind not in ErrorReport.Kind.values:
        raise Http404("There is no such kind of record.")
    if number > BigIntegerField.MAX_BIGINT:
        return None
    return Shown.of({(kind, number)}).record(kind, number)


def corrected(kind: str, number: int, user: AbstractUser | AnonymousUser) -> Corrected:
    """For the page of a record that readers see, as this user sees it."""
    last = corrections(LINES, of=(kind, number), batches=1)
    return Corrected(
        kind=kind,
        lines=[line_of(correction, (kind, number)) for correction in last.rows],
        any=bool(last.rows or last.following),
        all_address=reverse("record_corrections", args=[kind, number]),
        report_address=reverse("report_error", args=[kind, number]),
        edit_address=_edit_address(kind, number, user),
    )


def _edit_address(kind: str, number: int, user: AbstractUser | AnonymousUser) -> str:
    model = "article" if kind == ErrorReport.Kind.REPORT else kind
    may_edit = user.is_staff and user.has_perm(f"archive.change_{model}")
    return reverse(f"admin:archive_{model}_change", args=[number]) if may_edit else ""


def line_of(correction: Correction, page: tuple[str, int] | None = None) -> Line:
    """In one line, as the page of the record says it."""
    words = "; ".join(change.in_words(page) for change in correction.changes)
    begins = "Answered" if correction.is_answer else "Corrected"
    return Line(begins, correction.when, truncatechars(words, LINE), truncatechars(correction.reason, LINE))
