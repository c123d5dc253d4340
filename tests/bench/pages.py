"""Measures the pages that readers stay on: a report with what stands beside it, a quotation, somebody who is quoted
very often, and a very long report; beside the site's shortest answer, which asks nothing of database or index."""

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

from django.test import Client
from django.urls import reverse

from archive.models import Article, Person, Quote
from tests.bench.asking import BARE, Times
from tests.bench.made_up import urn
from tests.bench.programs import manage

EACH = 40  # requests of a kind
SPEAKER, QUOTATIONS, IN_A_REPORT = "Wanda Quillfeather", 2000, 5
WORDS, WORDS_APART = 20_000, 200  # of the long report, and between two quotations of it
LONG = "pages-long"  # its import id


def measure_pages(folder: Path) -> dict[str, Times]:
    """The times of each kind of page. What is imported for it stays, and is not imported again."""
    path = folder / "pages.jsonl"
    with path.open("w") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records())
    manage("import_articles", str(path))
    manage("sync_index")
    path.unlink()
    urn.cache_clear()
    client = Client(headers={"host": "localhost"})
    times = {}
    for name, addresses in _addresses().items():
        _opened(client, addresses[0])  # opens what is to be opened
        times[name] = Times()
        for address in addresses:
            began = time.perf_counter()
            _opened(client, address)
            times[name].milliseconds.append((time.perf_counter() - began) * 1000)
    return times


def records() -> Iterator[dict]:
    """Lines of a file to import: one who is quoted 2,000 times, and a report of 20,000 words."""
    chance = random.Random("pages")  # noqa: S311 - reports, not secrets

    def words(count: int) -> str:
        return " ".join(chance.choices(urn(), k=count)).capitalize()

    for number in range(QUOTATIONS // IN_A_REPORT):
        quoted = [f"“{words(14)}”, {SPEAKER} said.\n\n{words(30)}." for _ in range(IN_A_REPORT)]
        date = f"{1990 + number % 30}-{1 + number % 12:02}-{1 + number % 28:02}"
        yield {"id": f"pages-{number}", "title": words(7), "body": "\n\n".join(quoted), "date": date, "source": "Pages"}
    parts = [f"{words(WORDS_APART)}.\n\n“{words(14)}”, Jasper Oakenfold said." for _ in range(WORDS // WORDS_APART)]
    yield {"id": LONG, "title": words(7), "body": "\n\n".join(parts), "date": "2018-05-30", "source": "Pages"}


def _addresses() -> dict[str, list[str]]:
    chance = random.Random(2018)  # noqa: S311 - reports, not secrets
    person = Person.objects.get(name=SPEAKER)
    long = Article.objects.get(import_id=LONG)
    return {
        BARE: [reverse("opensearch")] * EACH,
        "a report": [each.get_absolute_url() for each in _some(chance, Article)],
        "a quotation": [each.get_absolute_url() for each in _some(chance, Quote)],
        "a person of 2,000 quotations": [person.get_absolute_url()] * EACH,
        "a report of 20,000 words": [long.get_absolute_url()] * EACH,
    }


def _some(chance: random.Random, model: type[Article] | type[Quote]) -> list:
    """Some of those from the collection, which have the first numbers."""
    last = model.objects.order_by("pk").last().pk
    return list(model.objects.filter(pk__in=chance.sample(range(1, last), min(4 * EACH, last - 1)))[:EACH])


def _opened(client: Client, address: str) -> None:
    status = client.get(address).status_code
    if status != 200:
        raise RuntimeError(f"{address} answers {status}.")
