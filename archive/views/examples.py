"""Searches to begin with, made of what this archive holds, so that each of them finds something."""

from collections import Counter

from archive import search
from archive.models import Article, Outlet, Person
from archive.models.spelling import name_key
from archive.search import Overview
from archive.search.documents import phrases_of
from archive.search.wording import STOPWORDS
from archive.views.reports import Period
from archive.views.search_help import Example

TITLES = 50  # of the latest reports, whose commonest phrase is an example


def examples_of(overview: Overview, most_quoted: list[Person]) -> list[Example]:
    """Words of titles, the person quoted most, the outlet with most reports, and somebody who is named; those that the
    archive has. Raises NotReady."""
    people = [person for person in most_quoted if is_plain(person.name)]
    found = [phrase_of_titles(), *map(words_of, people[:1]), of_outlet(overview), *map(naming, people[1:2])]
    return [example for example in found if example]


def is_plain(name: str) -> bool:
    """Whether it can stand in quote marks."""
    return '"' not in name


def phrase_of_titles() -> Example | None:
    """The phrase that most of the latest titles have; of several the longest."""
    latest = Article.objects.visible().filter(title_is_ours=False).newest_first()
    phrases: Counter[str] = Counter()
    for title, outlet in latest.values_list("title", "outlet__name")[:TITLES]:
        plain = {*name_key(outlet or "").split()} | STOPWORDS  # many outlets put their own name into their titles
        phrases.update({phrase for phrase in phrases_of(title) if not plain & {*phrase.split()}})
    if not phrases:
        return None
    phrase = max(phrases, key=lambda each: (phrases[each], len(each), each))
    return Example("", f'"{phrase}"', "a phrase, in any report")


def words_of(person: Person) -> Example:
    return Example("", f'by:"{person.name}"', "what somebody says", kind="quotes")


def naming(person: Person) -> Example | None:
    if not search.heard(Person, [person.pk])[person.pk].reports:
        return None
    return Example("", f'about:"{person.name}"', "reports that name somebody")


def of_outlet(overview: Overview) -> Example | None:
    """The reports of the outlet with most, and of the latest year where it has any of that."""
    if not overview.outlets:
        return None
    key, _ = overview.outlets[0]
    outlet = Outlet.objects.visible().filter(pk=key).first()
    if outlet is None or not is_plain(outlet.name):
        return None
    days = Period(overview.lately).days
    if days and search.with_reports(lambda reports: reports.of_outlet(key).between(*days).count()):
        return Example("", f'outlet:"{outlet.name}" year:{overview.lately}', "an outlet’s reports of a year")
    return Example("", f'outlet:"{outlet.name}"', "an outlet’s reports")
