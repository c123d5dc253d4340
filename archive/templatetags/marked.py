"""Writes marked text as HTML: every character of a report is escaped here."""

from collections.abc import Iterable, Sequence
from enum import Enum
from html import escape

from django import template
from django.utils.safestring import SafeString

from archive.models import Quote
from archive.search import Piece
from archive.templatetags.evidence import named_in_print, negated_label, printed_as, speaker_words
from archive.views.evidence_steps import Step
from archive.views.marked_text import Kind, Mark, Nodes, Place
from archive.views.report_text import Note

register = template.Library()

CLASSES = {
    Kind.STEP: "chain-step",
    Kind.CANDIDATE: "candidate",
    Kind.SPEAKER: "printed-speaker",
    Kind.CUE: "cue",
    Kind.PASSAGE: "passage-linked",
    Kind.FOUND: "found",
}


class Labels(Enum):
    """What is written beside a quotation: nothing, who spoke right after it, or in the margin its note, if it has
    one."""

    NONE = "none"
    AFTER = "after"
    MARGIN = "margin"


@register.simple_tag
def marked(nodes: Nodes, labels: bool = True) -> SafeString:
    """A paragraph's strings and marks as HTML; with `labels`, each quote is followed by a link to its speaker.

    Reported speech is followed by its number alone, which leads to its entry in the list beside the text: its sentence
    says itself who speaks, and there is much of it.
    """
    return SafeString(joined(nodes, Labels.AFTER if labels else Labels.NONE, None))


def joined(nodes: Nodes, labels: Labels, around: Quote | None) -> str:
    """The nodes as HTML; `around` is the quote they stand in."""
    return "".join([written(node, labels, around) for node in nodes])


def written(node: Mark | str, labels: Labels, around: Quote | None) -> str:
    if isinstance(node, str):
        return escape(node)
    kind, record = node.annotation.kind, node.annotation.record
    inner = joined(node.children, labels, record if kind == Kind.QUOTE else around)
    if kind == Kind.QUOTE:
        return written_quote(node, inner, labels, around)
    if kind == Kind.FURNITURE:
        return f'<span class="furniture">{inner}</span>'
    if kind == Kind.FOUND and node.first and record:
        return written_hit(record, inner)
    if isinstance(record, Step):
        return written_step(node, inner)
    anchor = ' id="passage"' if kind == Kind.PASSAGE and node.first else ""
    return f'<mark class="{CLASSES[kind]}"{anchor}>{inner}</mark>'


def written_hit(place: Place, inner: str) -> str:
    """The words found under an id, and the ways to their neighbours, which show only while the address leads here."""
    ways = ((place.previous, "Previous place", "‹"), (place.next, "Next place", "›"))
    links = "".join(
        f'<a href="#hit-{number}" aria-label="{words}" title="{words}">{sign}</a>'
        for number, words, sign in ways
        if number
    )
    around = f'<span class="hit-links" lang="en" dir="ltr">{links}</span>' if links else ""
    return f'<mark class="found" id="hit-{place.number}">{inner}</mark>{around}'


def written_step(node: Mark, inner: str) -> str:
    """The place of a step of the evidence under an id, and its number, which leads to the step in the list."""
    step = node.annotation.record
    anchor = f' id="step-{step.number}"' if node.first else ""
    named = f'class="step-number" href="#evidence-{step.number}" aria-label="Step {step.number}"'
    number = f'<a {named} lang="en" dir="ltr">{step.number}</a>' if node.last else ""
    if step.is_quote:
        return f"<span{anchor}>{inner}</span>{number}"
    return f'<mark class="{CLASSES[step.kind]}"{anchor}>{inner}</mark>{number}'


def written_quote(node: Mark, inner: str, labels: Labels, around: Quote | None) -> str:
    """The label of a quote that stands in another of the same speaker would only repeat the other's."""
    quote = node.annotation.record
    is_reported = quote.kind == Quote.Kind.REPORTED
    voice = getattr(quote, "voice", None)
    classes = f"quote{' reported' if is_reported else ''}{' not-said' if quote.negated else ''}"
    classes += f" {voice.classes}" if voice else ""
    anchor = f' id="q{quote.pk}"' if node.first and labels != Labels.NONE else ""
    before = after = ""
    if is_reported:
        after = statement_label(quote) if node.last and labels != Labels.NONE else ""
    elif labels == Labels.MARGIN:
        before = margin_note(quote) if node.first else ""
    elif labels == Labels.AFTER and node.last:
        labelled_around = around is not None and around.kind != Quote.Kind.REPORTED
        said_around = labelled_around and quote.said_by is not None and around.said_by == quote.said_by
        after = "" if said_around else speaker_label(quote)
    return f'{before}<mark class="{classes}"{anchor}>{inner}</mark>{after}'


def speaker_link(quote: Quote, attributes: str = "") -> str:
    """Who spoke, as a link to their page, or to the quote's own where there is none."""
    name = escape(speaker_words(quote))
    address = escape((quote.said_by or quote).get_absolute_url())
    return f'<a {attributes}href="{address}" dir="auto" aria-label="Speaker: {name}">{name}</a>'


def speaker_label(quote: Quote) -> str:
    return speaker_link(quote, 'class="speaker-label" ')


def margin_note(quote: Quote) -> str:
    """Who speaks, in full with their role as printed, and that the report does not name them; nothing where the quote
    has no note."""
    note = getattr(quote, "note", None)
    if note is None:
        return ""
    about = speaker_about(quote) if note is Note.FULL else ""
    return f'<span class="margin-note {quote.voice.classes}">{speaker_link(quote)}{about}</span>'


def speaker_about(quote: Quote) -> str:
    """The role, as printed, and what the name of somebody without a page is."""
    role = f' <span class="role" dir="auto">{escape(quote.role)}</span>' if quote.role else ""
    if quote.said_by or not named_in_print(quote):
        return role
    return f'{role} <span class="printed-as" lang="en">{printed_as(quote)}</span>'


def statement_label(quote: Quote) -> str:
    """What follows reported speech: that it was not said, where the report says so, and its number in the list.

    Where the page has no such list, there is no number.
    """
    negated = f'<span class="negated-label">{negated_label(quote)}</span>' if quote.negated else ""
    number = getattr(quote, "number", None)
    if number is None:
        return negated
    return (
        f'{negated}<a class="statement-link" href="#s{quote.pk}">'
        f'<span class="visually-hidden">Statement </span>{number}</a>'
    )


@register.simple_tag
def pieces(found: Iterable[Piece]) -> SafeString:
    """A passage with the words found marked, from the search's pieces."""
    return SafeString("".join(written_piece(piece) for piece in found))


def written_piece(piece: Piece) -> str:
    text = escape(piece.text)
    return f'<mark class="found">{text}</mark>' if piece.found else text


@register.simple_tag
def lacking(words: Sequence[str]) -> SafeString:
    """The typed words that something found has not; nothing where it has all."""
    struck = ", ".join(f'<s dir="auto">{escape(word)}</s>' for word in words)
    return SafeString(f'<p class="lacking">Without: {struck}</p>' if words else "")
