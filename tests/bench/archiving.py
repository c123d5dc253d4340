"""Measures the import."""

import resource
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent


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
