"""A contributor proposes from a record's page and sees what becomes of it; an editor sees the change, and decides."""

import re

import pghistory.models
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.curation.withholding import hide
from archive.models import Article, OutboxEntry, Person, Proposal, Quote
from tests.clients import WhollyLoggedInClient
from tests.factories import (
    make_article,
    make_mention,
    make_organisation,
    make_outlet,
    make_person,
    make_proposal,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db
LIST = "admin:archive_proposal_changelist"


@pytest.fixture
def contributor(make_user):
    """A browser in which a contributor is logged in."""
    browser = WhollyLoggedInClient()
    browser.user = make_user("contributor")
    browser.force_login(browser.user)
    return browser


def page_of(record, step="change"):
    return reverse(f"admin:archive_{record._meta.model_name}_{step}", args=[record.pk])


def readers_page(record):
    return reverse("admin:view_on_site", args=[ContentType.objects.get_for_model(record).pk, record.pk])


def address(record):
    return reverse(f"admin:propose_{record._meta.model_name}", args=[record.pk])


def propose(browser, record, **changes):
    form = browser.get(address(record)).context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"reason": "The next line names her."}
    return browser.post(
        address(record), {name: value for name, value in (data | changes).items() if value}, follow=True
    )


def decide(browser, step, **data):
    [proposal] = Proposal.objects.open()
    return browser.post(reverse(f"admin:{step}_proposal", args=[proposal.pk]), data, follow=True)


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def test_another_speaker_of_a_quote(contributor, client, editor):
    _, _, quote = make_report_with_quote()
    ada = make_person("Ada Brenn")
    assert f'<a href="{address(quote)}">Propose a change</a>' in contributor.get(page_of(quote)).text
    page = propose(contributor, quote, speaker="ada brenn")
    assert "Your proposal waits for an editor." in page.text
    assert "<div>speaker: <del>Vera Lindqvist</del> → <ins>Ada Brenn</ins></div>" in page.text
    shown = client.get(page_of(Proposal.objects.get()))
    assert "<del>Vera Lindqvist</del> → <ins>Ada Brenn</ins>" in shown.text and "The next line names her." in shown.text
    OutboxEntry.objects.all().delete()
    assert told(decide(client, "accept")) == ["Accepted, and changed."]
    quote.refresh_from_db()
    assert (quote.speaker, quote.state, quote.rule, quote.confidence) == (ada, "corrected", "editor", None)
    assert OutboxEntry.objects.filter(kind="article", key=quote.article_id).exists()
    last = pghistory.models.Events.objects.tracks(quote).order_by("-pgh_created_at", "-pgh_id").first()
    assert last.pgh_context["reason"] == "Proposed by a contributor: The next line names her."
    assert last.pgh_context["user"] == editor.pk
    assert '<td class="field-state">accepted</td>' in contributor.get(reverse(LIST)).text


def test_readers_are_told_the_reason_and_not_who_proposed_it_and_the_history_is(contributor, client, editor):
    article, _, quote = make_report_with_quote()
    make_person("Ada Brenn")
    assert "readers are told it among the corrections, and not who proposed it" in contributor.get(address(quote)).text
    contributor.user.username = "ben-of-harrow"
    contributor.user.save()
    propose(contributor, quote, speaker="Ada Brenn")
    decide(client, "accept")
    reader = Client()
    for page in (
        reverse("corrections"),
        reverse("corrections_feed"),
        article.get_absolute_url(),
        quote.get_absolute_url(),
    ):
        shown = reader.get(page).text
        assert "Proposed by a contributor: The next line names her." in shown
        assert "ben-of-harrow" not in shown
    assert "editor, as ben-of-harrow proposed" in client.get(page_of(quote, "history")).text


def test_a_speaker_is_named_in_whatever_spelling_the_archive_holds_for_one(contributor):
    _, _, quote = make_report_with_quote()
    person = make_person("Åsa O’Brenn")
    propose(contributor, quote, speaker="asa obrenn")
    assert Proposal.objects.get().changes["speaker"]["value"] == person.pk
    assert "There is nobody" in propose(contributor, make_quote(make_article(), "nine shells"), speaker="…").text


def test_an_organisation_as_the_speaker_by_its_address(contributor, client, editor):
    _, _, quote = make_report_with_quote()
    police = make_organisation("Harrow police")
    propose(contributor, quote, speaker="http://testserver/organisations/harrow-police/")
    decide(client, "accept")
    quote.refresh_from_db()
    assert (quote.speaker, quote.organisation, quote.speaker_kind) == (None, police, "organisation")


def test_what_is_not_a_quotation(contributor, client, editor):
    _, _, quote = make_report_with_quote()
    propose(contributor, quote, rejected="on")
    decide(client, "accept")
    assert Quote.objects.get().state == "rejected"


def test_title_outlet_and_date_of_a_report(contributor, client, editor):
    article = make_article(outlet=make_outlet("Harrow Gazette"))
    monitor = make_outlet("The Monitor")
    propose(contributor, article, title="Bridge hit", outlet="the monitor", published="2018-05")
    decide(client, "accept")
    article.refresh_from_db()
    assert (article.title, article.outlet, f"{article.published_latest}") == ("Bridge hit", monitor, "2018-05-31")
    assert article.edited == ["outlet", "published", "title"]
    assert article.versions.count() == 1


def test_name_and_note_of_a_person(contributor, client, editor):
    person = make_person()
    propose(contributor, person, name="Vera  Åberg", note="a colonel")
    decide(client, "accept")
    person.refresh_from_db()
    assert (person.name, person.slug, person.note) == ("Vera Åberg", "vera-aberg", "a colonel")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"speaker": "Nobody Such"}, "There is nobody “Nobody Such” in the archive"),
        ({"speaker": "/people/nobody-such/"}, "There is nobody “/people/nobody-such/” in the archive"),
        ({"speaker": "Rosa Lind"}, "More than one bears the name “Rosa Lind”: give the address of their page."),
        ({"speaker": "Vera Lindqvist"}, "Nothing would change"),
        ({}, "Nothing would change"),
        ({"speaker": "Ada Brenn", "rejected": "on"}, "Propose one of the two"),
        ({"speaker": "Ada Brenn", "reason": ""}, "Say why."),
    ],
)
def test_what_makes_no_sense_is_told_and_not_kept(contributor, changes, why):
    _, _, quote = make_report_with_quote()
    make_person("Ada Brenn"), make_person("Rosa Lind"), make_person("Rosa Lind")
    assert why in propose(contributor, quote, **changes).text
    assert not Proposal.objects.exists()


def test_an_outlet_that_is_not_there_is_told(contributor):
    page = propose(contributor, make_article(), outlet="The Monitor")
    assert "The archive has no outlet “The Monitor”: name it in the reason." in page.text


def test_a_declined_one_shows_the_answer_to_who_proposed_it(contributor, client, editor):
    propose(contributor, make_person(), note="a colonel")
    assert told(decide(client, "decline", answer="")) == ["Say why, for the contributor."]
    assert told(decide(client, "decline", answer="He is a major.")) == ["Declined."]
    assert "He is a major." in contributor.get(reverse(LIST)).text
    assert "Decided by" in client.get(page_of(Proposal.objects.get())).text
    assert Person.objects.get().note == ""


def test_who_proposed_is_not_told_who_decided(contributor, client, editor):
    editor.username = "marta-of-ford"
    editor.save()
    propose(contributor, make_person(), note="a colonel")
    decide(client, "decline", answer="He is a major.")
    proposal = Proposal.objects.get()
    page = contributor.get(page_of(proposal)).text
    assert "He is a major." in page and "marta-of-ford" not in page
    assert contributor.get(page_of(proposal, "history")).status_code == 403
    assert "marta-of-ford" in client.get(page_of(proposal)).text
    assert "marta-of-ford" in client.get(page_of(proposal, "history")).text


def test_what_was_proposed_for_a_record_that_is_hidden_since_is_the_editors(contributor, client, editor):
    article, person, quote = make_report_with_quote()
    make_mention(article, organisation := make_organisation("Harrow ministry"), "ministry")
    propose(contributor, article, title="Another title")
    propose(contributor, quote, rejected="on")
    propose(contributor, person, note="a colonel")
    propose(contributor, organisation, note="of war")
    propose(contributor, merged := make_person("Ada Brenn"), note="a major")
    merged.names.all().delete(), merged.delete()

    def listed(browser):
        return browser.get(reverse(LIST)).context["cl"].queryset.count()

    assert listed(contributor) == 5
    hide(article.pk, "It names a witness.")
    assert (listed(contributor), listed(client)) == (1, 5)


def test_what_has_changed_since_is_told_and_offered_to_decline_alone(contributor, client, editor):
    person = make_person()
    propose(contributor, person, note="a colonel")
    Person.objects.update(note="a major")
    page = client.get(page_of(Proposal.objects.get())).text
    assert "The record has changed since, or is no more" in page
    assert "Accept, and change the record" not in page and 'value="Decline"' in page
    assert "has changed since this was proposed" in told(decide(client, "accept"))[0]
    assert Person.objects.get().note == "a major"


def test_what_the_editors_own_form_refuses_is_refused(contributor, client, editor):
    _, _, quote = make_report_with_quote()
    ada = make_person("Ada Brenn")
    propose(contributor, quote, speaker="Ada Brenn")
    ada.names.all().delete(), ada.delete()
    assert told(decide(client, "accept")) == ["Select a valid choice. That choice is not one of the available choices."]
    assert Proposal.objects.get().state == "open"


def test_a_contributor_sees_their_own_alone(contributor, django_user_model):
    other = make_proposal(make_person(), django_user_model.objects.create_user("another"), {"note": ("", "a", "a")})
    assert not contributor.get(reverse(LIST)).context["cl"].queryset.exists()
    assert contributor.get(page_of(other)).status_code == 302


def test_a_contributor_decides_nothing_not_even_on_their_own(contributor):
    propose(contributor, make_person(), note="a colonel")
    assert "Accept" not in contributor.get(page_of(Proposal.objects.get())).text
    for step in ("accept", "decline"):
        assert decide(contributor, step, answer="Yes.").status_code == 403
    assert Proposal.objects.get().state == "open"


def test_who_may_not_change_the_record_does_not_decide(contributor, client, make_user):
    from django.contrib.auth.models import Permission

    propose(contributor, make_person(), note="a colonel")
    user = make_user(name="half-an-editor")
    user.user_permissions.set(Permission.objects.filter(codename__in=["change_proposal", "view_proposal"]))
    user.is_staff = True
    user.save()
    client.force_login(user)
    assert decide(client, "accept").status_code == 403


def test_a_decision_is_a_button_not_a_link(contributor, client, editor):
    propose(contributor, make_person(), note="a colonel")
    for step in ("accept", "decline"):
        assert client.get(reverse(f"admin:{step}_proposal", args=[Proposal.objects.get().pk])).status_code == 405


def test_a_contributor_sees_what_readers_see(contributor):
    article, person, quote = make_report_with_quote()
    for record in (article, quote, person):
        assert contributor.get(page_of(record)).status_code == 200
        assert contributor.get(page_of(record, "history")).status_code == 403
        assert "<textarea" not in contributor.get(page_of(record)).text
        assert contributor.get(readers_page(record)).status_code == 302
    hide(article.pk, "It names a witness.")
    for record in (article, quote, person):
        assert contributor.get(page_of(record)).status_code == 302
        assert contributor.get(address(record)).status_code == 404
        assert contributor.get(readers_page(record)).status_code == 404, "its address tells a name"
        name = record._meta.model_name
        assert not contributor.get(reverse(f"admin:archive_{name}_changelist")).context["cl"].queryset.exists()


def test_a_contributor_is_told_no_outlet_that_readers_do_not_see(contributor, client, editor):
    shown = make_article(outlet=make_outlet("Harrow Gazette"))
    hide(make_article("Hidden", outlet=make_outlet("The Monitor")).pk, "It names a witness.")
    page = propose(contributor, shown, outlet="The Monitor")
    assert "The archive has no outlet “The Monitor”: name it in the reason." in page.text
    filtered = reverse("admin:archive_article_changelist")
    make_article("Another", outlet=make_outlet("Ford Times"))
    listed = contributor.get(filtered).text
    assert "Ford Times" in listed and "The Monitor" not in listed
    assert "The Monitor" in client.get(filtered).text


def test_no_page_links_to_what_a_contributor_is_refused(contributor):
    article, person, quote = make_report_with_quote(outlet=make_outlet("Harrow Gazette"))
    organisation = make_organisation("Harrow ministry")
    make_mention(article, organisation, "ministry")
    for record in (article, quote, person, organisation):
        page = contributor.get(page_of(record)).text
        links = set(re.findall(r'href="(/admin/[^"?]*)', page))
        assert address(record) in links
        assert {link: contributor.get(link).status_code for link in links - {reverse("admin:logout")}} == dict.fromkeys(
            links, 200
        )
    assert '<div class="readonly">Harrow Gazette</div>' in contributor.get(page_of(article)).text


def test_accept_and_decline_stand_together_and_are_sent_where_they_say(contributor, client, editor):
    propose(contributor, make_person(), note="a colonel")
    proposal = Proposal.objects.get()
    page = client.get(page_of(proposal)).text
    section = page[page.index("<h2>Decide</h2>") :].partition("</fieldset>")[0]
    steps = [reverse(f"admin:{step}_proposal", args=[proposal.pk]) for step in ("accept", "decline")]
    assert re.findall('formaction="(.*?)"', section) == steps
    assert "Decided by" not in page
    [described] = re.findall('<textarea name="answer"[^>]*aria-describedby="(.*?)"', page)
    assert f'id="{described}">Where you decline' in page
    assert page.count("<form", page.index('id="content-main"')) == 1, "none within the other"


def test_who_may_change_it_proposes_nothing(client, editor, django_user_model):
    person = make_person()
    for user in (editor, django_user_model.objects.create_superuser("first")):
        client.force_login(user)
        page = client.get(page_of(person)).text
        assert "Propose a change" not in page and page_of(person, "history") in page
        assert client.get(address(person)).status_code == 403


def test_the_list_asks_as_often_for_many_as_for_two(client, editor, contributor):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(LIST)).status_code == 200
        return len(captured)

    def fill(numbers):
        for number in numbers:
            quote = make_quote(make_article(f"Report {number}"), "nine shells")
            make_proposal(quote, contributor.user, {"state": ("found", "rejected", "rejected")})

    fill(range(2))
    few = queries()
    fill(range(2, 8))
    assert queries() == few
    assert Article.objects.count() == 8
