"""What somebody asks, and the numbers that the answer gives: they agree, and say which matches they count."""

from datetime import date

import pytest

from archive.models import Article
from archive.search import Asked, Column, Kind, Match, NotReady, Sort, ask, find, sync
from archive.search.query import Members, Published
from tests.factories import (
    make_article,
    make_mention,
    make_organisation,
    make_outlet,
    make_person,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db


def titles(words, **fields):
    found = find(Asked(words, **fields), limit=100)
    articles = Article.objects.in_bulk([hit.key for hit in found.hits])
    return [articles[hit.key].title for hit in found.hits]


@pytest.fixture
def harbour():
    """Three reports with one to three of the words mill, harbour and dawn."""
    gazette = make_outlet("Harrow Gazette")
    make_article("One", "The mill.", published=date(2018, 5, 3), outlet=gazette)
    make_article("Two", "The mill in the harbour.", published=date(2018, 5, 2), outlet=gazette)
    make_article("Three", "The mill in the harbour at dawn.", published=date(2018, 5, 1), outlet=make_outlet("Wire"))
    sync.build()


def test_the_best_match_has_any_of_the_words_and_each_says_what_it_lacks(harbour):
    found = find(Asked("mill harbour Dawn"))
    assert titles("mill harbour dawn") == ["Three", "Two", "One"]
    assert [hit.lacking for hit in found.hits] == [(), ("Dawn",), ("harbour", "Dawn")]
    assert found.total == 3
    assert found.counts == {Match.ANY: 3, Match.HALF: 2, Match.ALL: 1}


def test_all_words_or_half_of_them_can_be_asked_for(harbour):
    assert titles("mill harbour dawn", match=Match.ALL) == ["Three"]
    assert titles("mill harbour dawn", match=Match.HALF) == ["Three", "Two"]
    assert find(Asked("mill harbour dawn", match=Match.HALF)).total == 2


def test_by_date_the_closer_matches_are_listed(harbour):
    found = find(Asked("mill harbour dawn", sort=Sort.NEWEST))
    assert titles("mill harbour dawn", sort=Sort.NEWEST) == ["Two", "Three"]
    assert (found.total, found.match, found.close) == (2, Match.HALF, Match.HALF)
    assert titles("mill harbour dawn", sort=Sort.NEWEST, match=Match.ANY) == ["One", "Two", "Three"]


def test_where_many_have_all_the_words_only_those_are_close(harbour):
    for number in range(25):
        make_article(f"More {number}", "The mill in the harbour at dawn.")
    sync.build()
    found = find(Asked("mill harbour dawn", sort=Sort.NEWEST))
    assert (found.close, found.total) == (Match.ALL, 26)
    assert ask(Asked("mill harbour dawn"), lambda search: search.tally({}).total) == 26


def test_a_single_word_or_an_operator_leaves_nothing_to_choose(harbour):
    for words in ("mill", '"mill"', "mill OR dawn", "mill -dawn"):
        found = find(Asked(words))
        assert found.counts == {}
        assert found.close == found.match == Match.ANY
        assert all(hit.lacking == () for hit in found.hits)


def test_filters_narrow_every_number_and_a_facet_is_counted_without_its_own(harbour):
    gazette = make_outlet("Harrow Gazette").pk
    asked = Asked("mill", filters=(("outlet", Members(Column.OUTLET, (gazette,))),))

    def numbers(search):
        own = search.tally({Column.OUTLET: 5}, without="outlet").values[Column.OUTLET]
        return search.total, search.tally({}).total, sorted(count for _, count in own)

    assert ask(asked, numbers) == (2, 2, [1, 2])
    assert titles("", filters=asked.filters) == ["One", "Two"]


def test_filters_alone_list_the_newest_first(harbour):
    may = Published(date(2018, 5, 1), date(2018, 5, 2))
    assert titles("", filters=(("published", may),)) == ["Two", "Three"]


def test_counts_by_days(harbour):
    days = [date(2018, 5, day).toordinal() for day in (1, 2, 3, 4)]
    assert ask(Asked("mill"), lambda search: search.count_by_days(days)) == [1, 1, 1]


def test_everything_found_can_be_gone_through(harbour, monkeypatch):
    monkeypatch.setattr("archive.search.asking.STREAMED", 2)
    pks = dict(Article.objects.values_list("title", "pk"))
    assert ask(Asked("mill"), lambda search: list(search.every())) == [[pks["One"], pks["Two"]], [pks["Three"]]]
    assert ask(Asked(""), lambda search: list(search.every())) == []


def test_by_finds_all_the_names_of_a_speaker_and_printed_ones():
    article = make_article("Bridge", 'Colonel Brenn: "It is closed". Police said: "Go home". Ada B.: "Never"')
    person = make_person("Ada Brenn", "Colonel Brenn")
    closed = make_quote(article, '"It is closed"', person)
    printed = make_quote(article, '"Go home"', speaker_kind="organisation", speaker_start=31, speaker_end=37)
    make_quote(article, '"Never"', speaker_kind="unknown")
    sync.build()
    for words in ("by:Ada", 'by:"ada brenn"', "by:colonel"):
        assert [hit.key for hit in find(Asked(words, Kind.QUOTE)).hits] == [closed.pk]
    assert [hit.key for hit in find(Asked("by:police", Kind.QUOTE)).hits] == [printed.pk]
    assert titles("by:police") == titles("by:brenn closed") == ["Bridge"]
    assert titles("by:nobody") == []


def test_a_new_name_of_a_speaker_finds_their_words_at_once():
    _, person, quote = make_report_with_quote()
    sync.build()
    person.names.create(text="Wolf of Harrow")
    assert [hit.key for hit in find(Asked("by:wolf", Kind.QUOTE)).hits] == [quote.pk]


def test_about_finds_who_is_mentioned_and_role_what_they_are_called():
    article, person, quote = make_report_with_quote()
    ministry = make_organisation("Harrow Ministry")
    make_mention(article, ministry, "ministry")
    make_article("Other", "Nobody is named.")
    sync.build()
    assert titles("about:lindqvist") == titles('about:"harrow ministry"') == [article.title]
    assert titles("about:lindqvist -about:ministry") == []
    assert titles("role:colonel") == [article.title]
    assert [hit.key for hit in find(Asked("role:colonel shells", Kind.QUOTE)).hits] == [quote.pk]
    assert [hit.key for hit in find(Asked("about:lindqvist", Kind.QUOTE)).hits] == []


def test_a_quote_is_about_those_named_in_it():
    article = make_article("Bridge", 'He said: "We met Vera Lindqvist".')
    quote = make_quote(article, '"We met Vera Lindqvist"')
    person = make_person()
    make_mention(article, person, "Vera Lindqvist")
    sync.build()
    assert [hit.key for hit in find(Asked("about:lindqvist", Kind.QUOTE)).hits] == [quote.pk]


def test_outlets_by_all_words_of_their_name():
    for name in ("Harrow Gazette", "Harrow Gazette Weekly", "Wire"):
        make_article(name, "The mill.", outlet=make_outlet(name))
    sync.build()
    assert titles('outlet:"harrow gazette"') == ["Harrow Gazette"]
    assert sorted(titles("outlet:harrow")) == ["Harrow Gazette", "Harrow Gazette Weekly"]
    assert titles("outlet:nowhere mill") == []


def test_dates_with_what_may_have_been_published_then():
    make_article("Day", "Mill", published=date(2018, 5, 30))
    make_article("Month", "Mill", published=(date(2018, 5, 1), date(2018, 5, 31)))
    make_article("Undated", "Mill")
    sync.build()
    assert titles("after:2018-05-31") == ["Month"]
    assert sorted(titles("mill year:2018 before:2018-06")) == ["Day", "Month"]
    assert titles("year:2017") == []


def test_a_report_that_readers_may_not_see_is_nowhere():
    article, _, _ = make_report_with_quote()
    article.versions.update(shown=False)
    sync.build()
    assert find(Asked("shells")).total == find(Asked("shells", Kind.QUOTE)).total == 0


def test_without_an_index_nothing_can_be_asked():
    assert not find(Asked("mill")).ready
    with pytest.raises(NotReady):
        ask(Asked("mill"), lambda search: search.total)
