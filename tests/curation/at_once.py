"""Does several things at the same time, and tells whether the people are whole afterwards."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from archive.curation.refusal import Refused
from archive.models import FormerSlug, Mention, Name, Person, Quote, Role, Transfer


def at_once(*tasks):
    """What each of the tasks returns or is refused with; all begin together, each with a connection of its own."""
    barrier = threading.Barrier(len(tasks))

    def run(task):
        try:
            connection.ensure_connection()
            barrier.wait(30)
            return task()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result(120) for future in [pool.submit(run, task) for task in tasks]]


def whole():
    """Whether the database holds together: no row speaks of anybody who is no more."""
    people = set(Person.objects.values_list("pk", flat=True))
    for model, owner in ((Quote, "speaker"), (Name, "person"), (Mention, "person"), (Role, "person")):
        owners = set(model.objects.values_list(owner, flat=True)) - {None}
        assert owners <= people
    merged = set(Transfer.objects.standing().values_list("giver", flat=True))
    assert not merged & people
    for slug in FormerSlug.objects.values_list("slug", flat=True):
        assert not Person.objects.filter(slug=slug).exists()
    return True
