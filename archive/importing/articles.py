"""Makes the records of documents: all of a document's records or none.

New articles, nearly all there is in an import, are written many in one transaction; whatever meets a record that is
there already, or stands in the way of others, is written alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from archive.importing.description import Defaults, describe
from archive.importing.identity import identities_of
from archive.importing.known import Known
from archive.importing.organisations import write_organisations
from archive.importing.people import write_people
from archive.importing.preparing import Prepared
from archive.importing.quotes import Speakers, add_quotes, quotes_of
from archive.importing.versions import add_version, version_of
from archive.models import Article, ImportLine, ImportRun, Original, Reading, Tombstone, Version
from archive.reading import READER_VERSION

Outcome = ImportLine.Outcome

LOCK = 0x696D706F7274  # "import"; any number that no other advisory lock of the database has


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a document, and what its importer should know."""

    name: str
    outcome: ImportLine.Outcome
    reason: str = ""


def import_together(batch: Sequence[Prepared], first: int, run: ImportRun, defaults: Defaults) -> dict[int, Result]:
    """Writes those documents of a batch that are new articles, with as many statements for all of them as for one, and
    gives what became of each by its place in the batch; `first` is the number in the run of the batch's first document.

    Raises an error of the database where it cannot hold one of them: then nothing is written, and each can be tried
    alone.
    """
    with transaction.atomic():
        one_import_at_a_time()
        known = Known(batch, defaults)
        new = _new_articles(batch, known)
        numbers = [first + place for place in new]
        results = _write_new([batch[place] for place in new], numbers, run, defaults, known) if new else []
    return dict(zip(new, results, strict=True))


def import_alone(one: Prepared, number: int, run: ImportRun, defaults: Defaults) -> Result:
    """Writes one document, whatever it meets: an article it is a new version of, its own text, nothing at all."""
    if one.problem:
        return fail(one, one.problem, number, run)
    with transaction.atomic():
        one_import_at_a_time()
        known = Known([one], defaults)
        if one.sha256 in known.refused:
            return fail(one, refusal(known.refused[one.sha256]), number, run, Outcome.REFUSED)
        found = _find(one, known)
        if found is None:
            return _write_new([one], [number], run, defaults, known)[0]
        if found.reading and found.reading.reader_version >= READER_VERSION:
            outcome, remarks, original = Outcome.UNCHANGED, [], found.reading.original
        else:
            outcome = Outcome.IMPORTED
            original, remarks = _write_again(one, found, defaults, known)
        [line] = write_lines([_line(one, number, run, outcome, remarks, original, found.article)])
    return Result(line.name, line.outcome, line.reason)


def one_import_at_a_time() -> None:
    """Waits until no other transaction imports, and lets none until this one ends.

    What the archive holds is read and added to in one go: without it, two imports could both find that nobody has a
    text yet, and no constraint forbids two articles the same text.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@dataclass(frozen=True, slots=True)
class _Found:
    """What a document belongs to: the article, its version of the very same text, the reading of the very same bytes.
    `stated` where the document says itself which article it is."""

    article: Article
    version: Version | None
    reading: Reading | None
    stated: bool


def _new_articles(batch: Sequence[Prepared], known: Known) -> list[int]:
    """The places of those that belong to no article of the archive, share nothing with a document before them, and are
    not refused."""
    claimed: set[str] = set()
    new = []
    for place, one in enumerate(batch):
        if one.reading is None or one.sha256 in known.refused:
            continue
        claims = {one.sha256, one.text_sha256, *identities_of(one.reading, one.sha256)}
        if claims.isdisjoint(claimed) and _find(one, known) is None:
            new.append(place)
        claimed |= claims
    return new


def _write_new(
    new: Sequence[Prepared], numbers: Sequence[int], run: ImportRun, defaults: Defaults, known: Known
) -> list[Result]:
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
    Reading.objects.bulk_create(map(_reading, versions, originals, new))
    people = write_people(
        [(version, one.extraction.people) for version, one in zip(versions, new, strict=True)], known.people
    )
    organisations = write_organisations(
        [(version, one.extraction.organisations) for version, one in zip(versions, new, strict=True)],
        known.organisations,
    )
    add_quotes(
        [
            quote
            for version, one, named, bodies in zip(versions, new, people, organisations, strict=True)
            for quote in quotes_of(version, one.extraction.quotes, Speakers(named, bodies))
        ]
    )
    lines = write_lines(
        [
            _line(one, number, run, Outcome.IMPORTED, one.reading.remarks, original, article)
            for one, number, original, article in zip(new, numbers, originals, articles, strict=True)
        ]
    )
    return [Result(line.name, line.outcome, line.reason) for line in lines]


def _write_again(one: Prepared, found: _Found, defaults: Defaults, known: Known) -> tuple[Original, list[str]]:
    """A document of an article that is there: what it states, its original and, where its text is new, a version.

    A text that the article had before and that somebody states again is its newest one again.
    """
    remarks = list(one.reading.remarks)
    article = Article.objects.select_for_update(of=("self",)).get(pk=found.article.pk)
    describe(article, one.reading, defaults, known.outlets, only_blanks=not found.stated)
    article.save()
    if article.state != Article.State.VISIBLE:
        remarks.append(f"report {article.pk} is {article.state.label}: readers do not see it")
    version = found.version
    shown = article.versions.defer("text").get(shown=True)
    if version and found.stated and version != shown and shown.maker == Version.Maker.READER:
        version = None
    if version is None:
        version = add_version(
            article,
            **_text(one),
            extraction=one.extraction,
            maker=Version.Maker.READER,
            known=known.people,
            known_organisations=known.organisations,
        )
        if not version.shown:
            remarks.append(f"kept as version {version.number}; an editor's revision stays the one shown")
    elif not found.reading:
        remarks.append(f"the same text as report {article.pk}, which came before")
    original = found.reading.original if found.reading else None
    if original is None:
        [original] = Original.objects.keep([(one.document.data, one.document.short_name, one.document.media_type)])
    Reading.objects.filter(version=version, original=original).delete()
    _reading(version, original, one).save()
    return original, remarks


def _find(one: Prepared, known: Known) -> _Found | None:
    """What the document belongs to: it is known by its bytes, by its identity, else by its title and text.

    Two documents that state different import ids, or different URLs, are two articles even where their text is the
    same: an agency's report in two newspapers.
    """
    read = one.reading
    reading = known.readings.get(one.sha256)
    article = reading.version.article if reading else None
    for identity in identities_of(read, one.sha256):
        candidate = known.articles.get(identity)
        if article is None and candidate and (not read.import_id or candidate.import_id in ("", read.import_id)):
            article = candidate
    alike = known.texts.get(one.text_sha256, [])
    if article:
        version = next((version for version in alike if version.article_id == article.pk), None)
        return _Found(article, version, reading, stated=True)
    for version in alike:
        free = not read.import_id or not version.article.import_id
        if free and (not read.url or version.article.url in ("", read.url)):
            return _Found(version.article, version, None, stated=False)
    return None


def refusal(tombstone: Tombstone) -> str:
    """Why a document is not imported again."""
    day = timezone.localdate(tombstone.removed).isoformat()
    return (
        f"its report, {tombstone.number}, was removed on {day}: {tombstone.reason} "
        "(an editor can let it come back, in the admin under Tombstones)"
    )


def fail(one: Prepared, reason: str, number: int, run: ImportRun, outcome: Outcome = Outcome.FAILED) -> Result:
    """Notes that a document could not be imported, or is not to be, and why."""
    line = ImportLine(run=run, number=number, name=one.document.name, outcome=outcome, reason=reason)
    write_lines([line])
    return Result(line.name, line.outcome, line.reason)


def write_lines(lines: list[ImportLine]) -> list[ImportLine]:
    """One line for each document, also where a commit's answer was lost and the document is done again: the first
    line, which tells what became of it, stays."""
    return ImportLine.objects.bulk_create(lines, ignore_conflicts=True)


def _text(one: Prepared) -> dict:
    """What a version holds of the document's reading."""
    read = one.reading
    return {
        "title": read.title,
        "text": read.text,
        "furniture": [(span.start, span.end) for span in read.furniture],
    }


def _reading(version: Version, original: Original, one: Prepared) -> Reading:
    """How the original gives the version's text; not yet in the database."""
    return Reading(
        version=version,
        original=original,
        reader_version=READER_VERSION,
        encoding=one.reading.encoding,
        part=one.reading.part,
        runs=[[run.start, run.end, run.original_start, run.original_end] for run in one.reading.runs],
    )


def _line(
    one: Prepared,
    number: int,
    run: ImportRun,
    outcome: ImportLine.Outcome,
    remarks: Sequence[str],
    original: Original,
    article: Article,
) -> ImportLine:
    return ImportLine(
        run=run,
        number=number,
        name=one.document.name,
        outcome=outcome,
        reason="; ".join(remarks),
        original=original,
        article=article,
    )
