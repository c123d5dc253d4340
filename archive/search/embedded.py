"""The embedded engine: Tantivy, for an archive on one host."""

import json
import os
import threading
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, TypeVar

import tantivy
from tantivy import Order, Query

from archive.search.compiling import Indexed, compiled, favouring, is_scored, reads_all, weighed, within
from archive.search.embedded_writer import engine_errors
from archive.search.leaders import RANKED, Leaders, Leading, Ranking
from archive.search.pairs import CommonWords
from archive.search.query import All, Column, Condition, Keys
from archive.search.results import Kind, Sort, Tally
from archive.search.schema import KEY_BITS, UNDATED
from archive.search.tokens import DEFAULT_LANGUAGE

MOST_KNOWN = 500  # answers that a snapshot remembers: of the next page, another order, the other tabs
MOST_TIED = 10_000  # hits of one score that are put in order
SPARE = 32  # hits beside a page that are looked at for ties
MOST_FREQUENCIES = 50_000  # stems of which a snapshot remembers how many reports have them
KEPT = 10_000  # of a column's values, those that each segment has oftenest are counted
KEPT_OF_PHRASES = 100_000  # so that what is listed is not to be counted again: that would be to look for it again

# Of each order by a field: the field, whose last bits are the key, and its direction.
ORDERS = {
    Sort.NEWEST: ("newest", Order.Desc),
    Sort.OLDEST: ("oldest", Order.Asc),
    Sort.ADDED: ("key", Order.Desc),
}
KEY = (1 << KEY_BITS) - 1

MANY_VALUED = {Column.SPEAKER, Column.ABOUT}  # of which all values take long to count

NO_YEAR = (Column.YEAR, UNDATED)

Answer = TypeVar("Answer")
Values = tuple[tuple[int | str, int], ...]


class EmbeddedReader:
    """Reads one build."""

    def __init__(self, build: Path):
        self._meta = {kind: build / kind / "meta.json" for kind in Kind}
        self._lock = threading.Lock()
        self._stamps: dict[Kind, tuple[int, int, int]] = {}
        self._leaders = Leaders()
        with engine_errors():
            self.common = CommonWords.of_build(build)
            self._indexes = {kind: tantivy.Index.open(os.fspath(build / kind)) for kind in Kind}
            for index in self._indexes.values():
                index.config_reader("manual")
        self._snapshot: EmbeddedSnapshot | None = None
        self.snapshot()

    def snapshot(self) -> "EmbeddedSnapshot":
        """Of the newest commit."""
        with engine_errors(), self._lock:
            stamps = {kind: self._stamp(kind) for kind in Kind}
            if self._snapshot is None or stamps != self._stamps:
                before = {kind: self._operations(kind) for kind in Kind}
                for index in self._indexes.values():
                    index.reload()
                searchers = {kind: index.searcher() for kind, index in self._indexes.items()}
                # A commit may come in between: what was loaded is one of these, or between them.
                operations = {kind: (before[kind], self._operations(kind)) for kind in Kind}
                self._snapshot = EmbeddedSnapshot(searchers, self.common, self._leaders, operations)
                self._stamps = stamps
            return self._snapshot

    def _operations(self, kind: Kind) -> int:
        """How many documents have been added and deleted up to the last commit."""
        return int(json.loads(self._meta[kind].read_bytes())["opstamp"])

    def _stamp(self, kind: Kind) -> tuple[int, int, int]:
        state = self._meta[kind].stat()
        return state.st_ino, state.st_mtime_ns, state.st_size


@dataclass(frozen=True, slots=True)
class First:
    """The best hits of a search, as many as were `wanted` or all that there are: scores and addresses."""

    hits: list[tuple[float, tantivy.DocAddress]]
    wanted: int

    def has(self, number: int) -> bool:
        """Whether the first so many are among them, or there are no more."""
        return number <= self.wanted or len(self.hits) < self.wanted


class EmbeddedSnapshot:
    """Searches one commit."""

    def __init__(
        self,
        searchers: dict[Kind, tantivy.Searcher],
        common: CommonWords,
        leaders: Leaders,
        operations: dict[Kind, tuple[int, int]],
    ):
        """`operations` of each index, at least and at most."""
        self._known: dict[Hashable, Any] = {}
        self._frequencies: dict[str, int] = {}
        self._searchers = searchers
        self._leaders, self._operations = leaders, operations
        found = searchers[Kind.REPORT].terms_with_prefix("language", "")
        languages = tuple(sorted(language for language, _ in found)) or (DEFAULT_LANGUAGE,)
        self._indexed = Indexed(languages, common)

    def _query(self, condition: Condition) -> Query:
        return compiled(condition, self._indexed)

    def search(
        self,
        kind: Kind,
        condition: Condition,
        *,
        sort: Sort = Sort.RELEVANCE,
        offset: int = 0,
        limit: int = 20,
        favoured: Mapping[str, float] | None = None,
    ) -> list[int]:
        with engine_errors():
            query = self._query(condition)
            if sort == Sort.RELEVANCE and is_scored(condition):
                first = None if favoured else self._known.get(("first", kind, condition))
                return self._by_score(kind, favouring(query, favoured) if favoured else query, first, offset, limit)
            found = self._by_field(kind, query, Sort.NEWEST if sort == Sort.RELEVANCE else sort, offset, limit)
            return [key for _, key in found]

    def _by_field(self, kind: Kind, query: Query, sort: Sort, offset: int, limit: int) -> list[tuple[int, int]]:
        """Pairs of the number that the hits are ordered by and the key in it."""
        field, order = ORDERS[sort]
        result = self._searchers[kind].search(
            query, max(limit, 1), count=False, order_by_field=field, order=order, offset=offset
        )
        return [(number, number & KEY) for number, _ in result.hits[:limit]]

    def _by_score(self, kind: Kind, query: Query, known: First | None, offset: int, limit: int) -> list[int]:
        """The best first, and of equals the newest: Tantivy leaves ties in an order that merges change.

        All that tie with the first and the last one wanted are fetched, so that each page begins where the one before
        it ended. `known` are the first where they were found when all were counted.
        """
        searcher = self._searchers[kind]
        spare = SPARE
        while True:
            first = max(offset - spare, 0)
            wanted = offset + limit + spare - first
            if known and known.has(first + wanted):
                hits = known.hits[first : first + wanted]
            else:
                hits = searcher.search(query, wanted, count=False, offset=first).hits
            at = offset - first
            page = hits[at : at + limit]
            if not page:
                return []
            cut_before = first > 0 and hits[0][0] == page[0][0]
            cut_after = len(hits) == wanted and hits[-1][0] == page[-1][0]
            if not (cut_before or cut_after) or spare >= MOST_TIED:
                break
            spare *= 8
        keys = searcher.fast_field_values("key", [address for _, address in hits])
        # More than that are left as they stand: whole they do not come here, and their pages are to share none.
        alike = Counter(score for score, _ in hits)
        ordered = sorted(
            (
                (-score, -key if alike[score] <= MOST_TIED else 0, key)
                for (score, _), key in zip(hits, keys, strict=True)
            ),
            key=lambda hit: hit[:2],
        )
        return [key for *_, key in ordered[at : at + limit]]

    def once(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        if key in (known := self._known):
            return known[key]
        answer = make()
        # Another dictionary, not this one emptied: another thread may just be reading it.
        self._known = {key: answer} if len(known) >= MOST_KNOWN else known
        self._known[key] = answer
        return answer

    def count(self, kind: Kind, condition: Condition, first: int = 0) -> int:
        with engine_errors():
            return self.once((kind, condition), lambda: self._count(kind, condition, first))

    def _count(self, kind: Kind, condition: Condition, first: int) -> int:
        query = self._query(condition)
        if first and is_scored(condition):
            found = self._searchers[kind].search(query, first + SPARE)
            self.once(("first", kind, condition), lambda: First(found.hits, first + SPARE))
            return int(found.count)
        return int(self._aggregate(kind, query, {"n": {"value_count": {"field": "key"}}})["n"]["value"])

    def _aggregate(self, kind: Kind, query: Query, wanted: dict) -> dict:
        return self._searchers[kind].aggregate(query, wanted)

    def following(
        self, kind: Kind, condition: Condition, *, sort: Sort, after: int | None, limit: int
    ) -> list[tuple[int, int]]:
        field, order = ORDERS[sort]
        with engine_errors():
            query = self._query(condition)
            if after is not None:
                bounds = (None, after - 1) if order == Order.Desc else (after + 1, None)
                query = within(query, field, *bounds)
            return self._by_field(kind, query, sort, 0, limit)

    def tally(
        self, kind: Kind, condition: Condition, columns: Mapping[Column, int], among: Collection[int] | None = None
    ) -> Tally:
        key = (kind, condition, tuple(columns.items()), None if among is None else frozenset(among))
        return self.once(key, lambda: self._tally(kind, condition, columns, among))

    def _tally(
        self, kind: Kind, condition: Condition, columns: Mapping[Column, int], among: Collection[int] | None
    ) -> Tally:
        with engine_errors():
            query, total = self._query(condition), self.count(kind, condition)
            leading = {} if among is not None else self._leading(kind, columns, total)
            in_segment = KEPT_OF_PHRASES if reads_all(condition) else KEPT
            wanted = _each(Column.YEAR, [UNDATED])
            for column, most in columns.items():
                if column in leading:
                    wanted |= _each(column, leading[column].values)
                else:
                    wanted[column] = _commonest(column, most if among is None else KEPT, in_segment)
            found = self._aggregate(kind, query, wanted)
            counted: dict[Column, Values] = {}
            for column, most in columns.items():
                if column in leading:
                    counted[column] = self._led(kind, query, column, found, most, leading[column])
                else:
                    counted[column] = self._counted(kind, query, column, found[column], most, among)
            [(_, undated)] = _counts(Column.YEAR, [UNDATED], found)
        return Tally(total, undated, counted)

    def _leading(self, kind: Kind, columns: Mapping[Column, int], total: int) -> dict[Column, Leading]:
        """What is to be counted of the columns of which not all is."""
        leading = {}
        for column in MANY_VALUED & columns.keys():
            one = self._leaders.leading(
                (kind, column),
                lambda column=column: self._ranking(kind, column),
                most=columns[column],
                found=total,
                documents=self.size(kind),
                operations=self._operations[kind],
            )
            if one:
                leading[column] = one
        return leading

    def _ranking(self, kind: Kind, column: Column) -> Ranking:
        found = self._aggregate(kind, Query.all_query(), {column: _commonest(column, RANKED)})[column]
        kept_back = int(found.get("doc_count_error_upper_bound") or 0)  # of any value, of those that are listed too
        values = tuple((_value(bucket["key"]), int(bucket["doc_count"]) + kept_back) for bucket in found["buckets"])
        return Ranking(values, values[-1][1] if len(values) >= RANKED else kept_back, self._operations[kind])

    def _led(self, kind: Kind, query: Query, column: Column, found: dict, most: int, leading: Leading) -> Values:
        """The commonest values of those that were counted one by one; all are counted where these may not be they."""
        values = _counts(column, leading.values, found)[:most]
        if values[-1][1] > leading.others:
            return values
        found = self._aggregate(kind, query, {column: _commonest(column, most)})
        return self._counted(kind, query, column, found[column], most, None)

    def _counted(
        self, kind: Kind, query: Query, column: Column, found: dict, most: int, among: Collection[int] | None
    ) -> Values:
        """The buckets of a column. Where a segment kept some back, what is listed is counted again, exactly."""
        values = {_value(bucket["key"]): int(bucket["doc_count"]) for bucket in found["buckets"]}
        listed = [value for value in values if (among is None or value in among) and (column, value) != NO_YEAR][:most]
        if found.get("doc_count_error_upper_bound") and listed:
            return _counts(column, listed, self._aggregate(kind, query, _each(column, listed)))
        return _ordered((value, values[value]) for value in listed)

    def by_days(self, kind: Kind, condition: Condition, days: Sequence[int]) -> list[int]:
        """What begins before a bucket's end, without what ended before its beginning."""
        earliest, latest = (
            {"range": {"field": field, "ranges": [{"to": days[0]}, *({"from": a, "to": b} for a, b in pairwise(days))]}}
            for field in ("published_earliest", "published_latest")
        )
        with engine_errors():
            found = self._aggregate(kind, self._query(condition), {"earliest": earliest, "latest": latest})
        begun, ended = (list(accumulate(_in_order(found[name]["buckets"], days))) for name in ("earliest", "latest"))
        return [begun[place + 1] - ended[place] for place in range(len(days) - 1)]

    def having(self, kind: Kind, condition: Condition, keys: Collection[int]) -> set[int]:
        if not keys:
            return set()
        with engine_errors():
            query = self._query(All((Keys(tuple(keys)), condition)))
            hits = self._searchers[kind].search(query, len(keys), count=False).hits
            return set(self._searchers[kind].fast_field_values("key", [address for _, address in hits]))

    def most_like(self, stems: Mapping[str, float], limit: int) -> list[int]:
        with engine_errors():
            return self._by_score(Kind.REPORT, weighed(stems), None, 0, limit)

    def frequency(self, stem: str) -> int:
        known = self._frequencies
        if stem not in known:
            if len(known) >= MOST_FREQUENCIES:
                self._frequencies = known = {}
            known[stem] = self._searchers[Kind.REPORT].doc_freq("stems", stem)
        return known[stem]

    def size(self, kind: Kind) -> int:
        return self._searchers[kind].num_docs

    def words(self, prefix: str) -> list[tuple[str, int]]:
        with engine_errors():
            return self._searchers[Kind.REPORT].terms_with_prefix("plain", prefix)

    def phrases(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        with engine_errors():
            return self._searchers[Kind.REPORT].terms_with_prefix("phrases", prefix, limit=limit)


def _commonest(column: Column, most: int, in_segment: int = KEPT) -> dict:
    return {
        "terms": {"field": column, "size": most + 1, "segment_size": max(most + 1, in_segment)}
    }  # one may be no year


def _each(column: Column, values: Iterable[int | str]) -> dict[str, dict]:
    """An aggregation of each of the values."""
    return {f"{column}:{value}": {"filter": f"{column}:{value}"} for value in values}


def _counts(column: Column, values: Iterable[int | str], found: dict) -> Values:
    """What `_each` of the values found."""
    return _ordered((value, int(found[f"{column}:{value}"]["doc_count"])) for value in values)


def _ordered(values: Iterable[tuple[int | str, int]]) -> Values:
    return tuple(sorted(values, key=lambda each: (-each[1], each[0])))


def _value(key: float | str) -> int | str:
    return key if isinstance(key, str) else int(key)


def _in_order(buckets: Iterable[dict], days: Sequence[int]) -> list[int]:
    """How many there are in the ranges up to the first day and between each two, in their order, which Tantivy need not
    keep; it adds a range for what lies after them, and has none where it finds nothing at all."""
    by_end = {int(bucket["to"]): int(bucket["doc_count"]) for bucket in buckets if bucket.get("to") is not None}
    return [by_end.get(day, 0) for day in days]
