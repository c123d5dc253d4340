"""Ranks people by how often they are quoted."""

from collections.abc import Sequence
from copy import copy

from archive.models import Person


def ranked(most: int, *counted: Sequence[tuple[int, int]]) -> list[list[Person]]:
    """Of each list of keys of people with how often they are quoted, at most so many people, with `quote_count`: the
    most quoted first, of equals the first by surname. Whoever was merged or withheld meanwhile is left out."""
    people = Person.objects.visible().in_bulk({key for quoted in counted for key, _ in quoted})
    return [_ranked(people, dict(quoted))[:most] for quoted in counted]


def _ranked(people: dict[int, Person], counts: dict[int, int]) -> list[Person]:
    found = [copy(people[key]) for key in counts if key in people]
    for person in found:
        person.quote_count = counts[person.pk]
    return sorted(found, key=lambda person: (-person.quote_count, person.sort_key, person.pk))
