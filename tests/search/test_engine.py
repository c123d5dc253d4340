"""What any search engine of the archive must do, told through its interface alone: documents in, answers out.

A second engine is held to this by adding how it is opened to ENGINES.
"""

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from archive.search.documents import Document
from archive.search.embedded import EmbeddedReader
from archive.search.embedded_writer import EmbeddedWriter
from archive.search.engine import EngineBusy, EngineError, Reader, Writer
from archive.search.pairs import CommonWords
from archive.search.parsing import parse
from archive.search.query import NOTHING, All, Any, Column, Keys, Members, Not, Place, Published, Words
from archive.search.results import Kind, Sort
from archive.search.tokens import terms


@dataclass
class Engine:
    """One index in a directory, opened by an engine's own reader and writer."""

    reader: type[Reader]
    writer: type[Writer]
    directory: Path
    all_common: bool = False  # whether all words of what is written first are common ones

    def write(self, *documents: Document, replacing=()) -> None:
        if self.all_common and not any(self.directory.iterdir()):
            texts = [text for document in documents for text in (*document.texts, *document.names)]
            CommonWords(frozenset(plain for text in texts for plain in terms(text).plains)).keep_in(self.directory)
        with closing(self.writer(self.directory)) as writer:
            writer.replace(replacing, documents)
            writer.commit()

    def snapshot(self):
        return self.reader(self.directory).snapshot()


ENGINES = {"embedded": (EmbeddedReader, EmbeddedWriter)}


@pytest.fixture(params=[(name, all_common) for name in ENGINES for all_common in (False, True)], ids=str)
def engine(request, tmp_path):
    directory = tmp_path / "build"
    directory.mkdir()
    name, all_common = request.param
    return Engine(*ENGINES[name], directory, all_common)


def report(key, text, title="", *, day=None, last=None, **fields):
    earliest, latest = day, last or day
    fields.setdefault("language", "en")
    return Document(
        kind=Kind.REPORT,
        key=key,
        article=key,
        texts=(title, text),
        title=title,
        published_earliest=earliest,
        published_latest=latest,
        **fields,
    )


def quote(key, article, text, **fields):
    return Document(kind=Kind.QUOTE, key=key, article=article, texts=(text,), language="en", **fields)


def asked(text):
    return parse(text).condition


def found(engine, text, kind=Kind.REPORT, **options):
    return engine.snapshot().search(kind, asked(text), **options)


@pytest.fixture
def bridges(engine):
    engine.write(
        report(1, "Rockets struck the old mill at dawn.", "Mill struck", day=date(2017, 5, 30), outlet=7),
        report(2, "The strike closed the harbour.", "Harbour", day=date(2018, 2, 1), outlet=8, speakers=(4, 6)),
        report(3, "A rocket, and then another rocket.", "Rockets", day=date(2018, 1, 1), last=date(2018, 12, 31)),
        report(4, "Nothing is known of the S-300 launchers.", "Launchers", outlet=7, about=(4,)),
    )
    return engine


def test_any_of_the_words_the_best_first(bridges):
    assert found(bridges, "rocket mill dawn") == [1, 3]
    assert found(bridges, "rocket strike nothing")[0] == 2  # the rarer word, in the shortest report
    assert found(bridges, "zeppelin") == []


def test_phrases_are_exact_and_know_no_stems(bridges):
    assert found(bridges, '"the OLD mill"') == [1]
    assert found(bridges, '"old mills"') == []
    assert found(bridges, '"rocket"') == [3]
    assert found(bridges, '"mill struck rockets"') == []  # not over the end of the title


def test_near_words_in_either_order(bridges):
    for near in ("rockets dawn", "dawn rockets"):
        assert found(bridges, f'"{near}"~5') == [1]
        assert found(bridges, f'"{near}"~1') == []
    assert found(bridges, '"mill rockets dawn"~6') == [1]
    assert found(bridges, '"mill mill"~5') == []


def test_words_that_begin_so(bridges):
    assert sorted(found(bridges, "harb*")) == [2]
    assert sorted(found(bridges, "rock*")) == [1, 3]


def test_operators(bridges):
    assert found(bridges, "rocket -mill") == [3]
    assert sorted(found(bridges, "(mill OR harbour) struck")) == [1]
    assert sorted(found(bridges, "-rocket")) == [2, 4]
    assert found(bridges, "title:rockets") == [3]
    assert found(bridges, 'title:"mill struck"') == [1]


@pytest.mark.parametrize("written", ["S-300", "S300", "S 300", "s-300", '"S 300"', '"s300"'])
def test_designators_in_any_form(bridges, written):
    assert found(bridges, written) == [4]


def test_columns_and_keys(bridges):
    def keys(condition):
        return sorted(bridges.snapshot().search(Kind.REPORT, condition))

    assert keys(Members(Column.OUTLET, (7,))) == [1, 4]
    assert keys(Members(Column.SPEAKER, (6, 99))) == [2]
    assert keys(Members(Column.ABOUT, (4,))) == [4]
    assert keys(Members(Column.YEAR, (2018,))) == [2, 3]
    assert keys(Keys((2, 3, 77))) == [2, 3]
    assert keys(NOTHING) == keys(Members(Column.OUTLET, ())) == []
    assert keys(All()) == [1, 2, 3, 4]
    assert keys(Any((asked("mill"), Not(asked("rocket"))))) == [1, 2, 4]
    assert keys(Any((asked("rocket"), asked("dawn"), asked("another")), least=2)) == [1, 3]


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        (date(2018, 2, 2), None, [3]),
        (None, date(2018, 1, 31), [1, 3]),
        (date(2017, 5, 30), date(2017, 5, 30), [1]),
        (date(2019, 1, 1), None, []),
    ],
)
def test_what_may_have_been_published_then(bridges, earliest, latest, expected):
    assert sorted(bridges.snapshot().search(Kind.REPORT, Published(earliest, latest))) == expected


def test_orders_by_date_with_the_undated_last(bridges):
    assert found(bridges, "-zeppelin", sort=Sort.NEWEST) == [2, 3, 1, 4]
    assert found(bridges, "-zeppelin", sort=Sort.OLDEST) == [1, 3, 2, 4]
    assert found(bridges, "-zeppelin", sort=Sort.ADDED) == [4, 3, 2, 1]
    assert found(bridges, "-zeppelin") == [2, 3, 1, 4]  # where none is better than another


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_neither_repeat_nor_miss_hits_that_tie(engine, sort):
    for start in (1, 100, 200):  # in several commits
        engine.write(*(report(start + n, "The same words.", day=date(2018, 1, 1)) for n in range(40)))
    pages = [found(engine, "same", sort=sort, offset=offset, limit=7) for offset in range(0, 126, 7)]
    keys = [key for page in pages for key in page]
    assert keys == sorted(keys, reverse=sort != Sort.OLDEST)
    assert len(set(keys)) == len(keys) == 120


@pytest.mark.parametrize("reports", [3, 50, 90])
def test_the_pages_of_a_phrase_are_the_same_once_it_is_counted(engine, reports):
    engine.write(*(report(n, "The same words. " * (1 + n % 3) + "Others follow. " * (n % 2)) for n in range(reports)))
    phrase = asked('"the same words"')
    pages = [(first, limit) for first in (0, 1, 20, 30, 60, 80) for limit in (1, 20)]
    uncounted = [engine.snapshot().search(Kind.REPORT, phrase, offset=first, limit=limit) for first, limit in pages]
    snapshot = engine.snapshot()
    assert snapshot.count(Kind.REPORT, phrase) == reports
    assert [snapshot.search(Kind.REPORT, phrase, offset=first, limit=limit) for first, limit in pages] == uncounted
    assert sorted(snapshot.search(Kind.REPORT, phrase, limit=100)) == list(range(reports))


def test_everything_can_be_gone_through_by_place(bridges):
    snapshot = bridges.snapshot()
    for sort, expected in ((Sort.NEWEST, [2, 3, 1, 4]), (Sort.OLDEST, [1, 3, 2, 4]), (Sort.ADDED, [4, 3, 2, 1])):
        keys, after = [], None
        while step := snapshot.following(Kind.REPORT, All(), sort=sort, after=after, limit=1):
            keys += [key for _, key in step]
            after = step[-1][0]
        assert keys == expected


def test_more_ties_than_are_put_in_order_still_make_pages_that_share_nothing(engine, monkeypatch):
    monkeypatch.setattr("archive.search.embedded.MOST_TIED", 40)
    engine.write(*(report(number, "The same words.") for number in range(1, 401)))
    pages = [found(engine, "same", offset=offset, limit=20) for offset in range(0, 400, 20)]
    assert len({key for page in pages for key in page}) == 400


def test_what_begins_so_is_all_as_good_and_the_newest_comes_first(bridges):
    assert found(bridges, "rock* OR harb*") == [2, 3, 1]


def test_counts(bridges):
    snapshot = bridges.snapshot()
    assert snapshot.count(Kind.REPORT, asked("rocket strike")) == 3
    assert snapshot.count(Kind.QUOTE, All()) == 0
    assert snapshot.size(Kind.REPORT) == 4
    assert snapshot.frequency("rocket") == 2
    assert snapshot.frequency("zeppelin") == 0


def test_tallies_of_columns_with_what_is_undated(bridges):
    tally = bridges.snapshot().tally(Kind.REPORT, All(), {Column.OUTLET: 10, Column.YEAR: 10, Column.SPEAKER: 1})
    assert (tally.total, tally.undated) == (4, 1)
    assert tally.values[Column.OUTLET] == ((7, 2), (8, 1))
    assert tally.values[Column.YEAR] == ((2018, 2), (2017, 1))
    assert tally.values[Column.SPEAKER] == ((4, 1),)
    empty = bridges.snapshot().tally(Kind.REPORT, NOTHING, {Column.OUTLET: 10})
    assert (empty.total, empty.values[Column.OUTLET]) == (0, ())


def test_a_tally_of_text_values(engine):
    engine.write(quote(1, 1, "Never", quote_kind="direct"), quote(2, 1, "Perhaps", quote_kind="reported"))
    tally = engine.snapshot().tally(Kind.QUOTE, All(), {Column.QUOTE_KIND: 5})
    assert tally.values[Column.QUOTE_KIND] == (("direct", 1), ("reported", 1))
    assert engine.snapshot().search(Kind.QUOTE, Members(Column.QUOTE_KIND, ("reported",))) == [2]


def test_a_tally_among_some_values(engine):
    engine.write(*(report(number, "word", speakers=(1, 2, 3, number + 10)) for number in range(1, 9)))
    tally = engine.snapshot().tally(Kind.REPORT, All(), {Column.SPEAKER: 2}, among={3, 12, 14, 99})
    assert tally.values[Column.SPEAKER] == ((3, 8), (12, 1))


def test_a_tally_is_exact_where_segments_have_many_values(engine, monkeypatch):
    monkeypatch.setattr("archive.search.embedded.KEPT", 2)
    for start in range(3):
        values = range(start, start + 6)
        engine.write(*(report(100 * start + n, "word", speakers=(value,)) for n, value in enumerate(values)))
    tally = engine.snapshot().tally(Kind.REPORT, All(), {Column.SPEAKER: 3})
    for value, count in tally.values[Column.SPEAKER]:
        assert count == engine.snapshot().count(Kind.REPORT, Members(Column.SPEAKER, (value,)))


def test_what_may_have_been_published_between_each_two_days(bridges):
    days = [date(2017, 1, 1), date(2018, 1, 1), date(2018, 3, 1), date(2019, 1, 1)]
    assert bridges.snapshot().by_days(Kind.REPORT, All(), [day.toordinal() for day in days]) == [1, 2, 1]
    assert bridges.snapshot().by_days(Kind.REPORT, NOTHING, [day.toordinal() for day in days]) == [0, 0, 0]


def test_which_of_some_keys_meet_a_condition(bridges):
    assert bridges.snapshot().having(Kind.REPORT, asked("rocket"), [1, 2, 77]) == {1}
    assert bridges.snapshot().having(Kind.REPORT, asked("rocket"), []) == set()


def test_favoured_stems_order_what_is_found_and_find_nothing_more(bridges):
    assert found(bridges, "struck harbour", favoured={"mill": 5.0})[0] == 1
    assert found(bridges, "struck harbour", favoured={"harbour": 5.0})[0] == 2
    assert sorted(found(bridges, "mill", favoured={"launcher": 5.0})) == [1]


def test_texts_are_stemmed_by_their_language(engine):
    engine.write(
        report(1, "Die Kinder schliefen", language="de"),
        report(2, "A child slept", language="en"),
        report(3, "mabomu yalilipuka", language="sw"),
    )
    assert found(engine, "kind") == [1]
    assert found(engine, "children") == []  # no ending of English makes it "child"
    assert found(engine, "sleeps slept") == [2]
    assert found(engine, "mabomu") == [3]
    assert found(engine, "mabom") == []


def test_the_endings_of_one_language_find_nothing_in_another(engine):
    engine.write(report(1, "Die Nummern"), report(2, "My fingers are numb"), report(3, "Kinder", language="de"))
    assert found(engine, "number") == []  # which in German has the stem "numb"


def test_accents_and_case_do_not_matter(engine):
    engine.write(report(1, "Milošević spoke in ŁÓDŹ"))
    assert found(engine, "milosevic") == found(engine, '"in lodz"') == [1]


def test_speakers_without_a_record_and_roles_are_looked_for_apart(engine):
    engine.write(quote(1, 1, "Never", printed_speakers=("the harbour police",), roles=("military spokesman",)))
    place = Words((("police",),), exact=True, place=Place.SPEAKER)
    assert engine.snapshot().search(Kind.QUOTE, place) == [1]
    assert found(engine, "role:spokesmen", Kind.QUOTE) == []
    assert found(engine, "role:spokesman", Kind.QUOTE) == [1]
    assert found(engine, "police", Kind.QUOTE) == []


def test_words_and_phrases_that_begin_so(engine):
    engine.write(
        report(1, "x", phrases=("peace talks", "peace talks open")),
        report(2, "peaceful", phrases=("peace talks",)),
    )
    snapshot = engine.snapshot()
    assert snapshot.phrases("peace t", 5) == [("peace talks", 2), ("peace talks open", 1)]
    assert snapshot.phrases("war", 5) == []
    assert snapshot.words("peace") == [("peaceful", 1)]


def test_reports_with_most_of_some_stems_by_their_weight(engine):
    engine.write(
        report(1, "Divers searched the harbour."),
        report(2, "The harbour was closed, and the ferry sank in the harbour."),
        report(3, "The ferry came late."),
        report(4, "Nothing happened."),
        quote(5, 4, "The ferry sank in the harbour."),
    )
    snapshot = engine.snapshot()
    assert snapshot.most_like({"ferri": 1, "harbour": 9}, 10) == [2, 1, 3]
    assert snapshot.most_like({"ferri": 9, "harbour": 1}, 10) == [3, 2, 1]
    assert snapshot.most_like({"ferri": 9, "harbour": 1}, 2) == [3, 2]
    assert snapshot.most_like({"mill": 1}, 10) == snapshot.most_like({}, 10) == []


def test_documents_are_replaced_by_article_whole(engine):
    engine.write(report(1, "Old words"), quote(10, 1, "Old quote"), report(2, "Other old words"))
    engine.write(report(1, "New words"), replacing=[1])
    assert found(engine, "old") == [2]
    assert found(engine, "old", Kind.QUOTE) == []
    assert found(engine, "new") == [1]
    engine.write(replacing=[1, 2])
    assert found(engine, "words") == []


def test_nothing_is_found_before_the_commit_and_a_snapshot_stays_as_it_is(engine):
    engine.write(report(1, "Old words"))
    reader = engine.reader(engine.directory)
    before = reader.snapshot()
    with closing(engine.writer(engine.directory)) as writer:
        writer.replace([1], [report(1, "New words")])
        assert reader.snapshot().search(Kind.REPORT, asked("new")) == []
        writer.commit()
        assert reader.snapshot().search(Kind.REPORT, asked("new")) == [1]
    assert before.search(Kind.REPORT, asked("old")) == [1]


def test_a_snapshot_may_forget_while_it_is_read(engine, monkeypatch):
    monkeypatch.setattr("archive.search.embedded.MOST_KNOWN", 1)
    engine.write(report(1, "word"))
    snapshot = engine.snapshot()

    class Key:
        def __hash__(self):
            """At each step of the snapshot's with this key, another thread has it forget."""
            snapshot.once(object(), lambda: 0)
            return 7

    key = Key()
    assert [snapshot.once(key, lambda: 5) for _ in range(3)] == [5, 5, 5]


def test_a_snapshot_makes_an_answer_once(engine):
    engine.write(report(1, "word"))
    snapshot, made = engine.snapshot(), []
    for _ in range(3):
        assert snapshot.once("key", lambda: made.append(1) or 7) == 7
    assert made == [1]


def test_what_was_not_committed_is_dropped(engine):
    engine.write(report(1, "Old words"))
    with closing(engine.writer(engine.directory)) as writer:
        writer.replace([1], [report(1, "New words")])
    assert found(engine, "old") == [1]


def test_a_second_writer_is_told_that_one_is_at_work(engine):
    engine.write(report(1, "Old words"))
    with closing(engine.writer(engine.directory)), pytest.raises(EngineBusy):
        engine.writer(engine.directory)


def test_a_directory_without_an_index_cannot_be_read(engine):
    with pytest.raises(EngineError):
        engine.reader(engine.directory)
