"""An editor withholds a report and gives it back, each step in its turn."""

import pghistory
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from archive.curation.withholding import NotPossible, hide, put_into_trash, show_again, take_out_of_trash
from archive.models import Article
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_a_report_is_hidden_and_shown_again():
    article, other = make_article(), make_article("Another")
    hide(article.pk, "It names a witness.")
    article.refresh_from_db()
    assert (article.state, article.hidden_reason) == ("hidden", "It names a witness.")
    assert list(Article.objects.visible()) == [other]
    assert list(Article.objects.withheld()) == list(Article.objects.in_state("hidden")) == [article]
    show_again(article.pk, "The witness agrees.")
    article.refresh_from_db()
    assert (article.state, article.hidden, article.hidden_reason) == ("visible", None, "")
    assert set(Article.objects.visible()) == {article, other}


@pytest.mark.parametrize("was_hidden", [True, False])
def test_out_of_the_trash_a_report_is_exactly_what_it_was(was_hidden):
    article = make_article()
    if was_hidden:
        hide(article.pk, "It names a witness.")
    [before] = Article.objects.filter(pk=article.pk).values()
    put_into_trash(article.pk, "It is a forgery.")
    assert Article.objects.get(pk=article.pk).state == Article.State.TRASH
    assert list(Article.objects.in_state("trash")) == [article]
    assert not Article.objects.in_state("hidden").exists()
    take_out_of_trash(article.pk, "It is genuine.")
    assert Article.objects.filter(pk=article.pk).values().get() == before


def test_what_does_not_fit_the_state_is_refused_and_changes_nothing():
    article = make_article()
    for step in (show_again, take_out_of_trash):
        with pytest.raises(NotPossible, match="the report is visible by now"):
            step(article.pk, "No reason.")
    hide(article.pk, "One reason.")
    with pytest.raises(NotPossible, match="the report is hidden by now"):
        hide(article.pk, "Another reason.")
    put_into_trash(article.pk, "A third one.")
    for step in (hide, show_again, put_into_trash):
        with pytest.raises(NotPossible, match="the report is in the trash by now"):
            step(article.pk, "A fourth one.")
    article.refresh_from_db()
    assert (article.hidden_reason, article.trashed_reason) == ("One reason.", "A third one.")
    with pytest.raises(NotPossible, match="no such report"):
        hide(article.pk + 1, "None.")


def test_the_history_keeps_why_also_of_what_leaves_no_reason_behind():
    article = make_article()
    hide(article.pk, "It names a witness.")
    show_again(article.pk, "The witness agrees.")
    events = pghistory.models.Events.objects.tracks(article).order_by("pgh_created_at", "pgh_id")
    assert [event.pgh_context["reason"] for event in events if event.pgh_label == "changed"] == [
        "It names a witness.",
        "The witness agrees.",
    ]


@pytest.mark.parametrize("step", ["hidden", "trashed"])
def test_the_database_wants_a_reason(step):
    article = make_article()
    for fields in ({step: timezone.now()}, {f"{step}_reason": "why"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=article.pk).update(**fields)
