"""Phrases of common words: found by their pairs, and as they are found without them."""

from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.documents import Document, some_reports
from archive.search.embedded import EmbeddedReader
from archive.search.embedded_writer import EmbeddedWriter
from archive.search.pairs import CommonWords, common_words
from archive.search.parsing import parse
from archive.search.results import Kind
from tests.factories import make_article

WORDS = ["the", "of", "mill", "shelled"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


def test_words_that_one_of_twenty_reports_has_are_common(monkeypatch):
    reports = [["the", "mill", "the"], *[["the"]] * 18, ["river"]]
    assert common_words(reports) == {"the", "mill", "river"}
    assert common_words([*reports, ["ferry"]]) == {"the"}
    monkeypatch.setattr("archive.search.pairs.MOST", 1)
    assert common_words(reports) == {"the"}


def test_no_reports_have_no_common_words():
    assert common_words([]) == frozenset()


def test_every_pair_of_words_is_a_term_and_those_with_another_word_the_same():
    common = CommonWords(frozenset(["of", "the"]))
    assert common.terms(["out", "of", "the", "mill"]) == ["_", "of_the", "_"]
    assert common.terms_of(["out", "of", "the", "mill"]) == ["of_the"]
    assert common.terms(["mill"]) == common.terms([]) == []


def test_a_build_keeps_its_common_words(tmp_path):
    assert CommonWords.of_build(tmp_path) == CommonWords()
    kept = CommonWords(frozenset(["über", "the"]), 70)
    kept.keep_in(tmp_path)
    assert CommonWords.of_build(tmp_path) == kept


@pytest.mark.django_db
def test_common_words_are_told_from_reports_of_all_times():
    for number in range(10):
        make_article(f"Report {number}", f"The mill, {number}.")
    reports = list(some_reports(5))
    assert [words[-1] for words in reports] == ["0", "2", "4", "6", "8"]
    assert reports[0] == ["report", "0", "the", "mill", "0"]
    assert len(list(some_reports(50))) == 10


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8),
    st.sets(st.sampled_from(WORDS)),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
)
def test_a_phrase_is_found_whatever_words_are_common(tmp_path_factory, texts, common, phrase):
    found = []
    for words in (frozenset(), frozenset(common)):
        build = tmp_path_factory.mktemp("build")
        CommonWords(words).keep_in(build)
        with closing(EmbeddedWriter(build)) as writer:
            writer.replace([], [Document(Kind.REPORT, key, key, both, "en") for key, both in enumerate(texts)])
            writer.commit()
        snapshot = EmbeddedReader(build).snapshot()
        condition = parse(f'"{" ".join(phrase)}"').condition
        keys = snapshot.search(Kind.REPORT, condition)
        assert snapshot.count(Kind.REPORT, condition) == len(keys)
        found.append(keys)
    assert set(found[0]) == set(found[1])
    if len(set(phrase)) == len(phrase):  # the places of a word beside itself overlap, and pairs count each of them
        assert found[0] == found[1]
    holding = {key for key, both in enumerate(texts) if any(f" {' '.join(phrase)} " in f" {text} " for text in both)}
    assert set(found[0]) == holding
