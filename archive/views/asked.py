"""Reads what a search's address asks for, and writes the addresses of searches beside it."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote_plus

from django import forms
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.text import capfirst

from archive.models import Organisation, Outlet, Person, Quote
from archive.models.named import Named
from archive.search import Asked, Column, Kind, Match, Sort
from archive.search.documents import code_of
from archive.search.query import Any, Condition, Members, Published
from archive.templatetags.published import published_words

LONGEST = 1_000  # characters of a query
KINDS = {"reports": Kind.REPORT, "quotes": Kind.QUOTE}
NAMED_KINDS = {"people": Person, "organisations": Organisation}
OF_ONE_PAGE = ("find", "page")  # parameters that another search does not share
MOST_VALUES = 50  # of a facet in one address
# The parameters that narrow a search, and the facet that each belongs to.
FACET_OF = {
    "outlet": "outlet",
    "speaker": "speaker",
    "organisation": "speaker",
    "published": "published",
    "said": "said",
}


class SearchForm(forms.Form):
    """What is looked for, and where."""

    q = forms.CharField(
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": f"Please search with at most {LONGEST} characters.",
            "null_characters_not_allowed": "This holds a character that cannot be searched.",
        },
    )
    kind = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in (*KINDS, *NAMED_KINDS)])
    sort = forms.ChoiceField(required=False, choices=[(sort.value, sort) for sort in Sort])
    match = forms.ChoiceField(required=False, choices=[(match.value, match) for match in Match])


class NotSearchable(ValueError):
    """The words cannot be searched; the message says why, to the reader."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One value that a facet is narrowed to: its parameter and value in the address, and what it is called."""

    parameter: str
    value: str
    label: str

    @property
    def facet(self) -> str:
        return FACET_OF[self.parameter]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A search as its address asks for it."""

    asked: Asked
    kind: str
    chosen: tuple[Chosen, ...]

    def chosen_in(self, facet: str) -> tuple[Chosen, ...]:
        return tuple(one for one in self.chosen if one.facet == facet)


def asked_in(request: HttpRequest) -> Asked:
    """What the address asks for of reports or quotes; raises Http404 where it names what is not there, NotSearchable
    for words that cannot be searched."""
    inquiry = inquiry_in(request.GET)
    if inquiry.kind not in KINDS:
        raise Http404("There is no such list of people or organisations.")
    return inquiry.asked


def inquiry_in(parameters: QueryDict) -> Inquiry:
    """The same with what the values are called."""
    form = SearchForm(parameters)
    if not form.is_valid():
        if "q" in form.errors and len(form.errors) == 1:
            raise NotSearchable(form.errors["q"][0])
        raise Http404("There is no search of this kind.")
    words, kind = form.cleaned_data["q"], form.cleaned_data["kind"] or "reports"
    chosen, conditions = narrowed_by(parameters, kind)
    match = form.cleaned_data["match"]
    asked = Asked(
        words,
        KINDS.get(kind, Kind.REPORT),
        Sort(form.cleaned_data["sort"] or Sort.RELEVANCE),
        Match(match) if match else None,
        conditions,
    )
    return Inquiry(asked, kind, chosen)


def narrowed_by(parameters: QueryDict, kind: str) -> tuple[tuple[Chosen, ...], tuple[tuple[str, Condition], ...]]:
    """The values that a search of the kind is narrowed to, and the conditions they make, by facet; Http404 where one
    names nothing."""
    chosen: list[Chosen] = []
    filters: dict[str, list[Condition]] = {}
    for parameter, facet in FACET_OF.items():
        if facet == "said" and kind != "quotes":  # reports have no kind
            continue
        values = [value for value in dict.fromkeys(parameters.getlist(parameter)) if value]
        if any("\0" in value for value in values):
            raise Http404("There is nothing of this name to narrow a search to.")
        if len(values) > MOST_VALUES:
            raise Http404(f"A search cannot be narrowed to more than {MOST_VALUES} values.")
        for value, label, condition in _read(parameter, values):
            chosen.append(Chosen(parameter, value, label))
            filters.setdefault(facet, []).append(condition)
    return tuple(chosen), tuple((facet, _any_of(found)) for facet, found in filters.items())


def of_kind(inquiry: Inquiry, kind: str) -> Asked:
    """The same of another kind of record."""
    filters = tuple(one for one in inquiry.asked.filters if one[0] != "said")
    return replace(inquiry.asked, kind=KINDS[kind], filters=filters)


def _any_of(conditions: list[Condition]) -> Condition:
    return conditions[0] if len(conditions) == 1 else Any(tuple(conditions))


def _read(parameter: str, values: list[str]) -> Iterable[tuple[str, str, Condition]]:
    """Each value with what it is called and the condition it stands for."""
    if not values:
        return []
    if parameter == "outlet":
        found = {outlet.slug: outlet for outlet in Outlet.objects.visible().filter(slug__in=values)}
        return [(slug, one.name, Members(Column.OUTLET, (one.pk,))) for slug, one in _all(values, found)]
    if parameter == "speaker":
        return _named(Person, values)
    if parameter == "organisation":
        return _named(Organisation, values)
    if parameter == "said":
        kinds = {kind.value: kind_label(kind) for kind in Quote.Kind}
        return [(kind, label, Members(Column.QUOTE_KIND, (kind,))) for kind, label in _all(values, kinds)]
    return [(value, published_words(*days_of(value)), published_in(value)) for value in values]


def _named(model: type[Named], slugs: list[str]) -> list[tuple[str, str, Condition]]:
    """Those at these addresses, or once at them."""
    seen = model.objects.visible()
    found = {one.slug: one for one in seen.filter(slug__in=slugs)}
    for slug in set(slugs) - set(found):
        former = seen.filter(former_slugs__slug=slug).first()
        if former:
            found[slug] = former
    return [(slug, one.name, Members(Column.SPEAKER, (code_of(model, one.pk),))) for slug, one in _all(slugs, found)]


def _all(values: list[str], found: dict):
    missing = [value for value in values if value not in found]
    if missing:
        raise Http404(f"There is nothing called “{missing[0]}” to narrow a search to.")
    return [(value, found[value]) for value in values]


def kind_label(kind: str) -> str:
    """What a kind of quotation is called: "Direct", "Mixed", "Reported speech"."""
    return capfirst(re.split("[:,]", Quote.Kind(kind).label)[0])


def published_in(value: str) -> Condition:
    """May have been published in a year, month or on a day ("2018", "2018-05", "2018-05-30"); Http404 for others."""
    first, last = days_of(value)
    if len(value) == len("2018"):
        return Members(Column.YEAR, (first.year,))
    return Published(first, last)


def first_and_last_day(year: int, month: int | None) -> tuple[date, date]:
    """Both days of the month, or of the year where there is no month."""
    last_month = month or 12
    return date(year, month or 1, 1), date(year, last_month, monthrange(year, last_month)[1])


def days_of(value: str) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day."""
    parts = value.split("-")
    try:
        digits = all(part.isascii() and part.isdigit() for part in parts)
        if [len(part) for part in parts] != [4, 2, 2][: len(parts)] or not digits:
            raise ValueError
        year, month, day = (*map(int, parts), *[None] * (3 - len(parts)))
        return first_and_last_day(year, month) if day is None else (date(year, month, day),) * 2
    except ValueError:
        raise Http404(f"“{value}” is no year, month or day.") from None


class Addresses:
    """The addresses of searches that differ from this one in one thing; all begin at the first page.

    A page of results has many: what they share is encoded once.
    """

    def __init__(self, parameters: QueryDict, path: str = ""):
        self._values = {name: values for name, values in parameters.lists() if name not in OF_ONE_PAGE}
        self._encoded = {name: _encoded(name, values) for name, values in self._values.items()}
        self._path = path or reverse("search")

    def with_(self, **changes: str | None) -> str:
        """With these parameters set, or, by None, without them."""
        encoded = self._encoded.copy()
        for name, value in changes.items():
            encoded.pop(name, None)
            if value:
                encoded[name] = _encoded(name, [value])
        return _joined(self._path, encoded)

    def adding(self, parameter: str, value: str, match: Match | None = None) -> str:
        """With one more value of a facet, counted as the facet counted it."""
        return self._with_values(parameter, [*self._values.get(parameter, []), value], match)

    def only(self, parameter: str, value: str, match: Match | None = None) -> str:
        """With this one value in the place of the facet's others."""
        return self._with_values(parameter, [value], match)

    def without(self, parameter: str, value: str) -> str:
        return self._with_values(parameter, [each for each in self._values.get(parameter, []) if each != value])

    def at(self, path: str) -> str:
        """The same parameters at another address."""
        return _joined(path, self._encoded)

    def _with_values(self, parameter: str, values: list[str], match: Match | None = None) -> str:
        encoded = self._encoded | {parameter: _encoded(parameter, values)}
        if match:
            encoded["match"] = _encoded("match", [match])
        return _joined(self._path, encoded)


def _encoded(name: str, values: Iterable[str]) -> str:
    """The values of a parameter as they stand in an address."""
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for value in values)


def _joined(path: str, encoded: dict[str, str]) -> str:
    query = "&".join(filter(None, encoded.values()))
    return f"{path}?{query}" if query else path
