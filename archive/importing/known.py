"""What the archive already holds of a batch of documents, read in a few statements and kept up to date while it is
written: so that an import asks no question per document.
"""

from collections import defaultdict
from collections.abc import Iterable

from archive.importing.preparing import Prepared
from archive.models import Article, FormerSlug, Name, Outlet, Person, Reading, Version
from archive.models.person import name_key
from archive.models.slugs import slug_of
from archive.reading import Reading as Read


class KnownPeople:
    """The people who bear one of some full names, and every form of name they have.

    Another transaction may add people meanwhile: the database then refuses the second of the same address, and whoever
    is refused asks anew.
    """

    def __init__(self, names: Iterable[str]):
        names = set(names)
        people = defaultdict(dict)
        for name in (
            Name.objects.filter(key__in={name_key(name) for name in names}).select_related("person").order_by("person")
        ):
            people[name.key][name.person_id] = name.person
        self.people: dict[str, list[Person]] = {key: list(found.values()) for key, found in people.items()}
        known = {key for found in people.values() for key in found}
        self.forms: set[tuple[int, str]] = set(
            Name.objects.filter(person__in=known).values_list("person_id", "text") if known else ()
        )
        stems = {slug_of(name, "person") for name in names if name_key(name) not in self.people}
        self.slugs: set[str] = taken_slugs(stems) if stems else set()

    def bearing(self, name: str) -> list[Person]:
        return self.people.get(name_key(name), [])

    def learn(self, people: Iterable[Person], names: Iterable[Name]) -> None:
        """Takes in people who were added, and forms of names that were."""
        for person in people:
            self.people[name_key(person.name)] = [person]
            self.slugs.add(person.slug)
        self.forms.update((name.person_id, name.text) for name in names)


def taken_slugs(stems: Iterable[str]) -> set[str]:
    """Those of the slugs that lead to a person or once did, and, for each that does, those with a number behind it."""
    stems = set(stems)
    taken = set(Person.objects.filter(slug__in=stems).values_list("slug", flat=True))
    taken |= set(FormerSlug.objects.filter(slug__in=stems).values_list("slug", flat=True))
    if taken:
        numbered = rf"^({'|'.join(sorted(taken))})-[0-9]+$"  # a slug holds nothing that means something in a pattern
        taken |= set(Person.objects.filter(slug__regex=numbered).values_list("slug", flat=True))
        taken |= set(FormerSlug.objects.filter(slug__regex=numbered).values_list("slug", flat=True))
    return taken


class Known:
    """The articles, originals and outlets that the documents of a batch may belong to, and the people they name."""

    def __init__(self, batch: Iterable[Prepared]):
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
        outlets = Outlet.objects.filter(name__in={one.reading.outlet for one in batch})
        self.outlets = {outlet.name: outlet for outlet in outlets}
        self.people = KnownPeople(person.name for one in batch for person in one.extraction.people)

    def learn(self, article: Article, reading: Reading, earlier_identity: str) -> None:
        """Takes in what became of a document, once it is committed."""
        self.articles.pop(earlier_identity, None)
        self.articles[article.identity] = article
        self.readings[reading.original.sha256] = reading
        if reading.version not in self.texts[reading.version.text_sha256]:
            self.texts[reading.version.text_sha256].append(reading.version)


def identities_of(read: Read, sha256: str) -> list[str]:
    """What makes a document this article, the strongest first: its import id, else its URL, else its hash."""
    stated = [f"id:{read.import_id}" if read.import_id else "", f"url:{read.url}" if read.url else ""]
    return [identity for identity in stated if identity] or [f"sha256:{sha256}"]
