"""Whatever is changed and taken back, in any order: taking back restores exactly the fields of the change, and taking
that back gives the later values again."""

from contextlib import suppress

import pghistory
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive.curation.events import event_of, history_of, later
from archive.curation.refusal import Refused
from archive.curation.reverting import plan, take_back
from archive.curation.withholding import NotPossible, hide, put_into_trash, show_again, take_out_of_trash
from archive.models import Article, Quote
from tests.factories import make_person, make_report_with_quote

MOMENTS = {"hidden", "trashed"}  # set anew by what hides or trashes; that they are set is what counts
VALUES = {
    Article: {
        "author": ["", "A", "B"],
        "url": ["", "https://a.example/", "https://b.example/"],
        "title": ["One", "Two"],
        "language": ["", "en"],
        "edited": [[], ["author"], ["author", "url"]],
    },
    Quote: {"role": ["", "chief", "Colonel"], "state": ["found", "confirmed", "rejected"], "kind": ["direct", "mixed"]},
}


def fields_of(model):
    """Some of the model's fields with values for them."""
    chosen = st.dictionaries(st.sampled_from(sorted(VALUES[model])), st.integers(0, 2), min_size=1)
    return chosen.map(lambda places: {name: (VALUES[model][name] * 3)[at] for name, at in places.items()})


changes = st.one_of(
    *(st.tuples(st.just(model), fields_of(model)) for model in VALUES),
    st.tuples(st.just("step"), st.sampled_from([hide, show_again, put_into_trash, take_out_of_trash])),
)
reverts = st.tuples(st.just("revert"), st.integers(0, 20))


def state(model):
    return model.objects.values().get()


def same(column, one, other):
    return (one is None) == (other is None) if column in MOMENTS else one == other


def newest(model):
    return history_of(model).objects.latest("pgh_id").pgh_id


def do(model_or_step, what, article):
    with pghistory.context(user=1, reason="any"):
        if model_or_step == "step":
            with suppress(NotPossible):
                what(article.pk, "any")
        else:
            model_or_step.objects.update(**what)


class AnyReverts(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.one_of(changes, changes, reverts), min_size=1, max_size=10))
    def test_any_order(self, steps):
        article, _, _ = make_report_with_quote()
        make_person("Marta Quill")
        for kind, what in steps:
            if kind == "revert":
                for model in VALUES:
                    events = history_of(model).objects.filter(pgh_label="changed").order_by("-pgh_id")
                    if numbers := list(events.values_list("pgh_id", flat=True)):
                        self.revert(model, numbers[what % len(numbers)])
            else:
                do(kind, what, article)

    def revert(self, model, number):
        event, before = event_of(model, number), state(model)
        taking = plan(event)
        try:
            with pghistory.context(user=1):
                take_back(model, number, "any")
        except Refused:
            assert state(model) == before, "what is refused changes nothing"
            changed_again = any(not same(name, before[name], value) for name, (_, value) in event.fields.items())
            assert changed_again or taking.obstacles
            if not changed_again and "hidden" not in event.fields:
                compared = event.fields.keys() - {"edited"}
                since = [one for one in later(model, event.key, number) if not compared.isdisjoint(one.fields)]
                assert since or not compared, taking.obstacles
            return
        after = state(model)
        derived = {"edited"} if model is Article else {"state"}
        for name, (then, _) in event.fields.items():
            assert same(name, after[name], then) or name in derived, name
        for name, value in after.items():
            assert name in event.fields or name in derived or value == before[name], name
        if after == before:
            return
        with pghistory.context(user=1):
            take_back(model, newest(model), "any")
        again = state(model)
        if model is Article:
            # What was set by nobody before is by whoever takes back, now.
            decided = set(again["edited"]) - set(before["edited"])
            assert decided <= event.fields.keys()
            again["edited"] = [name for name in again["edited"] if name not in decided]
        assert all(same(name, again[name], value) for name, value in before.items())
        with pghistory.context(user=1):
            take_back(model, newest(model), "any")
        assert all(same(name, state(model)[name], value) for name, value in after.items())


pytestmark = pytest.mark.timeout(600)
