"""Says in words who spoke, as far as that is known, how it is known, and that something was not said."""

from django import template
from django.utils.text import capfirst

from archive.extraction.clauses import DENIALS
from archive.extraction.phrases import PRONOUNS
from archive.models import Quote
from archive.models.quote import CONFIDENCE

register = template.Library()

SpeakerKind = Quote.SpeakerKind

# The rules of extraction, each as a reader can check it in the text.
RULES = {
    "cue-after": "the speaker and a word of saying follow the quote",
    "inverted-cue": "a word of saying and then the speaker follow the quote",
    "cue-before": "the speaker and a word of saying stand right before the quote",
    "cue-before-far": "the speaker and a word of saying stand earlier in the same sentence",
    "according-to": "the sentence says “according to” the speaker",
    "cue-inside": "the speaker and a word of saying interrupt the quote",
    "headline-colon": "the headline opens with the speaker and a colon",
    "lead-in-colon": "words that end in a colon lead in to the quote",
    "reopened": "the quote goes on in a new paragraph that opens with quote marks again",
    "same-sentence": "another quote in the same sentence has this speaker",
    "next-quotation": "the quote that follows has this speaker and belongs to it",
    "continuation": "the quote goes on from the one before it",
    "sentence-before": "the sentence before names who speaks",
    "last-speaker": "nobody else is named since this speaker's last quote",
    "subject": "the speaker is the subject of the sentence",
    "reported-before": "the sentence before tells in its own words what this speaker said",
    "passive-agent": "the sentence says by whom the words were used",
    "answer": "the quotes before it are a dialogue, and this is the next turn",
    "echo": "the same words stand in a quote further on, which has this speaker",
    "reported-after": "the speaker and a word of saying stand before the clause",
    "reported-sentence": "the speaker and a word of saying follow the clause",
    "reported-according-to": "the sentence says “according to” the speaker",
    "none": "nothing in the text tells who speaks",
    Quote.EDITOR: "an editor",
}
# Of speakers that have no page.
TAKEN_TO_BE = {
    SpeakerKind.PERSON: "a person whom the report does not name in full",
    SpeakerKind.ORGANISATION: "an organisation",
    SpeakerKind.UNNAMED: "somebody not named",
    SpeakerKind.UNKNOWN: "not known",
}
PRINTED_AS = {
    SpeakerKind.PERSON: "as printed, no full name",
    SpeakerKind.ORGANISATION: "an organisation",
    SpeakerKind.UNNAMED: "not named",
    SpeakerKind.UNKNOWN: "as printed",
}
NAMES_NOBODY = {*PRONOUNS, "her", "his", "us", "me", "you", "their"}


@register.filter
def printed_words(quote: Quote) -> str:
    """The fullest words in which the report prints the speaker; empty where it prints none."""
    return quote.fullest_name or quote.printed_speaker or ""


@register.filter
def named_in_print(quote: Quote) -> str:
    """The printed words where they say who spoke; empty where they do not.

    A pronoun says nothing outside its report, and where an editor decided that the speaker is not named or not known,
    the words printed there are not theirs.
    """
    words = printed_words(quote)
    decided = quote.rule == Quote.EDITOR and quote.speaker_kind in (SpeakerKind.UNNAMED, SpeakerKind.UNKNOWN)
    return "" if decided or words.lower() in NAMES_NOBODY else words


@register.filter
def speaker_words(quote: Quote) -> str:
    """Who spoke: the name of the person or organisation, else the words printed, else that this is not known."""
    if quote.said_by:
        return quote.said_by.name
    not_named = "somebody not named" if quote.speaker_kind == SpeakerKind.UNNAMED else "speaker not known"
    return named_in_print(quote) or not_named


@register.filter
def attributed_words(quote: Quote) -> str:
    """Who spoke and how sure that is, as the pages say it, in one line of plain text."""
    if quote.said_by or named_in_print(quote):
        who = speaker_words(quote) + (f", {quote.role}" if quote.role else "")
        who += "" if quote.said_by else f" ({printed_as(quote)})"
    else:
        who = capfirst(speaker_words(quote)) + (f" (printed: “{printed_words(quote)}”)" if printed_words(quote) else "")
    return "; ".join([who, found_words(quote), *filter(None, [negated_words(quote)])])


@register.filter
def found_words(quote: Quote) -> str:
    """Who found the attribution, and how sure the machine is of what no editor has looked at."""
    if quote.state == Quote.State.FOUND:
        return f"found by the machine, confidence {confidence_words(quote.confidence)}"
    return quote.get_state_display()


@register.filter
def taken_to_be(quote: Quote) -> str:
    """What a speaker without a page is taken to be."""
    return TAKEN_TO_BE[quote.speaker_kind]


@register.filter
def printed_as(quote: Quote) -> str:
    """What the printed words of a speaker without a page are."""
    return PRINTED_AS[quote.speaker_kind]


@register.filter
def decided_words(quote: Quote) -> str:
    """What decided on the speaker, in words; a rule that has none here, by its name."""
    if quote.rule == "none" and quote.printed_speaker:
        return f"the text names the speaker only so (“{quote.printed_speaker}”) and leaves open who that is"
    if quote.rule == "none" and quote.cue:
        return f"the text has a verb of saying (“{quote.cue}”), but who says it was not made out"
    return RULES.get(quote.rule) or quote.rule.replace("-", " ")


@register.filter
def because_words(quote: Quote) -> str:
    """Why the speaker is taken to be who they are, to follow that; empty where nothing is on record."""
    if quote.rule == Quote.EDITOR:
        return ": an editor decided so"
    if not quote.rule:
        return ""
    if quote.speaker_kind != SpeakerKind.UNKNOWN:
        return f", because {decided_words(quote)}"
    return f"{':' if quote.rule == 'none' else ', though'} {decided_words(quote)}"


@register.filter
def negated_words(quote: Quote) -> str:
    """How the report says that this was not said; empty where it does not."""
    if not quote.negated:
        return ""
    return "the source denies this" if _is_denied(quote) else "the report says that this was not said or not confirmed"


@register.filter
def negated_label(quote: Quote) -> str:
    """The same as a label in the running text."""
    if not quote.negated:
        return ""
    return "denied" if _is_denied(quote) else "not stated"


def _is_denied(quote: Quote) -> bool:
    return bool(quote.cue) and quote.cue.lower() in DENIALS


@register.filter
def confidence_meaning(confidence: float | None) -> str:
    """What the number says.

    >>> confidence_meaning(0.92)
    'about 92 of 100 attributions like this one are right'
    """
    return "" if confidence is None else f"about {confidence * 100:.0f} of 100 attributions like this one are right"


@register.filter
def confidence_words(confidence: float | None) -> str:
    """A word and the number.

    >>> confidence_words(0.92)
    'high, 0.92'
    """
    if confidence is None:
        return "not measured"
    word = next(word for word, least in CONFIDENCE if confidence >= least)
    return f"{word}, {confidence:.2f}"
