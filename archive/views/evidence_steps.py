"""The evidence for who said a quote, step by step: in plain words, each with its place in the report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.extraction.marks import MARK
from archive.models import Quote, QuoteCandidate
from archive.views.marked_text import Annotation, Kind


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it `says`, and where it stands the words that it is about, [start, end) of the version's text.

    `named_by` are the words that lead to these. A step without a place tells that something is not printed.
    """

    number: int
    says: str
    kind: Kind | None = None
    start: int = 0
    end: int = 0
    words: str = ""
    named_by: str = ""

    @property
    def is_quote(self) -> bool:
        return self.kind == Kind.QUOTE

    @property
    def is_printed_speaker(self) -> bool:
        return self.kind in (Kind.SPEAKER, Kind.STEP) and not self.named_by


def steps_of(quote: Quote, text: str) -> list[Step]:
    """From the words of the quote, cut out of `text`, to the fullest name that the report gives the speaker."""
    steps = [Step(1, words_said(quote), Kind.QUOTE, quote.start, quote.end)]

    def add(says: str, kind: Kind, span: Sequence[int], named_by: str = "") -> None:
        start, end = span
        steps.append(Step(len(steps) + 1, says, kind, start, end, text[start:end], named_by))

    if quote.cue_start is not None:
        add("The word of saying is", Kind.CUE, (quote.cue_start, quote.cue_end))
    else:
        steps.append(Step(len(steps) + 1, "No word of saying was found with them"))
    chain = [(start, end) for start, end in quote.chain]
    if quote.speaker_start is not None:
        printed = (quote.speaker_start, quote.speaker_end)
        add("The speaker is printed as", Kind.SPEAKER, printed)
        chain = chain[1:] if chain[:1] == [printed] else chain
    elif not chain:
        steps.append(Step(len(steps) + 1, "No words for the speaker were found with them"))
    for span in chain:
        before = steps[-1].words if steps[-1].kind in (Kind.SPEAKER, Kind.STEP) else ""
        add("leads to" if before else "The speaker is printed as", Kind.STEP, span, before)
    return steps


def words_said(quote: Quote) -> str:
    """How the quote's own words are printed."""
    if quote.state == Quote.State.ADDED:
        return "An editor marked these words"
    if quote.kind == Quote.Kind.REPORTED:
        return "The report tells this in its own words, without quotation marks,"
    if not MARK.match(quote.words):
        return "The words stand"
    if quote.kind == Quote.Kind.MIXED:
        return "The words stand in quotation marks, within a sentence of the report's own,"
    return "The words stand in quotation marks"


def numbered(steps: Iterable[Step], candidates: Iterable[QuoteCandidate], quote: Quote) -> list[Annotation]:
    """The marks of a passage: the quote, and the place of each step with its number; else who may be meant."""
    marks = [Annotation(quote.start, quote.end, Kind.QUOTE, quote)]
    for step in steps:
        if step.kind is not None:
            kind = Kind.STEP if step.is_quote else step.kind
            marks.append(Annotation(step.start, step.end, kind, step))
    return marks + [Annotation(candidate.start, candidate.end, Kind.CANDIDATE) for candidate in candidates]
