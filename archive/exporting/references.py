"""What programs for references are told of a report or of a quote in it, before it is written as RIS or BibTeX."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from archive.exporting.records import Record
from archive.exporting.text import one_line
from archive.search import Kind
from archive.templatetags.published import machine_date, published_words

SITE_NAME = "Conflict Archive"
NO_TITLE = "The report has no title; these are its first words."
NOT_SPOKEN = {"reported": "reported speech, in the report's words"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A report, or a quote in one; all text is on one line, and empty where nothing is known."""

    kind: Kind
    key: int
    title: str
    outlet: str
    author: str
    published: str  # "2018-05-30", "2018-05" or "2018"; empty where that does not say it
    url: str
    language: str
    notes: tuple[str, ...]
    title_is_ours: bool
    published_in_words: str  # empty where it is not known
    originals: tuple[str, ...]  # the SHA-256 of each
    accessed: date  # the day on which it was read, which is today

    @property
    def identifier(self) -> str:
        """The same in every citation of this record, and of no other."""
        return f"conflict-archive-{self.kind}-{self.key}"

    @property
    def parts_of_date(self) -> list[str]:
        """Year, month and day, as far as they are known."""
        return self.published.split("-") if self.published else []


def reference_of(kind: Kind, record: Record) -> Reference:
    earliest, latest = record["published_earliest"], record["published_latest"]
    published = machine_date(earliest, latest)
    own = _of_quote(record) if kind == Kind.QUOTE else _of_report(record)
    originals = tuple(record["originals_sha256"])
    return Reference(
        kind=kind,
        key=record["id"],
        title=one_line(record["report_title"] if kind == Kind.QUOTE else record["title"]),
        outlet=one_line(record["outlet"] or ""),
        author=one_line(record.get("author") or ""),
        published=published or _year(earliest, latest),
        url=record["url"],
        language=record.get("language") or "",
        notes=(
            *own,
            *([NO_TITLE] if record["title_is_ours"] else []),
            *(f"SHA-256 of the original: {sha256}" for sha256 in originals),
            *([] if published else [f"Published: {published_words(earliest, latest)}"]),
        ),
        title_is_ours=record["title_is_ours"],
        published_in_words=published_words(earliest, latest) if earliest else "",
        originals=originals,
        accessed=timezone.localdate(),
    )


def _year(earliest: date | None, latest: date | None) -> str:
    """The one year in which both days lie."""
    return str(earliest.year) if earliest and latest and earliest.year == latest.year else ""


def _of_report(record: Record) -> list[str]:
    return [f"Came from: {one_line(record['original_url'])}"] if record["original_url"] else []


def _of_quote(record: Record) -> list[str]:
    spoken = NOT_SPOKEN.get(record["kind"])
    said = one_line(record["words"]) + (f" ({spoken})" if spoken else "")
    return [said, f"Said by: {one_line(record['attribution'])}", f"Report: {record['report_url']}"]
