"""Writes a report for reading: its paragraphs with who speaks below and beside them, the strip of who speaks where, its
speakers, its quotes and who else is named. There may be hundreds of each; every character of a report is escaped."""

from collections.abc import Iterable, Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString

from archive.models import Organisation, Person, Quote
from archive.templatetags.attributed import negated, speaker
from archive.templatetags.evidence import confidence_words, decided_words, negated_words
from archive.templatetags.marked import Labels, joined, speaker_about, speaker_link
from archive.views.report_text import Block, Paragraph
from archive.views.strip import LENGTH, Segment
from archive.views.voices import Voice

register = template.Library()

NAMED_BELOW = 3  # speakers named in the line below a paragraph, before it is unfolded
SPEAKERS_LISTED = 8  # before the rest is folded
QUOTES_LISTED = 12
NAMES_LISTED = 24
WORDS = 140  # characters of a quote in the list
NAMED_WORDS = 60  # characters by which a link names a quote


def counted(count: int, one: str) -> str:
    """
    >>> counted(1, "quote"), counted(1200, "paragraph")
    ('1 quote', '1,200 paragraphs')
    """
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def shortened(words: str, length: int) -> str:
    """At most so many characters. What `truncatechars` does, which looks at each character by itself.

    >>> shortened("We counted", 10), shortened("We counted", 9)
    ('We counted', 'We count…')
    """
    return words if len(words) <= length else words[: length - 1] + "…"


@register.simple_tag
def report_text(blocks: Iterable[Block]) -> SafeString:
    """The paragraphs, furniture folded."""
    return SafeString("\n".join(written_block(block) for block in blocks))


def written_block(block: Block) -> str:
    inner = "\n".join(map(written_paragraph, block.paragraphs))
    if not block.furniture:
        return inner
    told = f"Page furniture, {counted(len(block.paragraphs), 'paragraph')}"
    return (
        f'<details class="folded-furniture"{" open" if block.open else ""}>'
        f'<summary lang="en" dir="ltr">{told}</summary>\n{inner}\n</details>'
    )


def written_paragraph(paragraph: Paragraph) -> str:
    words = joined(paragraph.nodes, Labels.MARGIN, None)
    below = speakers_below(paragraph.speakers) if paragraph.speakers else ""
    return f'<p dir="auto" data-start="{paragraph.start}">{words}</p>{below}'


def speakers_below(quotes: Sequence[Quote]) -> str:
    """Who speaks in a paragraph, where the page has no margin: their names, and unfolded their roles and links."""
    names = ", ".join(
        f'<span class="voice {quote.voice.classes}" dir="auto">{escape(quote.speaker_name)}</span>'
        for quote in quotes[:NAMED_BELOW]
    )
    more = f" and {len(quotes) - NAMED_BELOW} more" if len(quotes) > NAMED_BELOW else ""
    items = "".join(
        f'<li class="voice {quote.voice.classes}">{speaker_link(quote)}{speaker_about(quote)}</li>' for quote in quotes
    )
    return (
        '<details class="speakers-below"><summary dir="ltr"><span class="visually-hidden" lang="en">Who speaks: </span>'
        f"{names}{more}</summary><ul>{items}</ul></details>"
    )


@register.simple_tag
def strip(segments: Iterable[Segment]) -> SafeString:
    """The segments as links in a square SVG, which the page may lay down or set upright.

    They are left out of the order of the Tab key: of hundreds nobody gets to the text behind them, and the lists of
    speakers and quotes lead to the same places. That also makes up for segments too small to be hit with a finger (WCAG
    2.5.8 excepts what has an equivalent on the page).
    """
    return SafeString("\n".join(map(drawn_segment, segments)))


def drawn_segment(segment: Segment) -> str:
    quote = segment.quote
    is_reported = quote.kind == Quote.Kind.REPORTED
    how = negated_words(quote) or ("in reported speech" if is_reported else "")
    told = f"{quote.speaker_name}{f' ({how})' if how else ''}: {shortened(quote.words, NAMED_WORDS)}"
    across, wide = (LENGTH // 4, LENGTH // 2) if is_reported else (0, LENGTH)
    return (
        f'<a class="{quote.voice.classes}" href="#q{quote.pk}" tabindex="-1"><title>{escape(told)}</title>'
        f'<rect x="{segment.start}" y="{across}" width="{segment.length}" height="{wide}" /></a>'
    )


@register.simple_tag
def voices(heard: Sequence[Voice]) -> SafeString:
    """The speakers of a report, each with a link to their first quotation and how much they say. Where some of them are
    folded, those who say most come first."""
    if len(heard) > SPEAKERS_LISTED:
        heard = sorted(heard, key=lambda voice: -len(voice.quotes))
    return folded([listed_voice(voice) for voice in heard], SPEAKERS_LISTED, "voices", "speaker")


def listed_voice(voice: Voice) -> str:
    told = [counted(voice.spoken, "quote")] if voice.spoken else []
    told += [counted(voice.reported, "statement")] if voice.reported else []
    look = "voice" if voice.spoken else "voice reported"
    return (
        f'<li class="{look} {voice.classes}"><a href="#q{voice.first.pk}" dir="auto">{escape(voice.name)}</a> '
        f'<span class="count">{", ".join(told)}</span></li>'
    )


@register.simple_tag
def quote_list(quotes: Sequence[Quote]) -> SafeString:
    """Quotes, or statements in reported speech, which have numbers, each with a link to its place, its speaker and how
    that is known."""
    one = "statement" if quotes and quotes[0].kind == Quote.Kind.REPORTED else "quote"
    return folded([listed_quote(quote) for quote in quotes], QUOTES_LISTED, "quote-list", one)


def listed_quote(quote: Quote) -> str:
    number = getattr(quote, "number", None)
    anchor = f' id="s{quote.pk}"' if number else ""
    numbered = f'<span class="statement-number" dir="ltr">{number}</span> ' if number else ""
    if quote.state == Quote.State.FOUND:
        decided = f": {decided_words(quote)}" if quote.kind != Quote.Kind.REPORTED else ""
        found = f"found by the machine{decided}; confidence {confidence_words(quote.confidence)}"
    else:
        found = quote.get_state_display()
    return (
        f'<li{anchor} class="{quote.voice.classes}">{negated(quote)}'
        f'<p class="quote-words" dir="auto">{numbered}'
        f'<a href="#q{quote.pk}">{escape(shortened(quote.words, WORDS))}</a></p>'
        f'<p class="speaker">{speaker(quote)}</p>'
        f'<p class="facts-line"><span>{escape(found)}</span> <a href="{escape(quote.get_absolute_url())}">Evidence and '
        f'citation<span class="visually-hidden"> for {escape(shortened(quote.words, NAMED_WORDS))}</span></a></p></li>'
    )


@register.simple_tag
def named_list(records: Iterable[Person | Organisation]) -> SafeString:
    """Who is named and does not speak, each with a link to their page."""
    items = [
        f'<li><a href="{escape(record.get_absolute_url())}" dir="auto">{escape(record.name)}</a></li>'
        for record in records
    ]
    return folded(items, NAMES_LISTED, "plain-list", "name")


def folded(items: Sequence[str], most: int, classes: str, one: str) -> SafeString:
    """The items as a list; if there are more than `most`, the others are folded."""
    shown, rest = items[:most], items[most:]
    if len(rest) == 1:
        shown, rest = items, []
    first = f'<ol class="{classes}">{"".join(shown)}</ol>'
    if not rest:
        return SafeString(first)
    return SafeString(
        f'{first}<details class="more-listed"><summary>{len(rest):,} more {one}s</summary>'
        f'<ol class="{classes}" start="{most + 1}">{"".join(rest)}</ol></details>'
    )
