"""An editor names a person, or gives their page another address."""

import re

from django.db import transaction

from archive.importing.known import taken_slugs
from archive.importing.people import free_slugs
from archive.models import FormerSlug, Name, Person
from archive.models.person import sort_key
from archive.models.slugs import slug_of
from archive.models.spelling import name_key


@transaction.atomic
def add_person(name: str) -> Person:
    """A new person who bears this name, whether or not somebody else does too."""
    person = Person.objects.create(name=name, slug=_free_slug(name), sort_key=sort_key(name))
    Name.objects.create(person=person, text=name)
    return person


@transaction.atomic
def rename(person: Person, name: str) -> None:
    """`name` becomes the preferred one; the earlier one stays a name of theirs, the old address leads to the new."""
    Name.objects.get_or_create(person=person, text=name, defaults={"key": name_key(name)})
    stem = slug_of(name, "person")
    if not re.fullmatch(rf"{stem}(-[0-9]+)?", person.slug):
        FormerSlug.objects.filter(person=person, slug=stem).delete()
        FormerSlug.objects.get_or_create(slug=person.slug, defaults={"person": person})
        person.slug = _free_slug(name)
    person.name, person.sort_key = name, sort_key(name)
    person.save()


def _free_slug(name: str) -> str:
    stem = slug_of(name, "person")
    return free_slugs([stem], taken_slugs([stem]))[0]
