"""Which records of those that the history tells of readers may see, what they are called, and where their pages are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.template.defaultfilters import truncatechars

from archive.models import Article, ErrorReport, Organisation, Outlet, Person, Quote, Transfer

Kind = ErrorReport.Kind
OUTLET = "outlet"  # readers see it too, and report no error in it
Key = tuple[str, int]  # a kind of record and its number
WORDS = 90  # characters of a quote by which it is named
NOT_SHOWN = "somebody whom the archive does not show"


@dataclass(frozen=True, slots=True)
class Record:
    """A record that readers see: what it is called, and the address of its page."""

    kind: str
    number: int
    label: str
    address: str

    @property
    def key(self) -> Key:
        return self.kind, self.number


@dataclass(slots=True)
class Shown:
    """The records that readers see, by their numbers, of those that events tell of."""

    articles: dict[int, Article] = field(default_factory=dict)
    outlets: dict[int, Outlet] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    organisations: dict[int, Organisation] = field(default_factory=dict)
    quotes: dict[int, Quote] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    merged: dict[int, Transfer] = field(default_factory=dict)
    hidden_people: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, keys: Iterable[Key]) -> "Shown":
        wanted: dict[str, set[int]] = defaultdict(set)
        for kind, number in keys:
            wanted[kind].add(number)
        shown = cls()
        if wanted[Kind.QUOTE]:
            shown.quotes = Quote.objects.in_reports_seen().defer("chain").in_bulk(wanted[Kind.QUOTE])
            visible = Quote.objects.visible().with_words().filter(pk__in=wanted[Kind.QUOTE])
            shown.words = dict(visible.values_list("pk", "words"))
            wanted[Kind.REPORT] |= {quote.article_id for quote in shown.quotes.values()}
        if wanted[Kind.REPORT]:
            shown.articles = Article.objects.visible().in_bulk(wanted[Kind.REPORT])
        if wanted[OUTLET]:
            shown.outlets = Outlet.objects.visible().in_bulk(wanted[OUTLET])
        if wanted[Kind.ORGANISATION]:
            shown.organisations = Organisation.objects.visible().in_bulk(wanted[Kind.ORGANISATION])
        if wanted[Kind.PERSON]:
            shown._read_people(wanted[Kind.PERSON])
        return shown

    def _read_people(self, wanted: set[int]) -> None:
        """Those who are there, and into whom those were merged who are no more."""
        mergers = Transfer.objects.standing().filter(kind=Transfer.Kind.MERGE, giver__in=wanted)
        self.merged = {transfer.giver: transfer for transfer in mergers.defer("giver_row", "first_reports")}
        wanted = wanted | {transfer.holder_id for transfer in self.merged.values()}
        people = Person.objects.with_seen().in_bulk(wanted)
        self.people = {key: person for key, person in people.items() if person.seen}
        self.hidden_people = people.keys() - self.people.keys()

    def person(self, number: int) -> Person | None:
        """The person of this number, or who they were merged into."""
        if number in self.merged and number not in self.hidden_people:
            return self.people.get(number) or self.people.get(self.merged[number].holder_id)
        return self.people.get(number)

    def name_of(self, number: int) -> str:
        """What a person is called, or was before they were merged."""
        if number in self.people:
            return self.people[number].name
        return self.merged[number].giver_name if number in self.merged and self.person(number) else NOT_SHOWN

    def record(self, kind: str, number: int) -> Record | None:
        """The record of a kind; None where readers do not see it."""
        match kind:
            case Kind.REPORT:
                found = self.articles.get(number)
            case Kind.PERSON:
                found = self.person(number)
            case Kind.ORGANISATION:
                found = self.organisations.get(number)
            case "outlet":
                found = self.outlets.get(number)
            case _:
                found = self.quotes.get(number)
        if found is None:
            return None
        label = found.title if isinstance(found, Article) else str(found)
        if isinstance(found, Quote):
            label = truncatechars(self.words[number], WORDS) if number in self.words else "a quotation"
        return Record(kind, found.pk, label, found.get_absolute_url())
