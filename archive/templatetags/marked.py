"""Writes marked text as HTML: every character of a report is escaped here."""

from collections.abc import Iterable, Sequence
from html import escape

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from archive.models import Quote
from archive.search import Piece
from archive.templatetags.evidence import negated_label, speaker_words
from archive.views.evidence_steps import Step
from archive.views.marked_text import Kind, Mark, Nodes, Place

register = template.Library()

CLASSES = {
    Kind.STEP: "chain-step",
    Kind.CANDIDATE: "candidate",
    Kind.SPEAKER: "printed-speaker",
    Kind.CUE: "cue",
    Kind.FOUND: "found",
}


@register.simple_tag
def marked(nodes: Nodes, labels: bool = True) -> SafeString:
    """A paragraph's strings and marks as HTML; with `labels`, each quote is followed by a link to its speaker.

    Reported speech is followed by its number alone, which leads to its entry in the list beside the text: its sentence
    says itself who speaks, and there is much of it.
    """
    return joined(nodes, labels, None)


def joined(nodes: Nodes, labels: bool, around: Quote | None) -> SafeString:
    """The nodes as HTML; `around` is the quote they stand in."""
    return format_html_join("", "{}", ((written(node, labels, around),) for node in nodes))


def written(node: Mark | str, labels: bool, around: Quote | None) -> SafeString:
    if isinstance(node, str):
        return conditional_escape(node)
    is_quote = node.annotation.kind == Kind.QUOTE
    inner = joined(node.children, labels, node.annotation.record if is_quote else around)
    match node.annotation.kind:
        case Kind.FURNITURE:
            return format_html('<span class="furniture">{}</span>', inner)
        case Kind.QUOTE:
            return written_quote(node, inner, labels, around)
        case Kind.FOUND if node.first and node.annotation.record:
            return written_hit(node.annotation.record, inner)
        case _ if isinstance(node.annotation.record, Step):
            return written_step(node, inner)
        case kind:
            return format_html('<mark class="{}">{}</mark>', CLASSES[kind], inner)


def written_hit(place: Place, inner: SafeString) -> SafeString:
    """The words found under an id, and the ways to their neighbours, which show only while the address leads here."""
    ways = ((place.previous, "Previous place", "‹"), (place.next, "Next place", "›"))
    links = format_html_join(
        "",
        '<a href="#hit-{0}" aria-label="{1}" title="{1}">{2}</a>',
        ((number, words, sign) for number, words, sign in ways if number),
    )
    around = format_html('<span class="hit-links" lang="en" dir="ltr">{}</span>', links) if links else ""
    return format_html('<mark class="found" id="hit-{}">{}</mark>{}', place.number, inner, around)


def written_step(node: Mark, inner: SafeString) -> SafeString:
    """The place of a step of the evidence under an id, and its number, which leads to the step in the list."""
    step = node.annotation.record
    anchor = f' id="step-{step.number}"' if node.first else ""
    named = f'class="step-number" href="#evidence-{step.number}" aria-label="Step {step.number}"'
    number = f'<a {named} lang="en" dir="ltr">{step.number}</a>' if node.last else ""
    if step.is_quote:
        return SafeString(f"<span{anchor}>{inner}</span>{number}")
    return SafeString(f'<mark class="{CLASSES[step.kind]}"{anchor}>{inner}</mark>{number}')


def written_quote(node: Mark, inner: SafeString, labels: bool, around: Quote | None) -> SafeString:
    """The label of a quote that stands in another of the same speaker would only repeat the other's."""
    quote = node.annotation.record
    is_reported = quote.kind == Quote.Kind.REPORTED
    kind = f"quote{' reported' if is_reported else ''}{' not-said' if quote.negated else ''}"
    anchor = format_html(' id="q{}"', quote.pk) if node.first and labels else ""
    labelled_around = around is not None and around.kind != Quote.Kind.REPORTED
    said_around = labelled_around and quote.said_by is not None and around.said_by == quote.said_by
    label = ""
    if node.last and labels:
        label = statement_label(quote) if is_reported else "" if said_around else speaker_label(quote)
    return format_html('<mark class="{}"{}>{}</mark>{}', kind, anchor, inner, label)


def speaker_label(quote: Quote) -> SafeString:
    """The link after a quote: to its speaker's page, or to the quote's own where there is no such page."""
    return format_html(
        '<a class="speaker-label" href="{0}" dir="auto" aria-label="Speaker: {1}">{1}</a>',
        (quote.said_by or quote).get_absolute_url(),
        speaker_words(quote),
    )


def statement_label(quote: Quote) -> SafeString:
    """What follows reported speech: that it was not said, where the report says so, and its number in the list.

    Where the page has no such list, there is no number.
    """
    negated = format_html('<span class="negated-label">{}</span>', negated_label(quote)) if quote.negated else ""
    number = getattr(quote, "number", None)
    if number is None:
        return negated
    return format_html(
        '{}<a class="statement-link" href="#s{}"><span class="visually-hidden">Statement </span>{}</a>',
        negated,
        quote.pk,
        number,
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
