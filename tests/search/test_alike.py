"""Which reports are like one, and how it is known: made-up reports of a few matters, some carried by several papers."""

from datetime import date

import pytest

from archive import search
from archive.curation.withholding import hide
from archive.models import Version
from archive.search import NotReady, sync
from tests.factories import make_article

pytestmark = pytest.mark.django_db

FERRY = (
    "The ferry Alba sank off Port Ellery in a storm on Monday night with forty passengers and a crew of nine on board, "
    "the coast guard said. Fishermen rescued most of them before the hull broke. Divers went down at dawn to search "
    "the wreck, and the owner of the ferry spoke of a pump that had failed twice since spring."
)
LATER = (
    "The pump of the ferry Alba had failed before, her owner said of the wreck off Port Ellery. Divers left the hull."
)
MILL = (
    "Three rockets struck the old mill at Harrow Ford. Nobody was hurt, as the millers had gone home for the feast. "
    "The army blamed rebels from across the river, whose spokesman denied that any of his men had fired."
)
FLOUR = (
    "Flour costs twice what it did in spring. Bakers blame the strike of the dockers, which goes into its third week."
)


def like(article):
    return search.alike(Version.objects.select_related("article").get(article=article, shown=True))


def titles(article):
    return [(each.article.title, each.copied) for each in like(article)]


@pytest.fixture
def ferry():
    for number in range(24):  # what others write in, so that words of one matter are rare ones
        make_article(f"Price of flour {number}", FLOUR)
    make_article("Mill struck", MILL)
    return make_article("Ferry sinks", FERRY)


def test_the_same_text_comes_first_and_says_how_much_of_it_is_the_same(ferry):
    make_article("Divers leave wreck", LATER)
    make_article("Alba lost", f"{FERRY} This paper's correspondent watched from the quay as boats came in.")
    make_article("Alba goes down", FERRY.upper().replace(", ", " – "))
    sync.build()
    assert titles(ferry) == [("Alba goes down", True), ("Alba lost", True), ("Divers leave wreck", False)]
    whole, longer, about = like(ferry)
    assert (whole.share, longer.share, longer.shorter) == (1, 1, False)
    assert about.share < 0.5


def test_a_shorter_copy_is_told_from_a_longer_one(ferry):
    shorter = make_article("In short", FERRY[: FERRY.index("Divers")])
    sync.build()
    [found] = like(ferry)
    assert (found.article, found.share, found.shorter) == (shorter, 1, True)
    [found] = like(shorter)
    assert (found.article, found.share, found.shorter) == (ferry, 1, False)


def test_one_in_five_words_changed_is_no_copy_any_more(ferry):
    words = FERRY.split()
    words[::10] = ["indeed"] * len(words[::10])
    make_article("Rewritten", " ".join(words))
    sync.build()
    [found] = like(ferry)
    assert not found.copied
    assert 0.3 < found.share < 0.8


def test_page_furniture_makes_no_two_reports_alike():
    teasers = (
        "Subscribe to the Gazette for the price of a cup of coffee and read all about harbours, mills and ferries."
    )
    for words in ("Rain fell on the orchard.", "A bridge reopened."):
        start = len(words) + 2
        article = make_article(words, f"{words}\n\n{teasers}", furniture=[(start, start + len(teasers))])
    sync.build()
    assert like(article) == []


def test_what_was_published_about_then_counts_as_more_alike(ferry):
    ferry.published_earliest = ferry.published_latest = date(2018, 5, 1)
    ferry.save()
    days = [None, date(2021, 5, 1), (date(2018, 5, 1), date(2018, 5, 31)), date(2018, 6, 10)]
    undated, years_after, in_may, in_june = (make_article("Divers", LATER, published=day) for day in days)
    sync.build()
    found = {each.article: each.likeness for each in like(ferry)}
    assert list(found)[:2] == [in_may, in_june]
    assert found[in_may] == pytest.approx(2 * found[undated])
    assert found[years_after] == pytest.approx(found[undated])


def test_others_are_found_beside_many_copies(ferry):
    for number in range(15):
        make_article(f"Copy {number}", FERRY)
    make_article("Divers leave wreck", LATER)
    sync.build()
    found = titles(ferry)
    assert [copied for _, copied in found] == [True] * 15 + [False]
    assert found[-1] == ("Divers leave wreck", False)


def test_what_readers_may_not_see_is_not_found_even_before_the_index_knows(ferry):
    copy = make_article("Alba goes down", FERRY)
    sync.build()
    hide(copy.pk, "It names a witness.")
    assert like(ferry) == []


def test_of_very_long_texts_the_beginnings_are_compared(ferry):
    text = "\n\n".join(f"{FERRY} Paragraph {number} of many." for number in range(80))
    one = make_article("Long", text)
    make_article("Long too", f"{text}\n\n{MILL}")
    sync.build()
    [found] = [each for each in like(one) if each.article.title == "Long too"]
    assert found.long
    assert found.copied


@pytest.mark.parametrize("text", ["", "No.", "The the the.", "12 34 56"])
def test_a_report_that_says_nothing_is_like_none(ferry, text):
    empty = make_article("The", text)
    make_article("The", text)
    sync.build()
    assert like(empty) == []


def test_without_an_index_it_is_not_known(ferry):
    with pytest.raises(NotReady):
        like(ferry)
