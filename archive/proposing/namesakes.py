"""Finds records that may be of two people: their reports fall into groups that speak of different countries, fields or
eras."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from archive.importing.articles import one_import_at_a_time
from archive.importing.known import FIRST_REPORTS
from archive.importing.standing import LONGEST_ERA, Standing
from archive.models import Mention, Person, PossibleNamesakes


def propose_namesakes(people: Sequence[int]) -> int:
    """Proposes to editors those of the people of these keys who may be two, and gives how many that made. Not whom an
    editor has merged, nor who was proposed before. To be called in a transaction."""
    reports: dict[int, dict[int, Standing]] = defaultdict(lambda: defaultdict(Standing))
    for person, article, earliest, latest, role in Mention.objects.first_reports(people, FIRST_REPORTS):
        reports[person][article].add_dates(earliest, latest)
        reports[person][article].add_roles([role] if role else [])
    reasons = {person: reason for person, each in reports.items() if (reason := why_two(each.values()))}
    if not reasons:
        return 0
    one_import_at_a_time()  # whoever is proposed must not be merged away meanwhile
    wanted = Person.objects.filter(pk__in=reasons, possible_namesakes=None, mergers=None).values_list("pk", flat=True)
    proposed = [PossibleNamesakes(person_id=person, reason=reasons[person]) for person in wanted]
    return len(PossibleNamesakes.objects.bulk_create(proposed))


def why_two(reports: Iterable[Standing]) -> str:
    """Why the reports of one record may be of two people, in words for an editor; empty where nothing says so.

    Reports that agree in country or field are of one group, also by others in between: whoever was an actor and then a
    minister is named as both somewhere. Groups that contradict each other may be two people.
    """
    reports = list(reports)
    for one, other in combinations(_groups(reports), 2):
        if reason := one.against(other):
            return reason
    days = [day for report in reports for day in (report.earliest, report.latest) if day]
    years = max(days).year - min(days).year if days else 0
    return f"the first and the last of the reports are {years} years apart" if years > LONGEST_ERA else ""


def _groups(reports: Iterable[Standing]) -> list[Standing]:
    """Those that say something of country or field, put together where they agree."""
    groups: list[Standing] = []
    for report in reports:
        if not (report.countries or report.fields):
            continue
        joined = Standing()
        joined.add(report)
        apart = []
        for group in groups:
            if group.agrees_with(report):
                joined.add(group)
            else:
                apart.append(group)
        groups = [*apart, joined]
    return groups
