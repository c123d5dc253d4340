"""The people or organisations among the results of a search: those whose names answer to the words."""

from dataclasses import dataclass

from django.http import HttpRequest

from archive import search
from archive.extraction.vocabulary import FIRST_NAMES, TITLES
from archive.models import Name, Organisation, OrganisationName, Person
from archive.models.named import Named
from archive.models.resemblance import Match
from archive.search.wording import STOPWORDS
from archive.views.paging import ListPage, described, numbered_page

PAGE_SIZE = 20
MOST_ROLES = 3
MOST_NAMES = 4  # shown of one who bears many
WORDS_OF_NO_NAME = STOPWORDS - {"will"}
SAID_OF = {Match.ALIKE: "spelt alike", Match.SOME_WORDS: "has some of these words"}  # what a reader would wonder about


@dataclass(frozen=True, slots=True)
class NamedFound:
    """One person or organisation among the results; `match` says why where it cannot be seen."""

    named: Named
    match: str
    roles: tuple[str, ...]
    other_names: tuple[str, ...]


def people_found(request: HttpRequest, words: str, model: type[Person | Organisation]) -> ListPage:
    """The page that the request asks for of those whom the words may mean; its total is what `count_found` says.

    Raises Http404 where there is no page of that number.
    """
    page = numbered_page(request, range(count_found(words, model)), PAGE_SIZE)
    first = max(page.start_index() - 1, 0)
    sought = name_words(words, model)
    found = names_of(model).objects.resembling(sought, search.has_rare_words(sought))
    matches = dict(found[first : first + PAGE_SIZE])
    shown = model.objects.filter(pk__in=matches).with_counts().prefetch_related("names")
    if model is Person:
        shown = shown.with_commonest_roles(MOST_ROLES)
    named = shown.in_bulk()
    # One that has gone since they were counted is left out.
    return described(request, page, [_row(named[key], match) for key, match in matches.items() if key in named])


def count_found(words: str, model: type[Person | Organisation]) -> int:
    """How many there are whom the words may mean."""
    sought = name_words(words, model)
    return names_of(model).objects.count_resembling(sought, search.has_rare_words(sought))


def names_of(model: type[Person | Organisation]) -> type[Name | OrganisationName]:
    return model._meta.get_field("names").related_model


def name_words(words: str, model: type[Person | Organisation]) -> str:
    """What of the words may be a name: without the commonest words of the language, and for people without the titles
    in front, so that "General Nicholson" is sought as "nicholson"; all of them where nothing else is there."""
    key = names_of(model).key_of(words).split()
    kept = [word for word in key if word not in WORDS_OF_NO_NAME] or key
    while model is Person and len(kept) > 1 and kept[0] in TITLES and kept[0] not in FIRST_NAMES:
        del kept[0]
    return " ".join(kept)


def _row(named: Named, match: int) -> NamedFound:
    others = [name.text for name in named.names.all() if name.text != named.name]
    roles = getattr(named, "commonest_roles", ())  # of people alone
    return NamedFound(named, SAID_OF.get(match, ""), tuple(roles), tuple(others[:MOST_NAMES]))
