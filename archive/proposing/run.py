"""Goes through what is new in the archive since the last time and proposes what editors should look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Model

from archive.importing.run import persistently
from archive.models import Mention, Person, ProposalMark, Version
from archive.proposing.copies import propose_copies
from archive.proposing.namesakes import propose_namesakes
from archive.proposing.people import propose_pairs


@dataclass(frozen=True, slots=True)
class Search:
    """One thing that is looked for: `propose` is given the `field` of rows of the model, so many rows at a time."""

    kind: str
    label: str
    model: type[Model]
    field: str
    batch: int
    propose: Callable[[list[int]], int]


SEARCHES = (
    Search("same-person", "pairs of records that may be of one person", Person, "pk", 100, propose_pairs),
    Search("namesakes", "records that may be of two people", Mention, "person", 5000, propose_namesakes),
    Search("copies", "pairs of reports that may be one", Version, "pk", 100, propose_copies),
)


def propose(search: Search, *, anew: bool = False) -> Iterator[tuple[int, int]]:
    """Looks through what came since the last time (with `anew`, through everything), and tells after each batch how
    many rows were looked at and how many proposals that made.

    Each batch is one transaction, with how far it has come: stopped at any moment, the next run goes on there.
    """
    if anew:
        ProposalMark.objects.filter(kind=search.kind).delete()
    ProposalMark.objects.get_or_create(kind=search.kind)
    last = search.model.objects.aggregate(last=Max("pk"))["last"] or 0
    while told := persistently(lambda: _batch(search, last)):
        yield told


@transaction.atomic
def _batch(search: Search, last: int) -> tuple[int, int] | None:
    mark = ProposalMark.objects.select_for_update().get(kind=search.kind)
    rows = search.model.objects.filter(pk__gt=mark.through, pk__lte=last).order_by("pk")
    found = list(rows.values_list("pk", search.field)[: search.batch])
    if not found:
        return None
    made = search.propose(list(dict.fromkeys(value for _, value in found)))
    mark.through = found[-1][0]
    mark.save()
    return len(found), made
