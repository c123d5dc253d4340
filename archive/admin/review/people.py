"""The queues of people: two records that may be one person, and one record that may be two."""

from typing import Any

from django.urls import reverse

from archive.admin.merging import merge_address
from archive.admin.review import reasons
from archive.admin.review.kinds import SKIP, Choice, DecisionForm, Done, Kind, Page, no_such_decision
from archive.curation import possible
from archive.models import Person, PossibleDuplicate, PossibleNamesakes
from archive.proposing.signs import Traces, signs, traces_of

MOST_QUOTES = 3
MOST_REPORTS = 12


class SamePerson(Kind):
    name = "same-person"
    label = "Possible same person"
    explanation = "Two records may be of one person."
    subject = "pair"
    permissions = ("archive.change_quote", "archive.change_person", "archive.change_possibleduplicate")
    template = "admin/archive/review/pair.html"

    def items(self):
        return PossibleDuplicate.objects.open().select_related("first", "second").order_by("-pk")

    def page(self, item):
        merge = merge_address([item.first_id, item.second_id], review=self.name)
        both = {person.pk: person for person in described([item.first_id, item.second_id])}
        traces = [traces_of(item.first), traces_of(item.second)]
        context = {
            "pair": item,
            "people": [
                shown(both[key], each) for key, each in zip((item.first_id, item.second_id), traces, strict=True)
            ],
            "signs": signs(*traces),
        }
        merging = Choice("", "m", "One person: merge", merge)
        return Page([merging, Choice("different", "d", "Not the same person"), SKIP], context=context)

    def decide(self, item, form: DecisionForm):
        if form.cleaned_data["decision"] != "different":
            raise no_such_decision()
        possible.different_people(item.pk, form.reason_for(reasons.DIFFERENT))
        return Done(f"Not the same person: {item.first}, {item.second}. They are not proposed again.")


class Namesakes(Kind):
    name = "namesakes"
    label = "Possible two persons under one name"
    explanation = "The reports of one record speak of different countries, fields or eras."
    subject = "person"
    key = "person_id"
    permissions = ("archive.change_quote", "archive.change_person")
    template = "admin/archive/review/namesakes.html"

    def items(self):
        return PossibleNamesakes.objects.open().select_related("person").order_by("-pk")

    def page(self, item):
        address = reverse("admin:split_person", args=[item.person_id], query={"review": self.name})
        [person] = described([item.person_id])
        context = {
            "proposal": item,
            "person": shown(person, traces_of(person)),
            "reports": reports_by_role(person),
        }
        splitting = Choice("", "p", "Two persons: split", address)
        return Page([splitting, Choice("one", "d", "One person"), SKIP], context=context)

    def decide(self, item, form: DecisionForm):
        if form.cleaned_data["decision"] != "one":
            raise no_such_decision()
        possible.one_person(item.pk, form.reason_for(reasons.ONE_PERSON))
        return Done(f"One person: {item.person}. They are not proposed again.")


def described(keys: list[int]):
    return Person.objects.filter(pk__in=keys).with_counts().with_commonest_roles().prefetch_related("names")


def shown(person: Person, traces: Traces) -> dict[str, Any]:
    """A person beside another one: names, outlets, times, and the newest of their quotes."""
    quotes = person.quotes.visible().spoken().with_words().select_related("article__outlet").newest_first()
    return {
        "record": person,
        "other_names": [name.text for name in person.names.all() if name.text != person.name],
        "outlets": sorted(traces.outlets),
        "times": traces.times,
        "quotes": quotes[:MOST_QUOTES],
    }


def reports_by_role(person: Person) -> list[tuple[Any, str]]:
    """Some of the reports that print a role of theirs, in the order of time, each with the role."""
    roles = person.roles.visible().select_related("article__outlet").order_by("article__published_earliest", "article")
    return [(role.article, role.text) for role in roles[:MOST_REPORTS]]
