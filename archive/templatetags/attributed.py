"""Writes as HTML who spoke, how that is known, and that something was not said; every character of a report is escaped
here."""

from html import escape

from django import template
from django.template.defaultfilters import truncatechars
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from archive.models import Quote
from archive.templatetags.evidence import (
    confidence_words,
    named_in_print,
    negated_words,
    printed_as,
    printed_words,
    speaker_words,
)

register = template.Library()

NAMED_WORDS = 60  # characters by which a link names a quote


@register.simple_tag
def negated(quote: Quote) -> SafeString:
    """That the report says this was not said; nothing where it does not."""
    return SafeString(f'<p class="negated">{escape(capfirst(negated_words(quote)))}:</p>' if quote.negated else "")


@register.simple_tag
def speaker(quote: Quote) -> SafeString:
    """Who spoke, with a link where they have a page, and their role as printed."""
    role = f', <span class="role" dir="auto">{escape(quote.role)}</span>' if quote.role else ""
    said_by = quote.said_by
    if said_by:
        return SafeString(f'<a href="{escape(said_by.get_absolute_url())}" dir="auto">{escape(said_by.name)}</a>{role}')
    printed = escape(printed_words(quote))
    if named_in_print(quote):
        return SafeString(
            f'<span dir="auto">{printed}</span>{role} <span class="note">({escape(printed_as(quote))})</span>'
        )
    not_named = escape(capfirst(speaker_words(quote)))
    only_printed = f' (printed: “<span dir="auto">{printed}</span>”)' if printed else ""
    return SafeString(f'<span class="note">{not_named}{only_printed}</span>')


@register.simple_tag
def quote_facts(quote: Quote, role_shown: bool = False) -> SafeString:
    """The role, unless it is shown beside, who found the attribution and how sure that is, and the way to both's
    evidence."""
    role = f'<span dir="auto">as “{escape(quote.role)}”</span> ' if quote.role and not role_shown else ""
    found = escape(quote.get_state_display())
    if quote.state == Quote.State.FOUND:
        found = f"found by the machine; confidence {confidence_words(quote.confidence)}"
    named = escape(truncatechars(quote.words, NAMED_WORDS))
    return SafeString(
        f'{role}<span>{found}</span> <a href="{escape(quote.get_absolute_url())}">'
        f'Evidence and citation<span class="visually-hidden"> for {named}</span></a>'
    )
