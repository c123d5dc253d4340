"""`python -m tests.bench.archiving SIZE FOLDER`: measures the import of so many made-up reports."""

import json
import logging
import resource
import sys
import time
from pathlib import Path

from tests.bench.collection import Collection
from tests.bench.programs import manage


def main() -> None:
    size, folder = int(sys.argv[1]), Path(sys.argv[2])
    import django
    from django.db import connection

    django.setup()
    logging.getLogger("archive").setLevel(logging.WARNING)
    connection.ensure_connection()  # from now on the archive's own server runs, whatever commands come and go
    records = list(Collection(size).records())
    path = folder / "reports.jsonl"
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))
    rate = measure_import(path, size)
    print(f"  ratio           {measure_bare_inserts(records) / rate:8.1f} bare inserts in the time of one import")


def measure_import(path: Path, size: int) -> float:
    manage("migrate")
    seconds = manage("import_articles", str(path)).seconds
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    index = manage("rebuild_index").seconds
    print(
        f"import            {size / seconds:8.0f} articles/s, start and index included; largest process {peak:.0f} MB"
    )
    print(f"  without index   {size / (seconds - index):8.0f} articles/s; index alone {size / index:.0f} articles/s")
    print(f"import again      {size / manage('import_articles', str(path)).seconds:8.0f} articles/s, all unchanged")
    return size / seconds


def measure_bare_inserts(records: list[dict]) -> float:
    """The peer of the import: one plain row a transaction, no reading, no quotes, no history, no index."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, title text, body text)")
        began = time.perf_counter()
        for record in records:
            cursor.execute("INSERT INTO bench_bare (title, body) VALUES (%s, %s)", [record["title"], record["body"]])
        rate = len(records) / (time.perf_counter() - began)
    print(f"  peer            {rate:8.0f} bare inserts/s, one a transaction")
    return rate


if __name__ == "__main__":
    main()
