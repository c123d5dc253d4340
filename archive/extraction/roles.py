"""Reads the role printed beside a name: "interior ministry spokesman X", "X, the coalition's commander,"."""

from __future__ import annotations

from collections.abc import Sequence

from archive.extraction.phrases import DETERMINERS, Phrase
from archive.extraction.tokens import Sign, Token
from archive.extraction.vocabulary import CUES, FUNCTION_WORDS, is_role

HONORIFICS = frozenset(["mr", "mrs", "ms", "miss", "mx", "sir", "dr", "messrs", "drs"])
LONGEST_APPOSITION = 16
HEAD_FOLLOWERS = frozenset(["of", "for", "to", "at", "in", "with", "from", "on", "and"])


def role_before(text: str, tokens: Sequence[Token], phrase: Phrase) -> str:
    """Return the rank, title and office before the name of `phrase`, without its article; "Mr." is none."""
    if phrase.name is None:
        return ""
    first, last = phrase.first, phrase.name.first
    while first < last and (tokens[first].sign is not Sign.WORD or tokens[first].lower in DETERMINERS):
        first += 1
    while last > first and tokens[last - 1].lower in ("named", "called"):
        last -= 1
    if first >= last or all(tokens[at].lower in HONORIFICS for at in range(first, last)):
        return ""
    return " ".join(text[tokens[first].start : tokens[last - 1].end].split())


def apposition_after(tokens: Sequence[Token], phrase: Phrase) -> tuple[int, int] | None:
    """Return the tokens [first, last) of a role between commas after a name, or None."""
    comma = _after_home(tokens, phrase.last)
    if phrase.name is None or comma >= len(tokens) or tokens[comma].sign is not Sign.COMMA:
        return None
    first = at = comma + 1
    seen_role = False
    while at < len(tokens) and at - first < LONGEST_APPOSITION:
        token = tokens[at]
        if token.sign is Sign.POSSESSIVE:
            at += 1
            continue
        if token.sign is not Sign.WORD:
            break
        if token.lower in CUES and not seen_role:
            return None
        if at == first and token.lower.endswith("ed") and token.text[0].islower() and token.lower != "retired":
            return None
        if token.lower in FUNCTION_WORDS and token.lower not in HEAD_FOLLOWERS | DETERMINERS | {"former", "then"}:
            return None
        if is_role(token.lower):
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            seen_role = (
                seen_role or following is None or following.sign is not Sign.WORD or (following.lower in HEAD_FOLLOWERS)
            )
        if seen_role and token.lower in CUES and token.text.islower():
            break
        at += 1
    closing = at < len(tokens) and tokens[at].sign in (Sign.COMMA, Sign.STOP, Sign.QUOTATION, Sign.BREAK)
    if (
        not seen_role
        or at == first
        or not closing
        or (tokens[first].lower in ("and", "in", "for", "with", "to", "at", "on"))
    ):
        return None
    if tokens[first].capital and all(tokens[k].capital for k in range(first, at)) and at - first > 1:
        return None if not is_role(tokens[at - 1].lower) else (first, at)
    return first, at


def _after_home(tokens: Sequence[Token], at: int) -> int:
    """Step over "of Alabama" after a name."""
    if at < len(tokens) and tokens[at].lower in ("of", "from"):
        end = at + 1
        while end < min(len(tokens), at + 4) and tokens[end].capital:
            end += 1
        if end > at + 1:
            return end
    return at


def apposition_text(text: str, tokens: Sequence[Token], span: tuple[int, int]) -> str:
    """Return the words of an apposition without a leading article."""
    first, last = span
    while first < last - 1 and tokens[first].lower in ("a", "an", "the"):
        first += 1
    return " ".join(text[tokens[first].start : tokens[last - 1].end].split())


def words_of(text: str, tokens: Sequence[Token], phrase: Phrase) -> str:
    """Return a role that stands alone before a comma, without its determiner: "spokesman" of "His spokesman, X"."""
    first = phrase.first
    while first < phrase.last - 1 and tokens[first].lower in DETERMINERS:
        first += 1
    return " ".join(text[tokens[first].start : tokens[phrase.last - 1].end].split())
