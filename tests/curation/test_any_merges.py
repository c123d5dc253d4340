"""Whatever editors and imports do to a few people, in any order: nothing is lost, nothing leads nowhere."""

import hypothesis.strategies as st
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from archive import extraction
from archive.curation.duplicates import reopen, tell_apart
from archive.curation.merging import merge
from archive.curation.refusal import Refused
from archive.curation.speakers import rename
from archive.curation.splitting import Chosen, split
from archive.curation.undoing import obstacles, undo
from archive.importing.known import KnownPeople
from archive.importing.people import write_people
from archive.importing.quotes import Speakers, add_quotes, quotes_of
from archive.models import FormerSlug, Mention, Name, Person, PossibleDuplicate, Quote, Role, Transfer
from tests.factories import make_article
from tests.worlds import dump

NAMES = ("Omar Tarnov", "Umar Tarnov", "Omar Tarnoff", "Umar Tarnoff")
ROLES = ("Syrian minister", "harbour minister", "Canadian singer")
WORDS = "“We wait for the boat”"

number = st.integers(min_value=0, max_value=30)


class Archive(RuleBasedStateMachine):
    """What was imported, and what became of it."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.reports = 0
        self.printed: set[str] = set()
        self.addresses: set[str] = set()

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def one_of(self, rows, at: int):
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return keys[at % len(keys)] if keys else None

    def tried(self, change) -> bool:
        """Whether it was done; what is refused changes nothing."""
        before = dump()
        try:
            with transaction.atomic():
                change()
                connection.check_constraints()
        except Refused as refused:
            assert refused.reasons
            assert dump() == before
            return False
        return True

    @initialize()
    def begin(self):
        for name in NAMES:
            self.report(name, "", "")

    @rule(name=st.sampled_from(NAMES), form=st.sampled_from(["", *NAMES]), role=st.sampled_from(ROLES))
    def report(self, name, form, role):
        """An import of a report in which somebody speaks."""
        self.reports += 1
        text = f"{WORDS}, {name} said. {form or 'Nobody'} did not."
        version = make_article(f"Report {self.reports}", text=text).shown_version
        start = text.index(name)
        found = extraction.Person(
            name,
            tuple(filter(None, (name, form))),
            (role,) if role else (),
            (extraction.Mention(start, start + len(name)),),
        )
        quote = extraction.Quote(
            start=0,
            end=len(WORDS),
            kind=extraction.QuoteKind.DIRECT,
            speaker_kind=extraction.SpeakerKind.PERSON,
            person=0,
            speaker_start=None,
            speaker_end=None,
            role=role,
            cue_start=None,
            cue_end=None,
            rule="cue-after",
            confidence=0.9,
        )
        [people] = write_people([(version, [found])], KnownPeople([found]))
        add_quotes(quotes_of(version, [quote], Speakers(people, [])))
        if people[0]:
            self.printed.add(name)

    @rule(one=number, other=number, third=number)
    def merge(self, one, other, third):
        people = Person.objects.all()
        stays, *merged = (self.one_of(people, at) for at in (one, other, third))
        # In an order that does not hang on the keys, which are others each time the same is done again.
        others = [key for key in dict.fromkeys(merged) if key != stays]
        self.tried(lambda: merge(stays, others, "one man"))

    @rule(one=number, further=st.integers(min_value=1, max_value=3))
    def merge_two(self, one, further):
        stays, other = (self.one_of(Person.objects.all(), at) for at in (one, one + further))
        self.tried(lambda: merge(stays, {other} - {stays}, "one man"))

    @precondition(lambda self: Transfer.objects.standing().exists())
    @rule(at=number, different=st.booleans())
    def undo(self, at, different):
        key = self.one_of(Transfer.objects.standing(), at)
        in_the_way = obstacles(Transfer.objects.get(pk=key))
        assert self.tried(lambda: undo(key, different=different)) == (not in_the_way)

    @rule(at=number, name=st.sampled_from(NAMES))
    def rename(self, at, name):
        if key := self.one_of(Person.objects.all(), at):
            rename(Person.objects.get(pk=key), name)

    @rule(at=number, quote=number, name=st.sampled_from(["", *NAMES]), to=number, with_name=st.booleans())
    def split(self, at, quote, name, to, with_name):
        if key := self.one_of(Person.objects.all(), at):
            person = Person.objects.get(pk=key)
            quotes = [self.one_of(person.quotes.all(), quote)] if person.quotes.exists() else []
            names = [self.one_of(person.names.all(), quote)] if with_name else []
            reports = Quote.objects.filter(pk__in=quotes).values_list("article", flat=True)
            chosen = Chosen(quotes, names, list(reports))
            taker = None if name else self.one_of(Person.objects.all(), to)
            self.tried(lambda: split(key, chosen, "two men", name=name, taker=taker))

    @rule(at=number, again=st.sampled_from([True, True, False]))
    def decide(self, at, again):
        pair = PossibleDuplicate.objects.filter(pk=self.one_of(PossibleDuplicate.objects.shown(), at))
        (reopen if again else tell_apart)(pair)

    @rule()
    def undo_all(self):
        """The newest first, whatever is not in the way is undone."""
        for transfer in Transfer.objects.standing():
            if not obstacles(transfer):
                assert self.tried(lambda transfer=transfer: undo(transfer.pk))

    @invariant()
    def nothing_is_lost(self):
        connection.check_constraints()
        quotes = Quote.objects.exclude(speaker=None)
        assert Quote.objects.count() == self.reports
        # Whoever speaks is named there, and nobody else: quote, mention and role go together.
        assert Mention.objects.count() == quotes.count()
        assert Role.objects.count() == quotes.exclude(role="").count()
        assert self.printed <= set(Name.objects.values_list("text", flat=True))

    @invariant()
    def every_address_serves_or_leads_on(self):
        slugs = dict(Person.objects.values_list("slug", "pk"))
        former = dict(FormerSlug.objects.values_list("slug", "person"))
        assert not slugs.keys() & former.keys()
        gone = {transfer.taker for transfer in Transfer.objects.filter(made_taker=True).exclude(undone=None)}
        self.addresses |= slugs.keys()
        if not gone:
            assert self.addresses <= slugs.keys() | former.keys()

    @invariant()
    def who_was_merged_is_no_more_and_somebody_holds_what_was_theirs(self):
        people = set(Person.objects.values_list("pk", flat=True))
        merges = Transfer.objects.standing().filter(kind=Transfer.Kind.MERGE)
        for transfer in merges:
            assert transfer.giver not in people
            at, steps = transfer.taker, 0
            while at not in people:
                at, steps = merges.get(giver=at).taker, steps + 1
                assert steps <= len(merges)
            assert transfer.holder_id == at

    @invariant()
    def each_pair_is_shown_once(self):
        shown = [frozenset(pair) for pair in PossibleDuplicate.objects.shown().values_list("first", "second")]
        assert len(shown) == len(set(shown))
        assert all(len(pair) == 2 for pair in shown)
        every = {frozenset(pair) for pair in PossibleDuplicate.objects.values_list("first", "second")}
        assert {pair for pair in every if len(pair) == 2} == set(shown)


@pytest.mark.django_db
@pytest.mark.timeout(600)
def test_nothing_is_lost_whatever_is_done():
    steps = settings(max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Archive, settings=steps)
