"""Finds the words of a question in a text, and the passage of it that answers best."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.search.parsing import parse
from archive.search.query import Place, Question, Words
from archive.search.results import Piece
from archive.search.tokens import DEFAULT_LANGUAGE, Sought, Token, Tokens, stem, tokenize

ELLIPSIS = "…"
MOST_NEAR = 100  # words near each other that are looked at together
SENTENCE_START = re.compile(r"(?:[.!?][\"”’']?\s|\n)\s*")
SPACE = re.compile(r"\s+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text in pieces; `first_hit` tells which of the text's `found_spans` is the first in it, from 1.

    None where no word was found.
    """

    pieces: tuple[Piece, ...]
    first_hit: int | None


def _spans(text: str, question: Question, language: str, *, title: bool) -> list[tuple[Span, int]]:
    """Where the question's words stand, in order, and the number of the part of the question that each answers.

    What is looked for in titles is marked there alone. What the question as it stands does not find is looked for word
    by word, as the search does.
    """
    for asked in (question, question.relaxed()):
        parts = tuple(part for part in asked.words() if title or part.place != Place.TITLE) if asked else ()
        if found := sorted(_find(text, parts, language)):
            return found
    return []


def _sought(parts: Sequence[Words], language: str) -> Sought:
    """The words of a text that can be any of the parts."""
    forms: set[str] = set()
    beginnings: set[str] = set()
    for part in parts:
        words = {word for spelling in part.spellings for word in spelling}
        if part.prefix:
            beginnings |= words
        elif part.exact:
            forms |= words
        else:
            forms.update(stem(word, language) for word in words)
    return Sought(frozenset(forms), tuple(beginnings), any(len(form) > 1 for part in parts for form in part.spellings))


def _find(text: str, parts: tuple[Words, ...], language: str) -> Iterator[tuple[Span, int]]:
    """The spans of each part; their ends may overlap."""
    tokens = tokenize(text, language, _sought(parts, language))
    single: dict[str, int] = {}
    for number, part in enumerate(parts):
        if part.prefix:
            beginning = part.spellings[0][0]
            yield from (((t.start, t.end), number) for t in tokens.words if t.plain.startswith(beginning))
            continue
        for spelling in part.spellings:
            form = spelling if part.exact else tuple(stem(word, language) for word in spelling)
            if len(form) == 1 and not part.exact:
                single.setdefault(form[0], number)
            elif part.slop:
                yield from ((span, number) for span in _near(tokens, form, part.slop))
            else:
                yield from ((span, number) for span in _side_by_side(tokens, form, exact=part.exact))
    if single:
        for token in (*tokens.words, *tokens.joined):
            if token.stem in single:
                yield (token.start, token.end), single[token.stem]


def _side_by_side(tokens: Tokens, form: tuple[str, ...], *, exact: bool) -> Iterator[Span]:
    """Where the words of the form follow each other."""
    at = {token.place: (token.plain if exact else token.stem, token.end) for token in tokens.words}
    for first in tokens.words:
        found = [at.get(place, ("", 0)) for place in range(first.place, first.place + len(form))]
        if tuple(word for word, _ in found) == form:
            yield first.start, found[-1][1]


def _near(tokens: Tokens, form: tuple[str, ...], slop: int) -> Iterator[Span]:
    """The words of the form wherever all of them stand within `slop` words more than they are."""
    wanted = set(form)
    having = [token for token in tokens.words if token.plain in wanted]
    near: set[Token] = set()
    last = 0
    for first, token in enumerate(having):
        while last < len(having) and having[last].place - token.place < len(form) + slop:
            last += 1
        window = having[first : min(last, first + MOST_NEAR)]
        if {other.plain for other in window} == wanted:
            near.update(window)
    for token in sorted(near):
        yield token.start, token.end


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def found_spans(text: str, words: str, language: str = DEFAULT_LANGUAGE, *, title: bool = False) -> list[Span]:
    """Where the words of a question stand in the text: [start, end) in characters, in order, without overlaps.

    Excluded words are not among them. `title`: the text is a title.
    """
    return _merged(span for span, _ in _spans(text, parse(words), language, title=title))


def highlight(text: str, words: str, language: str = DEFAULT_LANGUAGE, *, title: bool = False) -> tuple[Piece, ...]:
    """The whole text in pieces, those found marked as such."""
    return tuple(_pieces(text, 0, len(text), found_spans(text, words, language, title=title)))


def snippet(
    text: str,
    words: str,
    language: str = DEFAULT_LANGUAGE,
    *,
    length: int = 300,
    furniture: Iterable[Sequence[int]] = (),
) -> Passage:
    """The passage of about `length` characters with most of the question's words, those in page furniture aside.

    It is cut between words, with "…" where it is cut; line ends become spaces. Without any of the words it is the
    beginning of the text.
    """
    spans = _spans(text, parse(words), language, title=False)
    apart = [tuple(span) for span in furniture]
    outside = [each for each in spans if not any(start <= each[0][0] < end for start, end in apart)]
    start, end = _passage(text, outside, length)
    hits = _merged(span for span, _ in spans)
    pieces = [Piece(SPACE.sub(" ", piece.text), piece.found) for piece in _pieces(text, start, end, hits)]
    before = [Piece(ELLIPSIS, False)] if text[:start].strip() else []
    after = [Piece(ELLIPSIS, False)] if text[end:].strip() else []
    inside = (number for number, hit in enumerate(hits, 1) if hit[0] < end and hit[1] > start)
    return Passage((*before, *pieces, *after), next(inside, None))


def _pieces(text: str, start: int, end: int, spans: Iterable[Span]) -> Iterator[Piece]:
    position = start
    for span_start, span_end in spans:
        span_start, span_end = max(span_start, position), min(span_end, end)
        if span_start >= span_end:
            continue
        if span_start > position:
            yield Piece(text[position:span_start], False)
        yield Piece(text[span_start:span_end], True)
        position = span_end
    if position < end:
        yield Piece(text[position:end], False)


def _passage(text: str, spans: list[tuple[Span, int]], length: int) -> Span:
    """Where to cut: around most different parts of the question, then most words, then the first such place."""
    first, last = _densest(spans, length)
    room = max(length - (last - first), 0)
    start = _sentence_start(text, max(first - room, 0), first)
    if start is None:
        start = _word_start(text, max(first - room // 3, 0), first)
    end = _word_end(text, start + length, max(last, start + 1))
    if end == len(text):  # room that is left behind is used before
        start = min(start, _word_start(text, max(end - length, 0), first))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _densest(spans: list[tuple[Span, int]], length: int) -> Span:
    best, best_rank = (0, 0), (0, 0)
    last = 0
    counts: dict[int, int] = {}
    for first, ((start, _), number) in enumerate(spans):
        while last < len(spans) and (last <= first or spans[last][0][1] - start <= length):
            counts[spans[last][1]] = counts.get(spans[last][1], 0) + 1
            last += 1
        rank = (len(counts), last - first)
        if rank > best_rank:
            best, best_rank = (start, min(max(end for (_, end), _ in spans[first:last]), start + length)), rank
        counts[number] -= 1
        if not counts[number]:
            del counts[number]
    return best


def _sentence_start(text: str, earliest: int, latest: int) -> int | None:
    """The last place in [earliest, latest] where a sentence or paragraph begins."""
    starts = [0] if earliest == 0 else []
    starts += [found.end() for found in SENTENCE_START.finditer(text, max(earliest - 2, 0), latest)]
    starts = [start for start in starts if earliest <= start <= latest]
    return starts[-1] if starts else None


def _word_start(text: str, earliest: int, latest: int) -> int:
    """The first place in [earliest, latest] where a word begins; where there is none, `earliest` cuts a word."""
    if earliest == 0:
        return 0
    space = SPACE.search(text, earliest - 1, latest)
    return space.end() if space else earliest


def _word_end(text: str, latest: int, earliest: int) -> int:
    """The last place in [earliest, latest] where a word ends; where there is none, `latest` cuts a word."""
    if latest >= len(text):
        return len(text)
    if text[latest].isspace():
        return latest
    cut = max((found.start() for found in SPACE.finditer(text, earliest, latest)), default=None)
    return latest if cut is None else cut
