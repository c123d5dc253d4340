"""An editor marks words of a report's text on a page of its own, without any script."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from archive.models import Person, Quote
from archive.search import sync
from tests.admin.forms import filled
from tests.factories import (
    TEXT,
    make_article,
    make_mention,
    make_organisation,
    make_person,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db

QUOTE = '"We counted nine shells before dawn"'
SENTENCE = "The ministry did not answer questions."


@pytest.fixture(autouse=True)
def _no_process(monkeypatch):
    """Nothing is committed in these tests, so no process could take anything in."""
    monkeypatch.setattr(sync, "drain_in_background", lambda: None)


def address(article):
    return reverse("admin:archive_article_mark", args=[article.pk])


def text(response) -> str:
    return " ".join(response.content.decode().split())


def send(client, article, words, **fields):
    """Fills in the form as a browser does."""
    data = {
        "words": words,
        "start": "",
        "end": "",
        "what": "quotation",
        "kind": "direct",
        "who": "unknown",
        "name": "",
        "reason": "Read in the report",
        "version": "1",
    }
    return client.post(address(article), data | fields, follow=True)


def take_off(client, article, **fields):
    return client.post(address(article), {"reason": "Misread", "version": "1"} | fields, follow=True)


def test_the_page_shows_the_text_with_its_marks_and_nothing_else_in_it(client, editor):
    article, _, quote = make_report_with_quote(furniture=[(0, 8)])
    page = client.get(address(article)).content.decode()
    start = TEXT.index(QUOTE)
    assert f'<p dir="auto" data-start="{start}"><mark class="quote">&quot;We counted' in page
    assert '<p dir="auto" data-start="0"><span class="furniture">Shelling</span> damaged' in page
    assert "speaker-label" not in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert sorted(set(ids)) == sorted(ids)
    assert page.count(">readers are told it among the corrections</div>") == 2
    assert "kept in the history" not in page
    assert '<option value="Vera Lindqvist"></option>' in page
    link = f'<a href="{address(article)}">Mark in the text</a>'
    assert link in text(client.get(reverse("admin:archive_article_change", args=[article.pk])))


def test_a_quotation_is_marked_by_its_words_and_is_on_the_public_page(client, editor):
    article, vera = make_article(), make_person()
    page = send(client, article, SENTENCE, who="named", name="vera lindqvist")
    quote = Quote.objects.get()
    link = reverse("admin:archive_quote_change", args=[quote.pk])
    assert f'Marked: <a href="{link}">a quotation</a>, by Vera Lindqvist.' in text(page)
    assert (quote.speaker, quote.state) == (vera, "added")
    assert f'<mark class="quote hue-1" id="q{quote.pk}">{SENTENCE}</mark>' in text(
        client.get(article.get_absolute_url())
    )
    line = '<span dir="auto">quotation added</span> — <span dir="auto">Read in the report</span>'
    assert line in text(client.get(article.get_absolute_url()))
    history = client.get(reverse("admin:archive_article_history", args=[article.pk])).context["changes"]
    [told] = [change for change in history if change.why]
    assert (told.who, told.why, told.through) == ("editor", "Read in the report", address(article))


@pytest.mark.parametrize("who", ["unnamed", "unknown"])
def test_who_spoke_may_be_unnamed_or_not_known(client, editor, who):
    article = make_article()
    send(client, article, SENTENCE, who=who)
    assert Quote.objects.get().speaker_kind == who


def test_an_organisation_speaks_too(client, editor):
    article, police = make_article(), make_organisation()
    send(client, article, SENTENCE, who="named", name="Kabul Police", kind="reported")
    quote = Quote.objects.get()
    assert (quote.organisation, quote.kind) == (police, "reported")


def test_of_several_who_bear_the_name_one_is_chosen(client, editor):
    first, second = make_person("Omar Tarn", slug="omar-tarn"), make_person("Omar Tarn", slug="omar-tarn-2")
    article = make_article()
    page = send(client, article, SENTENCE, who="named", name="Omar Tarn")
    assert "Choose who is meant." in text(page)
    assert "Omar Tarn (omar-tarn-2)" in text(page)
    assert not Quote.objects.exists()
    send(client, article, SENTENCE, who="named", name="Omar Tarn", meant=f"p{second.pk}")
    assert Quote.objects.get().speaker == second
    assert first.quotes.count() == 0


def test_a_part_of_a_name_is_asked_about_and_a_new_person_may_be_meant(client, editor):
    vera = make_person()
    article = make_article()
    page = send(client, article, SENTENCE, who="named", name="Lindqvist")
    assert "Vera Lindqvist (vera-lindqvist)" in text(page)
    assert "A person that the archive does not have yet: Lindqvist" in text(page)
    send(client, article, SENTENCE, who="named", name="Lindqvist", meant="new")
    added = Quote.objects.get().speaker
    assert (added.name, Person.objects.count()) == ("Lindqvist", 2)
    assert added != vera


def test_a_new_person_is_not_made_where_the_quotation_is_refused(client, editor):
    article = make_article()
    make_quote(article, QUOTE)
    page = send(client, article, QUOTE, who="named", name="Nobody Known", meant="new")
    assert "Nothing was changed." in text(page)
    assert "is marked already" in text(page)
    assert not Person.objects.exists()


def test_of_words_that_stand_several_times_the_place_is_chosen(client, editor):
    article = make_article(text="He waited. Nobody came.\n\nThen he left. Nobody came. It rained.")
    page = send(client, article, "Nobody came.")
    assert "These words stand there 2 times: choose where." in text(page)
    assert "…He waited. Nobody came. Then he left. Nobody came. It rained.…" in text(page)
    send(client, article, "Nobody came.", place="39-51")
    assert Quote.objects.get().start == 39


def test_selected_words_are_at_their_place_and_old_places_count_for_nothing(client, editor):
    article = make_article(text="Nobody came.\n\nNobody came.\n\nIt rained.")
    send(client, article, "Nobody came.", start="14", end="26")
    assert Quote.objects.get().start == 14
    send(client, article, "It rained.", start="0", end="12")
    assert Quote.objects.get(start=28).end == 38


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"words": ""}, "Select some words, or write them."),
        ({"words": "Words of another report"}, "These words are not in the report"),
        ({"who": "named"}, "Write who spoke"),
        ({"who": "named", "name": "?!", "meant": "new"}, "A name needs at least one letter."),
        ({"who": "named", "name": "Vera\0"}, "Null characters are not allowed."),
        ({"who": "named", "name": "Vera " * 100}, "at most 300 characters"),
        ({"words": "word " * 100_000}, "These words are not in the report"),
        ({"reason": " "}, "Say why."),
        ({"what": "gossip"}, "Select a valid choice."),
        ({"place": "0-99999999999999999999"}, ""),
        ({"version": "2"}, "Version 1 of the text is shown by now"),
        ({"start": "99999999999999999999", "end": "999999999999999999999"}, ""),
    ],
)
def test_what_cannot_be_marked_is_told_and_nothing_breaks(client, editor, fields, told):
    article = make_article()
    page = send(client, article, **({"words": SENTENCE} | fields))
    assert page.status_code == 200
    assert told in text(page)
    assert Quote.objects.exists() == (not told)


def test_a_name_that_nobody_bears_is_told_to_who_may_add_nobody(client, editor, django_user_model):
    article = make_article()
    with_permissions(client, django_user_model, "view_article", "change_article", "change_quote")
    page = send(client, article, SENTENCE, who="named", name="Nobody Known")
    assert "The archive has nobody of this name." in text(page)
    page = send(client, article, SENTENCE, who="named", name="Nobody Known", meant="new")
    assert not Person.objects.exists()


def test_furniture_is_marked_and_the_mark_taken_off(client, editor):
    article = make_article()
    assert "Marked as page furniture." in text(send(client, article, SENTENCE, what="furniture"))
    assert f'<span class="furniture">{SENTENCE}</span>' in text(client.get(article.get_absolute_url()))
    start = TEXT.index(SENTENCE)
    page = take_off(client, article, unfurnish=f"{start}-{start + len(SENTENCE)}")
    assert "These words are no furniture any more." in text(page)
    assert article.shown_version.furniture == []
    send(client, article, SENTENCE, what="furniture")
    assert "Marked as a part of the report." in text(send(client, article, SENTENCE, what="text"))


def test_a_quotation_is_said_to_be_none(client, editor):
    article, _, quote = make_report_with_quote()
    page = take_off(client, article, reject=quote.pk)
    assert "is none any more." in text(page)
    assert client.get(quote.get_absolute_url()).status_code == 410
    assert "not marked in the report any more" in text(take_off(client, article, reject=quote.pk))


@pytest.mark.parametrize(
    "fields",
    [{"reject": "none"}, {"reject": ""}, {"unfurnish": "one-two"}, {"unfurnish": "-"}, {"reject": "1", "reason": ""}],
)
def test_a_mark_that_is_none_is_not_taken_off(client, editor, fields):
    article, _, quote = make_report_with_quote()
    assert take_off(client, article, **fields).status_code == 200
    quote.refresh_from_db()
    assert quote.state == "found"


def with_permissions(client, django_user_model, *permissions):
    user = django_user_model.objects.create_user("helper", password="a long password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions, content_type__app_label="archive"))
    client.force_login(user)


def test_who_may_not_change_quotes_marks_none(client, django_user_model):
    article, _, quote = make_report_with_quote()
    with_permissions(client, django_user_model, "view_article", "change_article")
    assert "Select a valid choice." in text(send(client, article, SENTENCE))
    assert take_off(client, article, reject=quote.pk).status_code == 403
    assert "Marked as page furniture." in text(send(client, article, SENTENCE, what="furniture"))
    quote.refresh_from_db()
    assert quote.state == "found"


def test_others_do_not_see_the_page(client, django_user_model):
    article = make_article()
    with_permissions(client, django_user_model, "view_article")
    assert client.get(address(article)).status_code == 403
    assert send(client, article, SENTENCE).status_code == 403
    client.logout()
    assert client.get(address(article)).status_code == 302
    assert not Quote.objects.exists()


def test_no_such_report(client, editor):
    assert client.get(reverse("admin:archive_article_mark", args=[1])).status_code == 404


def test_of_many_quotes_few_queries_are_asked(client, editor, django_assert_max_num_queries):
    article, person = make_article(), make_person()
    make_mention(article, person, "Vera Lindqvist")
    for word in TEXT.split()[:12]:
        if not Quote.objects.filter(start=TEXT.index(word)).exists():
            make_quote(article, word, person)
    with django_assert_max_num_queries(14):
        client.get(address(article))


def test_the_page_of_a_report_names_what_a_revision_lost(client, editor):
    article, _, quote = make_report_with_quote()
    page = reverse("admin:archive_article_change", args=[article.pk])
    answer = client.post(page, filled(client.get(page), text="Nothing is left."), follow=True)
    link = f'<a href="{reverse("admin:archive_quote_change", args=[quote.pk])}">&quot;We counted'
    assert f"no longer in the text: 1. They are kept as gone: {link}" in text(answer)
    flagged = text(client.get(page))
    assert link in flagged
    assert "Its words are not in version 2 of the report." in flagged


def test_what_is_marked_as_furniture_is_told_to_readers(client, editor):
    article = make_article()
    send(client, article, SENTENCE, what="furniture", reason="A line of the site.")
    page = text(client.get(article.get_absolute_url()))
    assert "page furniture of the text: 1 passage marked</span>" in page and "A line of the site." in page
    assert "Page furniture of the text: 1 passage marked" in text(client.get(reverse("corrections")))
