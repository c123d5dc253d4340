"""Answers what somebody asks: hits, counts and all that is found, for pages, feeds, exports and the API."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from archive.search.engine import Snapshot
from archive.search.feedback import BEST, best_reports, related_stems
from archive.search.parsing import parse
from archive.search.query import All, Column, Condition, Keys, Place, Question, Words
from archive.search.readers import NotReady, with_snapshot
from archive.search.resolving import resolved
from archive.search.results import Hit, Kind, Match, Results, Sort, Tally
from archive.search.spelling import correction
from archive.search.tokens import stem, tokenize

NOTHING_HAS_ALL = "Nothing has all of this. Shown is what has some of it."
FEW = 20  # fewer reports with all the words are few: those with half of them are counted and listed by date
MANY = 100_000  # reports found, of which only the first are put in order by what else is in them
STREAMED = 500  # records that are gone through at a time
SHORTEST_TYPED = 3  # letters for which phrases are offered
RARE = 20  # reports that have a word; another word is proposed only for such

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks: typed words, of which kind of record, in which order, and what else must be true of it.

    `match` None is the best matches: any of the words by relevance, the closer matches by date. `filters` are named,
    so that a facet can be counted without its own; there is no `Named` in them.
    """

    words: str = ""
    kind: Kind = Kind.REPORT
    sort: Sort = Sort.RELEVANCE
    match: Match | None = None
    filters: tuple[tuple[str, Condition], ...] = ()

    @property
    def blank(self) -> bool:
        """Whether this asks for nothing in particular."""
        return not self.filters and parse(self.words).blank


def ask(asked: Asked, read: Callable[["Search"], Answer]) -> Answer:
    """What `read` makes of the search in the index as it is now; it may be called twice. Raises NotReady."""
    return with_snapshot(lambda snapshot: read(Search(asked, snapshot)))


def find(asked: Asked, *, offset: int = 0, limit: int = 20) -> Results:
    """One page of hits. Where there is no index to read, `ready` is False."""
    try:
        return ask(asked, lambda search: search.results(offset, limit))
    except NotReady:
        return Results(hints=parse(asked.words).hints, ready=False)


def phrases(typed: str, most: int) -> list[tuple[str, int]]:
    """The most frequent phrases of titles that begin as typed, each with its number of reports; of a letter or two,
    and while there is no index, none."""
    beginning = " ".join(token.plain for token in tokenize(typed).words)
    if len(beginning) < SHORTEST_TYPED:
        return []
    if typed[-1].isspace():
        beginning += " "
    try:
        return with_snapshot(lambda snapshot: _phrases(snapshot, beginning, most))
    except NotReady:
        return []


def _phrases(snapshot: Snapshot, beginning: str, most: int) -> list[tuple[str, int]]:
    """Counted again: the engine still knows the phrases of reports that have gone."""
    counted = [
        (phrase, snapshot.count(Kind.REPORT, Words((tuple(phrase.split()),), exact=True, place=Place.TITLE)))
        for phrase, _ in snapshot.phrases(beginning, most)
    ]
    return sorted(((phrase, count) for phrase, count in counted if count), key=lambda each: (-each[1], each[0]))


def has_rare_words(words: str) -> bool:
    """Whether any of the words is in so few reports that it may be a slip; while there is no index, all are."""
    try:
        return with_snapshot(lambda snapshot: any(snapshot.frequency(stem(word)) < RARE for word in words.split()))
    except NotReady:
        return True


class Search:
    """What is asked, in one commit of the index: all its numbers agree. Where nothing has all that is required, what
    has some of it is found instead, and a hint says so."""

    def __init__(self, asked: Asked, snapshot: Snapshot, typed: Question | None = None):
        """`typed` is the question that the words ask, where it is known already whom its names mean."""
        self.asked = asked
        self._snapshot = snapshot
        self._typed = typed or _resolved(parse(asked.words))

    @cached_property
    def question(self) -> Question:
        """As typed, or relaxed where nothing has all of that."""
        relaxed = self._typed.relaxed()
        # Whatever the search is narrowed to, or the counts of a facet would not be those of its links.
        if relaxed is None or self._count(self._typed.condition, self._wanted) or not self._count(relaxed.condition):
            return self._typed
        return Question(relaxed.bare, relaxed.required, (*self._typed.hints, NOTHING_HAS_ALL))

    def _narrowed(self, condition: Condition | None, without: str = "") -> Condition:
        """The condition and the filters, or all but one of them."""
        filters = [filter_ for name, filter_ in self.asked.filters if name != without]
        parts = [*([condition] if condition is not None else []), *filters]
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _count(self, condition: Condition, first: int = 0) -> int:
        return self._snapshot.count(self.asked.kind, condition, first)

    @property
    def _wanted(self) -> int:
        """The best hits that will be asked for."""
        return BEST if self.asked.sort == Sort.RELEVANCE else 0

    def _matching(self, match: Match) -> Condition | None:
        """What has so many of the words; None where nothing is asked but filters."""
        question = self.question
        if question.blank:
            return None
        if not question.bare:
            return question.condition
        least = {Match.ANY: 1, Match.HALF: (len(question.bare) + 1) // 2, Match.ALL: len(question.bare)}
        return question.with_at_least(least[match])

    def condition(self, match: Match, without: str = "") -> Condition:
        return self._narrowed(self._matching(match), without)

    @cached_property
    def counts(self) -> dict[Match, int]:
        """How many have any, half and all of the bare words; empty where there are not two of them."""
        if len(self.question.bare) < 2:
            return {}
        return {match: self._count(self.condition(match)) for match in Match}

    @cached_property
    def close(self) -> Match:
        """The matches that facets count and that are listed by date."""
        if self.asked.match:
            return self.asked.match
        counts = self.counts
        if not counts:
            return Match.ANY
        if counts[Match.ALL] >= FEW or counts[Match.ALL] == counts[Match.HALF] > 0:
            return Match.ALL
        return Match.HALF if counts[Match.HALF] else Match.ANY

    @cached_property
    def match(self) -> Match:
        """The matches that are listed."""
        by_relevance = self.asked.sort == Sort.RELEVANCE
        return self.asked.match or (Match.ANY if by_relevance else self.close)

    @cached_property
    def total(self) -> int:
        return 0 if self.asked.blank else self._count(self.condition(self.match), self._wanted)

    def alike(self, asked: Asked) -> "Search":
        """Another search in the same commit of the index."""
        return Search(asked, self._snapshot, self._typed if asked.words == self.asked.words else None)

    def total_alike(self, asked: Asked) -> int:
        """How many another search finds in the same commit of the index, of which no hits are wanted."""
        other = self.alike(asked)
        return 0 if asked.blank else other._count(other.condition(other.match))

    def keys(self, offset: int, limit: int) -> list[int]:
        """The records of one page, in order."""
        if not limit or offset >= self.total:
            return []
        kind, condition, sort = self.asked.kind, self.condition(self.match), self.asked.sort
        if sort == Sort.RELEVANCE and kind == Kind.REPORT and self.question.bare:
            return self._best_first(condition, offset, limit)
        return self._snapshot.search(kind, condition, sort=sort, offset=offset, limit=limit)

    def _best_first(self, condition: Condition, offset: int, limit: int) -> list[int]:
        """Those favoured that are like the best. Of very many only the first are looked at for that: to weigh twenty
        stems in each of a million reports takes longer than all else."""
        snapshot, bare = self._snapshot, self.question.bare
        if self.total <= MANY:
            favoured = related_stems(snapshot, bare)
            return snapshot.search(Kind.REPORT, condition, offset=offset, limit=limit, favoured=favoured)
        page: list[int] = []
        if offset < BEST:
            best = All((condition, Keys(tuple(best_reports(snapshot, condition)))))
            favoured = related_stems(snapshot, bare)
            page = snapshot.search(Kind.REPORT, best, offset=offset, limit=limit, favoured=favoured)
        if len(page) < limit:
            page += snapshot.search(Kind.REPORT, condition, offset=offset + len(page), limit=limit - len(page))
        return page

    def results(self, offset: int, limit: int) -> Results:
        return self._described(self.keys(offset, limit))

    def results_after(self, place: int | None, limit: int) -> tuple[Results, int | None]:
        """By date or arrival: the page after the place of the last hit had (None: the first one), and the place of its
        own last hit, None where nothing follows."""
        if self.asked.blank:
            return self._described([]), None
        condition, sort = self.condition(self.match), self.asked.sort
        found = self._snapshot.following(self.asked.kind, condition, sort=sort, after=place, limit=limit + 1)
        page = found[:limit]
        return self._described([key for _, key in page]), page[-1][0] if len(found) > limit else None

    def _described(self, keys: Sequence[int]) -> Results:
        lacking = self._lacking(keys)
        return Results(
            hits=tuple(Hit(key, lacking.get(key, ())) for key in keys),
            total=self.total,
            match=self.match,
            close=self.close,
            counts=self.counts,
            hints=self.question.hints,
        )

    def _lacking(self, keys: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """The typed words that each of the records has not."""
        bare = self.question.bare
        if len(bare) < 2 or self.match == Match.ALL:
            return {}
        having = [(word.typed, self._snapshot.having(self.asked.kind, word, keys)) for word in bare]
        return {key: tuple(dict.fromkeys(typed for typed, found in having if key not in found)) for key in keys}

    def tally(
        self,
        columns: Mapping[Column, int],
        without: str = "",
        also: Condition | None = None,
        among: Collection[int] | None = None,
    ) -> Tally:
        """How many of the close matches (that meet `also`) have each value (`among` some) of a column, at most so many
        values of each."""
        condition = self.condition(self.close, without)
        if also is not None:
            condition = All((condition, also))
        return self._snapshot.tally(self.asked.kind, condition, columns, among)

    def count_by_days(self, days: Sequence[int], without: str = "") -> list[int]:
        """How many of the close matches may have been published between each two of the days."""
        return self._snapshot.by_days(self.asked.kind, self.condition(self.close, without), days)

    def count_also(self, condition: Condition, without: str = "") -> int:
        """How many of the close matches meet this too."""
        return self._count(All((self.condition(self.close, without), condition)))

    def every(self) -> Iterator[list[int]]:
        """All keys that are listed, some at a time; by relevance would take ever longer, so the newest come first."""
        if self.asked.blank:
            return
        sort = Sort.NEWEST if self.asked.sort == Sort.RELEVANCE else self.asked.sort
        condition, after = self.condition(self.match), None
        while found := self._snapshot.following(self.asked.kind, condition, sort=sort, after=after, limit=STREAMED):
            yield [key for _, key in found]
            after = found[-1][0]

    def meant(self) -> "tuple[str, int] | None":
        """The question as it was perhaps meant, with words of the archive in the place of unknown or rare ones, and
        how many it finds; None where there is none that finds anything."""
        words = self.asked.words
        for part in self._typed.words():
            word = part.spellings[0][0]
            if part.exact or part.place != Place.TEXT or len(part.spellings) > 1 or len(part.spellings[0]) > 1:
                continue
            documents = self._snapshot.frequency(stem(word))
            better = correction(word, self._snapshot.words, documents) if documents < RARE else None
            if better:
                words = re.sub(rf"\b{re.escape(part.typed)}\b", better, words, count=1)
        if words == self.asked.words:
            return None
        total = self.total_alike(replace(self.asked, words=words))
        return (words, total) if total else None


def _resolved(question: Question) -> Question:
    if question.required is None:
        return question
    return Question((), resolved(question.required), question.hints)
