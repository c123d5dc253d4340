"""Reading a plain text file: the first line is the title, the rest the report."""

import re

from archive.reading.encoding import MIXED, decode, is_a_guess
from archive.reading.furniture import furniture
from archive.reading.mapping import MappedText
from archive.reading.mending import mend
from archive.reading.outcome import Reading, Unreadable
from archive.reading.published import published
from archive.reading.title import heading, without_repetition

# One control character in ten is what random bytes have; a damaged text has a few.
_MOST_CONTROLS = 0.05
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_KINDS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_MARKUP = re.compile(r"\s*(?:<!doctype html|<html\b|<\?xml\b)", re.IGNORECASE)


def read_plain_text(data: bytes) -> Reading:
    """The article in a plain text file. Raises `Unreadable` for an empty file and for one that is not text."""
    if not data:
        raise Unreadable("is empty")
    for signature, kind in _KINDS:
        if data.startswith(signature):
            raise Unreadable(f"is {kind}, not plain text; save it as plain text first")
    decoded, encoding = decode(data)
    _refuse_binary(decoded)
    whole = mend(decoded)
    if not whole.text.strip():
        raise Unreadable("holds nothing but white space")
    remarks = encoding_remarks(encoding)
    if _MARKUP.match(whole.text):
        remarks += ("looks like a web page's source: its tags are in the text; save the page as plain text",)
    title, title_is_ours, header, body = apart(whole)
    date, date_remarks = published("" if title_is_ours else title, header, body.text)
    return Reading(
        title=title,
        title_is_ours=title_is_ours,
        text=body.text,
        furniture=furniture(body.text),
        runs=body.runs,
        encoding=encoding,
        part="",
        published=date,
        outlet="",
        author="",
        url="",
        language="",
        import_id="",
        remarks=remarks + date_remarks,
        date_left_out=date is None and bool(date_remarks),
    )


def apart(whole: MappedText) -> tuple[str, bool, str, MappedText]:
    """Title, whether it is ours, the lines before it, and the body (in which those lines stay).

    `whole` holds more than white space, and so does the body.
    """
    text = whole.text
    found = heading(text)
    if found.place is None:
        return found.title, True, "", _stripped(whole)
    before, after = text[: found.place.start], text[found.place.end :]
    after_start = found.place.end + without_repetition(found.title, after)
    return found.title, False, before, _stripped(whole.cut([(0, len(before)), (after_start, len(text))]))


def without_title(title: str, whole: MappedText) -> MappedText:
    """A body whose title is known, without first paragraphs that only repeat it."""
    return _stripped(whole.cut([(without_repetition(title, whole.text), len(whole.text))]))


def encoding_remarks(encoding: str) -> tuple[str, ...]:
    """What an editor should know of how a file's characters were read."""
    if encoding == MIXED:
        return ("is UTF-8 with some bytes that are not; those were read as cp1252",)
    if is_a_guess(encoding):
        return (f"does not say its encoding, {encoding} fits best; save it as UTF-8 if letters are wrong",)
    return ()


def _refuse_binary(decoded: str) -> None:
    written = decoded.rstrip("\0")
    controls = sum(1 for _ in _CONTROL.finditer(written))
    if controls > _MOST_CONTROLS * len(written):
        raise Unreadable(
            f"is not text: {controls / len(written):.0%} of it are control characters; save it as plain text first"
        )


def _stripped(mapped: MappedText) -> MappedText:
    text = mapped.text
    start = len(text) - len(text.lstrip())
    return mapped.cut([(start, max(start, len(text.rstrip())))])
