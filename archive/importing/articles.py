"""Makes the records of documents: all of a document's records or none.

New articles, nearly all there is in an import, are written many in one transaction; whatever meets a record that is
there already, or stands in the way of others, is written alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from archive.importing.description import Defaults, describe
from archive.importing.known import Known, identities_of
from archive.importing.people import write_people
from archive.importing.preparing import Prepared
from archive.importing.quotes import quotes_of
from archive.importing.versions import add_version, version_of
from archive.models import Article, ImportLine, ImportRun, Original, Quote, Reading, Version
from archive.reading import READER_VERSION

Outcome = ImportLine.Outcome


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a document, and what its importer should know."""

    name: str
    outcome: ImportLine.Outcome
    reason: str = ""


def new_articles(batch: Sequence[Prepared], known: Known) -> list[Prepared]:
    """Those that belong to no article of the archive and share nothing with a document before them in the batch."""
    claimed: set[str] = set()
    new = []
    for one in batch:
        if one.reading is None:
            continue
        claims = {one.sha256, one.text_sha256, *identities_of(one.reading, one.sha256)}
        if claims.isdisjoint(claimed) and find(one, known) == (None, None):
            new.append(one)
        claimed |= claims
    return new


def import_new(new: Sequence[Prepared], run: ImportRun, defaults: Defaults, known: Known) -> list[Result]:
    """Writes documents that are new articles, with as many statements for all of them as for one.

    Raises IntegrityError where another import makes the same record at the same time, and DataError where the database
    cannot hold one of them: then nothing is written, and each can be tried alone.
    """
    with transaction.atomic():
        articles = [Article(identity=identities_of(one.reading, one.sha256)[0]) for one in new]
        for article, one in zip(articles, new, strict=True):
            describe(article, one.reading, defaults, known.outlets)
        Article.objects.bulk_create(articles)
        versions = Version.objects.bulk_create(
            version_of(article, **_text(one)) for article, one in zip(articles, new, strict=True)
        )
        originals = Original.objects.keep(
            [(one.document.data, one.document.short_name, one.document.media_type) for one in new]
        )
        readings = Reading.objects.bulk_create(map(reading_of, versions, originals, new))
        found = [(version, one.extraction.people) for version, one in zip(versions, new, strict=True)]
        people, new_people, new_names = write_people(found, known.people)
        Quote.objects.bulk_create(
            quote
            for version, one, speakers in zip(versions, new, people, strict=True)
            for quote in quotes_of(version, one.extraction.quotes, speakers)
        )
        lines = ImportLine.objects.bulk_create(
            ImportLine(
                run=run,
                name=one.document.name,
                outcome=Outcome.IMPORTED,
                reason="; ".join(one.reading.remarks),
                original=original,
                article=article,
            )
            for one, original, article in zip(new, originals, articles, strict=True)
        )
    for article, reading in zip(articles, readings, strict=True):
        known.learn(article, reading, article.identity)
    known.people.learn(new_people, new_names)
    return [Result(line.name, line.outcome, line.reason) for line in lines]


def import_alone(one: Prepared, run: ImportRun, defaults: Defaults, known: Known) -> Result:
    """Writes one document, whatever it meets: an article it is a new version of, its own text, nothing at all.

    Raises IntegrityError as `import_new` does: asked anew, `known` has what stood in the way.
    """
    if one.problem:
        return fail(one, one.problem, run)
    article, version = find(one, known)
    reading = known.readings.get(one.sha256)
    if article is None:
        return import_new([one], run, defaults, known)[0]
    if reading and reading.reader_version >= READER_VERSION:
        outcome, remarks, original = Outcome.UNCHANGED, [], reading.original
    else:
        outcome, remarks = Outcome.IMPORTED, list(one.reading.remarks)
    with transaction.atomic():
        if outcome == Outcome.IMPORTED:
            earlier_identity = article.identity
            article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
            describe(article, one.reading, defaults, known.outlets, only_blanks=version is not None)
            article.save()
            new_people, new_names = [], []
            if version is None:
                version, new_people, new_names = add_version(
                    article,
                    **_text(one),
                    extraction=one.extraction,
                    maker=Version.Maker.READER,
                    known=known.people,
                )
                if not version.shown:
                    remarks.append(f"kept as version {version.number}; an editor's revision stays the one shown")
            elif not reading:
                remarks.append(f"the same text as report {article.pk}, which came before")
            reading, original = _read_again(one, version, reading)
        line = ImportLine.objects.create(
            run=run,
            name=one.document.name,
            outcome=outcome,
            reason="; ".join(remarks),
            original=original,
            article=article,
        )
    if outcome == Outcome.IMPORTED:
        known.learn(article, reading, earlier_identity)
        known.people.learn(new_people, new_names)
    return Result(line.name, line.outcome, line.reason)


def fail(one: Prepared, reason: str, run: ImportRun) -> Result:
    """Notes that a document could not be imported, and why."""
    line = ImportLine.objects.create(run=run, name=one.document.name, outcome=Outcome.FAILED, reason=reason)
    return Result(line.name, line.outcome, line.reason)


def find(one: Prepared, known: Known) -> tuple[Article | None, Version | None]:
    """The article the document belongs to, and the version of it that has the very same text: either may be None.

    It is known by its bytes, by its identity, else by its title and text. Two documents that state different import
    ids, or different URLs, are two articles even where their text is the same: an agency's report in two newspapers.
    """
    read = one.reading
    article = known.readings[one.sha256].version.article if one.sha256 in known.readings else None
    for identity in identities_of(read, one.sha256):
        candidate = known.articles.get(identity)
        if article is None and candidate and (not read.import_id or candidate.import_id in ("", read.import_id)):
            article = candidate
    for version in known.texts.get(one.text_sha256, []):
        free = not read.import_id or not version.article.import_id
        same_url = not read.url or version.article.url in ("", read.url)
        if version.article_id == article.pk if article else free and same_url:
            return version.article, version
    return article, None


def _text(one: Prepared) -> dict:
    """What a version holds of the document's reading."""
    read = one.reading
    return {
        "title": read.title,
        "text": read.text,
        "furniture": [(span.start, span.end) for span in read.furniture],
    }


def reading_of(version: Version, original: Original, one: Prepared) -> Reading:
    """How the original gives the version's text; not yet in the database."""
    return Reading(
        version=version,
        original=original,
        reader_version=READER_VERSION,
        encoding=one.reading.encoding,
        part=one.reading.part,
        runs=[[run.start, run.end, run.original_start, run.original_end] for run in one.reading.runs],
    )


def _read_again(one: Prepared, version: Version, before: Reading | None) -> tuple[Reading, Original]:
    """The reading of a new original, or of one that an older reader has read, as this reader reads it."""
    if before:
        original = before.original
        Reading.objects.filter(version=version, original=original).delete()
    else:
        [original] = Original.objects.keep([(one.document.data, one.document.short_name, one.document.media_type)])
    reading = reading_of(version, original, one)
    reading.save()
    return reading, original
