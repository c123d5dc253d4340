"""Finds or makes the people of versions: the same full name is one person, a surname alone joins nobody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from archive import extraction
from archive.importing.known import KnownPeople, full_names
from archive.models import Mention, Name, Person, Role, Version
from archive.models.person import sort_key
from archive.models.slugs import slug_of
from archive.models.spelling import name_key

LONGEST_NAME = Name._meta.get_field("text").max_length


def write_people(
    found: Sequence[tuple[Version, Sequence[extraction.Person]]], known: KnownPeople
) -> list[list[Person | None]]:
    """The records of the people found in each version, in their order, with their names, roles and mentions written.

    None stands for a name that two people of the archive bear: which one is meant is for an editor to say. Where
    another transaction makes the same person at the same time, the later one gets an IntegrityError and must be done
    again.
    """
    records, bearers = _people([one for _, people in found for one in people], known)
    remaining = iter(records)
    records = [[next(remaining) for _ in people] for _, people in found]
    names, roles, mentions = {}, {}, {}
    for (version, people), persons in zip(found, records, strict=True):
        for person, one in zip(persons, people, strict=True):
            if person is None:
                continue
            full = full_names(one)
            for text in filter(can_be_kept, (one.name, *one.forms)):
                if (person.pk, text) not in known.forms:
                    # A full name that somebody else bears does not become theirs: both would be lost to later reports.
                    identifies = text in full and bearers[name_key(text)] == [person]
                    names[person.pk, text] = Name(person=person, text=text, key=name_key(text), identifies=identifies)
            for text in one.roles:
                roles[person.pk, version.article_id, text] = Role(
                    person=person, article_id=version.article_id, text=text
                )
            for place in one.mentions:
                mentions[person.pk, version.pk, place.start] = Mention(
                    article_id=version.article_id, version=version, person=person, start=place.start, end=place.end
                )
    Name.objects.bulk_create(names.values(), ignore_conflicts=True)
    Role.objects.bulk_create(roles.values(), ignore_conflicts=True)
    Mention.objects.bulk_create(mentions.values())
    return records


def can_be_kept(name: str) -> bool:
    """Whether it is a name, and not longer than the database holds."""
    return 0 < len(name_key(name)) < LONGEST_NAME and len(name) <= LONGEST_NAME


def _people(
    found: Sequence[extraction.Person], known: KnownPeople
) -> tuple[list[Person | None], dict[str, list[Person]]]:
    """The person each of them is, those that nobody bears the name of made, and who bears which full name by then.

    What one report of a batch says is known to the next: the result does not depend on how documents come in batches.
    """
    bearers: dict[str, list[Person]] = defaultdict(list, {key: list(people) for key, people in known.bearers.items()})
    people: list[Person | None] = []
    new: list[Person] = []
    for one in found:
        full = [name for name in full_names(one) if can_be_kept(name)]
        bearing = next((bearers[name_key(name)] for name in full if bearers[name_key(name)]), [])
        if not bearing and can_be_kept(one.name):
            bearing = [Person(name=one.name, sort_key=sort_key(one.name))]
            new.extend(bearing)
        person = bearing[0] if len(bearing) == 1 else None
        people.append(person)
        for name in full:
            if person and not bearers[name_key(name)]:
                bearers[name_key(name)] = [person]
    slugs = free_slugs([slug_of(person.name, "person") for person in new], known.slugs)
    for person, slug in zip(new, slugs, strict=True):
        person.slug = slug
    Person.objects.bulk_create(new)
    return people, bearers


def free_slugs(wanted: Iterable[str], taken: set[str]) -> list[str]:
    """For each slug itself, or with the first number behind it that is not among those taken."""
    taken, chosen = set(taken), []
    for stem in wanted:
        slug, number = stem, 1
        while slug in taken:
            number += 1
            slug = f"{stem}-{number}"
        taken.add(slug)
        chosen.append(slug)
    return chosen
