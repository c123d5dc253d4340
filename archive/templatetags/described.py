"""What a page tells other programs of itself: title and description, written once for all that ask, Open Graph, and
data in the words of schema.org."""

import json
from html import escape

from django import template
from django.template.defaultfilters import truncatechars
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from archive.exporting import linked_data as schema_org
from archive.exporting.references import SITE_NAME
from archive.models import Article, Quote, Version
from archive.models.named import Named
from archive.templatetags.addresses import canonical
from archive.templatetags.evidence import speaker_words
from archive.templatetags.published import published_words

register = template.Library()

TITLE = 90  # characters of what a page is about in its title
SHORT = 110
LONG = 155  # of a description; who shows one cuts it about there
# What Open Graph calls the pages at these names of addresses; all others are pages of a site.
KINDS = {"article": "article", "quote": "article", "person": "profile"}
# So that no text of a report ends the element that the data stands in, or opens another.
IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


class Kept(template.Node):
    """Writes its contents, text in one line, where a page says it first, and keeps it for where it is said again."""

    def __init__(self, name: str, nodelist: template.NodeList):
        self.name, self.nodelist = name, nodelist

    def render(self, context) -> SafeString:
        context[self.name] = SafeString(" ".join(self.nodelist.render(context).split()).replace('"', "&quot;"))
        return context[self.name]


@register.tag
def kept(parser, token) -> Kept:
    """`{% kept name %}…{% endkept %}`: from there on the page knows these words by the name."""
    _, name = token.split_contents()
    nodelist = parser.parse(["endkept"])
    parser.delete_first_token()
    return Kept(name, nodelist)


@register.simple_tag(takes_context=True)
def open_graph(context) -> SafeString:
    """What is shown of the page where its address is shared, by its title and description."""
    match = context["request"].resolver_match
    properties = {
        "og:site_name": SITE_NAME,
        "og:type": KINDS.get(match.url_name if match else "", "website"),
        "og:url": escape(canonical(context)),
        "og:title": context["page_title"],
        "og:description": context["page_description"],
    }
    return SafeString("\n".join(f'<meta property="{name}" content="{value}">' for name, value in properties.items()))


@register.simple_tag
def linked_data(data: dict) -> SafeString:
    """The data as JSON-LD. It is no script: a browser runs nothing of it, and no policy of contents speaks of it."""
    written = json.dumps(data, ensure_ascii=False).translate(IN_SCRIPT)
    return SafeString(f'<script type="application/ld+json">{written}</script>')


@register.simple_tag
def named_data(named: Named, other_names) -> SafeString:
    """A person or an organisation as JSON-LD, with their other names."""
    return linked_data(schema_org.of_named(named, [str(name) for name in other_names]))


@register.filter
def report_title(article: Article) -> str:
    """The report's title, with who published it and when: one wire report has the same title in many papers."""
    return f"{truncatechars(article.title, TITLE)} ({source_words(article) or f'report {article.pk}'})"


@register.filter
def report_description(version: Version) -> str:
    """Who published the report, when, and how it begins; where only extracts may be shown, not that."""
    article = version.article
    known = source_words(article)
    if article.extracts_only:
        return f"{truncatechars(article.title, SHORT)}. {known}. Quotations with a few words around them."
    begins = truncatechars(" ".join(version.text[: 2 * LONG].split()) or article.title, LONG)
    return f"{known}. {begins}" if known else begins


@register.filter
def quote_title(quote: Quote) -> str:
    """Who said what, and where that was published."""
    return f"{_said(quote, TITLE)} ({source_words(quote.article) or f'report {quote.article_id}'})"


@register.filter
def quote_description(quote: Quote) -> str:
    """Who said what in which report."""
    article = quote.article
    source = ", ".join(filter(None, [f"“{truncatechars(article.title, SHORT)}”", source_words(article)]))
    return f"{_said(quote, LONG)} In: {source}."


def source_words(article: Article) -> str:
    """Who published it and when, as far as that is known; empty where neither is."""
    day = article.published_earliest and published_words(article.published_earliest, article.published_latest)
    return ", ".join(filter(None, [article.outlet.name if article.outlet else "", day]))


def _said(quote: Quote, length: int) -> str:
    speaker = capfirst(speaker_words(quote))
    told = " (reported speech)" if quote.kind == Quote.Kind.REPORTED else ""
    return f"{truncatechars(speaker, length)}{told}: {truncatechars(' '.join(quote.words.split()), length)}"
