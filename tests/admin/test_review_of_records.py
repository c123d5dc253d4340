"""What waits in the editors' queue: its kinds, and those beside doubtful attributions."""

from datetime import date

import pytest
from django.urls import reverse

from archive.models import (
    Article,
    LeftAsItIs,
    PossibleCopy,
    PossibleNamesakes,
    Quote,
    Verification,
    VerificationFailure,
)
from archive.search import sync
from tests.admin.reviewing import OVERVIEW, TEXT, address, left, said, send
from tests.factories import (
    make_article,
    make_error_report,
    make_mention,
    make_person,
    make_possible_duplicate,
    make_proposal,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_process(monkeypatch):
    """Nothing is committed in these tests, so no process could take anything in."""
    monkeypatch.setattr(sync, "drain_in_background", lambda: None)


def test_the_overview_counts_each_kind(client, editor, doubtful):
    article, _, sure = make_report_with_quote()
    make_quote(article, "nine shells", confidence=0.1)
    make_quote(article, "at a briefing", speaker_kind="person")
    make_quote(article, "on Monday", make_person("Greta Solheim"), confidence=0.6)
    page = client.get(reverse(OVERVIEW))
    counts = {kind.name: count for kind, count, _ in page.context["rows"]}
    assert counts == {
        "candidates": "1",
        "unknown": "1",
        "surname": "1",
        "unsure": "1",
        "same-person": "0",
        "namesakes": "0",
        "gone": "0",
        "unverified": "0",
        "copies": "0",
        "errors": "0",
        "proposals": "0",
    }
    assert left(client.get(address()), "candidates") == "1"
    assert "Review queue" in client.get(reverse("admin:index")).text


def test_many_are_counted_up_to_a_number(client, editor, doubtful, monkeypatch):
    monkeypatch.setattr("archive.curation.reviewing.MOST_COUNTED", 2)
    article = make_article(text=TEXT)
    for words in ("The harbour", "closed", "the road"):
        make_quote(article, words)
    assert left(client.get(address()), "unknown") == "more than 2"


def test_a_pair_is_shown_with_what_speaks_for_and_against_and_told_apart(client, editor):
    one, other = make_person("Omar Tarnov"), make_person("Umar Tarnov")
    for person, text in ((one, "Omar Tarnov came."), (other, "Umar Tarnov came.")):
        make_mention(make_article(text=text), person, person.name, role="harbour minister")
    pair = make_possible_duplicate(one, other)
    page = client.get(address("same-person"))
    assert "Spelt alike: Omar Tarnov, Umar Tarnov." in page.text
    assert "The same role: harbour minister." in page.text
    merging = page.context["decisions"][0]
    assert merging.key == "m"
    assert "Merge people" in client.get(merging.address).text
    answer = send(client, "same-person", "different")
    assert "They are not proposed again" in said(answer)[0]
    pair.refresh_from_db()
    assert pair.state == "different"
    assert (
        pair.events.latest("pgh_id").pgh_context.metadata["reason"]
        == "Checked by an editor: they are different people."
    )


def test_a_merge_leads_back_to_the_queue(client, editor):
    one, other = make_person("Omar Tarnov"), make_person("Umar Tarnov")
    make_possible_duplicate(one, other)
    merging = client.get(address("same-person")).context["decisions"][0]
    context = client.get(merging.address).context
    data = {"people": [one.pk, other.pk], "stays": one.pk, "review": context["review"], "reason": "one man"}
    answer = client.post(reverse("admin:merge_people"), data)
    assert answer.url == address("same-person")
    assert "Nothing of this is left" in client.get(answer.url).text


def test_one_record_of_two_is_split_or_told_to_be_one(client, editor):
    article, person, quote = make_report_with_quote()
    person.roles.create(article=article, text="colonel")
    Article.objects.update(published_earliest=date(2018, 1, 1), published_latest=date(2018, 12, 31))
    proposal = PossibleNamesakes.objects.create(person=person, reason="the roles name different countries")
    page = client.get(address("namesakes"))
    assert "The roles name different countries." in page.text
    assert '<time datetime="2018">2018</time>' in page.text
    splitting = page.context["decisions"][0]
    form = client.get(splitting.address + "&reason=two+women").context["form"]
    assert (form["review"].value(), form["reason"].value()) == ("namesakes", "two women")
    data = {"quotes": [quote.pk], "name": "Vera Lindqvist", "reason": "two women", "review": "namesakes"}
    answer = client.post(reverse("admin:split_person", args=[person.pk]), data)
    assert answer.url == address("namesakes")
    assert "Nothing of this is left" in client.get(answer.url).text

    other = PossibleNamesakes.objects.create(person=make_person("Omar Tarnov"), reason="years apart")
    send(client, "namesakes", "one")
    other.refresh_from_db()
    proposal.refresh_from_db()
    assert (other.state, proposal.state) == ("one", "open")


def test_a_quotation_that_has_gone_is_put_back_or_left(client, editor):
    article, person, quote = make_report_with_quote()
    Quote.objects.filter(pk=quote.pk).update(state="confirmed", gone="Its words are not in version 2.")
    page = client.get(address("gone"))
    assert "Its words are not in version 2." in page.text
    answer = send(client, "gone", "put-back", words="no such words")
    assert "These words are not in the report" in said(answer)[0]
    send(client, "gone", "put-back", words="We counted nine shells")
    quote.refresh_from_db()
    assert (quote.gone, quote.state, quote.speaker) == ("", "confirmed", person)
    assert article.shown_version.text[quote.start : quote.end] == "We counted nine shells"

    Quote.objects.filter(pk=quote.pk).update(gone="Its words are not in version 3.")
    answer = send(client, "gone", "leave")
    assert "Nothing of this is left" in answer.text
    assert LeftAsItIs.objects.get().quote == quote


def test_a_quotation_that_was_not_found_in_the_original_is_left_or_rejected(client, editor):
    article, _, quote = make_report_with_quote()
    verification = Verification.objects.create(
        version=quote.version, outcome="failed", checked=article.created, reader_version=1, compared=1
    )
    failure = {"verification": verification, "kind": "not_found", "start": quote.start, "end": quote.end}
    VerificationFailure.objects.create(quote=quote, detail="its words are not there", **failure)
    page = client.get(address("unverified"))
    assert "Quotation not found: its words are not there" in page.text
    send(client, "unverified", "leave")
    assert "Nothing of this is left" in client.get(address("unverified")).text
    LeftAsItIs.objects.all().delete()
    send(client, "unverified", "reject")
    quote.refresh_from_db()
    assert quote.state == "rejected"
    assert "Nothing of this is left" in client.get(address("unverified")).text


def test_of_two_reports_that_are_one_either_goes_into_the_trash(client, editor):
    may = (date(2018, 5, 1), date(2018, 5, 31))
    first, second, third = (make_article(title, published=may) for title in ("One", "Two", "Three"))
    PossibleCopy.objects.create(first=first, second=second, reason="the same title")
    page = client.get(address("copies"))
    assert "The same title." in page.text
    assert page.text.count('<time datetime="2018-05">May 2018</time>') == 2  # no day is known
    answer = send(client, "copies", "trash-2")
    second.refresh_from_db()
    assert second.state == "trash"
    assert second.trashed_reason == f"It is in the archive twice: see report {first.pk}."
    assert "Nothing of this is left" in answer.text

    copy = PossibleCopy.objects.create(first=first, second=third, reason="the same title")
    send(client, "copies", "both")
    copy.refresh_from_db()
    assert copy.state == "both"


def test_an_error_that_a_reader_reports_waits_until_it_is_answered(client, editor):
    article = make_article("Harrow")
    report = make_error_report(article, "The bridge\nstands.")
    page = client.get(address("errors"))
    assert "The bridge<br>stands." in page.text
    answering = reverse("admin:answer_error_report", args=[report.pk])
    assert f'href="{answering}?review=errors"' in page.text
    assert f'href="{reverse("admin:archive_article_change", args=[article.pk])}" dir="auto">Harrow</a>' in page.text
    assert f'href="{article.get_absolute_url()}"' in page.text
    assert "Choose one of the decisions" in send(client, "errors", "confirm").text
    form = client.get(answering, {"review": "errors", "reason": "It fell."}).context["form"]
    assert (form["review"].value(), form["reason"].value()) == ("errors", "It fell.")
    answer = client.post(answering, {"decision": "declined", "reason": "It fell in May.", "review": "errors"})
    assert answer.url == address("errors")
    report.refresh_from_db()
    assert report.state == "declined"
    assert "item" not in client.get(address("errors")).context


def test_an_error_in_a_quotation_is_shown_with_its_words_and_one_in_what_has_gone_as_such(client, editor):
    _, _, quote = make_report_with_quote()
    make_error_report(quote, "Somebody else said it.")
    assert "We counted nine shells" in client.get(address("errors")).text
    Quote.objects.filter(pk=quote.pk).delete()
    assert "The record is no longer in the archive." in client.get(address("errors")).text


def test_what_a_contributor_proposes_waits_until_it_is_decided(client, editor, make_user):
    person = make_person("Omar Tarnov")
    proposal = make_proposal(
        person, make_user("contributor"), {"note": ("", "a colonel", "a colonel")}, "The list says."
    )
    page = client.get(address("proposals"))
    assert "The list says." in page.text
    assert "<del>–</del> → <ins>a colonel</ins>" in page.text
    assert f'href="{reverse("admin:archive_person_change", args=[person.pk])}" dir="auto">Omar Tarnov</a>' in page.text
    assert f'href="{person.get_absolute_url()}"' in page.text
    deciding = page.context["decisions"][0].address
    assert client.get(deciding).text.count('name="review" value="proposals"') == 1
    answer = client.post(reverse("admin:accept_proposal", args=[proposal.pk]), {"review": "proposals"})
    assert answer.url == address("proposals")
    person.refresh_from_db()
    assert person.note == "a colonel"
    assert "item" not in client.get(address("proposals")).context
