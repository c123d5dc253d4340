import pytest

from archive.extraction import calibration
from archive.templatetags.evidence import RULES, confidence_words, rule_words


def test_every_rule_of_the_extraction_has_words():
    assert {*calibration.RULES, "none"} <= set(RULES)


def test_a_rule_without_words_is_named():
    assert rule_words("by-hand") == "by hand"


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (None, "not measured"),
        (1.0, "high, 1.00"),
        (0.9, "high, 0.90"),
        (0.75, "good, 0.75"),
        (0.5, "moderate, 0.50"),
        (0.0, "low, 0.00"),
    ],
)
def test_confidence_is_a_word_and_a_number(confidence, words):
    assert confidence_words(confidence) == words
