"""What is exported of reports and quotes, by the names that the fields have in CSV and JSON lines.

What is not known is None. Whether a record may be seen is asked again here: one that has gone since it was found is
left out. A fixed number of queries, whatever the number of records.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from archive.models import Article, Quote, Reading, Version
from archive.search import Kind
from archive.templatetags.addresses import absolute
from archive.templatetags.evidence import attributed_words

Record = dict[str, Any]

REPORT_COLUMNS = (
    "id",
    "url",
    "title",
    "title_is_ours",
    "outlet",
    "author",
    "published_earliest",
    "published_latest",
    "original_url",
    "language",
    "quote_count",
    "reported_count",
    "originals_sha256",
    "added",
)
# Of a quote within its report, and of a quote by itself.
INNER_COLUMNS = (
    "id",
    "url",
    "words",
    "kind",
    "negated",
    "speaker",
    "speaker_kind",
    "speaker_url",
    "speaker_as_printed",
    "speaker_fullest_name",
    "role",
    "attribution",
    "rule",
    "confidence",
    "state",
    "start",
    "end",
)
QUOTE_COLUMNS = (
    *INNER_COLUMNS,
    "report_id",
    "report_url",
    "report_title",
    "outlet",
    "published_earliest",
    "published_latest",
    "author",
    "language",
    "title_is_ours",
    "originals_sha256",
)
COLUMNS = {Kind.REPORT: REPORT_COLUMNS, Kind.QUOTE: QUOTE_COLUMNS}


def records_of(kind: Kind, keys: Sequence[int], with_text: bool) -> list[Record]:
    """The records of these keys, in their order. With text a report has `text` and `quotes` too; the text
    is None where only extracts may be shown."""
    return quote_records(keys) if kind == Kind.QUOTE else report_records(keys, with_text)


def report_records(keys: Sequence[int], with_text: bool) -> list[Record]:
    shown = Version.objects.visible().filter(article__in=keys).select_related("article__outlet")
    shown = shown.defer("title", "furniture") if with_text else shown.defer("title", "furniture", "text")
    versions = {version.article_id: version for version in shown}
    originals = _originals(versions)
    standing = Quote.objects.standing().filter(version__in=[version.pk for version in versions.values()])
    quotes: dict[int, list[Record]] = defaultdict(list)
    counted: Counter[tuple[int, bool]] = Counter()
    if with_text:
        for quote in standing.with_words().with_evidence().with_source().in_reading_order():
            quotes[quote.version_id].append(_quote_within(quote))
            counted[quote.version_id, quote.kind == Quote.Kind.REPORTED] += 1
    else:
        for version, kind in standing.order_by().values_list("version", "kind"):
            counted[version, kind == Quote.Kind.REPORTED] += 1

    found = [versions[key] for key in keys if key in versions]
    records = []
    for version in found:
        record = report_fields(version.article) | {
            "quote_count": counted[version.pk, False],
            "reported_count": counted[version.pk, True],
            "originals_sha256": originals[version.article_id],
            "added": version.article.created,
        }
        if with_text:
            record |= {"text": None if version.article.extracts_only else version.text, "quotes": quotes[version.pk]}
        records.append(record)
    return records


def quote_records(keys: Sequence[int]) -> list[Record]:
    quotes = Quote.objects.visible().filter(pk__in=keys)
    found = quotes.with_words().with_evidence().with_source().in_bulk()
    originals = originals_behind({quote.version_id: quote.article_id for quote in found.values()})
    return [quote_fields(found[key], originals[found[key].version_id]) for key in keys if key in found]


def originals_behind(versions: Mapping[int, int]) -> dict[int, list[str]]:
    """The SHA-256 of every original that gives the text of these versions, the earliest first; of one that none gives,
    an editor's revision, of all that gave its article a text. `versions` has the article of each version, by keys."""
    hashes: dict[int, list[str]] = defaultdict(list)
    readings = Reading.objects.filter(version__in=list(versions)).order_by("pk")
    for version, sha256 in readings.values_list("version", "original__sha256"):
        hashes[version].append(sha256)
    if revised := {version: article for version, article in versions.items() if version not in hashes}:
        of_articles = _originals(set(revised.values()))
        hashes |= {version: of_articles[article] for version, article in revised.items()}
    return hashes


def _originals(articles) -> dict[int, list[str]]:
    """The SHA-256 of every original that gave a text of the articles, the earliest first."""
    readings = Reading.objects.filter(version__article__in=list(articles)).order_by("pk")
    hashes: dict[int, list[str]] = defaultdict(list)
    for article, sha256 in readings.values_list("version__article", "original__sha256"):
        if sha256 not in hashes[article]:
            hashes[article].append(sha256)
    return hashes


def report_fields(article: Article) -> Record:
    """What is known of a report, without what is counted in it and its originals."""
    return {
        "id": article.pk,
        "url": absolute(article.get_absolute_url()),
        "title": article.title,
        "title_is_ours": article.title_is_ours,
        "outlet": article.outlet.name if article.outlet else None,
        "author": article.author or None,
        "published_earliest": article.published_earliest,
        "published_latest": article.published_latest,
        "original_url": article.url or None,
        "language": article.language or None,
    }


def quote_fields(quote: Quote, originals: Sequence[str]) -> Record:
    """What is known of a quote, read `with_words`, `with_evidence` and `with_source`, and of its report. `originals`
    are the SHA-256 of those that its text was read from."""
    report = report_fields(quote.article)
    same = ("outlet", "published_earliest", "published_latest", "author", "language", "title_is_ours")
    return (
        _quote_within(quote)
        | {f"report_{name}": report[name] for name in ("id", "url", "title")}
        | {name: report[name] for name in same}
        | {"originals_sha256": list(originals)}
    )


def _quote_within(quote: Quote) -> Record:
    """`attribution` says in words what the archive's pages say of it; the fields beside it have its parts."""
    return {
        "id": quote.pk,
        "url": absolute(quote.get_absolute_url()),
        "words": quote.words,
        "kind": quote.kind,
        "negated": quote.negated,
        "speaker": quote.said_by.name if quote.said_by else None,
        "speaker_kind": quote.speaker_kind,
        "speaker_url": absolute(quote.said_by.get_absolute_url()) if quote.said_by else None,
        "speaker_as_printed": quote.printed_speaker,
        "speaker_fullest_name": quote.fullest_name,
        "role": quote.role or None,
        "attribution": attributed_words(quote),
        "rule": quote.rule or None,
        "confidence": quote.confidence,
        "state": quote.state,
        "start": quote.start,
        "end": quote.end,
    }
