"""People and organisations: both have the same addresses, under a name of their own."""

from django.http import HttpResponsePermanentRedirect
from django.urls import reverse
from ninja import P, PathEx, Query, Router
from ninja.errors import HttpError
from pydantic import Field

from archive.api.paging import Paging, page_of
from archive.api.quotes import quote_page
from archive.api.responses import GONE, MOVED, NOT_FOUND, answers
from archive.api.schemas import NamedDetail, NamedItem, NamedPage, QuotePage, RoleItem
from archive.curation.corrections import last_corrected
from archive.models import Organisation, Person
from archive.models.named import Named
from archive.search import set_counts
from archive.views.gone import why_not_named
from archive.views.moving import moved_to

Slug = PathEx[
    str,
    P(
        pattern=r"^[-a-zA-Z0-9_]{1,100}$",
        description="The last part of the address of their page.",
        example="vera-lindqvist",
    ),
]


class NameParameters(Paging):
    """Who is listed."""

    q: str = Field(
        "",
        max_length=300,
        description="Words of a name, whatever their case, accents and order; left out, all are listed.",
        json_schema_extra={"example": "lindqvist"},
    )


def router_of(model: type[Named]) -> Router:
    """The addresses of a model's records."""
    one, many = str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
    router = Router(tags=[many.capitalize()])

    @router.get(f"/{many}", response=answers(NamedPage), summary=f"List {many}", operation_id=many, url_name=f"{many}")
    def listed(request, parameters: Query[NameParameters]):
        """All, or those of whom a name has all the words."""
        found = model.objects.visible().named(parameters.q.replace("\0", " "))
        page, following = page_of(found, parameters)
        set_counts(page)
        return NamedPage(results=[NamedItem.of(named) for named in page], next=following)

    @router.get(
        f"/{many}/{{slug:slug}}",
        response=answers(NamedDetail, MOVED, NOT_FOUND, GONE),
        summary=f"Read of {'a' if one == 'person' else 'an'} {one}",
        operation_id=one,
        url_name=one,
    )
    def read(request, slug: Slug):
        """Names, roles and counts. An old slug leads to the new one, with status 308."""
        found = at_slug(model, slug)
        if found.slug != slug:
            return moved(one, found)
        set_counts([found])
        return NamedDetail(
            **NamedItem.fields_of(found),
            names=[name.text for name in found.names.all()],
            roles=roles_of(found),
            corrected=last_corrected((one, found.pk)),
            wikidata_id=found.wikidata_id,
            note=found.note,
        )

    @router.get(
        f"/{many}/{{slug:slug}}/quotes",
        response=answers(QuotePage, MOVED, NOT_FOUND, GONE),
        summary=f"List the quotes of {'a' if one == 'person' else 'an'} {one}",
        operation_id=f"{one}_quotes",
        url_name=f"{one}-quotes",
    )
    def quotes(request, slug: Slug, parameters: Query[Paging]):
        """Quotes and reported speech of theirs, in the order in which they were found."""
        found = at_slug(model, slug)
        if found.slug != slug:
            return moved(f"{one}-quotes", found, request.META.get("QUERY_STRING", ""))
        return quote_page(found.quotes.all(), parameters)

    return router


def at_slug(model: type[Named], slug: str) -> Named:
    """Who is at this address, or once was; an error that says so where all reports that name them are withheld."""
    known = model.objects.with_seen()
    found = known.filter(slug=slug).first() or known.filter(former_slugs__slug=slug).first()
    if found is None:
        raise HttpError(NOT_FOUND, f"There is no {model._meta.verbose_name} called “{slug}”.")
    if reason := why_not_named(found):
        raise HttpError(GONE, reason)
    return found


def moved(name: str, found: Named, query: str = "") -> HttpResponsePermanentRedirect:
    address = reverse(f"api:{name}", args=[found.slug])
    return moved_to(f"{address}?{query}" if query else address, preserve_request=True)


def roles_of(found: Named) -> list[RoleItem]:
    """The commonest first; organisations have none."""
    if not isinstance(found, Person):
        return []
    roles = sorted(found.roles.once_each(), key=lambda role: (-role.article_count, role.text))
    return [RoleItem(text=role.text, reports=role.article_count) for role in roles]


people = router_of(Person)
organisations = router_of(Organisation)
