"""Cuts a list into pages and makes the addresses of the pages beside the one shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest


@dataclass(frozen=True, slots=True)
class PageLink:
    """One entry of the row of page numbers; without a number it is the gap between two."""

    number: int | None
    address: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list: its rows, how many the whole list has, and the addresses of other pages."""

    rows: list[Any]
    total: int
    number: int
    first_row: int
    last_row: int
    previous: str
    following: str
    links: tuple[PageLink, ...]


def list_page(request: HttpRequest, rows, size: int, parameter: str = "page") -> ListPage:
    """The page of `rows` (a queryset or sequence) whose number the address gives in `parameter`.

    Raises Http404 where there is no page of that number.
    """
    page = numbered_page(request, rows, size, parameter)
    return described(request, page, page.object_list, parameter)


def numbered_page(request: HttpRequest, rows, size: int, parameter: str = "page") -> Page:
    try:
        return Paginator(rows, size).page(request.GET.get(parameter, 1))
    except InvalidPage:
        raise Http404("There is no page of this number.") from None


def described(request: HttpRequest, page: Page, rows: Iterable[Any], parameter: str = "page") -> ListPage:
    """`rows` as the content of `page`, with the addresses around it."""

    def address(number: int) -> str:
        query = request.GET.copy()
        query.pop(parameter, None)
        if number > 1:
            query[parameter] = str(number)
        return f"{request.path}?{query.urlencode()}" if query else request.path

    paginator = page.paginator
    return ListPage(
        rows=list(rows),
        total=paginator.count,
        number=page.number,
        first_row=page.start_index(),
        last_row=page.end_index(),
        previous=address(page.number - 1) if page.has_previous() else "",
        following=address(page.number + 1) if page.has_next() else "",
        links=tuple(
            PageLink(number, address(number), number == page.number) if isinstance(number, int) else PageLink(None)
            for number in paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
        )
        if paginator.num_pages > 1
        else (),
    )
