"""Reading a record: one JSON object with an article's fields, as on a line of a .jsonl file."""

import json
import re

from archive.reading.dates import DateRange, UnusableDate, parse_date
from archive.reading.encoding import decode
from archive.reading.furniture import furniture
from archive.reading.mending import mend, one_line
from archive.reading.outcome import Reading, Unreadable
from archive.reading.plain_text import apart, encoding_remarks, without_title
from archive.reading.published import published

_KINDS = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
_URL = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,4}")
_LONGEST_SHOWN = 80


def read_record(data: bytes) -> Reading:
    """The article in one JSON object with title, body, date, source, url, author, id and language (or lang).

    All but `body` may be missing or null; other keys are ignored. Raises `Unreadable` for what is no such object.
    A title and a date that are missing are looked for in the body, as in a plain text file.
    """
    fields, encoding = _fields(data)
    body = _text(fields, "body")
    if not body.strip():
        known = "besides its title" if _text(fields, "title").strip() else 'in "body"'
        raise Unreadable(f"has no text {known}")
    whole = mend(body)
    if not whole.text.strip():
        raise Unreadable('has nothing but control characters in "body"')
    title = one_line(_text(fields, "title"))
    title_is_ours, header = False, ""
    if title:
        mapped = without_title(title, whole)
    else:
        title, title_is_ours, header, mapped = apart(whole)
    remarks = list(encoding_remarks(encoding))
    date = _date(_text(fields, "date"), remarks)
    date_left_out = date is None and bool(_text(fields, "date").strip())
    if not _text(fields, "date").strip():
        date, date_remarks = published("" if title_is_ours else title, header, mapped.text)
        remarks += date_remarks
        date_left_out = date is None and bool(date_remarks)
    return Reading(
        title=title,
        title_is_ours=title_is_ours,
        text=mapped.text,
        furniture=furniture(mapped.text),
        runs=mapped.runs,
        encoding=encoding,
        part="body",
        published=date,
        outlet=one_line(_text(fields, "source")),
        author=one_line(_text(fields, "author")),
        url=_matching(_URL, "url", one_line(_text(fields, "url")), "it must begin with https:// or http://", remarks),
        language=_matching(
            _LANGUAGE,
            "language",
            one_line(_text(fields, "language") or _text(fields, "lang")),
            "write a code such as en or pt-BR",
            remarks,
        ).replace("_", "-"),
        import_id=one_line(_identifier(fields)),
        remarks=tuple(remarks),
        date_left_out=date_left_out,
    )


def field_text(data: bytes, name: str) -> str:
    """The characters of one field of a record as they came; none where it has no such field. Raises `Unreadable`."""
    fields, _ = _fields(data)
    return _text(fields, name)


def _fields(data: bytes) -> tuple[dict[str, object], str]:
    if not data.strip():
        raise Unreadable("is empty")
    text, encoding = decode(data)
    try:
        fields = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"is not valid JSON: {error.msg} at character {error.pos + 1}") from None
    except (ValueError, RecursionError):
        raise Unreadable("is not usable JSON: its numbers are too long or it is nested too deep") from None
    if not isinstance(fields, dict):
        raise Unreadable(f"is JSON, but {_kind(fields)}; a record is an object with at least a body")
    return fields, encoding


def _text(fields: dict[str, object], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(f'has {_kind(value)} in "{name}"; it must be text')
    return value


def _identifier(fields: dict[str, object]) -> str:
    """The id, which may also be a whole number."""
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text(fields, "id")


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "text" if isinstance(value, str) else "null")


def _date(stated: str, remarks: list[str]) -> DateRange | None:
    if not stated.strip():
        return None
    try:
        found = parse_date(stated)
    except UnusableDate as unusable:
        remarks.append(unusable.remark)
        return None
    if found is None:
        remarks.append(f"the date {_shown(stated)} could not be read and was left out; write it like 2018-05-30")
    return found


def _matching(pattern: re.Pattern[str], name: str, value: str, advice: str, remarks: list[str]) -> str:
    if not value or pattern.fullmatch(value):
        return value
    remarks.append(f"the {name} {_shown(value)} was left out; {advice}")
    return ""


def _shown(value: str) -> str:
    folded = one_line(value)
    return repr(folded if len(folded) <= _LONGEST_SHOWN else folded[: _LONGEST_SHOWN - 1] + "…")
