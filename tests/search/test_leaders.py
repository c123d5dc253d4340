"""Which values are counted, and that the commonest of them are exact whatever has come in since they were ranked."""

import random
from collections import Counter
from contextlib import closing

import pytest

from archive.search import leaders
from archive.search.documents import Document
from archive.search.embedded import EmbeddedReader
from archive.search.embedded_writer import EmbeddedWriter
from archive.search.leaders import Leaders, Leading, Ranking
from archive.search.parsing import parse
from archive.search.query import All, Column
from archive.search.results import Kind

RANKING = Ranking(((1, 1000), (2, 500), (3, 100), (4, 50)), others=20, operations=(10_000, 10_000))


def leading(most, found, *, operations=10_000):
    return Leaders().leading(
        "speakers", lambda: RANKING, most=most, found=found, documents=100_000, operations=(operations, operations)
    )


def test_only_those_are_counted_that_can_be_among_the_commonest():
    assert leading(2, 90_000) == Leading((1, 2), 100)  # 360 expected of the second, and the third has 100
    assert leading(2, 50_001) == Leading((1, 2), 100)
    assert leading(3, 90_000) == Leading((1, 2, 3), 50)


def test_all_are_counted_where_little_is_found_or_too_many_could_be_among_the_commonest():
    assert leading(2, leaders.LEAST_FOUND - 1) is None
    assert leading(4, 50_000) is None  # 20 expected of the fourth, and any other may have as many
    assert leading(5, 90_000) is None


def test_what_came_in_since_may_be_of_any_value():
    assert leading(2, 90_000, operations=10_100) == Leading((1, 2), 200)
    assert leading(3, 90_000, operations=10_100) is None


def test_what_has_gone_since_may_have_been_of_any_value_in_an_older_commit():
    assert leading(2, 90_000, operations=9_900) == Leading((1, 2), 200)


def test_values_are_ranked_anew_when_the_ranking_is_old():
    rankings = iter([RANKING, Ranking(((7, 1000), (8, 500)), others=20, operations=(13_000, 13_000))])
    asked = Leaders()

    def at(operations):
        return asked.leading(
            "speakers",
            lambda: next(rankings),
            most=1,
            found=90_000,
            documents=100_000,
            operations=(operations, operations),
        )

    assert at(10_000).values == at(10_050).values == (1,)
    assert at(13_000).values == at(13_000).values == (7,)


@pytest.fixture
def index(tmp_path, monkeypatch):
    """Reads an index of 400 reports in several segments, by speakers of whom few speak most; little is much in it."""
    monkeypatch.setattr(leaders, "LEAST_FOUND", 1)
    monkeypatch.setattr(leaders, "STALE", 10)
    monkeypatch.setattr("archive.search.embedded.RANKED", 12)
    chance = random.Random(1973)  # noqa: S311 - made-up reports, not secrets
    for first in range(1, 401, 100):
        add(tmp_path, chance, range(first, first + 100))
    return EmbeddedReader(tmp_path)


def add(directory, chance, keys, *, speakers=None, words=("mill", "dawn", "harbour")):
    with closing(EmbeddedWriter(directory)) as writer:
        writer.replace(
            [],
            [
                Document(
                    kind=Kind.REPORT,
                    key=key,
                    article=key,
                    texts=(" ".join(chance.sample(words, chance.randint(1, len(words)))),),
                    language="en",
                    speakers=speakers or tuple({int(chance.paretovariate(0.7)) % 60 for _ in range(3)}),
                )
                for key in keys
            ],
        )
        writer.commit()


def tallied(index, condition, most):
    return index.snapshot().tally(Kind.REPORT, condition, {Column.SPEAKER: most}).values[Column.SPEAKER]


def counted_by_hand(index, condition, most):
    snapshot = index.snapshot()
    columns = {Column.SPEAKER: 1000}
    having = Counter(dict(snapshot.tally(Kind.REPORT, condition, columns, among=range(1000)).values[Column.SPEAKER]))
    return tuple(sorted(having.items(), key=lambda each: (-each[1], each[0]))[:most])


@pytest.mark.parametrize("words", ["mill", "mill dawn", "+mill harbour", "harbour -dawn"])
def test_the_commonest_are_exact(index, words):
    condition = parse(words).condition
    for most in (1, 2, 3, 5, 9):
        found = tallied(index, condition, most)
        assert [count for _, count in found] == [count for _, count in counted_by_hand(index, condition, most)]
        assert set(found) <= set(counted_by_hand(index, condition, 60))


def test_somebody_new_is_among_them_before_they_are_ranked_anew(index, tmp_path):
    assert 777 not in dict(tallied(index, All(), 2))
    add(tmp_path, random.Random(1), range(500, 900), speakers=(777,))  # noqa: S311
    assert tallied(index, All(), 2)[0] == (777, 400)


def test_those_who_speak_most_of_all_may_say_nothing_of_this(tmp_path, monkeypatch):
    monkeypatch.setattr(leaders, "LEAST_FOUND", 1)
    chance = random.Random(1)  # noqa: S311
    add(tmp_path, chance, range(300), speakers=(1,), words=["mill"])
    add(tmp_path, chance, range(300, 360), speakers=(2,), words=["treaty"])
    add(tmp_path, chance, range(360, 440), speakers=(3, 4), words=["treaty"])
    add(tmp_path, chance, range(440, 450), speakers=(1,), words=["treaty"])
    index = EmbeddedReader(tmp_path)
    assert tallied(index, parse("treaty").condition, 1) == ((3, 80),)


def test_few_values_are_counted_for_the_commonest_two(index, monkeypatch):
    tallied(index, All(), 2)  # ranks them
    asked = []
    snapshot = index.snapshot()
    aggregate = snapshot._aggregate
    monkeypatch.setattr(snapshot, "_aggregate", lambda *its: asked.append(its[2]) or aggregate(*its))
    tallied(index, parse("mill").condition, 2)
    _, counted = asked  # how many there are, then those who may be among the two, and the undated
    assert {"speaker:1", "speaker:2"} <= counted.keys() - {"year:0"} <= {f"speaker:{number}" for number in range(1, 6)}
