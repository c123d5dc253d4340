"""Makes the index's documents of articles in processes of their own: cutting words is most of the work of a build."""

from typing import Any

import django
from django.apps import apps


def filled(articles: list[int]) -> tuple[int, list[tuple[str, Any]]]:
    """How many articles these were, and their documents as the engine takes them, each with its kind."""
    if not apps.ready:
        django.setup()  # a process that has just been spawned
    from archive.search.documents import documents_of
    from archive.search.schema import fill

    return len(articles), [(document.kind, fill(document)) for document in documents_of(articles)]
