"""Reports whose texts are nearly the same are proposed as copies, by an index and not by comparing all with all."""

from datetime import date

import pytest

from archive.curation.withholding import hide, show_again
from archive.models import PossibleCopy, Sketch, Version
from archive.proposing.copies import propose_copies
from tests.factories import make_article, make_outlet

pytestmark = pytest.mark.django_db
WORDS = [f"word{number}" for number in range(80)]
TEXT = " ".join(WORDS)


def propose():
    return propose_copies(list(Version.objects.order_by("pk").values_list("pk", flat=True)))


def test_a_text_that_came_twice_is_proposed_with_the_reason():
    gazette = make_outlet()
    one = make_article("Shells fall", TEXT, outlet=gazette, published=date(2014, 3, 1))
    other = make_article("SHELLS FALL!", f"KABUL – {TEXT.upper()} – (AP)", outlet=gazette, published=date(2014, 3, 3))
    make_article("Another", " ".join(f"other{number}" for number in range(80)))
    assert propose() == 1
    copy = PossibleCopy.objects.get()
    assert (copy.first, copy.second) == (one, other)
    assert copy.reason == (
        "100% of the shorter text's words stand in the other one too, the same title, the same outlet"
    )
    assert propose() == 0


def test_a_text_with_some_words_changed_is_one_and_with_many_is_not():
    make_article("One", TEXT)
    changed = [word if number % 40 else "changed" for number, word in enumerate(WORDS)]
    make_article("Nearly", " ".join(changed))
    rewritten = [word if number % 6 else "changed" for number, word in enumerate(WORDS)]
    make_article("Rewritten", " ".join(rewritten))
    propose()
    assert [(copy.first.title, copy.second.title) for copy in PossibleCopy.objects.all()] == [("One", "Nearly")]


def test_a_text_of_another_week_or_too_short_is_none():
    make_article("One", TEXT, published=date(2014, 3, 1))
    make_article("Two", TEXT, published=date(2014, 3, 9))
    make_article("Short", "Shells fell at dawn again today.")
    make_article("Short", "Shells fell at dawn again today.")
    assert propose() == 0
    assert Sketch.objects.count() == 2


def test_what_an_editor_decided_or_readers_do_not_see_is_not_proposed():
    one = make_article("One", TEXT)
    make_article("Two", TEXT)
    propose()
    PossibleCopy.objects.update(state="both")
    assert propose() == 0
    assert not PossibleCopy.objects.open().exists()
    hide(one.pk, "It names a witness.")
    make_article("Three", TEXT)
    propose()
    assert [(copy.first.title, copy.second.title) for copy in PossibleCopy.objects.open()] == [("Two", "Three")]


def test_what_was_withheld_when_it_was_looked_at_waits_until_readers_see_it():
    make_article("One", TEXT)
    two = make_article("Two", TEXT)
    hide(two.pk, "It names a witness.")
    propose()
    assert not PossibleCopy.objects.open().exists()
    show_again(two.pk, "The witness agreed.")
    assert [copy.second for copy in PossibleCopy.objects.open()] == [two]
