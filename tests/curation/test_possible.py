"""What editors decide of two reports that may be one, also where two of them do so at the same moment."""

from functools import partial

import pytest

from archive.curation.possible import one_report
from archive.curation.refusal import NoLongerSo
from archive.curation.withholding import put_into_trash
from archive.models import Article, PossibleCopy
from tests.curation.test_waiting import meanwhile
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def copy():
    first, second = make_article("One"), make_article("Two")
    return PossibleCopy.objects.create(first=first, second=second, reason="the same title")


def refused(task):
    try:
        task()
    except NoLongerSo as reason:
        return str(reason)
    return ""


def test_never_both_reports_go_into_the_trash(copy):
    edit = partial(put_into_trash, copy.first_id, "It came twice.")
    told, waited = meanwhile(edit, lambda: refused(lambda: one_report(copy.pk, copy.second_id, "It came twice.")))
    assert waited
    assert told == "Somebody else has decided on this meanwhile."
    assert [article.title for article in Article.objects.visible()] == ["Two"]


def test_a_pair_that_is_decided_or_no_more_is_refused(copy):
    PossibleCopy.objects.update(state="both")
    for key in (copy.pk, copy.pk + 1):
        assert refused(lambda key=key: one_report(key, copy.first_id, "It came twice."))
    assert Article.objects.visible().count() == 2
