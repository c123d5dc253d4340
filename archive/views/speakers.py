"""What the pages of a person and of an organisation share."""

from itertools import groupby

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404

from archive.models import Article
from archive.models.named import Named
from archive.views.context import set_context
from archive.views.corrections import corrected
from archive.views.moving import moved_to
from archive.views.paging import list_page

QUOTES_PER_PAGE = 30
REPORTS_PER_PAGE = 20


def at_address(model: type[Named], slug: str) -> Named:
    """Whose page is at this address, or once was, with `seen`."""
    known = model.objects.with_seen()
    return known.filter(slug=slug).first() or get_object_or_404(known, former_slugs__slug=slug)


def moved(request, found: Named, below: str = "") -> HttpResponsePermanentRedirect:
    """The way on from an old address of a page, or of what lies `below` it."""
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return moved_to(found.get_absolute_url() + below + query)


def page_of(request, found: Named) -> dict:
    """What a page shows of its person or organisation: their own words, what is reported of them, names and reports."""
    quotes = found.quotes.standing().in_reports_seen().with_words().with_evidence().with_source().newest_first()
    spoken = list_page(request, quotes.spoken(), QUOTES_PER_PAGE)
    reported = list_page(request, quotes.reported(), QUOTES_PER_PAGE, "reported")
    names = list(found.names.with_maker())
    mentioned_in = Article.objects.mentioning(found).newest_first().with_outlet()
    return {
        "speaker": found,
        "spoken": spoken,
        "spoken_groups": by_article(spoken.rows),
        "reported": reported,
        "reported_groups": by_article(reported.rows),
        "reports": list_page(request, mentioned_in, REPORTS_PER_PAGE, "reports"),
        "corrected": corrected(found._meta.model_name, found.pk, request.user),
        "name_by_editor": any(name.by_editor for name in names if name.text == found.name),
        "other_names": [name for name in names if name.text != found.name],
    }


def by_article(quotes):
    """The quotes in groups by their article, each with its context."""
    set_context(quotes)
    return [(article, list(group)) for article, group in groupby(quotes, key=lambda quote: quote.article)]
