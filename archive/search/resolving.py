"""Puts in the place of names in a question the records that bear them."""

from django.db.models import Q

from archive.models import Organisation, Outlet, Person
from archive.search.documents import code_of
from archive.search.query import All, Any, Column, Condition, Members, Named, NamedBy, Not, Place, Words
from archive.search.tokens import tokenize


def resolved(condition: Condition) -> Condition:
    """The condition without `Named`; takes two queries for each person's name in it."""
    match condition:
        case Named(NamedBy.OUTLET, words):
            return Members(Column.OUTLET, _outlets(words))
        case Named(NamedBy.ABOUT, words):
            return Members(Column.ABOUT, _bearers(words))
        case Named(NamedBy.SPEAKER, words):
            return Any((Members(Column.SPEAKER, _bearers(words)), _printed(words)))
        case All(conditions):
            return All(tuple(map(resolved, conditions)))
        case Any(conditions, least):
            return Any(tuple(map(resolved, conditions)), least)
        case Not(inner):
            return Not(resolved(inner))
    return condition


def _bearers(words: str) -> tuple[int, ...]:
    """The people and organisations of whom one name has all the words."""
    return tuple(
        code_of(model, key)
        for model in (Person, Organisation)
        for key in model.objects.bearing(words).values_list("pk", flat=True)
    )


def _outlets(words: str) -> tuple[int, ...]:
    wanted = [token.plain for token in tokenize(words).words]
    holding = Q()
    for word in words.split():
        holding &= Q(name__icontains=word)
    found = Outlet.objects.filter(holding).values_list("pk", "name")
    exact = [key for key, name in found if [token.plain for token in tokenize(name).words] == wanted]
    return tuple(exact or [key for key, name in found if {*wanted} <= {token.plain for token in tokenize(name).words}])


def _printed(words: str) -> Condition:
    """A speaker whom the archive has no record of is found by the words printed, side by side: they may be those of one
    of several speakers."""
    plain = tuple(token.plain for token in tokenize(words).words)
    return Words((plain,), exact=True, place=Place.SPEAKER)
