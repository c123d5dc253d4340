"""Writes the quotes of a version: those the article had before keep id, address and what an editor decided."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from archive import extraction
from archive.importing.anchoring import Anchoring, same_words
from archive.models import Organisation, Person, Quote, QuoteCandidate, Version

PLACE = ("version", "start", "end", "gone")
EVIDENCE = ("speaker_start", "speaker_end", "chain", "cue_start", "cue_end")
ATTRIBUTION = ("kind", "negated", "speaker", "organisation", "speaker_kind", "role", "rule", "confidence")


@dataclass(frozen=True, slots=True)
class Speakers:
    """The records of those whom a version names, in the order of its extraction; None where it is open who is meant."""

    people: Sequence[Person | None]
    organisations: Sequence[Organisation | None]


def quotes_of(version: Version, found: Sequence[extraction.Quote], speakers: Speakers) -> list[Quote]:
    """The quotes found in a version, each with its `found_candidates`; not yet in the database."""
    return [_quote(version, one, speakers) for one in found]


def add_quotes(quotes: Collection[Quote]) -> None:
    """Adds what `quotes_of` gives to the database."""
    Quote.objects.bulk_create(quotes)
    QuoteCandidate.objects.bulk_create(candidate for quote in quotes for candidate in quote.found_candidates)


def write_quotes(version: Version, found: Sequence[extraction.Quote], speakers: Speakers) -> None:
    """Brings the article's quotes to what was found in `version`, the one now shown.

    A quote that was there before is known by its words and nearest place, or by the place its words were edited at, and
    keeps its id. What an editor decided of it stays; what the machine had found is found anew. One whose words are no
    longer there is marked as gone, with the reason.
    """
    quotes = quotes_of(version, found, speakers)
    before = with_candidates(of_article(version.article_id).select_related("version").order_by("start", "pk"))
    versions = {old.version_id: old.version for old in before}
    anchorings = {key: Anchoring(earlier.text, version.text) for key, earlier in versions.items()}
    unclaimed = {(quote.start, quote.end): quote for quote in quotes}
    left = []
    for old, quote in pairs_of_same_words(before, quotes, version.text):
        if (quote.start, quote.end) in unclaimed:
            take_over(old, unclaimed.pop((quote.start, quote.end)), anchorings[old.version_id])
    for old in before:
        if old.version_id == version.pk or (old.gone and old.state == Quote.State.FOUND):
            continue
        anchoring = anchorings[old.version_id]
        place = anchoring.place(old.start, old.end)
        if old.gone and place and version.text[place[0] : place[1]] != _words(old):
            place = None  # what had gone comes back by its very words only
        if place in unclaimed:
            take_over(old, unclaimed.pop(place), anchoring)
        elif place or not old.gone:
            left.append((old, place))
    taken = {(old.start, old.end) for old in before if old.version_id == version.pk} | unclaimed.keys()
    for old, place in left:
        if place and old.state != Quote.State.FOUND and place not in taken:
            _move(old, version, place, anchorings[old.version_id])
            taken.add(place)
        elif place and version.text[place[0] : place[1]] == _words(old):
            old.gone = f"In version {version.number} of the report its words no longer read as a quotation."
        else:
            old.gone = f"Its words are not in version {version.number} of the report."
    Quote.objects.bulk_update(before, [*PLACE, *EVIDENCE, *ATTRIBUTION])
    write_candidates(before)
    add_quotes(unclaimed.values())


def of_article(article: int) -> QuerySet[Quote]:
    """The quotes of a report, locked: what an editor decides of one this moment is waited for, or what is read of it
    here would be written over that."""
    quotes = Quote.objects.filter(article=article)
    # Apart from what is read: a row that was waited for would come with the speaker whom it had before.
    list(quotes.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return quotes


def with_candidates(quotes: QuerySet[Quote]) -> list[Quote]:
    """The quotes, each with its `found_candidates` as they are in the database."""
    found = list(quotes.prefetch_related("candidates"))
    for quote in found:
        quote.found_candidates = list(quote.candidates.all())
    return found


def write_candidates(quotes: Sequence[Quote]) -> None:
    """Puts the `found_candidates` that quotes have by now in the place of those in the database."""
    QuoteCandidate.objects.filter(quote__in=quotes).delete()
    QuoteCandidate.objects.bulk_create(
        QuoteCandidate(
            quote=quote,
            rank=one.rank,
            person_id=one.person_id,
            organisation_id=one.organisation_id,
            name=one.name,
            start=one.start,
            end=one.end,
        )
        for quote in quotes
        for one in quote.found_candidates
    )


def _quote(version: Version, one: extraction.Quote, speakers: Speakers) -> Quote:
    quote = Quote(
        article_id=version.article_id,
        version=version,
        start=one.start,
        end=one.end,
        kind=str(one.kind),
        negated=one.negated,
        speaker=_record(speakers.people, one.person),
        organisation=_record(speakers.organisations, one.organisation),
        speaker_kind=str(one.speaker_kind),
        speaker_start=one.speaker_start,
        speaker_end=one.speaker_end,
        chain=[[step.start, step.end] for step in one.chain],
        role=one.role,
        cue_start=one.cue_start,
        cue_end=one.cue_end,
        rule=one.rule,
        confidence=one.confidence,
    )
    quote.found_candidates = [
        QuoteCandidate(
            quote=quote,
            rank=rank,
            person=_record(speakers.people, candidate.person),
            organisation=_record(speakers.organisations, candidate.organisation),
            name=candidate.name,
            start=candidate.start,
            end=candidate.end,
        )
        for rank, candidate in enumerate(one.candidates, 1)
    ]
    return quote


def _record(records: Sequence[Person | Organisation | None], index: int | None) -> Person | Organisation | None:
    return None if index is None else records[index]


def _words(old: Quote) -> str:
    return old.version.text[old.start : old.end]


def pairs_of_same_words(before: list[Quote], quotes: list[Quote], text: str) -> list[tuple[Quote, Quote]]:
    """An old quote beside a new one of the same words, each at most once, nearest places first.

    A quote that still stood goes before one that had gone: words that come back find their old id only if it is free.
    """
    by_words = defaultdict(list)
    for quote in quotes:
        by_words[same_words(text[quote.start : quote.end])].append(quote)
    candidates = [
        (bool(old.gone), abs(old.start - quote.start), old, quote)
        for old in before
        for quote in by_words.get(same_words(_words(old)), ())
    ]
    pairs, used = [], set()
    for _, _, old, quote in sorted(candidates, key=lambda one: (*one[:2], one[2].pk, one[3].start)):
        if old.pk not in used and (quote.start, quote.end) not in used:
            used |= {old.pk, (quote.start, quote.end)}
            pairs.append((old, quote))
    return pairs


def take_over(old: Quote, quote: Quote, anchoring: Anchoring) -> None:
    """`old` goes to the place of `quote`; only where no editor has decided does it take the attribution too."""
    if old.state != Quote.State.FOUND:
        _move(old, quote.version, (quote.start, quote.end), anchoring)
        return
    for field in (*PLACE, *EVIDENCE, *ATTRIBUTION):
        setattr(old, field, getattr(quote, field))
    old.found_candidates = quote.found_candidates


def _move(old: Quote, version: Version, place: tuple[int, int], anchoring: Anchoring) -> None:
    """`old` goes to `place`, and with it the printed speaker, chain, cue and candidates that an editor decided on.

    What of them is not in the new text is evidence no longer.
    """
    for start, end in (("speaker_start", "speaker_end"), ("cue_start", "cue_end")):
        if getattr(old, start) is not None:
            moved = anchoring.place(getattr(old, start), getattr(old, end))
            setattr(old, start, moved[0] if moved else None)
            setattr(old, end, moved[1] if moved else None)
    old.chain = [list(moved) for step in old.chain if (moved := anchoring.place(*step))]
    candidates, old.found_candidates = old.found_candidates, []
    for candidate in candidates:
        if moved := anchoring.place(candidate.start, candidate.end):
            candidate.start, candidate.end = moved
            old.found_candidates.append(candidate)
    old.version, old.start, old.end, old.gone = version, *place, ""
