"""What the database lets no change in bulk be."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from archive.models import BulkChange, BulkChangeRow
from tests.factories import make_outlet

pytestmark = pytest.mark.django_db
DAY = date(2018, 5, 30)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("bulkchange_has_a_reason", {"reason": ""}),
        ("bulkchange_outlet", {"action": "outlet"}),
        ("bulkchange_published_range", {"published_earliest": DAY, "published_latest": DAY}),
        ("bulkchange_published_range", {"action": "date", "published_earliest": DAY}),
        ("bulkchange_begun", {"state": "doing"}),
        ("bulkchange_begun", {"begun": timezone.now()}),
        ("bulkchange_undone", {"state": "undone", "begun": timezone.now()}),
        ("bulkchange_undone", {"undone": timezone.now()}),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint):
        BulkChange.objects.create(**({"action": "hide", "query": "q=bridge", "reason": "why"} | fields))


def test_an_outlet_is_only_of_a_change_that_sets_it():
    with pytest.raises(IntegrityError, match="bulkchange_outlet"):
        BulkChange.objects.create(action="hide", query="q=bridge", reason="why", outlet=make_outlet())


def test_what_was_changed_keeps_what_was_before_and_stands_once():
    change = BulkChange.objects.create(action="hide", query="q=bridge", reason="why")
    change.add_rows([3, 1, 2])
    assert list(change.rows.values_list("key", flat=True)) == [3, 1, 2]
    assert change.counts() == {"waiting": 3}
    with pytest.raises(IntegrityError, match="bulkchangerow_before"), transaction.atomic():
        change.rows.filter(key=1).update(outcome="changed")
    with pytest.raises(IntegrityError, match="bulkchangerow_once"), transaction.atomic():
        BulkChangeRow.objects.create(change=change, key=1)
