"""Atom feeds: what comes in and answers a search, what people and organisations say, and what is corrected."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import wraps

from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import capfirst
from django.views.decorators.http import conditional_page, require_safe

from archive import search as index
from archive.curation.corrections import Correction
from archive.curation.corrections import corrections as last_corrections
from archive.exporting.references import SITE_NAME
from archive.exporting.text import one_line
from archive.models import Article, Organisation, Person, Quote
from archive.models.named import Named
from archive.search import Kind, Sort
from archive.templatetags.addresses import absolute
from archive.templatetags.evidence import attributed_words, negated_label, speaker_words
from archive.templatetags.published import published_words
from archive.views.asked import NotSearchable, asked_in
from archive.views.corrections import line_of
from archive.views.exports import not_now, not_searchable
from archive.views.gone import NAMED, gone, why_not_named
from archive.views.speakers import at_address, moved

MOST = 50  # entries of a feed
TITLE = 120  # characters of a quote in its entry's title
OPENING = 240  # characters of a report's text in its entry's summary
FRESH = 300  # seconds for which a reader need not ask again
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)  # a feed must say when it changed; an empty one, always the same


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed is about: its name, the address of the page that lists the same, its own address, its entries."""

    title: str
    page: str
    address: str
    entries: list[Article] | list[Quote] | list[Correction]


class TextFeed(Atom1Feed):
    """Atom whose summaries are text: Django's own says that they are HTML."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item | {"description": None})
        handler.addQuickElement("summary", item["description"], {"type": "text"})

    def latest_post_date(self):
        return super().latest_post_date() if self.items else NOTHING_YET


class RecordFeed(Feed):
    """Each entry is dated by the time its report came into the archive, which no correction changes."""

    feed_type = TextFeed
    author_name = SITE_NAME
    language = "en"

    def get_object(self, request, listing):
        return listing

    def title(self, listing):
        return one_line(f"{listing.title} – {SITE_NAME}")

    def link(self, listing):
        return absolute(listing.page)

    def feed_url(self, listing):
        return absolute(listing.address)

    def feed_guid(self, listing):
        return absolute(listing.address)

    def items(self, listing):
        return listing.entries

    def item_link(self, item):
        return absolute(item.get_absolute_url())

    def item_guid(self, item):
        """A report's address without its slug, which follows the title."""
        return absolute(f"/reports/{item.pk}/" if isinstance(item, Article) else item.get_absolute_url())

    def item_pubdate(self, item):
        return item.created if isinstance(item, Article) else item.article.created

    item_updateddate = item_pubdate

    def item_title(self, item):
        if isinstance(item, Article):
            return one_line(item.title)
        marks = [*(["reported speech"] if item.kind == Quote.Kind.REPORTED else []), negated_label(item)]
        mark = f" ({', '.join(filter(None, marks))})" if any(marks) else ""
        return one_line(f"{capfirst(speaker_words(item))}{mark}: {truncatechars(one_line(item.words), TITLE)}")

    def item_description(self, item):
        if isinstance(item, Article):
            opening = truncatechars(one_line(item.opening), OPENING)
            return one_line(": ".join(filter(None, (source_words(item), opening))))
        article = item.article
        return one_line(f"{item.words} – {attributed_words(item)}. In: “{article.title}”, {source_words(article)}.")


def source_words(article: Article) -> str:
    """Who published it and when, as the pages say it."""
    outlet = article.outlet.name if article.outlet else "outlet not known"
    return f"{outlet}, {published_words(article.published_earliest, article.published_latest)}"


class CorrectionFeed(RecordFeed):
    """Each entry is a correction, dated by the time it was made."""

    def item_link(self, item):
        return absolute(item.changes[0].record.address)

    def item_guid(self, item):
        return item.key.urn

    def item_pubdate(self, item):
        return item.when

    item_updateddate = item_pubdate

    def item_title(self, item):
        line, record = line_of(item), item.changes[0].record
        return one_line(f"{line.begins}: {truncatechars(one_line(record.label), TITLE)}")

    def item_description(self, item):
        line = line_of(item)
        return one_line(f"{capfirst(line.words)} – {item.reason}")


def feed_view(feed: type[RecordFeed]):
    """Makes a view that gives a Listing, or a response in its place, one of this feed; whoever has the feed as it is
    gets a 304."""

    def decorated(view):
        @require_safe
        @conditional_page
        @wraps(view)
        def answer(request, *args, **kwargs):
            found = view(request, *args, **kwargs)
            if isinstance(found, HttpResponse):
                return found
            response = feed()(request, found)
            patch_cache_control(response, public=True, max_age=FRESH)
            response["X-Robots-Tag"] = "noindex"
            return response

        return answer

    return decorated


@feed_view(RecordFeed)
def search(request):
    """What came into the archive last of what the address asks for; of words without operators, the closer matches."""
    try:
        asked = replace(asked_in(request), sort=Sort.ADDED)
    except NotSearchable as problem:
        return not_searchable(problem)
    results = index.find(asked, limit=MOST)
    if not results.ready:
        return not_now(request)
    keys = [hit.key for hit in results.hits]
    if asked.kind == Kind.QUOTE:
        found = quotes_of(Quote.objects.filter(pk__in=keys)).in_bulk()
    else:
        found = Article.objects.visible().filter(pk__in=keys).with_outlet().with_opening(OPENING + 1).in_bulk()
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    title = f"Search: {asked.words}" if asked.words else "Search"
    return Listing(title, f"/search/{query}", f"{request.path}{query}", [found[key] for key in keys if key in found])


@feed_view(CorrectionFeed)
def corrections(request):
    """What editors changed last, and why."""
    return Listing("Corrections", reverse("corrections"), request.path, last_corrections(MOST).rows)


@feed_view(RecordFeed)
def person(request, slug):
    return of_speaker(request, Person, slug)


@feed_view(RecordFeed)
def organisation(request, slug):
    return of_speaker(request, Organisation, slug)


def of_speaker(request, model: type[Named], slug: str) -> Listing | HttpResponse:
    """Their quotes in the reports that came last; at an old address, the way to the new one."""
    found = at_address(model, slug)
    if reason := why_not_named(found):
        return gone(request, NAMED, reason)
    if found.slug != slug:
        return moved(request, found, "feed.atom")
    page = found.get_absolute_url()
    # By report, not by quote: so the index of a speaker's quotes gives the last ones without reading the others.
    newest = quotes_of(found.quotes).order_by("-article", "-start", "-pk")[:MOST]
    return Listing(f"Quotes of {found.name}", page, f"{page}feed.atom", list(newest))


def quotes_of(quotes):
    """Those of the quotes that readers see, with all that an entry says."""
    return quotes.visible().with_words().with_evidence().with_source()
