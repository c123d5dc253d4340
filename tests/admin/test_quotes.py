"""A quote in the admin: who said it, a person or an organisation, and what waits to be decided."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import Quote
from archive.search import sync
from tests.admin.forms import filled
from tests.factories import (
    make_article,
    make_candidate,
    make_organisation,
    make_person,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db
LIST = "admin:archive_quote_changelist"


def save(client, quote, **changes):
    address = reverse("admin:archive_quote_change", args=[quote.pk])
    answer = client.post(address, filled(client.get(address), **changes))
    quote.refresh_from_db()
    return answer


def test_an_organisation_takes_the_place_of_the_person_and_the_other_way_round(client, editor):
    _, person, quote = make_report_with_quote()
    quote.chain = [[0, 5]]
    quote.save()
    police = make_organisation("Harrow police")
    save(client, quote, organisation=police.pk)
    assert (quote.speaker, quote.organisation, quote.speaker_kind) == (None, police, "organisation")
    assert (quote.state, quote.rule, quote.confidence, quote.chain) == ("corrected", "editor", None, [])
    save(client, quote, speaker=person.pk)
    assert (quote.speaker, quote.organisation, quote.speaker_kind) == (person, None, "person")


def test_both_chosen_at_once_is_explained(client, editor):
    quote = make_quote(make_article(), "nine shells")
    answer = save(client, quote, speaker=make_person().pk, organisation=make_organisation().pk)
    assert "Either a person or an organisation said this: choose one of them." in answer.content.decode()
    assert quote.said_by is None


def test_an_organisation_is_taken_off(client, editor):
    quote = make_quote(make_article(), "nine shells", make_organisation())
    save(client, quote, organisation="", speaker_kind="unnamed")
    assert (quote.organisation, quote.speaker_kind, quote.state) == (None, "unnamed", "corrected")


def test_only_reported_speech_is_negated(client, editor):
    quote = make_quote(make_article(), "nine shells", make_organisation())
    answer = save(client, quote, negated="on")
    assert "Only reported speech can be what was not said" in answer.content.decode()
    assert not quote.negated
    save(client, quote, negated="on", kind="reported")
    assert (quote.negated, quote.kind, quote.state) == (True, "reported", "corrected")


def test_on_a_reports_page_an_organisation_is_chosen_too(client, editor):
    article, _, quote = make_report_with_quote()
    police = make_organisation("Harrow police")
    address = reverse("admin:archive_article_change", args=[article.pk])
    client.post(address, filled(client.get(address), **{"quotes-0-organisation": police.pk}))
    quote.refresh_from_db()
    assert (quote.speaker, quote.organisation) == (None, police)


def test_candidates_and_chain_are_shown_and_not_edited(client, editor):
    text = "Ada Brenn came with Lind. “We stay.”"
    quote = make_quote(make_article("Talks", text), "“We stay.”", chain=[[0, 9], [20, 24]])
    brenn = make_person("Ada Brenn")
    make_candidate(quote, "Ada Brenn", brenn), make_candidate(quote, "Lind")
    page = client.get(reverse("admin:archive_quote_change", args=[quote.pk])).content.decode()
    assert f'“Ada Brenn” (<a href="/admin/archive/person/{brenn.pk}/change/">Ada Brenn</a>)' in page
    assert "“Lind” (–)" in page
    assert "step by step: “Ada Brenn” → “Lind”" in page
    assert 'name="candidates' not in page


def test_the_queue_lists_what_is_undecided_and_has_candidates(client, editor):
    article = make_article()
    waiting, plain = make_quote(article, "nine shells"), make_quote(article, "residents said")
    make_candidate(waiting, "residents")
    page = client.get(reverse(LIST), {"undecided": "yes"})
    assert list(page.context["cl"].queryset) == [waiting]
    assert set(client.get(reverse(LIST)).context["cl"].queryset) == {waiting, plain}
    save(client, waiting, speaker=make_person().pk)
    assert not client.get(reverse(LIST), {"undecided": "yes"}).context["cl"].queryset.exists()


def test_the_search_finds_reported_speech_too(client, editor):
    article, person, quote = make_report_with_quote()
    reported = make_quote(article, "residents said", person, kind="reported")
    sync.build()
    page = client.get(reverse(LIST), {"q": "lindqvist"})
    assert set(page.context["cl"].queryset) == {quote, reported}


def test_the_list_asks_as_often_for_many_quotes_as_for_two(client, editor):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(LIST)).status_code == 200
        return len(captured)

    def fill(numbers):
        for number in numbers:
            make_quote(make_article(f"Report {number}"), "nine shells", make_organisation(f"Bureau {number}"))
            make_quote(make_article(f"Other {number}"), "nine shells", make_person(f"Anna Berg{number}"))

    fill(range(1))
    few = queries()
    fill(range(1, 6))
    assert queries() == few
    assert Quote.objects.count() == 12
