"""Extraction is as good as it was on the gold of our own: floors a point below what it reaches."""

import json
from pathlib import Path

import pytest

from archive.json_lines import quotes_in
from tests.gold_score import Score, score

GOLD = Path(__file__).resolve().parent.parent / "gold"


@pytest.mark.parametrize(
    ("name", "span", "loose", "loose_with_reported"),
    [
        ("news", 98.6, 93.3, 85.7),
        ("news_hard", 97.7, 84.6, 78.8),
        ("conflict", 96.2, 93.2, 86.8),
        ("conflict_hard", 94.3, 64.9, 62.9),
    ],
)
def test_quotations_and_their_speakers_are_found(name, span, loose, loose_with_reported):
    quoted, everything = Score(), Score()
    for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        found = quotes_in(report["text"])
        quoted.add(score(report, found))
        everything.add(score(report, found, with_reported=True))
    assert quoted.total().spans()[2] >= span
    assert quoted.total().loose_names()[2] >= loose
    assert everything.total().loose_names()[2] >= loose_with_reported
