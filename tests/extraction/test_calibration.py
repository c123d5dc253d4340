import pytest

from archive.extraction import extract
from archive.extraction.calibration import RULES, UNDECIDED


def confidence(text):
    return extract(text).quotes[-1].confidence


def test_every_rule_has_a_share_and_a_guess_is_below_a_cue():
    assert all(UNDECIDED < share <= 1 for share in RULES.values())
    assert RULES["subject"] < RULES["sentence-before"] < RULES["last-speaker"] < RULES["inverted-cue"]


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        ('Maria Lind left. "We wait," Maria Lind said.', 'Maria Lind left. "We wait," she said.'),
        ('Mayor Maria Lind left. "We wait," Lind said.', 'Mayor Maria Lind left. "We wait," the mayor said.'),
        ('Maria Lind left. "We wait," Lind said.', 'The town slept. "We wait," Mrs. Lind said.'),
        ('"We wait here," Maria Lind said.', 'Maria Lind sat down. "We wait here."'),
        ('Maria Lind sat down. "We wait here."', 'Maria Lind sat down in "a town that waits and waits".'),
        ('"We wait here," a farmer said.', 'The town slept. "We wait here and nobody comes."'),
    ],
)
def test_what_needs_more_guessing_is_less_sure(surer, less_sure):
    assert confidence(less_sure) < confidence(surer)


def test_a_speaker_who_is_not_decided_is_hardly_sure_at_all():
    assert confidence('"We wait," he said.') == UNDECIDED
