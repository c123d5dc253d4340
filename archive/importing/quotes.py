"""Writes the quotes of a version: those the article had before keep id, address and what an editor decided."""

from collections import defaultdict
from collections.abc import Sequence

from archive import extraction
from archive.importing.anchoring import Anchoring, same_words
from archive.models import Person, Quote, Version

PLACE = ("version", "start", "end", "gone")
EVIDENCE = ("speaker_start", "speaker_end", "cue_start", "cue_end")
ATTRIBUTION = ("kind", "speaker", "speaker_kind", "role", "rule", "confidence")


def quotes_of(version: Version, found: Sequence[extraction.Quote], people: Sequence[Person | None]) -> list[Quote]:
    """The quotes found in a version; not yet in the database."""
    return [_quote(version, one, people) for one in found]


def write_quotes(version: Version, found: Sequence[extraction.Quote], people: Sequence[Person | None]) -> None:
    """Brings the article's quotes to what was found in `version`, the one now shown.

    A quote that was there before is known by its words and nearest place, or by the place its words were edited at, and
    keeps its id. What an editor decided of it stays; what the machine had found is found anew. One whose words are no
    longer there is marked as gone, with the reason.
    """
    quotes = quotes_of(version, found, people)
    before = list(Quote.objects.filter(article=version.article_id).select_related("version").order_by("start", "pk"))
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
    Quote.objects.bulk_create(unclaimed.values())


def _quote(version: Version, one: extraction.Quote, people: Sequence[Person | None]) -> Quote:
    return Quote(
        article_id=version.article_id,
        version=version,
        start=one.start,
        end=one.end,
        kind=str(one.kind),
        speaker=people[one.person] if one.person is not None else None,
        speaker_kind=str(one.speaker_kind),
        speaker_start=one.speaker_start,
        speaker_end=one.speaker_end,
        role=one.role,
        cue_start=one.cue_start,
        cue_end=one.cue_end,
        rule=one.rule,
        confidence=one.confidence,
    )


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


def _move(old: Quote, version: Version, place: tuple[int, int], anchoring: Anchoring) -> None:
    """`old` goes to `place`, and with it the printed speaker and cue that an editor decided on."""
    for start, end in (("speaker_start", "speaker_end"), ("cue_start", "cue_end")):
        if getattr(old, start) is not None:
            moved = anchoring.place(getattr(old, start), getattr(old, end))
            setattr(old, start, moved[0] if moved else None)
            setattr(old, end, moved[1] if moved else None)
    old.version, old.start, old.end, old.gone = version, *place, ""
