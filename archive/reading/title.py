"""A report's title: its first line, or its first words where it has none."""

import re
from dataclasses import dataclass
from itertools import islice

from archive.reading.furniture import is_furniture
from archive.reading.layout import Span, fold, paragraphs, units
from archive.reading.published import is_date_line

# No headline of the reports this was measured on has more than 170 characters.
_LONGEST_TITLE = 200
_LONGEST_SENTENCE_TITLE = 120
_LONGEST_OURS = 80
_TOP = 4

# KABUL, May 30 (Agency) — …; a place in capitals, then a date or an agency or both, then a dash.
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){0,4}"
    r"(?:,? [A-Z][\w.'’]+(?: [A-Z][\w.'’]+){0,3})?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? [0-9]{1,2}|[0-9]{1,2} [A-Z][a-z]{2,8})(?:,? [0-9]{4})?)?"
    r"(?: ?[(\[][^)\]\n]{2,40}[)\]])?"
    r" ?(?:[–—-]{1,2}|:) "
)
_DATELINE_SIGN = re.compile(r"[0-9(\[,]")
# Headlines that end in a full stop do without these; sentences seldom do.
_PROSE = re.compile(r"\b(?:an?|the|was|were|had|has been|have been|said|says that|told)\b", re.IGNORECASE)
_FULL_STOP = re.compile(r"[.。।۔][\"'”’»)\]]*$")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Co|Corp|Inc|Jr|Ltd|Mr|No|Sr|St))\.$")
_NEXT_SENTENCE = re.compile(r"[a-z]{3}[.!?][\"”’]? +[\"“‘]?[A-Z]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """The title, and where it stands in the text; `place` is None for a title made of the first words."""

    title: str
    place: Span | None


def heading(text: str) -> Heading:
    """The title of a report whose whole text is `text` (which holds more than white space).

    The first line is one unless it is a dateline, a sentence or a paragraph, or all there is. Lines with nothing
    but a date, an address or page furniture may stand before it.
    """
    top = list(islice(units(text), _TOP + 1))
    for unit, following in zip(top, top[1:], strict=False):
        line = text[unit.start : unit.end]
        if is_date_line(line) or is_furniture(line) or _ADDRESS.fullmatch(line):
            continue
        if _reads_as_title(" ".join(line.split()), text[following.start : following.end]):
            return Heading(" ".join(line.split()), unit)
        return Heading(first_words(line), None)
    return Heading(first_words(text[top[0].start : top[0].end]), None)


def first_words(text: str) -> str:
    """The beginning of a text as a title of ours: at most 80 characters, cut at a word."""
    words = " ".join(text[: 20 * _LONGEST_OURS].split())
    if len(words) <= _LONGEST_OURS:
        return words
    cut = words[:_LONGEST_OURS]
    return (cut.rpartition(" ")[0] or cut[:-1]).rstrip(" ,;:–—-") + "…"


def without_repetition(title: str, text: str) -> int:
    """Where the text goes on after first paragraphs that only repeat the title; 0 if it would be empty."""
    here = 0
    repeated = fold(title)
    for paragraph in paragraphs(text):
        if fold(text[paragraph.start : paragraph.end]) != repeated:
            return here and paragraph.start
        here = paragraph.end
    return 0


def _reads_as_title(line: str, following: str) -> bool:
    if len(line) > _LONGEST_TITLE or line.endswith((",", ";")):
        return False
    if fold(following[: 2 * _LONGEST_TITLE]).startswith(fold(line).rstrip(".")):
        return True
    dateline = _DATELINE.match(line)
    if dateline and _DATELINE_SIGN.search(dateline.group()):
        return False
    if not _FULL_STOP.search(line) or line.endswith("...") or _ABBREVIATION.search(line):
        return True
    return len(line) <= _LONGEST_SENTENCE_TITLE and not _PROSE.search(line) and not _NEXT_SENTENCE.search(line)
