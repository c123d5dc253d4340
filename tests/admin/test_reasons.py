"""Whoever changes what readers see says why; the history keeps it."""

import pytest
from django.urls import reverse

from archive.models import Article, Name, Organisation, Outlet, Person, Quote
from tests.admin.forms import REASON, filled
from tests.factories import make_organisation, make_outlet, make_person, make_report_with_quote

pytestmark = pytest.mark.django_db
WANTED = "Say why: readers see what you change here."
WANTED_ABOVE = "Say why, under “Reason”: readers see what you change here."


@pytest.fixture
def save(client, editor):
    def save(record, **changes):
        address = reverse(f"admin:archive_{record._meta.model_name}_change", args=[record.pk])
        answer = client.post(address, filled(client.get(address), **changes))
        record.refresh_from_db()
        return answer

    return save


def reason_kept(record) -> str:
    """The reason of the last change of the record."""
    return (record.events.order_by("-pgh_id").first().pgh_context.metadata or {}).get("reason", "")


@pytest.mark.parametrize(
    ("make", "changes"),
    [
        (lambda: make_report_with_quote()[0], {"title": "Bridge hit"}),
        (lambda: make_report_with_quote()[0], {"published": "2018-05"}),
        (lambda: make_report_with_quote()[0], {"text": "Another text."}),
        (lambda: make_report_with_quote()[2], {"role": "Brigadier"}),
        (lambda: make_report_with_quote()[2], {"state": "rejected"}),
        (lambda: make_person("Vera Lindqvist"), {"note": "The officer."}),
        (lambda: make_organisation("Harrow police"), {"wikidata_id": "Q42"}),
        (lambda: make_outlet("Harrow Gazette"), {"name": "The Harrow Gazette"}),
    ],
)
def test_a_change_that_readers_see_needs_a_reason(save, make, changes):
    record = make()
    before = record.events.count()
    assert WANTED in save(record, reason=" ", **changes).text
    assert record.events.count() == before
    assert save(record, **changes).status_code == 302
    assert record.events.count() > before or record.versions.count() == 2


@pytest.mark.parametrize(
    ("changes", "record_of"),
    [
        ({"quotes-0-role": "Brigadier"}, lambda article: article.quotes.get()),
        ({"quotes-0-state": "rejected"}, lambda article: article.quotes.get()),
    ],
)
def test_so_does_a_change_of_a_quote_on_the_page_of_its_report(save, changes, record_of):
    article, *_ = make_report_with_quote()
    assert WANTED_ABOVE in save(article, reason="", **changes).text
    assert record_of(article).events.count() == 1
    save(article, reason="She is one.", **changes)
    assert reason_kept(record_of(article)) == "She is one."


def test_so_does_a_name_and_a_name_taken_out(save):
    person = make_person("Vera Lindqvist", "Lindqvist")
    names = {name.text: place for place, name in enumerate(person.names.order_by("text"))}
    changed = {f"names-{names['Lindqvist']}-text": "V. Lindqvist"}
    assert WANTED_ABOVE in save(person, reason="", **changed).text
    save(person, **changed)
    name = Name.objects.get(text="V. Lindqvist")
    assert reason_kept(name) == REASON
    place = list(person.names.order_by("text")).index(name)
    assert WANTED_ABOVE in save(person, reason="", **{f"names-{place}-DELETE": "on"}).text
    save(person, reason="Nobody prints it.", **{f"names-{place}-DELETE": "on"})
    assert not Name.objects.filter(pk=name.pk).exists()
    assert reason_kept(name) == "Nobody prints it."


@pytest.mark.parametrize("reason", ["", "I heard the recording."])
def test_what_readers_do_not_see_needs_none_and_keeps_one_that_is_given(save, reason):
    article, person, quote = make_report_with_quote()
    assert save(quote, state="confirmed", reason=reason).status_code == 302
    assert (quote.state, reason_kept(quote)) == ("confirmed", reason)
    name = person.names.get(text="Lindqvist")
    place = list(person.names.order_by("text")).index(name)
    assert save(person, reason=reason, **{f"names-{place}-identifies": ""}).status_code == 302
    name.refresh_from_db()
    assert (name.identifies, reason_kept(name)) == (False, reason)
    assert save(article, reason="").status_code == 302


@pytest.mark.parametrize("model", [Person, Organisation, Outlet])
def test_whoever_adds_a_record_says_why(client, editor, model):
    address = reverse(f"admin:archive_{model._meta.model_name}_add")
    answer = client.post(address, filled(client.get(address), name="Almera Wire", reason=""))
    assert WANTED in answer.text
    assert not model.objects.exists()
    client.post(address, filled(client.get(address), name="Almera Wire"))
    assert reason_kept(model.objects.get()) == REASON


def test_a_reason_is_no_book(save):
    quote = make_report_with_quote()[2]
    assert "at most 1000 characters" in save(quote, role="Major", reason="a" * 1001).text
    assert quote.role == "Colonel"
    assert Quote.objects.count() == Article.objects.count() == 1
