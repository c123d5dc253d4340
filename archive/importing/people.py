"""Finds or makes the people of versions: the same full name is one person unless something speaks against it.

A surname alone joins nobody. What speaks against is another country, another field of activity, another era; then there
are two people, and a pair for an editor to look at, as there is for two names that are spelt alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from archive import extraction
from archive.importing.known import Bearer, KnownPeople, full_names
from archive.importing.standing import Standing
from archive.models import Article, Mention, Name, Person, PossibleDuplicate, Role, Version
from archive.models.person import sort_key
from archive.models.slugs import slug_of
from archive.models.spelling import likeness_key, name_key

LONGEST_NAME = Name._meta.get_field("text").max_length


def write_people(
    found: Sequence[tuple[Version, Sequence[extraction.Person]]], known: KnownPeople
) -> list[list[Person | None]]:
    """The records of the people found in each version, in their order, with their names, roles and mentions written,
    and the pairs that may be one person.

    None stands for a name that two people of the archive bear, where the report does not tell which of them is meant:
    that is for an editor to say. Where another transaction makes the same person at the same time, the later one gets
    an IntegrityError and must be done again.
    """
    joining = _Joining(known)
    bearers = [[joining.bearer_of(one, version.article) for one in people] for version, people in found]
    joining.write()
    roles, mentions = {}, {}
    for (version, people), bearing in zip(found, bearers, strict=True):
        for bearer, one in zip(bearing, people, strict=True):
            if bearer is None:
                continue
            person = bearer.person
            for text in one.roles:
                roles[person.pk, version.article_id, text] = Role(
                    person=person, article_id=version.article_id, text=text
                )
            for place in one.mentions:
                mentions[person.pk, version.pk, place.start] = Mention(
                    article_id=version.article_id, version=version, person=person, start=place.start, end=place.end
                )
    Role.objects.bulk_create(roles.values(), ignore_conflicts=True)
    Mention.objects.bulk_create(mentions.values())
    return [[bearer and bearer.person for bearer in bearing] for bearing in bearers]


def can_be_kept(name: str) -> bool:
    """Whether it is a name, and not longer than the database holds."""
    return 0 < len(name_key(name)) < LONGEST_NAME and len(name) <= LONGEST_NAME


class _Joining:
    """Who the people found are, one after the other, and what is to be written of that.

    What one report of a batch says is known to the next: the result does not depend on how documents come in batches.
    """

    def __init__(self, known: KnownPeople):
        self._bearers = defaultdict(list, {key: list(bearing) for key, bearing in known.bearers.items()})
        self._alike = defaultdict(list, {key: list(alike) for key, alike in known.alike.items()})
        self._new: list[Person] = []
        self._names: list[tuple[Person, str, bool]] = []
        self._pairs: list[tuple[Person, Person, str]] = []

    def bearer_of(self, one: extraction.Person, article: Article) -> Bearer | None:
        """The person it is, made where nobody bears the name or something speaks against all who do; None where it is
        open which of them it is."""
        standing = Standing()
        standing.add_roles(one.roles)
        standing.add_dates(article.published_earliest, article.published_latest)
        full = [name for name in full_names(one) if can_be_kept(name)]
        namesakes = next((list(bearing) for name in full if (bearing := self._bearers[name_key(name)])), [])
        bearer = _only_fitting(namesakes, standing)
        apart: Sequence[Bearer] = ()
        if bearer is None and can_be_kept(one.name):
            against = [other.standing.against(standing) for other in namesakes]
            if all(against):
                bearer = Bearer(Person(name=one.name, sort_key=sort_key(one.name)))
                apart = namesakes
                self._new.append(bearer.person)
                for other, reason in zip(namesakes, against, strict=True):
                    self._pairs.append((other.person, bearer.person, f"same name, but {reason}"))
        if bearer is None:
            return None
        bearer.add_report(standing)
        for name in full:
            self._bear(bearer, name, apart)
        for text in filter(can_be_kept, (one.name, *one.forms)):
            if text not in bearer.forms:
                # A full name that somebody else bears does not become theirs: both would be lost to later reports.
                identifies = text in full and bearer in self._bearers[name_key(text)]
                bearer.add_form(text, identifies=identifies)
                self._names.append((bearer.person, text, identifies))
        return bearer

    def _bear(self, bearer: Bearer, name: str, apart: Sequence[Bearer]) -> None:
        """Lets the name identify them, unless others bear it than those they are told `apart` from; proposes those
        whose names are spelt alike."""
        key, likeness = name_key(name), likeness_key(name)
        bearing = self._bearers[key]
        if bearer in bearing or key in bearer.withheld or not all(other in apart for other in bearing):
            return
        bearing.append(bearer)
        for other, text in self._alike[likeness]:
            if other is not bearer and name_key(text) != key:
                against = other.standing.against(bearer.standing)
                reason = f"spelt alike: {text}, {name}" + (f"; but {against}" if against else "")
                self._pairs.append((other.person, bearer.person, reason))
        self._alike[likeness].append((bearer, name))

    def write(self) -> None:
        """Writes the new people, names and pairs; a pair that there is already stays as it is."""
        stems = [slug_of(person.name, "person") for person in self._new]
        for person, slug in zip(self._new, free_slugs(stems, Person.objects.taken_slugs(stems)), strict=True):
            person.slug = slug
        Person.objects.bulk_create(self._new)
        Name.objects.bulk_create(
            (
                Name(person=person, text=text, identifies=identifies).set_keys()
                for person, text, identifies in self._names
            ),
            ignore_conflicts=True,
        )
        pairs: dict[tuple[int, int], PossibleDuplicate] = {}
        for one, other, reason in self._pairs:
            first, second = sorted((one, other), key=lambda person: person.pk)
            pairs.setdefault((first.pk, second.pk), PossibleDuplicate(first=first, second=second, reason=reason))
        PossibleDuplicate.objects.bulk_create(pairs.values(), ignore_conflicts=True)


def _only_fitting(namesakes: Sequence[Bearer], standing: Standing) -> Bearer | None:
    """Who is meant: the only one who bears the name, unless something speaks against it; of several, the only one whose
    country or field agrees."""
    if len(namesakes) == 1:
        fitting = [one for one in namesakes if not one.standing.against(standing)]
    else:
        fitting = [one for one in namesakes if one.standing.agrees_with(standing)]
    return fitting[0] if len(fitting) == 1 else None


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
