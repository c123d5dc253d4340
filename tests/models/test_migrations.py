"""An archive that is in use comes to the newest state of its database with all it holds."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from archive.models import Quote
from tests.factories import make_report_with_quote

pytestmark = pytest.mark.django_db(transaction=True)


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
