"""Finds or makes the people of versions: the same full name is one person, a surname alone joins nobody."""

from collections.abc import Iterable, Sequence

from archive import extraction
from archive.importing.known import KnownPeople
from archive.models import Mention, Name, Person, Role, Version
from archive.models.person import name_key, sort_key
from archive.models.slugs import slug_of

LONGEST_NAME = Name._meta.get_field("text").max_length


def write_people(
    found: Sequence[tuple[Version, Sequence[extraction.Person]]], known: KnownPeople
) -> tuple[list[list[Person | None]], list[Person], list[Name]]:
    """The records of the people found in each version, in their order, with their names, roles and mentions written;
    and, for `known` to learn once they are committed, the people and the names that are new.

    None stands for a name that two people of the archive bear: which one is meant is for an editor to say.
    """
    new = _new_people([one for _, people in found for one in people], known)
    records = [[_person(one, known, new) for one in people] for _, people in found]
    names, roles, mentions = {}, {}, {}
    for (version, people), persons in zip(found, records, strict=True):
        for person, one in zip(persons, people, strict=True):
            if person is None:
                continue
            for text in (one.name, *one.forms):
                if (person.pk, text) not in known.forms and name_key(text) and len(text) <= LONGEST_NAME:
                    names[person.pk, text] = Name(person=person, text=text, key=name_key(text))
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
    return records, list(new.values()), list(names.values())


def _person(one: extraction.Person, known: KnownPeople, new: dict[str, Person]) -> Person | None:
    bearing = known.bearing(one.name)
    return new.get(name_key(one.name)) or (bearing[0] if len(bearing) == 1 else None)


def _new_people(found: Sequence[extraction.Person], known: KnownPeople) -> dict[str, Person]:
    """A new person, by the key of the name, for each full name that nobody bears."""
    names: dict[str, str] = {}
    for one in found:
        if name_key(one.name) and not known.bearing(one.name) and len(one.name) <= LONGEST_NAME:
            names.setdefault(name_key(one.name), one.name)
    slugs = free_slugs([slug_of(name, "person") for name in names.values()], known.slugs)
    people = Person.objects.bulk_create(
        Person(name=name, slug=slug, sort_key=sort_key(name)) for name, slug in zip(names.values(), slugs, strict=True)
    )
    return dict(zip(names, people, strict=True))


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
