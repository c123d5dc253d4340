"""The read API: JSON for programs, at /api/v1/, described by its own OpenAPI document."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, Throttled, ValidationError

from archive.api import quotes, reports, search, speakers
from archive.api.documentation import Documentation
from archive.api.responses import NOT_FOUND, NOT_READY, REFUSED, TOO_MANY
from archive.api.throttling import AddressThrottle
from archive.search import NotReady

DESCRIPTION = (
    "All that readers see of the archive, as JSON: reports, quotations with who said them, people and organisations, "
    "and the search. It only reads, needs no key, and may be read from pages of any site. Fields stay as they are: new "
    "ones may come, none goes or changes what it means. Addresses are complete, days are ISO 8601, and offsets count "
    "characters (Unicode code points) from 0, the end not included."
)
BUILDING = 10  # seconds after which to ask again while there is no index

api = NinjaAPI(
    title="Conflict Archive",
    version="1",
    description=DESCRIPTION,
    docs=Documentation(),
    urls_namespace="api",
    throttle=[AddressThrottle("API_RATE")],
)
others = Router()


@others.get("/", include_in_schema=False)
def root(request):
    return redirect("api:openapi-view")


@others.get("/{path:rest}", include_in_schema=False)
def nothing(request, rest: str):
    raise HttpError(NOT_FOUND, "There is nothing at this address; /api/v1/docs lists those that there are.")


for router in (search.router, reports.router, quotes.router, speakers.people, speakers.organisations, others):
    api.add_router("", router)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(request, {"detail": str(error)}, status=NOT_FOUND)


@api.exception_handler(ValidationError)
def refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which parameters make no sense, and why, in one line."""
    problems = [f"{'.'.join(map(str, each['loc'][-1:]))}: {each['msg']}" for each in error.errors]
    return api.create_response(request, {"detail": "; ".join(problems)}, status=REFUSED)


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    most, seconds = settings.API_RATE
    detail = f"At most {most} requests are answered in {seconds} seconds. Retry-After says when to go on."
    return api.create_response(request, {"detail": detail}, status=TOO_MANY)


@api.exception_handler(NotReady)
def not_ready(request: HttpRequest, error: NotReady) -> HttpResponse:
    response = api.create_response(
        request, {"detail": "The search is being prepared. Try again soon."}, status=NOT_READY
    )
    response["Retry-After"] = str(BUILDING)
    return response
