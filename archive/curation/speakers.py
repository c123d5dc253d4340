"""An editor names a person or an organisation, or gives their page another address."""

import re

from django.db import transaction

from archive.importing.people import free_slugs
from archive.models import Organisation, Person
from archive.models.named import Named
from archive.models.slugs import slug_of


def add_person(name: str) -> Person:
    """A new person who bears this name, whether or not somebody else does too."""
    return _add(Person, name)


def add_organisation(name: str) -> Organisation:
    """A new organisation that bears this name, whether or not another one does too."""
    return _add(Organisation, name)


@transaction.atomic
def rename(named: Named, name: str) -> None:
    """`name` becomes the preferred one; the earlier one stays a name of theirs, the old address leads to the new.

    Raises DoesNotExist where they are no more: merged this moment.
    """
    type(named).objects.select_for_update(no_key=True).get(pk=named.pk)
    named.names.get_or_create(text=name)
    stem = slug_of(name, named.slug_stem)
    if not re.fullmatch(rf"{stem}(-[0-9]+)?", named.slug):
        named.former_slugs.filter(slug=stem).delete()
        named.former_slugs.get_or_create(slug=named.slug)
        named.slug = _free_slug(type(named), name)
    named.name, named.sort_key = name, named.sort_key_of(name)
    named.save()


@transaction.atomic
def _add(model: type[Named], name: str):
    named = model.objects.create(name=name, slug=_free_slug(model, name), sort_key=model.sort_key_of(name))
    named.names.create(text=name)
    return named


def _free_slug(model: type[Named], name: str) -> str:
    stem = slug_of(name, model.slug_stem)
    return free_slugs([stem], model.objects.taken_slugs([stem]))[0]
