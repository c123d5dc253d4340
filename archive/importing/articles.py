"""Makes the records of one prepared document, in one transaction: all of them or none."""

from dataclasses import dataclass, field

from django.db import transaction

from archive.importing.known import Known, identities_of
from archive.importing.preparing import Prepared
from archive.importing.versions import add_version
from archive.models import Article, ImportLine, ImportRun, Name, Original, Outlet, Person, Reading, Version
from archive.models.slugs import slug_of
from archive.reading import READER_VERSION, DateRange
from archive.reading import Reading as Read

Field = Article.Field
Outcome = ImportLine.Outcome


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is said of a document that says nothing of it itself."""

    outlet: str = ""
    published: DateRange | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a document, and what its importer should know."""

    name: str
    outcome: ImportLine.Outcome
    reason: str = ""


def import_prepared(prepared: Prepared, run: ImportRun, defaults: Defaults, known: Known) -> Result:
    """Writes the article, its version and all that was found in it, or leaves everything as it was.

    Raises IntegrityError where another import makes the same record at the same time: asked anew, `known` has it.
    """
    line = ImportLine(run=run, name=prepared.document.name)
    if prepared.problem:
        line.outcome, line.reason = Outcome.FAILED, prepared.problem
        line.save()
        return Result(line.name, line.outcome, line.reason)
    with transaction.atomic():
        written = _write(prepared, defaults, known)
        line.article, line.original = written.article, written.reading.original
        line.outcome, line.reason = written.outcome, "; ".join(written.remarks)
        line.save()
    known.learn(written.article, written.reading, written.earlier_identity)
    known.people.learn(written.people, written.names)
    return Result(line.name, line.outcome, line.reason)


@dataclass(slots=True)
class _Written:
    article: Article
    reading: Reading
    earlier_identity: str
    outcome: ImportLine.Outcome
    remarks: list[str]
    people: list[Person] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)


def _write(prepared: Prepared, defaults: Defaults, known: Known) -> _Written:
    read = prepared.reading
    reading = known.readings.get(prepared.sha256)
    if reading and reading.reader_version >= READER_VERSION:
        return _Written(reading.version.article, reading, reading.version.article.identity, Outcome.UNCHANGED, [])
    article, version = _find(prepared, known)
    is_new = article is None
    if is_new:
        article = Article(identity=identities_of(read, prepared.sha256)[0])
    else:
        article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    written = _Written(article, None, article.identity, Outcome.IMPORTED, list(read.remarks))
    _describe(article, read, defaults, known, only_blanks=version is not None)
    if version is None:
        version, written.people, written.names = add_version(
            article,
            title=read.title,
            text=read.text,
            furniture=[(span.start, span.end) for span in read.furniture],
            extraction=prepared.extraction,
            maker=Version.Maker.READER,
            known=known.people,
            is_new=is_new,
        )
        if not version.shown:
            written.remarks.append(f"kept as version {version.number}; an editor's revision stays the one shown")
    elif not reading:
        written.remarks.append(f"the same text as report {article.pk}, which came before")
    written.reading = _reading(prepared, version, reading.original if reading else None)
    return written


def _reading(prepared: Prepared, version: Version, original: Original | None) -> Reading:
    read, document = prepared.reading, prepared.document
    values = {
        "reader_version": READER_VERSION,
        "encoding": read.encoding,
        "part": read.part,
        "runs": [[run.start, run.end, run.original_start, run.original_end] for run in read.runs],
    }
    if original:
        return Reading.objects.update_or_create(version=version, original=original, defaults=values)[0]
    original = Original.objects.keep(document.data, name=document.short_name, media_type=document.media_type)
    return Reading.objects.create(version=version, original=original, **values)


def _find(prepared: Prepared, known: Known) -> tuple[Article | None, Version | None]:
    """The article the document belongs to, and the version of it that has the very same text: either may be None.

    It is known by its bytes, by its identity, else by its title and text. Two documents that state different import
    ids, or different URLs, are two articles even where their text is the same: an agency's report in two newspapers.
    """
    read = prepared.reading
    alike = known.texts.get(prepared.text_sha256, [])
    article = known.readings[prepared.sha256].version.article if prepared.sha256 in known.readings else None
    for identity in identities_of(read, prepared.sha256):
        candidate = known.articles.get(identity)
        if article is None and candidate and (not read.import_id or candidate.import_id in ("", read.import_id)):
            article = candidate
    for version in alike:
        free = not read.import_id or not version.article.import_id
        same_url = not read.url or version.article.url in ("", read.url)
        if version.article_id == article.pk if article else free and same_url:
            return version.article, version
    return article, None


def _describe(article: Article, read: Read, defaults: Defaults, known: Known, *, only_blanks: bool) -> None:
    """Sets what the document states, but for what an editor has set; with `only_blanks`, what is not known yet."""

    def free(name: Article.Field, value) -> bool:
        return name not in article.edited and not (only_blanks and value)

    if free(Field.TITLE, article.title):
        article.title, article.title_is_ours = read.title, read.title_is_ours
    if free(Field.OUTLET, article.outlet_id) and (outlet := read.outlet or defaults.outlet):
        article.outlet = known.outlets.get(outlet) or outlet_named(outlet)
    if free(Field.PUBLISHED, article.published_earliest) and (published := read.published or defaults.published):
        article.published_earliest, article.published_latest = published.earliest, published.latest
    if free(Field.AUTHOR, article.author) and read.author:
        article.author = read.author
    if free(Field.URL, article.url) and read.url:
        article.url = read.url
    if free(Field.LANGUAGE, article.language) and read.language:
        article.language = read.language
    if read.import_id and not article.import_id:
        article.import_id, article.identity = read.import_id, identities_of(read, "")[0]
    elif read.url and article.identity.startswith("sha256:"):
        article.identity = identities_of(read, "")[0]
    article.save()


def outlet_named(name: str) -> Outlet:
    """The outlet of that name, made where it is new."""
    outlet = Outlet.objects.filter(name=name).first()
    if outlet:
        return outlet
    stem = slug = slug_of(name, "outlet")
    number = 1
    while Outlet.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return Outlet.objects.create(name=name, slug=slug)
