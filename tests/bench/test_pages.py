"""What the pages are measured on, and what is told of them."""

from tests.bench import pages, told
from tests.bench.asking import BARE, Times


def test_somebody_is_quoted_so_often_and_a_report_is_so_long():
    *often, long = pages.records()
    assert sum(record["body"].count(f"”, {pages.SPEAKER} said.") for record in often) == 2000
    assert len(long["body"].split()) > 20_000
    assert pages.SPEAKER not in long["body"]
    assert len({record["id"] for record in (*often, long)}) == len(often) + 1


def test_slow_pages_are_told_beside_a_bare_answer(capsys):
    times = {BARE: Times([5.0]), "a report": Times([40.0, 50.0, 60.0]), "a person": Times([150.0])}
    assert told.pages(times) == {f"{BARE}, p50 ms": 5.0, "a report, p50 ms": 50.0, "a person, p50 ms": 150.0}
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].endswith("p50 50, p95 60, at most 60 ms; 10.0 × a bare answer")
    assert lines[-1].endswith("pages within 100 ms: not met by a person")
