"""What the archive already holds of some documents, read in a few statements, so that an import asks no question per
document.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from archive import extraction
from archive.importing.description import Defaults
from archive.importing.identity import identities_of
from archive.importing.known_organisations import KnownOrganisations
from archive.importing.preparing import Prepared
from archive.importing.standing import Standing
from archive.models import Article, Mention, Name, Outlet, Person, Reading, Tombstone, Version
from archive.models.spelling import likeness_key, name_key

FIRST_REPORTS = 50  # of a person; what they say of country, field and era is what tells namesakes apart


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


@dataclass(eq=False, slots=True)
class Bearer:
    """A person with what an import must know of them."""

    person: Person
    standing: Standing = field(default_factory=Standing)
    reports: int = 0
    """How many reports `standing` is taken from; from FIRST_REPORTS on, what comes adds nothing."""
    forms: set[str] = field(default_factory=set)
    """Every form of their name that is kept; known only of those who bear a name that was found."""
    withheld: set[str] = field(default_factory=set)
    """The keys of those that do not identify them, as an editor or an import has decided."""

    def add_report(self, standing: Standing) -> None:
        """Take in what one report says of them. The first reports are enough, and who is in thousands costs no more."""
        if self.reports < FIRST_REPORTS:
            self.standing.add(standing)
            self.reports += 1

    def add_form(self, text: str, *, identifies: bool) -> None:
        self.forms.add(text)
        if not identifies:
            self.withheld.add(name_key(text))


class KnownPeople:
    """The people whom some full names identify, those whose names are spelt alike, and what is known of them.

    Another transaction may add people meanwhile: the database then refuses the second of the same address, and whoever
    is refused asks anew.
    """

    def __init__(self, found: Iterable[extraction.Person]):
        names = {name for one in found for name in full_names(one)}
        keys, people = {name_key(name) for name in names}, {}
        bearers: dict[str, dict[Bearer, None]] = defaultdict(dict)
        self.alike: dict[str, list[tuple[Bearer, str]]] = defaultdict(list)
        # Names of one key have one likeness: those who bear a name are among those who bear one like it.
        rows = Name.objects.filter(identifies=True, likeness__in={likeness_key(name) for name in names})
        for name in rows.select_related("person").order_by("person", "pk"):
            bearer = people.setdefault(name.person_id, Bearer(name.person))
            self.alike[name.likeness].append((bearer, name.text))
            if name.key in keys:
                bearers[name.key][bearer] = None
        self.bearers: dict[str, list[Bearer]] = {key: list(bearing) for key, bearing in bearers.items()}
        known = {bearer.person.pk for bearing in self.bearers.values() for bearer in bearing}
        forms = Name.objects.filter(person__in=known).values_list("person_id", "text", "identifies")
        for person, text, identifies in forms:
            people[person].add_form(text, identifies=identifies)
        for person, reports in _reports_of(people).items():
            for standing in reports:
                people[person].standing.add(standing)
            people[person].reports = len(reports)


def _reports_of(people: Iterable[int]) -> dict[int, list[Standing]]:
    """What the first reports say of each of the people."""
    found: dict[int, dict[int, Standing]] = defaultdict(lambda: defaultdict(Standing))
    for person, article, earliest, latest, role in Mention.objects.first_reports(people, FIRST_REPORTS):
        found[person][article].add_dates(earliest, latest)
        found[person][article].add_roles([role] if role else [])
    return {person: list(reports.values()) for person, reports in found.items()}


class Known:
    """The articles, originals and outlets that the documents of a batch may belong to, whom they name, and which of
    them are not to come back."""

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
        self.refused = Tombstone.objects.refusing(one.sha256 for one in batch)
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
