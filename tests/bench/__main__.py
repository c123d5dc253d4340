"""`python -m tests.bench [SIZE [GOLD]]`: extraction, import and search on made-up reports; with gold, extraction only.

The machine may be busy: the ratios to the peers say more than the times.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from tests.bench.archiving import measure_bare_inserts, measure_import
from tests.bench.extracting import measure_extraction, measure_growth
from tests.bench.gold import measure_gold
from tests.bench.made_up import made_up_reports
from tests.bench.searching import measure_search


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    gold = sys.argv[2] if len(sys.argv) > 2 else ""
    measure_gold(gold)
    measure_extraction()
    if gold:
        return
    measure_growth()
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
        measure_search(size)


if __name__ == "__main__":
    main()
