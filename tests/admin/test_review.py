"""The editors' queue: one doubtful item a screen, each decision one button, the next item at once."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.curation.withholding import hide, show_again
from archive.models import (
    Person,
    PossibleDuplicate,
    Quote,
    ReviewClaim,
    ReviewSkip,
)
from archive.search import sync
from tests.admin.reviewing import OVERVIEW, TEXT, address, said, send
from tests.factories import (
    make_article,
    make_candidate,
    make_mention,
    make_organisation,
    make_person,
    make_possible_duplicate,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_process(monkeypatch):
    """Nothing is committed in these tests, so no process could take anything in."""
    monkeypatch.setattr(sync, "drain_in_background", lambda: None)


def test_the_item_shows_passage_evidence_and_candidates_with_their_keys(client, editor, doubtful):
    page = client.get(address())
    assert '<mark class="quote">&quot;The bridge holds&quot;</mark>, he said.' in page.text
    assert '<mark class="candidate">Omar Tarnov</mark>' in page.text
    assert "The harbour police closed the road." in page.text
    assert 'Nothing in the text tells who speaks <span class="note">(rule none)</span>' in page.text
    assert "low, 0.10" in page.text
    assert [(choice.key, choice.label) for choice in page.context["speakers"]] == [
        ("1", "Omar Tarnov"),
        ("2", "Vera Lindqvist"),
    ]
    assert [choice.key for choice in page.context["decisions"]] == ["c", "u", "x", "s"]
    assert "Confirm: not known" in page.text
    assert doubtful.get_place_url() in page.text


@pytest.mark.parametrize("between", ["\n\n", " "])
def test_of_a_long_report_only_what_surrounds_the_quotation_is_shown(client, editor, between):
    sentences = [f"On day {day} the road to Harrow Ford was open." for day in range(200)]
    sentences[5] = "Omar Tarnov spoke first."
    sentences[100] = '"The bridge holds", he said.'
    article = make_article(text=between.join(sentences))
    quote = make_quote(article, '"The bridge holds"')
    make_candidate(quote, "Omar Tarnov")
    page = client.get(address())
    shown = re.search(r'<div class="marked-text">(.*?)</div>', page.text, re.DOTALL)[1]
    shown = " ".join(re.sub("<[^>]*>", "", shown).split())
    assert "&quot;The bridge holds&quot;, he said." in shown
    assert "Omar Tarnov spoke first." in shown  # where the candidate stands
    assert shown.startswith("… ") and shown.endswith(" was open. …")
    assert re.search(r"… On day 9\d the road", shown)  # cut where a sentence begins
    assert len(shown) < 1200
    assert "In the whole report" in page.text


def test_a_candidate_becomes_the_speaker_by_an_editors_word(client, editor, doubtful):
    tarnov = Person.objects.get(name="Omar Tarnov")
    answer = send(client, "candidates", f"person-{tarnov.pk}")
    doubtful.refresh_from_db()
    assert (doubtful.speaker, doubtful.state, doubtful.rule, doubtful.confidence) == (
        tarnov,
        "corrected",
        "editor",
        None,
    )
    assert said(answer) == ['Speaker chosen: "The bridge holds" (Omar Tarnov).']
    assert "Nothing of this is left for you" in answer.text
    event = doubtful.events.order_by("pgh_id").last()
    assert event.pgh_context.metadata["reason"] == "Checked against the report by an editor."
    assert event.pgh_context.metadata["user"] == editor.pk


@pytest.mark.parametrize(
    ("decision", "state", "kind", "rule", "told"),
    [
        ("confirm", "confirmed", "unknown", "none", "Confirmed"),
        ("unnamed", "corrected", "unnamed", "editor", "Unnamed source"),
        ("reject", "rejected", "unknown", "none", "Rejected"),
    ],
)
def test_other_decisions_and_the_typed_reason(client, editor, doubtful, decision, state, kind, rule, told):
    answer = send(client, "candidates", decision, reason="It stands in the interview.")
    doubtful.refresh_from_db()
    assert (doubtful.state, doubtful.speaker_kind, doubtful.rule) == (state, kind, rule)
    assert said(answer)[0].startswith(f'{told}: "The bridge holds"')
    event = doubtful.events.order_by("pgh_id").last()
    assert event.pgh_context.metadata["reason"] == "It stands in the interview."


def test_a_new_person_is_made_of_the_printed_name(client, editor):
    article = make_article(text=TEXT)
    start = TEXT.index("Brandvold")
    quote = make_quote(
        article, '"It will not hold long"', speaker_kind="person", speaker_start=start, speaker_end=start + 9
    )
    page = client.get(address("surname"))
    assert page.context["suggested_name"] == "Brandvold"
    answer = send(client, "surname", "new", name=" Ilse  Brandvold ")
    quote.refresh_from_db()
    assert quote.speaker.name == "Ilse Brandvold"
    assert quote.speaker.names.get().text == "Ilse Brandvold"
    assert "New person" in said(answer)[0]


def test_a_second_person_of_a_name_is_made_only_by_who_has_seen_the_first(client, editor, doubtful):
    answer = send(client, "candidates", "new", name="omar tarnov")
    assert "There is Omar Tarnov (omar-tarnov) already" in said(answer)[0]
    assert answer.context["item"] == doubtful.pk
    assert 'name="namesake" value="omar tarnov"' in answer.text
    send(client, "candidates", "new", name="omar tarnov", namesake="omar tarnov")
    doubtful.refresh_from_db()
    assert doubtful.speaker.name == "omar tarnov"
    assert Person.objects.count() == 3


@pytest.mark.parametrize("name", ["", "...", "x" * 301])
def test_a_name_that_is_none_changes_nothing_and_what_was_typed_stays(client, editor, doubtful, name):
    answer = send(client, "candidates", "new", name=name, reason="because")
    assert answer.context["item"] == doubtful.pk
    assert answer.context["typed"]["reason"] == "because"
    doubtful.refresh_from_db()
    assert doubtful.state == "found"
    assert Person.objects.count() == 2


def test_anybody_of_the_archive_is_found_by_name_without_scripts(client, editor, doubtful):
    ministry = make_organisation("Harrow harbour ministry")
    make_person("Greta Solheim")
    page = client.get(address(), {"item": doubtful.pk, "q": "solheim"})
    assert [choice.label for choice in page.context["found"]] == ["Greta Solheim"]
    assert page.context["item"] == doubtful.pk
    part = client.get(reverse("admin:review_speakers", args=["candidates"]), {"q": "harbour ministry"})
    assert f'value="organisation-{ministry.pk}"' in part.text
    assert "<html" not in part.text
    nobody = client.get(reverse("admin:review_speakers", args=["candidates"]), {"q": "qqqq <b>"})
    assert "Nobody in the archive answers to “qqqq &lt;b&gt;”" in nobody.text
    send(client, "candidates", f"organisation-{ministry.pk}")
    doubtful.refresh_from_db()
    assert (doubtful.organisation, doubtful.speaker_kind) == (ministry, "organisation")


def test_whom_the_report_names_is_offered_nearest_first(client, editor):
    article = make_article(text=TEXT)
    make_quote(article, '"It will not hold long"')
    for words in ("Omar Tarnov", "Vera Lindqvist"):
        make_mention(article, make_person(words), words, role="officer")
    make_mention(article, make_organisation("harbour police"), "harbour police")
    page = client.get(address("unknown"))
    assert [(choice.label, choice.about) for choice in page.context["speakers"]] == [
        ("Vera Lindqvist", "officer, named in this report"),
        ("Omar Tarnov", "officer, named in this report"),
        ("harbour police", "an organisation, named in this report"),
    ]


def test_who_bears_the_printed_name_is_offered_first_and_of_these_whom_the_report_names(client, editor):
    article = make_article(text=TEXT)
    start = TEXT.index("Brandvold")
    place = {"speaker_start": start, "speaker_end": start + 9}
    make_quote(article, '"It will not hold long"', speaker_kind="person", **place)
    make_mention(article, make_person("Omar Tarnov"), "Omar Tarnov")
    make_person("Odd Brandvold")
    make_mention(article, make_person("Ilse Brandvold", "Brandvold"), "Brandvold")
    page = client.get(address("surname"))
    assert [(choice.label, choice.about) for choice in page.context["speakers"]] == [
        ("Ilse Brandvold", "bears the name “Brandvold”"),
        ("Odd Brandvold", "bears the name “Brandvold”"),
        ("Omar Tarnov", "named in this report"),
    ]


def test_what_was_changed_meanwhile_is_told_and_nothing_is_saved(client, editor, doubtful):
    seen = client.get(address()).context["seen"]
    Quote.objects.filter(pk=doubtful.pk).update(role="Major")
    answer = client.post(
        address(), {"decision": "reject", "item": doubtful.pk, "seen": seen, "reason": ""}, follow=True
    )
    assert said(answer) == [
        "This quote was changed meanwhile, by somebody else or by an import. Nothing of yours was saved."
    ]
    doubtful.refresh_from_db()
    assert doubtful.state == "found"


def test_what_is_decided_meanwhile_is_told_and_the_next_comes(client, editor, doubtful):
    other = make_quote(make_article(text=TEXT), '"It will not hold long"')
    make_candidate(other, "Vera Lindqvist")
    context = client.get(address()).context
    assert context["item"] == other.pk  # of the newest report
    Quote.objects.filter(pk=other.pk).update(state="confirmed")
    data = {"decision": "reject", "item": other.pk, "seen": context["seen"]}
    answer = client.post(address(), data, follow=True)
    assert "somebody else has decided on it" in said(answer)[0]
    assert answer.context["item"] == doubtful.pk
    other.refresh_from_db()
    assert other.state == "confirmed"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"decision": "confirm"},
        {"decision": "confirm", "item": "x"},
        {"decision": "burn", "item": "{item}"},
        {"decision": "person-99999", "item": "{item}"},
        {"decision": "person-99999999999999999999", "item": "{item}"},
        {"decision": "confirm", "item": "99999999999999999999"},
        {"decision": "confirm", "item": "{item}", "seen": ""},
        {"decision": "skip", "item": "99999999999999999999"},
        {"decision": "new", "item": "{item}", "name": "a\x00b"},
    ],
)
def test_whatever_is_sent_is_answered_and_changes_nothing(client, editor, doubtful, data):
    data = {"seen": str(doubtful.events.latest("pgh_id").pgh_id)} | {
        name: value.format(item=doubtful.pk) for name, value in data.items()
    }
    answer = client.post(address(), data, follow=True)
    assert answer.status_code == 200
    assert said(answer)
    doubtful.refresh_from_db()
    assert doubtful.state == "found"


@pytest.mark.parametrize("query", ["item=x", "item=99999999999999999999", "q=%00", "q=" + "x" * 3000])
def test_whatever_is_asked_is_answered(client, editor, doubtful, query):
    assert client.get(f"{address()}?{query}").status_code == 200
    assert client.get(f"{reverse('admin:review_speakers', args=['candidates'])}?{query}").status_code == 200


def test_what_is_skipped_comes_again_when_asked_for(client, editor, doubtful):
    assert "Nothing of this is left for you" in send(client, "candidates", "skip").text
    assert ReviewSkip.objects.get().editor == editor
    assert not ReviewClaim.objects.exists()
    page = client.get(reverse(OVERVIEW))
    assert "Show them again" in page.text
    answer = client.post(reverse("admin:review_skipped", args=["candidates"]), follow=True)
    assert answer.context["item"] == doubtful.pk


def test_the_last_decision_is_undone_with_the_person_who_was_made_for_it(client, editor, doubtful):
    before = Quote.objects.filter(pk=doubtful.pk).values().get()
    send(client, "candidates", "new", name="Greta Solheim")
    answer = client.post(reverse("admin:review_undo"), follow=True)
    assert Quote.objects.filter(pk=doubtful.pk).values().get() == before
    assert not Person.objects.filter(name="Greta Solheim").exists()
    assert answer.context["item"] == doubtful.pk
    assert said(answer) == ['Undone. It was: New person: "The bridge holds" (Greta Solheim).']
    assert "There is nothing that can be undone" in said(client.post(reverse("admin:review_undo"), follow=True))[0]


def test_that_something_was_skipped_is_told_and_undone_and_no_older_decision_with_it(client, editor, doubtful):
    other = make_quote(make_article(text=TEXT), '"It will not hold long"')
    make_candidate(other, "Vera Lindqvist")
    send(client, "candidates", "reject")
    answer = send(client, "candidates", "skip")
    assert said(answer) == ['Skipped: "The bridge holds".']
    assert "Skipped: &quot;The bridge holds&quot;</span>" in answer.text  # beside the button that undoes it
    answer = client.post(reverse("admin:review_undo"), follow=True)
    assert said(answer) == ['Undone. It was: Skipped: "The bridge holds".']
    assert answer.context["item"] == doubtful.pk
    assert not ReviewSkip.objects.exists()
    assert "There is nothing that can be undone" in said(client.post(reverse("admin:review_undo"), follow=True))[0]
    other.refresh_from_db()
    assert other.state == "rejected"


@pytest.mark.parametrize("newer", ["merge", "split", "different", "leave"])
def test_what_cannot_be_undone_here_leaves_no_older_decision_to_be_undone(client, editor, doubtful, newer):
    _, person, quote = make_report_with_quote()
    other = make_person("Umar Tarnov")
    make_possible_duplicate(person, other)
    send(client, "candidates", "reject")
    assert client.get(address()).context["undoable"]
    if newer == "merge":
        data = {"people": [person.pk, other.pk], "stays": person.pk, "reason": "one man"}
        client.post(reverse("admin:merge_people"), data)
        assert Person.objects.filter(pk__in=[person.pk, other.pk]).count() == 1
    elif newer == "split":
        data = {"quotes": [quote.pk], "name": "Vera Lindqvist", "reason": "two women"}
        assert client.post(reverse("admin:split_person", args=[person.pk]), data).status_code == 302
    elif newer == "different":
        send(client, "same-person", "different")
    else:
        Quote.objects.filter(pk=quote.pk).update(state="confirmed", gone="Its words are not in version 2.")
        assert said(send(client, "gone", "leave"))[0].startswith("Left as it is: ")
    page = client.get(address())
    assert "Undo my last decision" not in page.text
    assert "There is nothing that can be undone" in said(client.post(reverse("admin:review_undo"), follow=True))[0]
    doubtful.refresh_from_db()
    assert doubtful.state == "rejected"


def test_what_was_changed_since_is_not_undone(client, editor, doubtful):
    send(client, "candidates", "reject")
    Quote.objects.filter(pk=doubtful.pk).update(role="Major")
    answer = client.post(reverse("admin:review_undo"), follow=True)
    assert said(answer)[0].startswith('Not undone (Rejected: "The bridge holds"): This quote was changed')
    doubtful.refresh_from_db()
    assert doubtful.state == "rejected"


def test_who_may_not_decide_any_more_undoes_nothing(client, editor, doubtful):
    send(client, "candidates", "reject")
    editor.groups.clear()
    assert client.post(reverse("admin:review_undo")).status_code == 403
    doubtful.refresh_from_db()
    assert doubtful.state == "rejected"


def test_what_readers_do_not_see_waits_until_they_do(client, editor, doubtful):
    hide(doubtful.article_id, "It names a witness.")
    assert "Nothing of this is left" in client.get(address()).text
    show_again(doubtful.article_id, "The witness agreed.")
    assert client.get(address()).context["item"] == doubtful.pk


def test_only_who_may_change_quotes_sees_the_queue(client, django_user_model, doubtful):
    reader = django_user_model.objects.create_user("reader", password="a long password", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_quote"))
    client.force_login(reader)
    for path in (reverse(OVERVIEW), address(), reverse("admin:review_speakers", args=["candidates"])):
        assert client.get(path).status_code == 403
    for path in (address(), reverse("admin:review_skipped", args=["candidates"])):
        assert client.post(path, {"decision": "reject", "item": doubtful.pk}).status_code == 403
    assert "Review queue" not in client.get(reverse("admin:index")).text
    reader.user_permissions.add(Permission.objects.get(codename="change_quote"))
    assert [kind.name for kind, *_ in client.get(reverse(OVERVIEW)).context["rows"]] == [
        "candidates",
        "unknown",
        "surname",
        "unsure",
        "gone",
        "unverified",
    ]
    assert client.get(address("same-person")).status_code == 403
    assert client.get(address("no-such")).status_code == 404
    doubtful.refresh_from_db()
    assert doubtful.state == "found"
    assert not PossibleDuplicate.objects.exists()


def test_pages_ask_as_many_questions_however_much_waits(client, editor, doubtful):
    def statements(path):
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(path)
        return len(queries)

    few = [statements(reverse(OVERVIEW)), statements(address())]
    for _ in range(8):
        article = make_article(text=TEXT)
        quote = make_quote(article, '"The bridge holds"')
        for words in ("Omar Tarnov", "Vera Lindqvist"):
            person = make_person(words)
            make_mention(article, person, words)
            make_candidate(quote, words, person)
    assert [statements(reverse(OVERVIEW)), statements(address())] == few
    assert few[1] <= 30
