"""Small made-up reports, people and quotes for the tests."""

import hashlib
import itertools
from datetime import date

from django.db import transaction

from archive.curation.proposals import propose
from archive.importing.articles import Outcome
from archive.importing.description import Defaults
from archive.importing.documents import PLAIN_TEXT, Document, documents
from archive.importing.run import run_import
from archive.models import (
    Article,
    ErrorReport,
    Mention,
    Name,
    Organisation,
    OrganisationMention,
    OrganisationName,
    Original,
    Outlet,
    Person,
    PossibleDuplicate,
    Quote,
    QuoteCandidate,
    Reading,
    Role,
    Version,
)
from archive.models.organisation import bare_key, organisation_key
from archive.models.person import sort_key
from archive.models.slugs import slug_of

numbers = itertools.count(1)

TEXT = (
    "Shelling damaged the bridge at Harrow Ford on Monday, residents said.\n\n"
    '"We counted nine shells before dawn", Colonel Vera Lindqvist said at a briefing.\n\n'
    "The ministry did not answer questions."
)


FERRY = (
    "Ferry sunk near Port Almera\n\n"
    '"The boat went down within minutes", harbour spokeswoman Ilse Brandvold told reporters on Friday.\n\n'
    "Brandvold said that divers were on their way.\n"
)


def import_files(*paths) -> list[tuple[str, str]]:
    """Imports the files and gives the outcome and the reason of each document."""
    told = run_import(documents(list(map(str, paths)), None), command="test", defaults=Defaults("", None), jobs=1)
    return [(result.outcome.value, result.reason) for _, result in told]


def make_original(data: bytes = b"", name: str = "report.txt", media_type: str = "text/plain") -> Original:
    data = data or f"Made-up report {next(numbers)}\n".encode()
    [original] = Original.objects.keep([(data, name, media_type)])
    return original


def make_outlet(name: str = "Harrow Gazette") -> Outlet:
    outlet, _ = Outlet.objects.get_or_create(name=name, defaults={"slug": slug_of(name, "outlet")})
    return outlet


def make_article(
    title: str = "Bridge shelled at Harrow Ford",
    text: str = TEXT,
    *,
    published: date | tuple[date, date] | None = None,
    outlet: Outlet | None = None,
    furniture=(),
    **fields,
) -> Article:
    """An article with one version, read from an original that holds title and text."""
    earliest, latest = published if isinstance(published, tuple) else (published, published)
    number = next(numbers)
    original = make_original(f"{title}\n\n{text}\n\n{number}".encode())
    fields.setdefault("identity", f"id:made-up-{number}")
    article = Article.objects.create(
        title=title, outlet=outlet, published_earliest=earliest, published_latest=latest, **fields
    )
    version = Version.objects.create(
        article=article,
        number=1,
        title=title,
        text=text,
        text_sha256=hashlib.sha256(f"{title}\n\n{text}\n\n{number}".encode()).hexdigest(),
        furniture=[list(span) for span in furniture],
        shown=True,
    )
    runs = [[0, len(text), len(title) + 2, len(title) + 2 + len(text)]]
    Reading.objects.create(version=version, original=original, reader_version=1, encoding="utf-8", runs=runs)
    return article


def import_report(
    title: str = "Bridge shelled at Harrow Ford",
    text: str = TEXT,
    *,
    name: str = "report.txt",
    media_type: str = PLAIN_TEXT,
    data: bytes = b"",
) -> Article:
    """An article as the import makes it: of title and text, or of these bytes."""
    data = data or f"{title}\n\n{text}\n".encode()
    document = Document(name, name, media_type, data, len(data))
    [(_, result)] = run_import([document], command="test", defaults=Defaults(), jobs=1)
    assert result.outcome == Outcome.IMPORTED, result
    sha256 = hashlib.sha256(data).hexdigest()
    return Article.objects.get(versions__readings__original__sha256=sha256)


@transaction.atomic
def make_person(name: str = "Vera Lindqvist", *other_names: str, slug: str = "") -> Person:
    slug = slug or slug_of(name, "person")
    if Person.objects.filter(slug=slug).exists():
        slug = f"{slug}-{next(numbers)}"
    person = Person(name=name, slug=slug, sort_key=sort_key(name))
    person.save()
    Name.objects.bulk_create([Name(person=person, text=text).set_keys() for text in (name, *other_names)])
    return person


@transaction.atomic
def make_organisation(name: str = "Kabul police", *other_names: str, slug: str = "") -> Organisation:
    slug = slug or slug_of(name, "organisation")
    if Organisation.objects.filter(slug=slug).exists():
        slug = f"{slug}-{next(numbers)}"
    organisation = Organisation.objects.create(name=name, slug=slug, sort_key=bare_key(name))
    OrganisationName.objects.bulk_create(
        [
            OrganisationName(organisation=organisation, text=text, key=organisation_key(text))
            for text in (name, *other_names)
        ]
    )
    return organisation


def make_possible_duplicate(first: Person, second: Person, **fields) -> PossibleDuplicate:
    fields.setdefault("reason", f"spelt alike: {first}, {second}")
    return PossibleDuplicate.objects.create(first=first, second=second, **fields)


def make_error_report(record: Article | Quote | Person | Organisation, text: str = "That is wrong.") -> ErrorReport:
    kind = "report" if isinstance(record, Article) else record._meta.model_name
    return ErrorReport.objects.create(kind=kind, number=record.pk, text=text)


def make_quote(article: Article, words: str, speaker: Person | Organisation | None = None, **fields) -> Quote:
    """The quote of `words` where they first stand in the article's shown version."""
    version = article.shown_version
    start = version.text.index(words)
    organisation = speaker if isinstance(speaker, Organisation) else None
    person = None if organisation else speaker
    fields.setdefault("speaker_kind", "person" if person else "organisation" if organisation else "unknown")
    fields.setdefault("rule", "cue-after" if speaker else "none")
    fields.setdefault("confidence", 0.9 if speaker else 0.2)
    return Quote.objects.create(
        article=article,
        version=version,
        start=start,
        end=start + len(words),
        speaker=person,
        organisation=organisation,
        **fields,
    )


def make_candidate(quote: Quote, words: str, record: Person | Organisation | None = None) -> QuoteCandidate:
    """Somebody who may have spoken, named by `words` in the quote's text; ranked after those before."""
    start = quote.version.text.index(words)
    return QuoteCandidate.objects.create(
        quote=quote,
        rank=quote.candidates.count() + 1,
        person=record if isinstance(record, Person) else None,
        organisation=record if isinstance(record, Organisation) else None,
        name=words,
        start=start,
        end=start + len(words),
    )


def make_mention(
    article: Article, named: Person | Organisation, words: str, role: str = ""
) -> Mention | OrganisationMention:
    version = article.shown_version
    start = version.text.index(words)
    if isinstance(named, Organisation):
        return OrganisationMention.objects.create(
            article=article, version=version, organisation=named, start=start, end=start + len(words)
        )
    if role:
        Role.objects.get_or_create(person=named, article=article, text=role)
    return Mention.objects.create(article=article, version=version, person=named, start=start, end=start + len(words))


def make_report_with_quote(title: str = "Bridge shelled at Harrow Ford", **fields) -> tuple[Article, Person, Quote]:
    """The usual case: a report, its speaker and their words."""
    article = make_article(title, **fields)
    person = Person.objects.filter(name="Vera Lindqvist").first() or make_person("Vera Lindqvist", "Lindqvist")
    make_mention(article, person, "Vera Lindqvist", role="Colonel")
    quote = make_quote(
        article, '"We counted nine shells before dawn"', person, role="Colonel", speaker_start=None, speaker_end=None
    )
    return article, person, quote


def make_proposal(record: Article | Quote | Person | Organisation, by, changes: dict, reason: str = "As printed."):
    """What a contributor proposes: for each field its present words, the proposed ones and the value."""
    return propose(
        by,
        record,
        str(record),
        {field: {"from": before, "to": after, "value": value} for field, (before, after, value) in changes.items()},
        reason,
    )
