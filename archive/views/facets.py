"""Counts what a search found by outlet, speaker, year and kind, each count with the address that narrows to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.models import Organisation, Outlet, Person
from archive.models.called import Called, called
from archive.search import Column, Match, NotReady, Search, Tally, ask
from archive.search.documents import code_of, of_code
from archive.search.query import Any, Members
from archive.views.asked import OF_ONE_PAGE, Addresses, Chosen, Inquiry, NotSearchable, inquiry_in, kind_label
from archive.views.paging import list_page

SHOWN = 8  # values of a facet beside the results
MOST_LISTED = 500  # values of a facet on its own page; a name narrows them down
PAGE_SIZE = 100
NAMED = ("outlet", "speaker")  # facets whose values can be looked for by name

COLUMNS = {"outlet": Column.OUTLET, "speaker": Column.SPEAKER, "published": Column.YEAR, "said": Column.QUOTE_KIND}
LABELS = {"outlet": "Outlet", "speaker": "Speaker", "published": "Year", "said": "Kind of quotation"}
OF_KIND = {"reports": ("outlet", "speaker", "published"), "quotes": ("said", "outlet", "speaker", "published")}

Counted = Sequence[tuple[int | str, int]]  # values of a column, each with how many have it


@dataclass(frozen=True, slots=True)
class Value:
    """One line of a facet; its address adds the value or, where it is selected, takes it away."""

    label: str
    count: int
    selected: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its commonest values, and the address of all of them where there are more."""

    name: str
    label: str
    values: tuple[Value, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Facets:
    """All facets of a search, and the counts by year that its picture over time is drawn from."""

    facets: tuple[Facet, ...]
    years: tuple[tuple[int, int], ...]
    tally: Tally


def facets_of(search: Search, inquiry: Inquiry, addresses: Addresses) -> Facets:
    """Each facet is counted without its own values, so that one can choose another; all else is kept."""
    names = OF_KIND[inquiry.kind]
    open_names = [name for name in names if not inquiry.chosen_in(name)]
    tally = search.tally({COLUMNS[name]: _most(name) for name in open_names})
    counted = {name: tally.values[COLUMNS[name]] for name in open_names}
    for name in names:
        if name not in counted:
            column = COLUMNS[name]
            counted[name] = search.tally({column: _most(name)}, without=name).values[column]
    records = called_in(counted)
    found = tuple(_facet(search, inquiry, addresses, name, counted[name], records) for name in names)
    years = tuple(sorted((int(year), count) for year, count in counted["published"]))
    return Facets(tuple(facet for facet in found if facet.values), years, tally)


def _most(name: str) -> int:
    return MOST_LISTED if name == "published" else SHOWN + 1


def label_of(name: str, inquiry: Inquiry) -> str:
    """What a facet is called: who speaks in the reports found may speak in them of something else."""
    return "Speak in these reports" if name == "speaker" and inquiry.kind == "reports" else LABELS[name]


def counted_by(search: Search) -> Match | None:
    """What a facet's address must say for its list to be as long as its count."""
    return None if search.asked.match or not search.counts else search.close


def _facet(
    search: Search, inquiry: Inquiry, addresses: Addresses, name: str, counted: Counted, records: Called
) -> Facet:
    chosen = inquiry.chosen_in(name)
    match = counted_by(search)
    selected = {(one.parameter, one.value) for one in chosen}
    if name == "published":
        counted = sorted(counted, reverse=True)
    described = described_values(name, counted, records)
    counts = {(parameter, value): count for parameter, value, _, count in described}
    values = [
        Value(one.label, counts.get((one.parameter, one.value), 0), True, addresses.without(one.parameter, one.value))
        for one in _with_counts(search, chosen, name, counts)
    ]
    values += [
        Value(label, count, False, addresses.adding(parameter, value, match))
        for parameter, value, label, count in described[:SHOWN]
        if (parameter, value) not in selected
    ]
    more = addresses.at(reverse("facet", args=[name])) if len(described) > SHOWN else ""
    return Facet(name, label_of(name, inquiry), tuple(values), more)


def _with_counts(
    search: Search, chosen: tuple[Chosen, ...], name: str, counts: dict[tuple[str, str], int]
) -> tuple[Chosen, ...]:
    """The chosen values; those that are not among the commonest are counted by themselves."""
    for one in chosen:
        if (one.parameter, one.value) not in counts:
            condition = next(condition for facet, condition in search.asked.filters if facet == name)
            counts[one.parameter, one.value] = search.count_also(_own(condition, chosen.index(one)), without=name)
    return chosen


def _own(condition, place: int):
    return condition.conditions[place] if isinstance(condition, Any) else condition


def called_in(counted: Mapping[str, Counted]) -> Called:
    """What the counted values of the facets that name records are called."""
    keys: dict[type, list[int]] = {Outlet: [key for key, _ in counted.get("outlet", ())], Person: [], Organisation: []}
    for code, _ in counted.get("speaker", ()):
        model, key = of_code(code)
        keys[model].append(key)
    return called(keys)


def described_values(name: str, counted: Counted, records: Called) -> list[tuple[str, str, str, int]]:
    """Each counted value as parameter, value in the address, label and count; of records that have gone, none."""
    if name == "outlet":
        return [("outlet", *records[Outlet, key], n) for key, n in counted if (Outlet, key) in records]
    if name == "speaker":
        return [
            ("speaker" if record[0] is Person else "organisation", *records[record], n)
            for record, n in ((of_code(code), n) for code, n in counted)
            if record in records
        ]
    if name == "said":
        return [("said", kind, kind_label(kind), n) for kind, n in counted]
    return [("published", f"{year:04}", str(year), n) for year, n in counted]


@require_safe
def facet(request, name):
    """All values of a facet, the commonest first, or those whose name has the words looked for."""
    try:
        inquiry = inquiry_in(request.GET)
    except NotSearchable:
        return redirect(Addresses(request.GET).with_())  # which says why
    if name not in OF_KIND.get(inquiry.kind, ()) or inquiry.asked.blank:
        raise Http404("There is no such list.")
    addresses = Addresses(request.GET)
    find = request.GET.get("find", "").replace("\x00", "").strip()

    def values_of(search: Search) -> list[Value]:
        column = COLUMNS[name]
        keys = _keys_of(name, find) if find and name in NAMED else None
        also = None if keys is None else Members(column, tuple(keys))
        counted = search.tally({column: MOST_LISTED}, without=name, also=also, among=keys).values[column]
        chosen = {(one.parameter, one.value) for one in inquiry.chosen}
        match = counted_by(search)
        return [
            Value(
                label,
                count,
                (parameter, value) in chosen,
                addresses.without(parameter, value)
                if (parameter, value) in chosen
                else addresses.adding(parameter, value, match),
            )
            for parameter, value, label, count in described_values(name, counted, called_in({name: counted}))
        ]

    try:
        values = ask(inquiry.asked, values_of)
    except NotReady:
        return redirect(addresses.with_())
    context = {
        "words": inquiry.asked.words,
        "facet": label_of(name, inquiry),
        "named": name in NAMED,
        "find": find,
        "kept": [(key, value) for key, listed in request.GET.lists() if key not in OF_ONE_PAGE for value in listed],
        "most": MOST_LISTED if len(values) == MOST_LISTED else None,
        "page": list_page(request, values, PAGE_SIZE),
        "back": addresses.with_(),
    }
    return render(request, "facet.html", context)


def _keys_of(name: str, words: str) -> frozenset[int]:
    """The values of a facet whose name has the words."""
    if name == "outlet":
        return frozenset(Outlet.objects.filter(name__icontains=words).values_list("pk", flat=True))
    return frozenset(
        code_of(model, key)
        for model in (Person, Organisation)
        for key in model.objects.bearing(words).values_list("pk", flat=True)
    )
