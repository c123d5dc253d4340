"""Measures the extraction: articles a second, memory, and how the time grows with the text."""

import json
import os
import re
import subprocess
import sys
import time

from archive.extraction import extract
from tests.bench.made_up import made_up_articles
from tests.bench.programs import PROJECT
from tests.extraction.long_texts import LONG

MARKED = re.compile("“[^”]*”")
BESIDE = re.compile(r"\W*(?:(?:he|she|([A-Z]\S+(?: [A-Z]\S+)*)) (?:said|added|told)|said ([A-Z]\S+(?: [A-Z]\S+)*))")
MORE_THAN_LINEAR = 3.0  # times the time for twice the text: 2 is linear, 4 the square, and the machine may be busy


def measure_extraction(count: int = 300) -> None:
    texts = list(made_up_articles(count))
    extract(texts[0])
    began = time.process_time()
    found = [extract(text) for text in texts]
    seconds = time.process_time() - began
    began = time.process_time()
    for text in texts:
        beside_a_cue(text)
    peer = time.process_time() - began
    quotes, people = (
        sum(len(part) for part in parts) / count
        for parts in ([one.quotes for one in found], [one.people for one in found])
    )
    length = sum(len(text.split()) for text in texts) / count
    print(
        f"extraction        {count / seconds:8.0f} articles/s on one core, of {length:.0f} words, {quotes:.1f} quotes "
        f"and {people:.1f} people each"
    )
    print(f"  peer            {count / peer:8.0f} articles/s: quote marks and the name beside a cue, by two patterns")
    for number in (200, 2000):
        print(f"  memory          {peak_memory(number):8.0f} MB at most for {number:,} articles by manage.py extract")


def beside_a_cue(text: str) -> list[tuple[str, str]]:
    """The peer: each stretch in quote marks with the name beside a verb of speech right after it."""
    quotes = []
    for quote in MARKED.finditer(text):
        beside = BESIDE.match(text, quote.end())
        quotes.append((quote.group(), next(filter(None, beside.groups()), "") if beside else ""))
    return quotes


def peak_memory(count: int) -> float:
    """MB of the process that extracts from so many articles, its start included."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "extract", "--jobs", "1"],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    with process.stdin as given:
        for number, text in enumerate(made_up_articles(count)):
            given.write(json.dumps({"id": number, "text": text}).encode() + b"\n")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError("manage.py extract failed")
    return usage.ru_maxrss / 1024


def measure_growth(length: int = 100_000) -> None:
    """For each kind of long text how much longer twice the text takes, and what a megabyte would."""
    rows = []
    for kind, write in LONG.items():
        once, twice = seconds_for(write(length)), seconds_for(write(2 * length))
        rows.append((twice / once, twice * 1_000_000 / (2 * length), kind))
    rows.sort(reverse=True)
    steep = [row for row in rows if row[0] >= MORE_THAN_LINEAR]
    slowest = max(rows, key=lambda row: row[1])
    print(
        f"long texts        {len(rows):8} kinds; twice the text takes {rows[len(rows) // 2][0]:.1f} times the time, "
        f"{rows[0][0]:.1f} at most ({rows[0][2]}); a megabyte {slowest[1]:.0f} s at most ({slowest[2]})"
    )
    for ratio, megabyte, kind in steep:
        print(f"  MORE THAN LINEAR{ratio:8.1f} times, {megabyte:.0f} s a megabyte: {kind}")


def seconds_for(text: str) -> float:
    began = time.process_time()
    extract(text)
    return max(time.process_time() - began, 0.001)
