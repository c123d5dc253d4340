"""Writes marked text as HTML: every character of a report is escaped here."""

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from archive.models import Quote
from archive.search import Piece
from archive.views.marked_text import Kind, Mark, Nodes

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

    Reported speech has no such link: its sentence says itself who speaks, and there is much of it.
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
        case kind:
            return format_html('<mark class="{}">{}</mark>', CLASSES[kind], inner)


def written_quote(node: Mark, inner: SafeString, labels: bool, around: Quote | None) -> SafeString:
    """The label of a quote that stands in another of the same speaker would only repeat the other's."""
    quote = node.annotation.record
    is_reported = quote.kind == Quote.Kind.REPORTED
    kind = "quote reported" if is_reported else "quote"
    anchor = format_html(' id="q{}"', quote.pk) if node.first and labels else ""
    labelled_around = around is not None and around.kind != Quote.Kind.REPORTED
    said_around = labelled_around and quote.said_by is not None and around.said_by == quote.said_by
    label = speaker_label(quote) if node.last and labels and not is_reported and not said_around else ""
    return format_html('<mark class="{}"{}>{}</mark>{}', kind, anchor, inner, label)


def speaker_label(quote: Quote) -> SafeString:
    """The link after a quote: to its speaker's page, or to the quote's own where there is no such page."""
    if quote.said_by:
        address, words = quote.said_by.get_absolute_url(), quote.said_by.name
    else:
        printed = quote.fullest_name or quote.printed_speaker
        address, words = quote.get_absolute_url(), printed or "speaker not known"
    return format_html(
        '<a class="speaker-label" href="{0}" dir="auto" aria-label="Speaker: {1}">{1}</a>', address, words
    )


@register.simple_tag
def pieces(found) -> SafeString:
    """A passage with the words found marked, from the search's pieces."""
    return format_html_join("", "{}", ((found_piece(piece) if piece.found else piece.text,) for piece in found))


def found_piece(piece: Piece) -> SafeString:
    return format_html('<mark class="found">{}</mark>', piece.text)
