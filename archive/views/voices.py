"""Tells the speakers of one report apart: each has a hue, in the order in which they first speak."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from archive.models import Quote
from archive.templatetags.evidence import named_in_print, speaker_words

HUES = 8  # that are told apart; later speakers have them again, under another line
LINES = 3  # kinds of lines under quoted words
SOMEBODY = "Somebody not named"
NOT_KNOWN = "Speaker not known"

SpeakerKind = Quote.SpeakerKind


@dataclass(slots=True)
class Voice:
    """A speaker of one report: their name, the number of their hue, 0 where it is not known who speaks, whether the hue
    comes again (1 the first time, 2 the second), what they say, in reading order, and the classes of whatever is shown
    in their hue."""

    name: str
    hue: int
    turn: int = 1
    quotes: list[Quote] = field(default_factory=list)
    classes: str = ""

    def __post_init__(self):
        self.classes = f"hue-{self.hue}" if self.turn == 1 else f"hue-{self.hue} turn-{min(self.turn, LINES)}"

    @property
    def spoken(self) -> int:
        return sum(quote.kind != Quote.Kind.REPORTED for quote in self.quotes)

    @property
    def reported(self) -> int:
        return len(self.quotes) - self.spoken

    @property
    def first(self) -> Quote:
        """Their first quotation, or their first statement where nothing is quoted."""
        return next((quote for quote in self.quotes if quote.kind != Quote.Kind.REPORTED), self.quotes[0])


def tell_apart(quotes: Iterable[Quote]) -> list[Voice]:
    """Sets on each quote of a report, given in reading order with its evidence, its `voice` and `speaker_name`; all
    voices, in the order in which they first speak.

    Speakers who are not named or not known have no hue and are one voice each: whether two of them are one person, the
    report does not say.
    """
    voices: dict[Hashable, Voice] = {}
    hues = 0
    for quote in quotes:
        quote.speaker_name = speaker_words(quote)
        key = who(quote)
        voice = voices.get(key)
        if voice is None:
            if key in (SOMEBODY, NOT_KNOWN):
                voice = Voice(str(key), 0)
            else:
                voice = Voice(quote.speaker_name, hues % HUES + 1, hues // HUES + 1)
                hues += 1
            voices[key] = voice
        voice.quotes.append(quote)
        quote.voice = voice
    return list(voices.values())


def who(quote: Quote) -> Hashable:
    """What two quotes of one speaker have in common: the record, else the name as printed, in whatever case."""
    if quote.speaker_id or quote.organisation_id:
        return quote.speaker_id, quote.organisation_id
    if quote.speaker_kind in (SpeakerKind.PERSON, SpeakerKind.ORGANISATION) and named_in_print(quote):
        return quote.speaker_kind, named_in_print(quote).casefold()
    return SOMEBODY if quote.speaker_kind == SpeakerKind.UNNAMED else NOT_KNOWN
