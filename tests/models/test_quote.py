"""What is read beside a quote, and which ones wait for an editor."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from archive.models import Quote
from tests.factories import (
    make_article,
    make_candidate,
    make_organisation,
    make_person,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db
TEXT = 'Gen. Ada Brenn came. Brenn spoke. "We stay", she said.'


def test_the_fullest_name_is_the_last_step_of_the_chain():
    article = make_article("Talks", TEXT)
    she = TEXT.index("she")
    chain = [[she, she + 3], [TEXT.index("Brenn spoke"), TEXT.index(" spoke")], [0, len("Gen. Ada Brenn")]]
    make_quote(article, '"We stay"', speaker_kind="person", speaker_start=she, speaker_end=she + 3, chain=chain)
    make_quote(article, "Brenn spoke")
    told, without = Quote.objects.with_evidence().order_by("-start")
    assert (told.printed_speaker, told.fullest_name) == ("she", "Gen. Ada Brenn")
    assert (without.printed_speaker, without.fullest_name) == (None, None)


def test_who_said_it_is_a_person_or_an_organisation_or_nobody_known():
    article = make_article("Talks", TEXT)
    person, organisation = make_person("Ada Brenn"), make_organisation("Kabul police")
    assert make_quote(article, "We stay", person).said_by == person
    assert make_quote(article, "Brenn spoke", organisation).said_by == organisation
    assert make_quote(article, "came").said_by is None


def test_what_waits_for_an_editor_is_unknown_and_has_candidates():
    article = make_article("Talks", TEXT)
    waiting = make_quote(article, '"We stay"')
    confirmed = make_quote(article, "We stay", state="confirmed")
    gone = make_quote(article, "stay", gone="Not in version 2.")
    known = make_quote(article, "We", make_person("Ada Brenn"))
    make_quote(article, "she said")
    for quote in (waiting, confirmed, gone, known):
        make_candidate(quote, "Brenn")
        make_candidate(quote, "Gen.")
    assert list(Quote.objects.undecided()) == [waiting]


@pytest.mark.django_db(transaction=True)
def test_quotes_of_before_there_were_organisations_are_kept():
    _, person, quote = make_report_with_quote()
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        MigrationExecutor(connection).migrate([("archive", "0002_person_name_is_one_of_their_names")])
    finally:
        MigrationExecutor(connection).migrate(leaves)
    quote = Quote.objects.get(pk=quote.pk)
    assert (quote.speaker, quote.organisation, quote.negated, quote.chain) == (person, None, False, [])
    assert quote.events.get().chain == []
    Quote.objects.filter(pk=quote.pk).update(role="General")
    assert quote.events.count() == 2
