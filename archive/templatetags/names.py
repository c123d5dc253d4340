"""Writes names as a list from A to Z has them."""

from html import escape

from django import template
from django.utils.safestring import SafeString

from archive.models import Person
from archive.models.named import Named
from archive.models.spelling import name_key

register = template.Library()


@register.simple_tag
def listed_name(named: Named) -> SafeString:
    """The name; of a person with the word that it is sorted by set apart."""
    if not isinstance(named, Person):
        return SafeString(escape(named.name))
    return SafeString(with_surname(named.name))


def with_surname(name: str) -> str:
    """
    >>> with_surname("Anna Berg (the younger)")
    'Anna Berg (the <b>younger)</b>'
    """
    words = name.split()
    last = next((place for place in reversed(range(len(words))) if name_key(words[place])), None)
    return " ".join(f"<b>{escape(word)}</b>" if place == last else escape(word) for place, word in enumerate(words))
