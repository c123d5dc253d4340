"""Ranks people by how often they are quoted."""

from collections.abc import Iterable

from archive.models import Person


def ranked(quoted: Iterable[tuple[int, int]], most: int) -> list[Person]:
    """The people of these keys, each with `quote_count`, the most quoted first and of equals the first by surname; at
    most so many. Whoever was merged or withheld since they were counted is left out."""
    counts = dict(quoted)
    people = Person.objects.visible().in_bulk(counts)
    for key, person in people.items():
        person.quote_count = counts[key]
    return sorted(people.values(), key=lambda person: (-person.quote_count, person.sort_key, person.pk))[:most]
