import pytest

from archive.search import Alike
from archive.templatetags.likeness import share_words


@pytest.mark.parametrize(
    ("share", "shorter", "long", "words"),
    [
        (1, True, False, "All of its words stand in this report too, in the same order"),
        (1, False, False, "All of this report’s words stand in it too, in the same order"),
        (0.9999, True, False, "99 % of its words stand in this report too, in the same order"),
        (0.5, False, False, "50 % of this report’s words stand in it too, in the same order"),
        (0.9, True, True, "90 % of the words of its beginning stand in this report too, in the same order"),
        (0.9, False, True, "90 % of the words of this report’s beginning stand in it too, in the same order"),
        (0.49, True, False, ""),
        (0, False, True, ""),
    ],
)
def test_how_much_is_the_same_is_never_rounded_up(share, shorter, long, words):
    assert share_words(Alike(None, 0.5, share, shorter, long)) == words
