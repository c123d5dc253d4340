"""A quote in the admin: who said it, a person or an organisation, and what waits to be decided."""

import re

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
    police = make_organisation("Harrow police")
    save(client, quote, organisation=police.pk)
    assert (quote.speaker, quote.organisation, quote.speaker_kind) == (None, police, "organisation")
    assert (quote.state, quote.rule, quote.confidence) == ("corrected", "editor", None)
    save(client, quote, speaker=person.pk)
    assert (quote.speaker, quote.organisation, quote.speaker_kind) == (person, None, "person")


def test_the_role_of_whom_another_replaces_goes_unless_it_was_changed_too(client, editor):
    _, person, quote = make_report_with_quote()
    police = make_organisation("Harrow police")
    save(client, quote, organisation=police.pk)
    assert quote.role == ""
    save(client, quote, speaker=person.pk, role="Brigadier")
    assert (quote.speaker, quote.role) == (person, "Brigadier")
    save(client, quote, speaker="", organisation=police.pk)
    assert (quote.organisation, quote.role) == (police, "")
    save(client, quote, speaker_kind="unnamed", organisation="", role="officer")
    save(client, quote, speaker=person.pk)
    assert (quote.speaker, quote.speaker_kind, quote.role) == (person, "person", "officer")


@pytest.mark.parametrize("kind", ["unnamed", "unknown", "organisation"])
def test_a_kind_against_the_person_who_is_still_chosen_is_an_error(client, editor, kind):
    article, person, quote = make_report_with_quote()
    wrong = "Vera Lindqvist is still chosen as the speaker: take that name out, or leave the kind at person."
    assert wrong in save(client, quote, speaker_kind=kind).text
    address = reverse("admin:archive_article_change", args=[article.pk])
    assert wrong in client.post(address, filled(client.get(address), **{"quotes-0-speaker_kind": kind})).text
    quote.refresh_from_db()
    assert (quote.speaker, quote.speaker_kind, quote.state) == (person, "person", "found")


def test_a_kind_against_the_organisation_that_is_still_chosen_is_an_error(client, editor):
    quote = make_quote(make_article(), "nine shells", make_organisation("Harrow police"))
    answer = save(client, quote, speaker_kind="person")
    assert "Harrow police is still chosen as the organisation: take that name out, or leave the kind at" in answer.text
    assert (quote.speaker_kind, quote.state) == ("organisation", "found")


def test_an_organisation_that_is_neither_chosen_nor_printed_is_an_error(client, editor):
    quote = make_quote(make_article(), "nine shells")
    answer = save(client, quote, speaker_kind="organisation")
    assert "No organisation is chosen, and the report prints none: choose one, or another kind." in answer.text
    assert (quote.speaker_kind, quote.state) == ("unknown", "found")
    Quote.objects.update(speaker_start=71, speaker_end=80)
    save(client, quote, speaker_kind="organisation")
    assert (quote.speaker_kind, quote.state) == ("organisation", "corrected")


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_what_is_printed_stays_when_the_speaker_is_corrected(client, editor):
    text = "Gen. Ada Brenn arrived. “We stay,” she said."
    she, said = text.index("she"), text.index("said")
    places = {"speaker_start": she, "speaker_end": she + 3, "cue_start": said, "cue_end": said + 4}
    quote = make_quote(
        make_article("Talks", text), "“We stay,”", make_person("Ada Brenn"), chain=[[she, she + 3], [0, 14]], **places
    )
    save(client, quote, speaker=make_person("Rosa Lind").pk)
    assert {name: getattr(quote, name) for name in places} == places
    assert (quote.chain, quote.rule, quote.confidence) == ([[she, she + 3]], "editor", None)
    page = client.get(quote.get_absolute_url())
    assert "“said”" in plain(page.text) and "The speaker is printed as “she”." in plain(page.text)
    assert page.context["cited"].plain.startswith("Rosa Lind: “We stay,”. In: ")


@pytest.mark.parametrize(
    ("kind", "words", "cited"),
    [
        ("unnamed", "Somebody not named", "Somebody not named: "),
        ("unknown", "Speaker not known", "Speaker not known: "),
        ("person", "Vera Lindqvist", "Vera Lindqvist: "),
    ],
)
def test_what_an_editor_decided_is_named_beside_the_words_printed(client, editor, kind, words, cited):
    _, _, quote = make_report_with_quote()
    start = quote.version.text.index("Vera")
    Quote.objects.update(speaker_start=start, speaker_end=start + 14)
    save(client, quote, speaker="", speaker_kind=kind)
    page = client.get(quote.get_absolute_url())
    assert words in page.text
    assert "The speaker is printed as “Vera Lindqvist”" in plain(page.text)
    assert page.context["cited"].plain.startswith(cited)


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
    make_candidate(waiting, "residents"), make_candidate(waiting, "bridge")
    page = client.get(reverse(LIST), {"undecided": "yes"})
    assert list(page.context["cl"].queryset) == [waiting]
    assert '<td class="field-may_be">residents or bridge</td>' in page.text
    assert "field-may_be" not in client.get(reverse(LIST)).text
    assert set(client.get(reverse(LIST)).context["cl"].queryset) == {waiting, plain}
    save(client, waiting, speaker=make_person().pk)
    assert not client.get(reverse(LIST), {"undecided": "yes"}).context["cl"].queryset.exists()


def test_the_list_says_who_spoke_as_far_as_it_is_printed_and_what_is_gone(client, editor):
    article, _, quote = make_report_with_quote()
    printed = make_quote(article, "damaged the bridge", speaker_start=0, speaker_end=8)
    gone = make_quote(article, "residents said", gone="Not in version 2.")
    page = client.get(reverse(LIST))
    cells = {"said_by": ["–", "“Shelling”", "Vera Lindqvist"], "is_gone": ["gone", "", ""]}
    for name, values in cells.items():
        assert re.findall(rf'<td class="field-{name}[^"]*">(.*?)</td>', page.text) == values
    assert "By place in the report" in page.text
    assert list(client.get(reverse(LIST), {"gone": "yes"}).context["cl"].queryset) == [gone]
    assert set(client.get(reverse(LIST), {"gone": "no"}).context["cl"].queryset) == {quote, printed}


def test_the_queue_asks_as_often_for_many_quotes_as_for_one(client, editor):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(LIST), {"undecided": "yes"}).status_code == 200
        return len(captured)

    make_candidate(make_quote(make_article(), "nine shells"), "residents")
    few = queries()
    for number in range(5):
        make_candidate(make_quote(make_article(f"Report {number}"), "nine shells"), "residents")
    assert queries() == few


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
