"""`python -m tests.bench.relevance 0 FOLDER --judged JUDGED`: how well search ranks, on a collection with judgements.

The collection is a folder with `reports.jsonl` or `reports.jsonl.gz` as the import takes them, `topics.tsv` (number,
question as somebody types it) and `qrels.tsv` (number, id of a report, grade: 0 is beside the point). The questions go
through the API, as anybody's would.
"""

import argparse
import math
from collections import defaultdict
from pathlib import Path

DEPTH = 10
ADDRESS = "/api/v1/search"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--judged", type=Path, required=True)
    arguments = parser.parse_args()
    import django

    django.setup()
    from tests.bench.programs import manage

    manage("migrate")
    [reports] = arguments.judged.glob("reports.jsonl*")
    spent = manage("import_articles", str(reports))
    print(f"imported {reports.name} in {spent.seconds:.0f} s")
    topics = dict(read(arguments.judged / "topics.tsv"))
    judgements: dict[str, dict[str, int]] = defaultdict(dict)
    for topic, report, grade in read(arguments.judged / "qrels.tsv"):
        judgements[topic][report] = int(grade)
    found = {topic: ask(question) for topic, question in topics.items()}
    scores = [ndcg(found[topic], judgements[topic]) for topic in topics]
    empty = sum(not found[topic] for topic in topics)
    print(f"nDCG@{DEPTH} {sum(scores) / len(scores):.4f} over {len(scores)} questions; {empty} without a result")


def read(path: Path) -> list[list[str]]:
    """The columns of a table without a heading."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def ask(question: str) -> list[str]:
    """The import ids of the first reports found, the best first."""
    from django.test import Client

    from archive.models import Article

    response = Client(headers={"host": "localhost"}).get(ADDRESS, {"q": question, "limit": DEPTH})
    if response.status_code != 200:
        raise RuntimeError(f"{question!r} is answered with {response.status_code}: {response.text[:200]}")
    keys = [result["id"] for result in response.json()["results"]]
    ids = dict(Article.objects.filter(pk__in=keys).values_list("pk", "import_id"))
    return [ids[key] for key in keys]


def ndcg(found: list[str], judged: dict[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ten: gain is the grade, the discount log2 of the rank and one
    (Järvelin and Kekäläinen 2002). What was not judged gains nothing."""
    ideal = gain(sorted(judged.values(), reverse=True)[:DEPTH])
    return gain([judged.get(report, 0) for report in found[:DEPTH]]) / ideal if ideal else 0.0


def gain(grades: list[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


if __name__ == "__main__":
    main()
