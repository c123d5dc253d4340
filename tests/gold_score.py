"""Compares quotations with gold: whether their words are found, and whether the speaker has the right name.

A quotation is found where its words and those of the gold overlap: what both hold is at least 0.8 of what either holds.
A line of gold is {"id", "text", "people", "quotes", "reported"}; of a quotation, `start`, `end`, `kind` and
`speaker_full`, and `speaker_is_person` where it is a person whom the report names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

Record = Mapping[str, Any]
Words = frozenset[int]  # where the words of a stretch begin

FOUND = 0.8
NEARLY = 0.5
WORD = re.compile(r"[^\W_]+(?:['’´`-][^\W_]+)*")
POSSESSIVE = re.compile(r"'s\b")
AFTER_NAME = re.compile(r",| (?:who|of|from|at) ")
EDGES = ".,;:()[]\"“”'-–—"
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "md", "phd", "esq"})
TITLES = frozenset({
    "a", "adm", "admiral", "ambassador", "an", "brig", "candidate", "capt", "captain", "chairman", "chief", "col",
    "colonel", "coun", "councillor", "democrat", "democratic", "dr", "ex-", "former", "gen", "general", "gov",
    "governor", "judge", "justice", "king", "lady", "lord", "lt", "maj", "major", "mayor", "minister", "miss", "mr",
    "mrs", "ms", "pope", "president", "prime", "prince", "prof", "professor", "queen", "rep", "representative",
    "republican", "reps", "rev", "reverend", "secretary", "sen", "senator", "sgt", "sir", "spokesman",
    "spokeswoman", "the", "then-", "u.s", "u.s.", "us", "vice", "vice-president",
})  # fmt: skip
BANDS = (0.95, 0.9, 0.8, 0.6, 0.0)


@dataclass(slots=True)
class Tally:
    """How many quotations there are in the gold and among those predicted, and how many of them are right."""

    gold: int = 0
    predicted: int = 0
    found: int = 0
    named: int = 0
    """By persons whom the report names, in the gold."""
    named_predicted: int = 0
    exact: int = 0
    loose: int = 0

    def add(self, other: Tally) -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def spans(self) -> tuple[float, float, float]:
        return rates(self.found, self.predicted, self.gold)

    def exact_names(self) -> tuple[float, float, float]:
        return rates(self.exact, self.named_predicted, self.named)

    def loose_names(self) -> tuple[float, float, float]:
        return rates(self.loose, self.named_predicted, self.named)


@dataclass(slots=True)
class Score:
    """The tallies by kind of quotation, and by band of confidence how many speakers of found quotations were right."""

    kinds: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    bands: dict[float, list[int]] = field(default_factory=lambda: {band: [0, 0] for band in BANDS})

    def add(self, other: Score) -> None:
        for kind, tally in other.kinds.items():
            self.kinds[kind].add(tally)
        for band, (count, right) in other.bands.items():
            self.bands[band][0] += count
            self.bands[band][1] += right

    def total(self) -> Tally:
        total = Tally()
        for tally in self.kinds.values():
            total.add(tally)
        return total


@dataclass(frozen=True, slots=True)
class Expected:
    """A quotation of the gold, and each stretch of words that is as good as any other for it."""

    stretches: tuple[Words, ...]
    record: Record
    kind: str

    @property
    def named(self) -> bool:
        return bool(self.record.get("speaker_full") and self.record.get("speaker_is_person"))


def rates(right: int, predicted: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall and F1, in per cent."""
    return percent(right, predicted), percent(right, gold), percent(2 * right, predicted + gold)


def percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def score(report: Record, predictions: Sequence[Record], *, with_reported: bool = False) -> Score:
    """Scores what was predicted for one report; without `with_reported`, only words in quote marks."""
    text = report["text"]
    expected, passed_over = _expected(report, with_reported)
    predicted = [
        (words, one)
        for one in predictions
        if (with_reported or one["kind"] != "reported") and (words := words_in(text, one["start"], one["end"]))
    ]
    pairs = _pairs(expected, [words for words, _ in predicted])
    known = {last_name(one if isinstance(one, str) else one["full"]) for one in report.get("people", ())}
    result = Score()
    for place, one in enumerate(expected):
        tally = result.kinds[one.kind]
        tally.gold += 1
        tally.found += place in pairs
        prediction = predicted[pairs[place]][1] if place in pairs else None
        if one.named:
            name = prediction.get("speaker_full") if prediction else None
            tally.named += 1
            tally.exact += is_exact(one.record["speaker_full"], name)
            tally.loose += is_loose(one.record["speaker_full"], name)
        if prediction and "confidence" in prediction:
            band = result.bands[next(band for band in BANDS if prediction["confidence"] >= band)]
            band[0] += 1
            band[1] += is_right(one, prediction)
    by_prediction = {other: expected[place] for place, other in pairs.items()}
    for place, (words, prediction) in enumerate(predicted):
        match = by_prediction.get(place)
        if match is None and _is_passed_over(words, passed_over, with_reported):
            continue
        tally = result.kinds[match.kind if match else prediction["kind"]]
        tally.predicted += 1
        tally.named_predicted += _names_somebody(prediction.get("speaker_full"), match, known)
    return result


def _expected(report: Record, with_reported: bool) -> tuple[list[Expected], list[Words]]:
    """What should be found, and where finding something counts neither for nor against.

    A quotation that is no speech is in neither: found, it is an error. Of reported speech, nominal forms have no
    certain borders, and what holds quoted words is scored as these.
    """
    text = report["text"]
    expected: list[Expected] = []
    passed_over: list[Words] = []
    utterances: set[object] = set()
    for quote in report["quotes"]:
        words = words_in(text, quote["start"], quote["end"])
        kind = "reported" if quote["kind"] == "indirect" else quote["kind"]
        if kind == "not_speech" or not words:
            continue
        if with_reported and kind == "mixed" and quote.get("content"):
            if quote["attr"] not in utterances:
                utterances.add(quote["attr"])
                expected += _whole_utterance(report, quote)
        elif quote.get("unscored") or (kind == "reported" and not with_reported):
            passed_over.append(words)
        else:
            expected.append(Expected((words,), quote, kind))
    for quote in report.get("reported", ()) if with_reported else ():
        if words := words_in(text, quote["start"], quote["end"]):
            if quote.get("form") == "nominal" or quote.get("has_quote") or quote.get("unscored"):
                passed_over.append(words)
            else:
                expected.append(Expected((words,), quote, "reported"))
    return expected, passed_over


def _whole_utterance(report: Record, quote: Record) -> Iterator[Expected]:
    """Of a sentence that is reported and holds quoted words: the whole clause, or any of its quoted pieces."""
    pieces = tuple(
        words_in(report["text"], one["start"], one["end"])
        for one in report["quotes"]
        if one.get("attr") == quote["attr"]
    )
    for start, end in quote["content"]:
        if words := words_in(report["text"], start, end):
            yield Expected((words, *filter(None, pieces)), quote, "mixed")


def _pairs(expected: Sequence[Expected], predicted: Sequence[Words]) -> dict[int, int]:
    """For places in `expected` the place in `predicted` that has the same words, the best pairs first."""
    shares = [
        (share, place, other)
        for place, one in enumerate(expected)
        for other, words in enumerate(predicted)
        if (share := max(in_common(stretch, words) for stretch in one.stretches)) >= FOUND
    ]
    pairs: dict[int, int] = {}
    for _, place, other in sorted(shares, reverse=True):
        if place not in pairs and other not in pairs.values():
            pairs[place] = other
    return pairs


def _is_passed_over(words: Words, passed_over: Iterable[Words], with_reported: bool) -> bool:
    return any(
        in_common(stretch, words) >= NEARLY or (not with_reported and len(stretch & words) >= FOUND * len(words))
        for stretch in passed_over
    )


def _names_somebody(name: str | None, match: Expected | None, known: set[str]) -> bool:
    """Whether a predicted name counts against precision: it does not where the gold cannot say who it is, or where it
    is no person of the report."""
    if not name or (match and not match.record.get("speaker_full")):
        return False
    return bool(match and match.record.get("speaker_is_person")) or last_name(name) in known


def words_in(text: str, start: int, end: int) -> Words:
    return frozenset(match.start() for match in WORD.finditer(text, start, end))


def in_common(one: Words, other: Words) -> float:
    """The share of all their words that both have."""
    return len(one & other) / len(one | other)


def bare_name(name: str | None) -> str:
    """A name in lower case without titles before it and suffixes after it."""
    parts = [part for word in _plain(name).split() if (part := word.strip(EDGES).lower())]
    first, last = 0, len(parts)
    while last - first > 1 and parts[first] in TITLES:
        first += 1
    while last - first > 1 and parts[last - 1] in SUFFIXES:
        last -= 1
    return " ".join(parts[first:last])


def last_name(name: str | None) -> str:
    """The last capitalised word before what describes its bearer, in lower case; else the last word."""
    words = [word.strip('.,;:()[]"“”') for word in _plain(AFTER_NAME.split(name or "")[0], "’").split()]
    capital = [word for word in words if word[:1].isupper() and word.lower() not in SUFFIXES]
    return capital[-1].lower() if capital else (bare_name(AFTER_NAME.split(name or "")[0]).split() or [""])[-1]


def _plain(name: str | None, apostrophes: str = "’´") -> str:
    return POSSESSIVE.sub("", (name or "").translate({ord(mark): "'" for mark in apostrophes}))


def is_exact(gold: str, name: str | None) -> bool:
    return bool(name) and bare_name(name) == bare_name(gold)


def is_loose(gold: str, name: str | None) -> bool:
    return is_exact(gold, name) or (bool(name) and last_name(name) == last_name(gold) != "")


def is_right(expected: Expected, prediction: Record) -> bool:
    """Whether the speaker of a quotation that was found is the right one: of a person the last name, accents or not; of
    others no person, and a word of how the gold describes them; of nobody, nobody."""
    full = expected.record.get("speaker_full")
    if not full:
        return not prediction.get("speaker_full")
    if expected.named:
        return unaccented(last_name(prediction.get("speaker_full"))) == unaccented(last_name(str(full)))
    theirs = described(full, expected.record.get("speaker_text"))
    ours = described(prediction.get("speaker_full"), prediction.get("speaker_text"))
    return prediction.get("speaker_kind") != "person" and bool(theirs & ours)


def described(*names: str | None) -> set[str]:
    return {word for name in names for word in bare_name(name).split()} - {"the", "a", "an", "of", "for", "in"}


def unaccented(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
