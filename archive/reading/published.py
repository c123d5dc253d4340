"""The day a report itself names as its date; never one on which something happened."""

import re
from collections.abc import Callable
from functools import partial
from itertools import islice

from archive.reading.dates import DateRange, UnusableDate, leading_date, parse_date
from archive.reading.layout import units

# A report states its date in its first lines or nowhere.
_TOP = 5

_LABEL = re.compile(
    r"(?:(?:first |originally )?(?:published|posted)(?: on| at)?|date(?: of publication| published| posted)?"
    r"|publication date|release date|date of issue|issued(?: on)?)(?P<colon>\s*:)?\s+",
    re.IGNORECASE,
)
# Named between the repeated title and the date where a page collapsed into one paragraph.
_AGENCY = re.compile(r"(?:[A-Z]{2,5}|Reuters|Agencies)(?: and agencies)?\s+")
# What may follow a date that stands for itself: a time, a name, the next sentence. A comma, or a word in lower
# case, makes it a part of a sentence.
_APART = re.compile(r"\s*(?:$|\n|[|–—(•·]|-\s|by\s+[A-Z])|\s+(?:at\s+[0-9]|[0-9A-Z\"“‘'«])|(?<=[0-9])Get short URL")


def published(title: str, header: str, text: str) -> tuple[DateRange | None, tuple[str, ...]]:
    """The stated date, or None; and remarks on dates that had to be left out.

    `header` are lines before the title; `title` is "" where the report has none. Read are: a line with a label
    ("Published: …", "Date: …"), a line that is only a date, and a beginning with weekday and date or, before or
    after the repeated title, with a date.
    """
    body = [text[unit.start : min(unit.end, unit.start + 1000)] for unit in islice(units(text), _TOP)]
    top = [header[unit.start : unit.end] for unit in units(header)] + body
    remarks: list[str] = []
    rules: list[tuple[Callable[[str], DateRange | None], list[str]]] = [
        (_labelled, top),
        (_date_alone, top),
        (partial(_opening, title=title), body[:1]),
    ]
    for rule, line in ((rule, line) for rule, read_lines in rules for line in read_lines):
        try:
            found = rule(line)
        except UnusableDate as unusable:
            remarks.append(unusable.remark)
        else:
            if found:
                return found, ()
    return None, tuple(dict.fromkeys(remarks))


def is_date_line(line: str) -> bool:
    """Whether a line is nothing but a date, labelled or not, usable or not."""
    label = _LABEL.match(line)
    try:
        return bool(parse_date(line[label.end() :]) if label else _date_alone(line))
    except UnusableDate:
        return True


def _labelled(line: str) -> DateRange | None:
    label = _LABEL.match(line)
    if not label:
        return None
    rest = line[label.end() :]
    leading = leading_date(rest)
    if leading and _APART.match(rest, leading.end):
        return leading.read()
    return parse_date(rest) if label["colon"] else None


def _date_alone(line: str) -> DateRange | None:
    """A day or a month; a number alone on a line is not taken for a year."""
    return None if line.isdigit() else parse_date(line)


def _opening(paragraph: str, title: str) -> DateRange | None:
    repeated = _repetition(title)
    start = repeated.match(paragraph) if repeated else None
    here = start.end() if start else 0
    agency = _AGENCY.match(paragraph, here)
    rest = paragraph[agency.end() if agency else here :]
    leading = leading_date(rest)
    if not leading or not _APART.match(rest, leading.end):
        return None
    named_before_title = repeated and repeated.match(rest[leading.end :].lstrip())
    return leading.read() if leading.has_weekday or start or named_before_title else None


def _repetition(title: str) -> re.Pattern[str] | None:
    """Finds the title, with or without the outlet's name at its end ("… - Region - The Daily")."""
    words = re.split(r" [-|–—] ", title)[0].split()
    if not words:
        return None
    rest = r"(?:\s*[-|–—]\s.{0,80}?)?" if " ".join(words) != title else ""
    return re.compile(r"\s+".join(map(re.escape, words)) + rest + r"[\s.]+", re.IGNORECASE)
