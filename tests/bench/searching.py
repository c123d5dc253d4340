"""`python -m tests.bench.searching SIZE FOLDER`: measures search; its figures go to a file too.

Everything of an archive is in the folder, whose settings are in the environment.
"""

import argparse
import json
import logging
import time
from pathlib import Path

FIGURES, LOADED, INDEXED = "figures.json", "loaded.json", "indexed.json"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--without", nargs="*", default=[])
    arguments = parser.parse_args()
    import django

    django.setup()
    logging.getLogger("archive").setLevel(logging.WARNING)
    figures = measure_search(arguments.size, arguments.folder, arguments.without)
    (arguments.folder / FIGURES).write_text(json.dumps(figures))


def measure_search(size: int, folder: Path, without: list[str]) -> dict:
    """Loads what is not loaded yet, prints what it measures, and returns the figures that a table can show."""
    from django.db import connection

    from tests.bench import asking, told
    from tests.bench.admin_lists import measure_admin_lists
    from tests.bench.any_words import measure_any_words
    from tests.bench.collection import Collection
    from tests.bench.freshness import measure_freshness
    from tests.bench.pages import measure_pages
    from tests.bench.painting import measure_painting
    from tests.bench.peers import PEERS
    from tests.bench.programs import manage
    from tests.bench.questions import questions
    from tests.bench.readers import measure_readers

    collection = Collection(size)
    peers = [peer(folder) for peer in PEERS if peer.name.lower() not in without]
    connection.ensure_connection()  # from now on the archive's own server runs, whatever commands come and go
    manage("migrate")
    manage("collectstatic", "--noinput")
    told.title(size)
    _load(collection, peers, folder)
    figures = {"size": size, "index": _indexed(size, folder)}

    classes = questions(collection)
    asked = asking.all_asked(peers)
    for ask in asked.values():
        ask(classes["rare word"][0])  # opens what is to be opened
    told.classes_header(list(asked))
    times = {}
    for name, some in classes.items():
        times[name] = asking.ask_class(some, asked)
        told.one_class(name, times[name])
    figures["classes"] = told.goals(times)
    figures["any words"] = told.any_words(*measure_any_words(collection))
    figures["readers"] = told.readers(measure_readers(classes))
    figures["freshness"] = told.freshness(measure_freshness(size, folder))
    figures["admin lists"] = told.admin_lists(measure_admin_lists())
    figures["pages"] = told.pages(measure_pages(folder))
    figures["painting"] = told.painting(measure_painting())
    return figures


def _load(collection, peers, folder: Path) -> None:
    """What a kept folder already holds is not loaded again."""
    from tests.bench import told
    from tests.bench.loading import load

    path = folder / LOADED
    loaded: list[str] = json.loads(path.read_text()) if path.exists() else []
    for name, call in {"archive": lambda: load(collection), **{peer.name: peer.load for peer in peers}}.items():
        if name not in loaded:
            began = time.perf_counter()
            call()
            told.loaded(name, collection.size, time.perf_counter() - began)
            loaded.append(name)
            path.write_text(json.dumps(loaded))


def _indexed(size: int, folder: Path) -> dict[str, float]:
    """What building the index took; a kept one that this version of the archive reads is only brought level."""
    from archive.search.schema import SCHEMA_VERSION
    from tests.bench import told
    from tests.bench.programs import manage

    path = folder / INDEXED
    kept = json.loads(path.read_text()) if path.exists() else {}
    if kept.get("schema") == SCHEMA_VERSION:
        manage("sync_index")
        told.line("  rebuild_index", "kept from another time")
        return kept["figures"]
    figures = told.index(size, manage("rebuild_index"), folder / "index")
    path.write_text(json.dumps({"schema": SCHEMA_VERSION, "figures": figures}))
    return figures


if __name__ == "__main__":
    main()
