"""The index as a reader meets it: what is found, in which order, and what is not."""

import threading
from datetime import date

import pytest

from archive.models import Quote
from archive.search import Asked, Column, Kind, find, readers, sync
from archive.search.asking import NOTHING_HAS_ALL
from archive.search.query import Members
from tests.factories import (
    make_article,
    make_organisation,
    make_outlet,
    make_person,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db


def titles(words, **page):
    from archive.models import Article

    results = find(Asked(words, Kind.REPORT), **page)
    assert results.ready
    shown = Article.objects.in_bulk([hit.key for hit in results.hits])
    return [shown[hit.key].title for hit in results.hits]


def quotes(words):
    return [hit.key for hit in find(Asked(words, Kind.QUOTE)).hits]


@pytest.fixture
def reports():
    make_article("Rockets hit Port Ellery", "Two rockets struck the harbour. A rocket strike had been feared.")
    make_article("Harbour strike enters second week", "Dockers said their strike would go on. Nobody worked.")
    make_article("Poppy harvest fails", "The poppy fields dried out before the peace proposal was read.")
    make_article("Opium price doubles", "Traders spoke of a proposal for peace. Sellers of opium waited.")
    make_article(
        "Missiles paraded", "The army showed its S-300 launchers and four F-16s over O’Leary Square, in the café."
    )
    sync.build()


def test_any_of_the_words_finds_and_most_of_them_rank_first(reports):
    assert titles("rocket strike") == ["Rockets hit Port Ellery", "Harbour strike enters second week"]
    assert titles("rocket volcano") == ["Rockets hit Port Ellery"]
    assert titles("volcano") == []


def test_operators_require(reports):
    assert titles("opium OR poppy") == ["Opium price doubles", "Poppy harvest fails"]
    assert titles("strike -rocket") == ["Harbour strike enters second week"]
    assert titles('"peace proposal"') == ["Poppy harvest fails"]
    assert titles('"proposal"') == ["Opium price doubles", "Poppy harvest fails"]
    assert titles('"proposals"') == []
    assert titles('"before the peace"') == ["Poppy harvest fails"]
    assert titles('proposal -"peace proposal"') == ["Opium price doubles"]


def test_only_exclusions_find_all_else_newest_first(reports):
    assert titles("-strike -missiles") == ["Opium price doubles", "Poppy harvest fails"]


def test_where_nothing_has_all_what_has_some_is_found_and_a_hint_says_so(reports):
    results = find(Asked('"peace proposal" volcano', Kind.REPORT))
    assert results.total == 1
    assert results.hints == (NOTHING_HAS_ALL,)
    assert titles("opium OR poppy volcano") == ["Opium price doubles", "Poppy harvest fails"]
    assert titles("anti-rocket") == ["Rockets hit Port Ellery"]
    assert find(Asked("volcano OR lava", Kind.REPORT)).hints == ()


@pytest.mark.parametrize("words", ["S-300", "S300", "s 300", '"S300 launchers"', "F-16", "f16s", "O'Leary", "CAFE"])
def test_spelling_does_not_matter(reports, words):
    assert titles(words) == ["Missiles paraded"]


def test_phrases_do_not_reach_from_title_into_text_nor_over_furniture():
    text = "Snow fell. More news: Rosa Tinkler retires. Rain fell."
    make_article("Weather", text, furniture=[(11, 44)])
    sync.build()
    assert titles("Tinkler") == []
    assert titles('"snow fell"') == ["Weather"]
    assert titles('"fell rain"') == []
    assert titles('"weather snow"') == []


@pytest.mark.parametrize("words", ["", "  ", '"', "…"])
def test_no_words_find_nothing(reports, words):
    assert find(Asked(words, Kind.REPORT)).total == 0


def test_quotes_are_found_by_their_words_and_their_speakers_names():
    _, _, quote = make_report_with_quote()
    article = make_article("Other", 'Police said: "Nobody was hurt". Ada Brenn wrote: "No shells fell".')
    named = make_quote(article, '"No shells fell"', make_person("Ada Brenn", "Colonel Ada Brenn"))
    printed = make_quote(article, '"Nobody was hurt"', speaker_kind="organisation", speaker_start=0, speaker_end=6)
    rejected = make_quote(article, "wrote", state=Quote.State.REJECTED)
    gone = make_quote(article, "Ada Brenn", gone="the words left the text")
    sync.build()
    assert quotes("nine shells") == [quote.pk, named.pk]
    assert quotes('"colonel ada brenn"') == [named.pk]
    assert quotes("Lindqvist dawn") == [quote.pk]
    assert quotes("police") == [printed.pk]
    assert quotes('"hurt police"') == []
    assert not {rejected.pk, gone.pk} & set(quotes("wrote Ada Brenn"))


def test_quotes_are_found_by_their_organisations_names_and_the_steps_to_them():
    article = make_article("Bridge", 'The VOHR came. "It is closed", it said. Brenn left. "We stay", she said.')
    body = make_organisation("Valmar Observatory for Human Rights", "VOHR")
    closed = make_quote(article, '"It is closed"', body)
    start = article.shown_version.text.index("Brenn")
    stay = make_quote(article, '"We stay"', speaker_kind="person", chain=[[start, start + 5]])
    sync.build()
    assert quotes("vohr") == quotes('"observatory for human rights"') == [closed.pk]
    assert quotes("brenn") == [stay.pk]


def test_reported_speech_is_found_among_the_quotes_and_told_by_its_kind():
    article, person, quote = make_report_with_quote()
    reported = make_quote(article, "Shelling damaged the bridge", person, kind="reported")
    sync.build()
    assert quotes("lindqvist") == [reported.pk, quote.pk]
    assert quotes("damaged") == [reported.pk]
    of_kind = (("said", Members(Column.QUOTE_KIND, ("direct",))),)
    assert [hit.key for hit in find(Asked("lindqvist", Kind.QUOTE, filters=of_kind)).hits] == [quote.pk]


def test_what_is_printed_beside_a_quote_finds_it_no_more_where_an_editor_decided_otherwise():
    article = make_article("Bridge", 'Ada Brenn: "No shells fell".')
    quote = make_quote(
        article,
        '"No shells fell"',
        speaker_kind="unnamed",
        speaker_start=0,
        speaker_end=9,
        chain=[[0, 9]],
        rule=Quote.EDITOR,
        state=Quote.State.CORRECTED,
    )
    sync.build()
    assert quotes("shells") == [quote.pk]
    assert quotes("brenn") == quotes("by:brenn") == quotes("role:brenn") == []


def test_a_quote_of_an_older_version_is_not_found():
    article = make_article("Old", 'She said: "Early words".')
    make_quote(article, '"Early words"')
    article.versions.update(shown=False)
    article.versions.create(number=2, title="New", text="Later text.", text_sha256="0" * 64, shown=True)
    sync.build()
    assert quotes('"early words"') == []
    assert titles("later") == ["Old"]
    assert titles("early") == []


def test_pages_neither_repeat_nor_miss_hits_that_tie():
    made = [make_article("Same", "The same words.").pk for _ in range(30)]
    sync.build()
    pages = [find(Asked("same", Kind.REPORT), offset=offset, limit=7) for offset in range(0, 35, 7)]
    assert [hit.key for page in pages for hit in page.hits] == made[::-1]
    assert {page.total for page in pages} == {30}


def test_a_batch_takes_the_same_few_queries_whatever_its_size(django_assert_num_queries):
    make_report_with_quote()
    with django_assert_num_queries(11):  # one to page on, one to see the end
        sync.build()
    for _ in range(10):
        make_report_with_quote(outlet=make_outlet(), published=date(2018, 5, 30))
    with django_assert_num_queries(11):
        sync.build()


def test_without_an_index_the_search_says_that_it_is_not_ready(index_directory):
    assert not find(Asked("rocket", Kind.REPORT)).ready
    sync.build()
    assert find(Asked("rocket", Kind.REPORT)).ready


def test_an_index_of_another_schema_version_is_not_read(reports, monkeypatch):
    assert titles("rocket")
    monkeypatch.setattr("archive.search.builds.SCHEMA_VERSION", 1000)
    sync.build()
    assert titles("rocket")
    monkeypatch.undo()
    readers._readers.forget()  # as a process that starts
    assert not find(Asked("rocket", Kind.REPORT)).ready


@pytest.mark.parametrize("damage", ["truncate", "remove", "garbage"])
def test_a_damaged_index_is_not_ready_and_does_not_raise(reports, index_directory, damage):
    for path in index_directory.glob("*/report/*"):
        if damage == "garbage" and path.name == "meta.json":
            path.write_text("{")
        elif damage == "truncate" and path.suffix == ".idx":
            path.write_bytes(path.read_bytes()[:10])
        elif damage == "remove" and path.suffix == ".term":
            path.unlink()
    assert not find(Asked("rocket", Kind.REPORT)).ready


def test_readers_follow_a_new_build_without_a_gap(reports, index_directory):
    """Threads go on searching while builds are swapped under them."""
    failures, ended = [], threading.Event()

    def read():
        while not ended.is_set():
            results = find(Asked("rocket", Kind.REPORT))
            if not results.ready or results.total != 1:
                failures.append(results)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(8):
        sync.build()
    ended.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len([path for path in index_directory.iterdir() if path.is_dir()]) == 1
