"""Brings a report's quotes and people to what a newer extraction finds in the text it already shows."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction

from archive import extraction
from archive.extraction import EXTRACTOR_VERSION, Extraction
from archive.importing.anchoring import ALIKE, Anchoring
from archive.importing.articles import one_import_at_a_time
from archive.importing.known import KnownPeople
from archive.importing.known_organisations import KnownOrganisations
from archive.importing.organisations import write_organisations
from archive.importing.people import write_people
from archive.importing.quotes import (
    ATTRIBUTION,
    EVIDENCE,
    PLACE,
    Speakers,
    add_quotes,
    of_article,
    pairs_of_same_words,
    quotes_of,
    take_over,
    with_candidates,
    write_candidates,
)
from archive.importing.unnamed import organisations_in, people_in, remove_unnamed
from archive.models import (
    Article,
    Mention,
    Name,
    Organisation,
    OrganisationMention,
    OrganisationName,
    Person,
    Quote,
    Role,
    Version,
)


class What(StrEnum):
    """What can become of a quote."""

    NEW = "new"
    BACK = "back"
    GONE = "gone"
    SPEAKER = "other speaker"
    KIND = "other kind"
    SPAN = "other span"


FIELDS = (*PLACE, *EVIDENCE, *ATTRIBUTION)
GONE = f"Extraction {EXTRACTOR_VERSION} no longer finds it: it does not take its words for a quotation."


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one quote of `words`; `before` and `after` say what was changed, where something was."""

    what: What
    words: str
    before: str = ""
    after: str = ""


@dataclass(slots=True)
class Changes:
    """What an extraction changed in a report; `kept` counts the quotes that are as they were, for their readers."""

    article: Article
    kept: int = 0
    quotes: list[Change] = field(default_factory=list)
    new_people: list[str] = field(default_factory=list)
    removed_people: list[str] = field(default_factory=list)


@transaction.atomic
def requote(
    version: int, found: Extraction, *, furniture: Sequence[list[int]] | None = None, dry_run: bool = False
) -> Changes | None:
    """Writes what was found in the text of the version of this key, and tells what that changed; None where it is not
    shown any more, or has gone. `furniture` is what it was extracted without: where an editor has marked other since,
    that is done anew.

    A quote that is still there keeps its id, also one that had gone: at its place, at one that mostly overlaps, or by
    the same words elsewhere. What an editor confirmed, corrected, rejected or added stays as it is, and
    nothing is added over it. A quote that is found no longer is marked as gone, with the reason. Mentions and roles are
    written anew; see `remove_unnamed` for people whom nothing names any more. With `dry_run` all this is undone.
    """
    one_import_at_a_time()
    article = Article.objects.select_for_update(of=("self",)).filter(versions=version).first()
    version = article and article.versions.filter(pk=version, shown=True).first()
    if version is None:
        return None
    if furniture is not None and version.furniture != furniture:
        found = extraction.extract(version.text, [(start, end) for start, end in version.furniture])
    changes = Changes(article)
    earlier, earlier_bodies = people_in(article), organisations_in(article)
    known = _known(found, earlier)
    newest = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    Mention.objects.filter(version=version).delete()
    OrganisationMention.objects.filter(version=version).delete()
    Role.objects.filter(article=article).delete()
    [people] = write_people([(version, found.people)], known)
    [organisations] = write_organisations([(version, found.organisations)], KnownOrganisations(found.organisations))
    _write_quotes(version, found.quotes, Speakers(people, organisations), changes)
    changes.new_people = sorted({person.name for person in people if person and person.pk > newest})
    changes.removed_people = remove_unnamed(Person, Name, earlier - people_in(article))
    remove_unnamed(Organisation, OrganisationName, earlier_bodies - organisations_in(article))
    version.extractor_version = EXTRACTOR_VERSION
    version.save(update_fields=["extractor_version"])
    if dry_run:
        transaction.set_rollback(True)
    return changes


def _known(found: Extraction, earlier: set[int]) -> KnownPeople:
    """The people the archive knows by these names; of several who bear one, the only one the report named before."""
    known = KnownPeople(found.people)
    for key, bearers in known.bearers.items():
        named_before = [bearer for bearer in bearers if bearer.person.pk in earlier]
        if len(bearers) > 1 and len(named_before) == 1:
            known.bearers[key] = named_before
    return known


def _write_quotes(version: Version, found: Sequence[extraction.Quote], speakers: Speakers, changes: Changes) -> None:
    quotes = quotes_of(version, found, speakers)
    quotes_before = of_article(version.article_id).select_related("version", "speaker", "organisation")
    before = with_candidates(quotes_before.order_by("start", "pk"))
    claims = _claims(version, before, quotes)
    claimed = {id(quote) for quote in claims.values()}
    decided = [old for old in before if _stays(old) and old.version_id == version.pk]
    new = [quote for quote in quotes if id(quote) not in claimed and not any(_covers(old, quote) for old in decided)]
    anchorings: dict[int, Anchoring] = {}
    changed = []
    for old in before:
        was = _seen(old)
        quote = claims.get(old.pk)
        if quote and not _stays(old):
            if old.version_id not in anchorings:
                anchorings[old.version_id] = Anchoring(old.version.text, version.text)
            take_over(old, quote, anchorings[old.version_id])
        elif not (quote or old.gone or _stays(old)):
            old.gone = GONE
        now = _seen(old)
        if now.stored != was.stored:
            changed.append(old)
        told = list(_told(was, now))
        changes.quotes += told
        changes.kept += not (told or old.gone)
    Quote.objects.bulk_update(changed, FIELDS)
    write_candidates(changed)
    add_quotes(new)
    changes.quotes += [Change(What.NEW, one.words, after=one.speaker) for one in map(_seen, new)]


def _claims(version: Version, before: Sequence[Quote], quotes: Sequence[Quote]) -> dict[int, Quote]:
    """For the keys of quotes there were before, the found ones that they are: at their very place, else at one that
    mostly overlaps, else by the same words elsewhere, which an editor's quote that still stands does not look for.

    What stands goes before what had gone. No two rows ever want one place: that of a row is claimed by itself first.
    """
    claims: dict[int, Quote] = {}
    here = [old for old in before if old.version_id == version.pk]
    free = {(quote.start, quote.end): quote for quote in quotes}
    for old in here:
        if (old.start, old.end) in free:
            claims[old.pk] = free.pop((old.start, old.end))
    places = sorted(free)
    overlaps = sorted(
        (bool(old.gone), -share, old.pk, place)
        for old in here
        if old.pk not in claims
        for share, place in _overlapping(old, places)
    )
    for _, _, key, place in overlaps:
        if key not in claims and place in free:
            claims[key] = free.pop(place)
    others = [old for old in before if old.pk not in claims and not _stays(old)]
    for old, quote in pairs_of_same_words(others, list(free.values()), version.text):
        claims[old.pk] = quote
    return claims


def _overlapping(old: Quote, places: Sequence[tuple[int, int]]) -> Iterator[tuple[float, tuple[int, int]]]:
    """Those of the places that overlap mostly with the quote, and how much of both together they have in common."""
    nearest = bisect_left(places, (2 * old.start - old.end, 0))
    for start, end in places[nearest : bisect_left(places, (old.end, 0))]:
        common = min(old.end, end) - max(old.start, start)
        share = common / (max(old.end, end) - min(old.start, start))
        if share >= ALIKE:
            yield share, (start, end)


def _stays(old: Quote) -> bool:
    """Whether it stands by an editor's word: then it is not the machine's to change."""
    return old.state != Quote.State.FOUND and not old.gone


def _covers(decided: Quote, quote: Quote) -> bool:
    """Whether most of the shorter one lies in the other: readers would see the same words twice."""
    common = min(decided.end, quote.end) - max(decided.start, quote.start)
    return common > 0.5 * min(decided.end - decided.start, quote.end - quote.start)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A quote at one moment: its row, and what readers see of it."""

    stored: tuple
    gone: bool
    words: str
    speaker: str
    kind: str


def _seen(quote: Quote) -> _Seen:
    text = quote.version.text
    if quote.said_by:
        speaker = quote.said_by.name
    elif quote.speaker_start is not None:
        speaker = text[quote.speaker_start : quote.speaker_end]
    else:
        speaker = quote.get_speaker_kind_display()
    stored = (
        *(getattr(quote, Quote._meta.get_field(name).attname) for name in FIELDS),
        *((one.rank, one.person_id, one.organisation_id, one.start, one.end) for one in quote.found_candidates),
    )
    return _Seen(stored, bool(quote.gone), text[quote.start : quote.end], speaker, quote.kind)


def _told(was: _Seen, now: _Seen) -> Iterator[Change]:
    if was.gone and now.gone:
        return
    if was.gone or now.gone:
        yield Change(What.BACK, now.words, after=now.speaker) if was.gone else Change(What.GONE, was.words)
        return
    for what, before, after in (
        (What.SPEAKER, was.speaker, now.speaker),
        (What.KIND, was.kind, now.kind),
        (What.SPAN, was.words, now.words),
    ):
        if before != after:
            yield Change(what, now.words, before, after)
