"""An editor marks in a report's text what the machine did not see, or saw wrongly: a quotation, page furniture."""

import re
from collections.abc import Iterator

from django.db import transaction

from archive.curation.refusal import Refused
from archive.extraction import extract
from archive.importing.anchoring import same_words
from archive.importing.articles import one_import_at_a_time
from archive.importing.furniture import decided, with_decision
from archive.importing.quotes import of_article
from archive.importing.requoting import requote
from archive.models import Article, Organisation, Person, Quote, Version

FURNITURE = "An editor marked its words as page furniture."
SHORTENED = 60


def places_of(text: str, words: str) -> list[tuple[int, int]]:
    """Where the words stand in the text, [start, end) of each place; their white space may be any."""
    sought = words.split()
    if not sought or sum(map(len, sought)) > len(text):
        return []
    pattern = r"\s+".join(map(re.escape, sought))
    return [match.span() for match in re.finditer(pattern, text)]


@transaction.atomic
def mark_quote(
    article: int,
    start: int,
    end: int,
    *,
    based_on: int,
    kind: str = Quote.Kind.DIRECT,
    said_by: Person | Organisation | None = None,
    speaker_kind: str = Quote.SpeakerKind.UNKNOWN,
) -> Quote:
    """The words between the offsets are a quotation, or reported speech, of who is given, by an editor's word.
    `based_on` is the number of the version the editor saw; `speaker_kind` counts where nobody is given.

    One that was rejected, or had gone, at this very place is that again, with its address. Raises Refused where the
    text is another by now, the words are none, are furniture, are marked already, or cut through another quotation.
    """
    version = _shown(article, based_on)
    start, end = _words_between(version, start, end)
    if any(start < span_end and span_start < end for span_start, span_end in version.furniture):
        raise Refused("These words are page furniture: take that mark off first.")
    for other in _standing(version, start, end):
        if (other.start, other.end) == (start, end):
            raise Refused(f"{_named(other, version)} is marked already: correct it on its own page.")
        if not (other.start <= start and end <= other.end) and not (start <= other.start and other.end <= end):
            raise Refused(
                f"These words cut through {_named(other, version)}: choose words within or around it, or mark first "
                "that it is none."
            )
    quote = Quote.objects.filter(version=version, start=start, end=end).first()
    quote = quote or Quote(article_id=article, version=version, start=start, end=end)
    quote.kind, quote.negated = kind, False
    quote.speaker = said_by if isinstance(said_by, Person) else None
    quote.organisation = said_by if isinstance(said_by, Organisation) else None
    quote.speaker_kind = _kind_of(said_by) or speaker_kind
    quote.speaker_start = quote.speaker_end = quote.cue_start = quote.cue_end = None
    quote.chain, quote.role = [], ""
    quote.rule, quote.confidence, quote.state, quote.gone = Quote.EDITOR, None, Quote.State.ADDED, ""
    quote.save()
    quote.candidates.all().delete()
    return quote


@transaction.atomic
def reject_quote(article: int, key: int) -> Quote:
    """What was marked as the quotation of this number is none. Its address says so. Raises Refused where it is not in
    the report's text, or was rejected before."""
    quote = of_article(article).standing().filter(pk=key).first()
    if quote is None:
        raise Refused("This quotation is not marked in the report any more.")
    quote.state = Quote.State.REJECTED
    quote.save(update_fields=["state"])
    return quote


@transaction.atomic
def mark_furniture(article: int, start: int, end: int, *, based_on: int, is_furniture: bool = True) -> Version:
    """The words between the offsets are page furniture, or are none, whatever the reader found: they are searched and
    extracted from accordingly, also in later versions of the text. `based_on` is the number of the version the editor
    saw.

    Raises Refused where the text is another by now, nothing would change, or a quotation is in the way: one that is cut
    through, or that an editor decided on.
    """
    version = _shown(article, based_on)
    start, end = _words_between(version, start, end)
    furniture = decided(version.furniture, [(start, end, is_furniture)])
    if furniture == decided(version.furniture, []):
        raise Refused(f"These words are {'furniture already' if is_furniture else 'no furniture'}.")
    for quote in _standing(version, start, end) if is_furniture else ():
        if quote.start < start or quote.end > end:
            raise Refused(f"These words cut through {_named(quote, version)}: mark first that it is none.")
        if quote.state != Quote.State.FOUND:
            raise Refused(f"An editor decided on {_named(quote, version)}: mark first that it is none.")
        quote.gone = FURNITURE
        quote.save(update_fields=["gone"])
    version.furniture = furniture
    version.furniture_by_hand = with_decision(version.furniture_by_hand, start, end, is_furniture)
    version.save(update_fields=["furniture", "furniture_by_hand"])
    requote(version.pk, extract(version.text, [(first, last) for first, last in furniture]))
    return version


def _shown(article: int, based_on: int) -> Version:
    """The version that readers see, which nobody changes until the transaction ends."""
    one_import_at_a_time()  # whom it names must not be merged away meanwhile
    Article.objects.select_for_update(of=("self",)).filter(pk=article).first()
    version = Version.objects.filter(article=article, shown=True).first()
    if version is None:
        raise Refused("There is no such report any more.")
    if version.number != based_on:
        raise Refused(
            f"Version {version.number} of the text is shown by now, and you marked in version {based_on}: mark it in "
            "the text as it is now."
        )
    return version


def _words_between(version: Version, start: int, end: int) -> tuple[int, int]:
    """The offsets without the white space at their ends."""
    words = version.text[start:end] if 0 <= start < end <= len(version.text) else ""
    if not same_words(words):
        raise Refused("There are no words of the text between these places: choose some.")
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _standing(version: Version, start: int, end: int) -> Iterator[Quote]:
    """The quotes that have some of these words, locked."""
    quotes = of_article(version.article_id).standing()
    yield from quotes.filter(version=version, start__lt=end, end__gt=start).order_by("start", "pk")


def _named(quote: Quote, version: Version) -> str:
    words = " ".join(version.text[quote.start : quote.end].split())
    words = words if len(words) <= SHORTENED else f"{words[: SHORTENED - 1]}…"
    return f"{'the statement' if quote.kind == Quote.Kind.REPORTED else 'the quotation'} “{words}”"


def _kind_of(said_by: Person | Organisation | None) -> str:
    if isinstance(said_by, Person):
        return Quote.SpeakerKind.PERSON
    return Quote.SpeakerKind.ORGANISATION if said_by else ""
