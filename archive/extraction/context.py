"""One report prepared for the rules: its tokens, phrases and quotations, and steps from one to the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from archive.extraction.marks import Span
from archive.extraction.people import NameTable
from archive.extraction.phrases import Phrase, PhraseKind
from archive.extraction.roles import apposition_after
from archive.extraction.tokens import Sign, Token, headline_end
from archive.extraction.vocabulary import CUES, DESCRIBING_CUES, PREPOSITIONS, word_list

# Sentences of news are shorter; a longer stretch without a stop is a list or a table.
SENTENCE_REACH = 90
VERBS = CUES | DESCRIBING_CUES | word_list("cues_with_clause") | {"according"}
ENDINGS = frozenset(".?!…")


class Context:
    """What every rule sees; `cased` is the text with wire copy in capitals put into ordinary case.

    Token indices count the narration, where a quotation is one token.
    """

    def __init__(
        self,
        text: str,
        cased: str,
        spans: Sequence[Span],
        tokens: Sequence[Token],
        phrases: Sequence[Phrase],
        table: NameTable,
    ) -> None:
        self.text = text
        self._cased = cased
        self.spans = spans
        self.tokens = tokens
        self.phrases = phrases
        self.table = table
        self.headline = headline_end(tokens)
        """Where a headline in capitals ends, in which a capital tells nothing; 0 without one."""
        self.position = [i for i, token in enumerate(tokens) if token.sign is Sign.QUOTATION]
        self._ends = [token.sign is Sign.STOP or token.sign is Sign.BREAK for token in tokens]
        for at in self.position:
            self._ends[at] = self._closes_sentence(at)
        self._starts = _starts(self._ends)
        self._sentences = [0, *accumulate(self._ends[:-1])]
        self._firsts = [phrase.first for phrase in phrases]
        self._verbs = [i for i, token in enumerate(tokens) if token.lower in VERBS]
        self.apposed, self.appositions = _appositions(tokens, phrases)
        self._phrase_at: list[int] = [-1] * len(tokens)
        for index, phrase in enumerate(phrases):
            for at in range(phrase.first, phrase.last):
                self._phrase_at[at] = index

    def inner(self, quotation: int) -> str:
        """Return the words of a quotation without its marks, the ends stripped."""
        span = self.spans[quotation]
        return self._cased[span.inner_start : span.inner_end].strip()

    def ends_sentence(self, at: int) -> bool:
        """Tell whether token `at` is the last of its sentence."""
        return self._ends[at]

    def _closes_sentence(self, at: int) -> bool:
        """Tell whether the quotation at token `at` ends in a stop that is its sentence's too."""
        if self.inner(self.tokens[at].quotation)[-1:] not in ENDINGS:
            return False
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if following is None or following.sign in (Sign.QUOTATION, Sign.BREAK):
            return True
        return following.sign is Sign.WORD and following.text[0].isupper()

    def sentence_start(self, at: int) -> int:
        """Return the first token of the sentence that token `at` is in, at most SENTENCE_REACH back."""
        return max(self._starts[at], at - SENTENCE_REACH)

    def sentence(self, at: int) -> int:
        """Return how many sentences end before token `at`, line breaks counted as ends."""
        return self._sentences[at]

    def same_sentence(self, one: int, other: int) -> bool:
        """Tell whether two tokens are in one sentence, however long."""
        return self._starts[one] == self._starts[other]

    def verbs_between(self, first: int, last: int) -> Sequence[int]:
        """Return the tokens in [first, last) that may be a cue: verbs of speech, and "according"."""
        return self._verbs[bisect_left(self._verbs, first) : bisect_left(self._verbs, last)]

    def phrases_between(self, first: int, last: int) -> Iterator[Phrase]:
        """Return the phrases that begin in [first, last)."""
        for index in range(bisect_left(self._firsts, first), len(self.phrases)):
            if self.phrases[index].first >= last:
                return
            yield self.phrases[index]

    def paragraph_start(self, at: int) -> int:
        """Return the first token of the paragraph, or one some sentences back where paragraphs have collapsed."""
        floor = max(0, at - 3 * SENTENCE_REACH)
        while at > floor and self.tokens[at - 1].sign is not Sign.BREAK:
            at -= 1
        return at

    def opens_sentence(self, at: int) -> bool:
        """Tell whether token `at` is the first of its sentence."""
        return at == 0 or self.ends_sentence(at - 1)

    def phrase_at(self, at: int) -> Phrase | None:
        """Return the phrase that token `at` is part of."""
        index = self._phrase_at[at] if 0 <= at < len(self.tokens) else -1
        return self.phrases[index] if index >= 0 else None

    def printed(self, phrase: Phrase) -> tuple[int, int]:
        """Return where a phrase is printed, half open, with whose it is: "the governor's office"."""
        return self.tokens[self.opening(phrase)].start, phrase.place(self.tokens)[1]

    def is_subject(self, phrase: Phrase) -> bool:
        """Tell whether a phrase looks like the subject of its clause, by what stands before and after it."""
        at = phrase.first - 1
        if at < 0 or self.ends_sentence(at):
            return True
        if self.lower(at) == "to" and self.lower(at - 1) == "according":
            return True
        if self.lower(at) in PREPOSITIONS or self.sign(at) is Sign.POSSESSIVE:
            return False
        return self.sign(at) in (Sign.COMMA, Sign.QUOTATION) or (
            self.sign(phrase.last) is Sign.WORD
            and self.lower(phrase.last) in ("said", "says", "told", "added", "was", "is", "has", "had")
        )

    def opening(self, phrase: Phrase) -> int:
        """Return the first token of a phrase, or of whose it is."""
        if phrase.kind in (PhraseKind.BODY, PhraseKind.ROLE) and self.sign(phrase.first - 1) is Sign.POSSESSIVE:
            owner = self.phrase_at(phrase.first - 2)
            if owner is not None and owner.last == phrase.first - 1:
                return owner.first
        return phrase.first

    def phrases_before(self, at: int) -> int:
        """Return how many phrases begin before token `at`."""
        return bisect_left(self._firsts, at)

    def phrase_index(self, phrase: Phrase) -> int:
        """Return where `phrase` stands among the phrases."""
        return self._phrase_at[phrase.first]

    def lower(self, at: int) -> str:
        """Return the lower-case word at a token index, or empty beyond the ends."""
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def sign(self, at: int) -> Sign:
        """Return the sign at a token index; beyond the ends there is a paragraph break."""
        return self.tokens[at].sign if 0 <= at < len(self.tokens) else Sign.BREAK


def _starts(ends: Sequence[bool]) -> list[int]:
    """Return, for each token, the first of its sentence."""
    starts: list[int] = []
    start = 0
    for at, last in enumerate(ends):
        starts.append(start)
        if last:
            start = at + 1
    return starts


def _appositions(tokens: Sequence[Token], phrases: Sequence[Phrase]) -> tuple[dict[int, Phrase], dict[int, Phrase]]:
    """Return the names that a role between commas follows: by the token after that role, and by each token of it."""
    after: dict[int, Phrase] = {}
    inside: dict[int, Phrase] = {}
    for phrase in phrases:
        apposition = apposition_after(tokens, phrase) if phrase.kind is PhraseKind.NAME else None
        if apposition:
            after[apposition[1]] = phrase
            inside.update(dict.fromkeys(range(*apposition), phrase))
    return after, inside
