"""Scores the extraction against gold: spans, names, and whether confidence says how often a speaker is right."""

import json
from collections.abc import Sequence
from pathlib import Path

from archive.json_lines import quotes_in
from tests.gold_score import BANDS, Score, Tally, percent, score

OWN = Path(__file__).resolve().parent.parent / "gold"


def measure_gold(given: str = "") -> None:
    """Prints the scores for every .jsonl file of a folder, or for one file; by default for gold of our own."""
    path = Path(given) if given else OWN
    files = [path] if path.is_file() else sorted(path.glob("*.jsonl"))
    if given and not files:
        raise SystemExit(f"GOLD={given!r} makes no sense: there is no .jsonl file.")
    scores: list[tuple[Score, Score]] = []
    for file in files:
        reports = read(file)
        scores.append(scored(reports))
        print_scores(file.name, len(reports), *scores[-1])
    if len(files) > 1:
        print_scores("all files", 0, *(added(one) for one in zip(*scores, strict=True)))
    if files:
        print_calibration(added(everything for _, everything in scores))


def read(file: Path) -> list[dict]:
    """The reports of a file of gold; raises SystemExit with one line for what is none."""
    reports = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        try:
            report = json.loads(line)
        except ValueError as error:
            raise SystemExit(f"{file.name}, line {number}: is not JSON: {error}") from None
        if not isinstance(report, dict) or not {"text", "quotes"} <= report.keys():
            raise SystemExit(f'{file.name}, line {number}: has no "text" with "quotes"')
        reports.append(report)
    return reports


def scored(reports: Sequence[dict]) -> tuple[Score, Score]:
    """The score of quoted words alone, and of reported speech too."""
    quoted, everything = Score(), Score()
    for report in reports:
        found = quotes_in(report["text"])
        quoted.add(score(report, found))
        everything.add(score(report, found, with_reported=True))
    return quoted, everything


def added(scores) -> Score:
    total = Score()
    for one in scores:
        total.add(one)
    return total


def print_scores(name: str, reports: int, quoted: Score, everything: Score) -> None:
    print(f"gold {name}" + (f", {reports} reports" if reports else ""))
    print(f"  {'':28}{'gold':>6}{'found':>7}   span P    R   F1   exact P    R   F1   loose P    R   F1")
    print_line("quoted words", quoted.total())
    for kind, tally in sorted(quoted.kinds.items()):
        print_line(f"  {kind}", tally)
    if everything.total() != quoted.total():
        print_line("with reported speech", everything.total())
        for kind, tally in sorted(everything.kinds.items()):
            print_line(f"  {kind}", tally)


def print_line(name: str, tally: Tally) -> None:
    rates = (tally.spans(), tally.exact_names(), tally.loose_names())
    columns = "   ".join(" ".join(f"{rate:5.1f}" for rate in three) for three in rates)
    print(f"  {name:28}{tally.gold:6}{tally.found:7}   {columns}")


def print_calibration(everything: Score) -> None:
    """For each band of confidence, how many found quotations are in it and how many of their speakers are right."""
    print("confidence            quotes   right speaker")
    above = ""
    for band in BANDS:
        count, right = everything.bands[band]
        name = f"under {above}" if not band else f"{band} up to {above}" if above else f"{band} and more"
        print(f"  {name:18}{count:8}   {percent(right, count):9.1f} %")
        above = str(band)
