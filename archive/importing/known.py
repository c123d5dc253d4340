"""What the archive already holds of some documents, read in a few statements, so that an import asks no question per
document.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from archive import extraction
from archive.importing.description import Defaults
from archive.importing.identity import identities_of
from archive.importing.known_organisations import KnownOrganisations
from archive.importing.preparing import Prepared
from archive.models import Article, Name, Outlet, Person, Reading, Version
from archive.models.slugs import slug_of
from archive.models.spelling import name_key


def full_names(one: extraction.Person) -> list[str]:
    """The forms that say who is meant in another report too, the fullest first: those that begin and end as it does.

    Of "Peter K. Tarn", "Peter Tarn" is one; "Tarn" and "Peter K." are none; "al-Tarn" is none of "Omar al-Tarn".
    """
    whole = name_key(one.name).split()
    return list(
        dict.fromkeys(
            form
            for form in (one.name, *one.forms)
            if len(words := name_key(form).split()) > 1 and (words[0], words[-1]) == (whole[0], whole[-1])
        )
    )


class KnownPeople:
    """The people whom some full names identify, and every form of name they have.

    Another transaction may add people meanwhile: the database then refuses the second of the same address, and whoever
    is refused asks anew.
    """

    def __init__(self, found: Iterable[extraction.Person]):
        names = {name for one in found for name in full_names(one)}
        rows = Name.objects.filter(identifies=True, key__in={name_key(name) for name in names})
        bearers = defaultdict(dict)
        for name in rows.select_related("person").order_by("person"):
            bearers[name.key][name.person_id] = name.person
        self.bearers: dict[str, list[Person]] = {key: list(people.values()) for key, people in bearers.items()}
        known = {person.pk for people in self.bearers.values() for person in people}
        self.forms: set[tuple[int, str]] = set(
            Name.objects.filter(person__in=known).values_list("person_id", "text") if known else ()
        )
        self.slugs = Person.objects.taken_slugs(
            slug_of(name, "person") for name in names if name_key(name) not in self.bearers
        )

    def bearing(self, name: str) -> Sequence[Person]:
        return self.bearers.get(name_key(name), ())


class Known:
    """The articles, originals and outlets that the documents of a batch may belong to, and whom they name."""

    def __init__(self, batch: Iterable[Prepared], defaults: Defaults):
        batch = [one for one in batch if one.reading]
        identities = {identity for one in batch for identity in identities_of(one.reading, one.sha256)}
        self.articles = {article.identity: article for article in Article.objects.filter(identity__in=identities)}
        self.readings = {
            reading.original.sha256: reading
            for reading in Reading.objects.filter(original__sha256__in=[one.sha256 for one in batch])
            .select_related("original", "version__article")
            .defer("runs", "version__text")
            .order_by("pk")
        }
        self.texts: dict[str, list[Version]] = defaultdict(list)
        for version in (
            Version.objects.filter(text_sha256__in=[one.text_sha256 for one in batch])
            .select_related("article")
            .defer("text")
            .order_by("article", "-number")
        ):
            self.texts[version.text_sha256].append(version)
        outlets = Outlet.objects.filter(name__in={defaults.outlet, *(one.reading.outlet for one in batch)})
        self.outlets = {outlet.name: outlet for outlet in outlets}
        self.people = KnownPeople(person for one in batch for person in one.extraction.people)
        self.organisations = KnownOrganisations(body for one in batch for body in one.extraction.organisations)
