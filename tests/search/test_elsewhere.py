import pytest

from archive import search
from archive.search import NotReady, sync
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db


def quoted(words, text="{}, she said."):
    article = make_article(words, text.format(words))
    return make_quote(article, words).pk


def test_quotes_with_the_same_words_whatever_their_marks_case_and_spaces():
    one = quoted('"We counted nine shells before dawn."')
    other = quoted("“we counted  nine\nshells – before dawn”")
    within = quoted("«Yes: we counted nine shells before dawn, and slept»")
    quoted('"We counted shells before dawn."')
    sync.build()
    found = search.quotes_with('"We counted nine shells before dawn."', 10)
    assert sorted(found) == [one, other, within]
    assert found[-1] == within
    assert len(search.quotes_with('"We counted nine shells before dawn."', 2)) == 2


def test_too_few_words_are_not_looked_for():
    quoted('"null and void"')
    sync.build()
    assert search.quotes_with('"null and void"', 10) == []
    assert search.quotes_with("", 10) == []


def test_of_a_long_quotation_the_beginning_is_looked_for():
    words = " ".join(f"word{number}" for number in range(300))
    one = quoted(f'"{words}"')
    sync.build()
    assert search.quotes_with(words, 10) == [one]


def test_without_an_index_it_is_not_known():
    with pytest.raises(NotReady):
        search.quotes_with("We counted nine shells", 10)
