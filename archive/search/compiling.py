"""Makes Tantivy's queries of conditions."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations

from tantivy import FieldType, Occur, Query

from archive.search.pairs import CommonWords
from archive.search.query import All, Any, Condition, Keys, Members, Not, Place, Published, Words
from archive.search.schema import build_schema, field_of
from archive.search.tokens import DEFAULT_LANGUAGE, stem

MOST_ORDERED = 3  # words near each other that are looked for in every order

SCHEMA = build_schema()


@dataclass(frozen=True, slots=True)
class Indexed:
    """What an index holds that queries depend on: the languages of its texts, and the words of whose pairs it knows."""

    languages: tuple[str, ...]
    common: CommonWords


def compiled(condition: Condition, indexed: Indexed) -> Query:
    """The query of a condition for an index that holds this."""
    match condition:
        case Words():
            return _any_of(_spelled(condition, indexed))
        case Members(column, values):
            return _unscored(_one_of(column, values))
        case Keys(keys):
            return _unscored(_one_of("key", keys))
        case Published(earliest, latest):
            return _unscored(
                _all_of(
                    [
                        between("published_latest", earliest and earliest.toordinal(), None),
                        between("published_earliest", None, latest and latest.toordinal()),
                    ]
                )
            )
        case Not(inner):
            return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, compiled(inner, indexed))])
        case All(conditions):
            clauses = [
                (Occur.MustNot, compiled(part.condition, indexed))
                if isinstance(part, Not)
                else (Occur.Must, compiled(part, indexed))
                for part in conditions
            ]
            if all(isinstance(part, Not) for part in conditions):
                clauses.append((Occur.Must, _unscored(Query.all_query())))
            return Query.boolean_query(clauses)
        case Any(conditions, least):
            if not conditions:
                return Query.empty_query()
            queries = [(Occur.Should, compiled(part, indexed)) for part in conditions]
            if least == 1:
                return queries[0][1] if len(queries) == 1 else Query.boolean_query(queries)
            return Query.boolean_query(queries, minimum_number_should_match=least)
    raise TypeError(f"{condition!r} is to be resolved before it is searched for")


def favouring(query: Query, favoured: Mapping[str, float]) -> Query:
    """What the query finds, of which those with the favoured stems come earlier."""
    return Query.boolean_query([(Occur.Must, query), *_weighed(favoured)])


def weighed(stems: Mapping[str, float]) -> Query:
    """What has any of the stems, each by its weight."""
    return Query.boolean_query(_weighed(stems))


def _weighed(stems: Mapping[str, float]) -> list[tuple[Occur, Query]]:
    return [
        (Occur.Should, Query.boost_query(Query.term_query(SCHEMA, "stems", each), weight))
        for each, weight in stems.items()
    ]


def within(query: Query, field: str, lowest: int | None, highest: int | None) -> Query:
    """Of what the query finds those whose number lies between these, both included."""
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, between(field, lowest, highest))])


def is_scored(condition: Condition) -> bool:
    """Whether one hit can be better than another."""
    match condition:
        case Words():
            return not condition.prefix  # all that begins so is as good
        case All(conditions) | Any(conditions):
            return any(is_scored(part) for part in conditions)
    return False


def reads_all(condition: Condition) -> bool:
    """Whether all that has the words is to be read for the best of it: of phrases it cannot be told before."""
    match condition:
        case Words():
            return condition.exact and not condition.prefix and any(len(form) > 1 for form in condition.spellings)
        case All(conditions) | Any(conditions):
            return any(reads_all(part) for part in conditions)
    return False


def between(field: str, lowest: int | None, highest: int | None) -> Query:
    if lowest is None and highest is None:
        return Query.all_query()
    return Query.range_query(SCHEMA, field, FieldType.Integer, lowest, highest)


def _spelled(words: Words, indexed: Indexed) -> Iterable[Query]:
    field = field_of(words.place, exact=words.exact)
    if words.prefix:
        return [Query.regex_query(SCHEMA, field, f"{re.escape(form[0])}.*") for form in words.spellings]
    if words.slop:
        return [_near(field, form, words.slop) for form in words.spellings]
    if words.exact and words.place == Place.TEXT:
        return [_phrase(field, form, indexed.common) for form in words.spellings]
    if words.exact:
        return [_side_by_side(field, form) for form in words.spellings]
    return _stemmed(field, words, indexed.languages)


def _stemmed(field: str, words: Words, languages: Collection[str]) -> list[Query]:
    """The words by their stems in every language. Where another language makes other stems of them than the default one
    they are looked for in texts of that language alone: "number" is "numb" in German."""
    usual = dict.fromkeys(_stems(words, DEFAULT_LANGUAGE))
    queries = [_side_by_side(field, form) for form in usual]
    for language in languages:
        for form in dict.fromkeys(_stems(words, language)):
            if form not in usual:
                spoken = _unscored(Query.term_query(SCHEMA, "language", language))
                queries.append(_all_of([_side_by_side(field, form), spoken]))
    return queries


def _stems(words: Words, language: str) -> Iterator[tuple[str, ...]]:
    return (tuple(stem(word, language) for word in form) for form in words.spellings)


def _near(field: str, words: tuple[str, ...], slop: int) -> Query:
    """In any order, where there are few words: Tantivy's slop charges for another order, and takes one word for two."""
    if len(set(words)) < len(words):
        return _side_by_side(field, words)
    orders = permutations(words) if len(words) <= MOST_ORDERED else [words]
    return _any_of(Query.phrase_query(SCHEMA, field, list(order), slop) for order in orders)


def _phrase(field: str, words: tuple[str, ...], common: CommonWords) -> Query:
    """Of common words by their pairs: places are read only where all of these are, and of two words nowhere."""
    pairs = [Query.term_query(SCHEMA, "pairs", term, index_option="freq") for term in common.terms_of(words)]
    if pairs and len(words) == 2:
        return pairs[0]
    return _all_of([*map(_unscored, pairs), _side_by_side(field, words)]) if pairs else _side_by_side(field, words)


def _side_by_side(field: str, words: tuple[str, ...]) -> Query:
    if len(words) == 1:  # of which a phrase query panics
        return Query.term_query(SCHEMA, field, words[0])
    return Query.phrase_query(SCHEMA, field, list(words))


def _one_of(field: str, values: Collection[int] | Collection[str]) -> Query:
    if not values:
        return Query.empty_query()
    if len(values) == 1:
        return Query.term_query(SCHEMA, field, next(iter(values)))
    return Query.term_set_query(SCHEMA, field, list(values))


def _any_of(queries: Iterable[Query]) -> Query:
    queries = list(queries)
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _all_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
