"""Reads what outlets, people and organisations are called, of all that a page names at once."""

from collections.abc import Collection, Mapping

from django.db import connection, models

from archive.models.organisation import Organisation
from archive.models.outlet import Outlet
from archive.models.person import Person

MODELS = {model._meta.model_name: model for model in (Outlet, Person, Organisation)}
CALLED = """
    SELECT 'outlet', id, slug, name FROM archive_outlet WHERE id = ANY(%(outlet)s)
    UNION ALL SELECT 'person', id, slug, name FROM archive_person WHERE id = ANY(%(person)s)
    UNION ALL SELECT 'organisation', id, slug, name FROM archive_organisation WHERE id = ANY(%(organisation)s)
"""

Called = dict[tuple[type[models.Model], int], tuple[str, str]]


def called(keys: Mapping[type[models.Model], Collection[int]]) -> Called:
    """The slug and the name of each of these records, by model and key; those that have gone are left out."""
    if not any(keys.values()):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(CALLED, {name: list(keys.get(model, ())) for name, model in MODELS.items()})
        return {(MODELS[kind], key): (slug, name) for kind, key, slug, name in cursor.fetchall()}
