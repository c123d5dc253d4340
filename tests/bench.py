"""Measures import, extraction and search on made-up reports beside a peer in the same run: `make bench SIZE=1000`.

The machine may be busy: the ratios to the peers say more than the times.
"""

import itertools
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "in", "or", "un")]
FIRST = ["Anna", "Boris", "Carla", "David", "Elena", "Farid", "Greta", "Hassan", "Irina", "Jonas", "Karim", "Lena"]
CUES = ["said", "added", "told reporters", "said in a statement"]
RANKS = ["", "", "General ", "spokeswoman ", "Colonel ", "minister "]


def made_up_words(count: int) -> list[str]:
    return ["".join(pair) for pair in itertools.islice(itertools.product(SYLLABLES, SYLLABLES), count)]


def made_up_reports(size: int):
    """`size` records of about 300 words and four quotes, the same ones at every call; words by Zipf's law."""
    chance = random.Random(2018)  # noqa: S311 - reports, not secrets
    words = made_up_words(8000)
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))
    surnames = [word.capitalize() + "ov" for word in chance.sample(words, 600)]

    def sentence(length: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=length))

    for number in range(size):
        speaker = f"{chance.choice(FIRST)} {chance.choice(surnames)}"
        paragraphs = [sentence(24).capitalize() + "." for _ in range(9)]
        paragraphs[1] = f"“{sentence(14).capitalize()}”, {chance.choice(RANKS)}{speaker} {chance.choice(CUES)}."
        for place in (3, 5, 7):
            paragraphs[place] = f"“{sentence(16).capitalize()}”, {speaker.split()[1]} {chance.choice(CUES)}."
        yield {
            "id": f"bench-{number}",
            "title": sentence(8).capitalize(),
            "body": "\n\n".join(paragraphs),
            "date": f"{1990 + number % 30}-{1 + number % 12:02}-{1 + number % 28:02}",
            "source": f"Outlet {number % 200}",
        }


def manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)


def measure_import(path: Path, size: int) -> float:
    manage("migrate")
    began = time.perf_counter()
    manage("import_articles", str(path))
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    began = time.perf_counter()
    manage("rebuild_index")
    index = time.perf_counter() - began
    print(
        f"import            {size / seconds:8.0f} articles/s, start and index included; largest process {peak:.0f} MB"
    )
    print(f"  without index   {size / (seconds - index):8.0f} articles/s; index alone {size / index:.0f} articles/s")
    began = time.perf_counter()
    manage("import_articles", str(path))
    print(f"import again      {size / (time.perf_counter() - began):8.0f} articles/s, all unchanged")
    return size / seconds


def measure_bare_inserts(reports: list[dict]) -> float:
    """The peer of the import: one plain row a transaction, no reading, no quotes, no history, no index."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, title text, body text)")
        began = time.perf_counter()
        for report in reports:
            cursor.execute("INSERT INTO bench_bare (title, body) VALUES (%s, %s)", [report["title"], report["body"]])
        rate = len(reports) / (time.perf_counter() - began)
        cursor.execute("ALTER TABLE bench_bare ADD words tsvector")
        cursor.execute("UPDATE bench_bare SET words = to_tsvector('english', title || ' ' || body)")
        cursor.execute("CREATE INDEX ON bench_bare USING gin (words)")
        cursor.execute("ANALYZE bench_bare")
    print(f"  peer            {rate:8.0f} bare inserts/s, one a transaction")
    return rate


def measure_extraction(reports: list[dict]) -> None:
    import re

    from archive.extraction import extract

    texts = [report["body"] for report in reports[:1000]]
    began = time.perf_counter()
    quotes = sum(len(extract(text).quotes) for text in texts)
    seconds = time.perf_counter() - began
    marks = re.compile("“[^”]*”")
    began = time.perf_counter()
    for text in texts:
        marks.findall(text)
    peer = time.perf_counter() - began
    print(
        f"extraction        {len(texts) / seconds:8.0f} articles/s on one core, {quotes / len(texts):.1f} quotes each; "
        f"{seconds / peer:.0f} times a bare search for quote marks"
    )


def measure_search(size: int) -> None:
    from django.db import connection

    from archive.search import Kind, search

    words = made_up_words(8000)
    queries = {
        "very common word": words[0],
        "two words": f"{words[1]} {words[5]}",
        "three words": f"{words[3]} {words[20]} {words[150]}",
        "phrase": f'"{words[0]} {words[1]}"',
        "rare word": words[6000],
    }
    for name, query in queries.items():
        ours = median_milliseconds(lambda query=query: search(query, Kind.REPORT))
        language = query.replace('"', "")
        function = "phraseto_tsquery" if '"' in query else "to_tsquery"
        argument = language if '"' in query else " | ".join(language.split())
        with connection.cursor() as cursor:
            sql = (
                f"SELECT id FROM bench_bare, {function}('english', %s) AS q WHERE words @@ q "  # noqa: S608 - constants
                "ORDER BY ts_rank_cd(words, q) DESC LIMIT 20"
            )
            peer = median_milliseconds(lambda sql=sql, argument=argument: cursor.execute(sql, [argument]).fetchall())
        found = search(query, Kind.REPORT).total
        print(
            f"search {name:18}{ours:7.2f} ms for {found:,} of {size:,}; PostgreSQL's own ranking {peer:.2f} ms, "
            f"{peer / ours:.1f} times ours"
        )


def median_milliseconds(call, times: int = 15) -> float:
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory(prefix="archive-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        os.environ["ARCHIVE_DATA_DIR"] = folder
        os.environ.setdefault("SECRET_KEY", "only-for-measuring-" + "x" * 50)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
        os.environ.pop("DATABASE_URL", None)
        reports = list(made_up_reports(size))
        path = Path(folder) / "reports.jsonl"
        path.write_text("".join(json.dumps(report, ensure_ascii=False) + "\n" for report in reports))
        import django

        django.setup()
        rate = measure_import(path, size)
        print(f"  ratio           {measure_bare_inserts(reports) / rate:8.1f} bare inserts in the time of one import")
        measure_extraction(reports)
        measure_search(size)


if __name__ == "__main__":
    main()
