"""Measures how long it takes until an edit is found, with the worker at its work and an import going on beside it."""

import json
import random
import time
from pathlib import Path

from django.test import Client

from archive.models import Article
from tests.bench.collection import Collection
from tests.bench.made_up import urn
from tests.bench.programs import running

EDITS = 10
IMPORTED = 5_000  # reports, more than are imported in the meantime
MOST_SECONDS = 60.0
PAUSE = 0.01  # between two looks
LETTERS = "bcdfghjklmnpqrstvwxz"


def measure_freshness(size: int, folder: Path) -> list[float]:
    """The seconds from a saved title to the page that finds it, of some reports all over the archive.

    What is imported meanwhile stays; the titles are put back.
    """
    late = Collection(IMPORTED, name=f"late-{Article.objects.count()}")
    path = folder / "late.jsonl"
    with path.open("w") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in late.records())
    urn.cache_clear()
    with running("manage.py", "worker"), running("manage.py", "import_articles", str(path)) as importing:
        before = Article.objects.count()
        while Article.objects.count() == before:
            time.sleep(0.1)
        spent = []
        for number in range(EDITS):
            spent.append(_seconds_until_found(1 + number * (size - 1) // EDITS, number))
        if importing.poll() is not None:
            raise RuntimeError("The import ended before the edits were found.")
    path.unlink()
    return spent


def _seconds_until_found(key: int, number: int) -> float:
    client = Client(headers={"host": "localhost"})
    article = Article.objects.get(pk=key)
    title = article.title
    chance = random.Random(f"{number} {Article.objects.count()}")  # noqa: S311 - a word, not a secret
    word = "".join(chance.choices(LETTERS, k=14))
    article.title = word
    article.save()
    began = time.perf_counter()
    while f"/reports/{key}/".encode() not in client.get("/search/", {"q": word}).content:
        if time.perf_counter() - began > MOST_SECONDS:
            raise RuntimeError(f"An edit was not found within {MOST_SECONDS:.0f} seconds.")
        time.sleep(PAUSE)
    seconds = time.perf_counter() - began
    article.title = title
    article.save()
    return seconds
