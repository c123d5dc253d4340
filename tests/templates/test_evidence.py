import pytest

from archive.extraction import calibration
from archive.models import Quote
from archive.templatetags.evidence import (
    RULES,
    attributed_words,
    confidence_words,
    decided_words,
    negated_label,
    negated_words,
)


def quote(printed_speaker=None, cue=None, **fields):
    made = Quote(**fields)
    made.printed_speaker, made.cue, made.fullest_name = printed_speaker, cue, None
    return made


def test_every_rule_of_the_extraction_has_words():
    assert {*calibration.RULES, "none"} <= set(RULES)


def test_a_rule_without_words_is_named():
    assert decided_words(quote(rule="by-hand")) == "by hand"


def test_without_a_rule_it_is_said_whether_a_speaker_is_printed():
    assert decided_words(quote(rule="none")) == "nothing in the text tells who speaks"
    assert decided_words(quote(rule="none", printed_speaker="she")) == (
        "the text names the speaker only so (“she”) and leaves open who that is"
    )


def test_a_verb_of_saying_without_a_speaker_is_told():
    assert decided_words(quote(rule="none", cue="said")) == (
        "the text has a verb of saying (“said”), but who says it was not made out"
    )


@pytest.mark.parametrize(
    ("cue", "words", "label"),
    [
        ("denied", "the source denies this", "denied"),
        ("Denying", "the source denies this", "denied"),
        ("confirmed", "the report says that this was not said or not confirmed", "not stated"),
        (None, "the report says that this was not said or not confirmed", "not stated"),
    ],
)
def test_a_denial_is_told_from_what_was_not_said(cue, words, label):
    negated = quote(negated=True, cue=cue)
    assert (negated_words(negated), negated_label(negated)) == (words, label)
    assert (negated_words(quote(cue=cue)), negated_label(quote(cue=cue))) == ("", "")


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


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Speaker not known; found by the machine, confidence not measured"),
        (
            {"printed_speaker": "she", "confidence": 0.2},
            "Speaker not known (printed: “she”); found by the machine, confidence low, 0.20",
        ),
        (
            {"printed_speaker": "an aide", "speaker_kind": "unnamed", "role": "aide", "state": "confirmed"},
            "an aide, aide (not named); confirmed by an editor",
        ),
        (
            {"negated": True, "cue": "denied", "state": "added"},
            "Speaker not known; added by an editor; the source denies this",
        ),
    ],
)
def test_an_attribution_is_told_in_one_line_as_far_as_it_is_known(fields, words):
    assert attributed_words(quote(**fields)) == words
