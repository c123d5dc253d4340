"""A report in the admin: its description, its text and its quotes are corrected on one page."""

from datetime import date

import pytest
from django.urls import reverse

from archive.models import Article, Person, Quote
from tests.admin.forms import filled
from tests.factories import TEXT, make_article, make_outlet, make_person, make_quote, make_report_with_quote

pytestmark = pytest.mark.django_db


def address(article):
    return reverse("admin:archive_article_change", args=[article.pk])


def save(client, article, **changes):
    page = client.get(address(article))
    assert page.status_code == 200
    return client.post(address(article), filled(page, **changes), follow=True)


def test_the_page_shows_the_text_with_its_quotes_marked(client, editor):
    article, _, quote = make_report_with_quote(title="Bridge <b>shelled</b>")
    page = client.get(address(article)).content.decode()
    assert f'<mark class="quote" id="q{quote.pk}">&quot;We counted nine shells before dawn&quot;</mark>' in page
    assert "Bridge &lt;b&gt;shelled&lt;/b&gt;" in page
    assert "<b>shelled" not in page


def test_reported_speech_is_marked_without_a_number_and_says_where_it_is_negated(client, editor):
    article, person, _ = make_report_with_quote()
    make_quote(article, "residents said", person, kind="reported", negated=True)
    page = client.get(address(article)).content.decode()
    assert '<span class="negated-label">not stated</span>' in page
    assert "statement-link" not in page


def test_what_the_editor_sets_is_saved_and_noted_as_theirs(client, editor):
    article, _, _ = make_report_with_quote(title_is_ours=True)
    outlet = make_outlet("Almera Post")
    save(client, article, title="Bridge at Harrow Ford hit", published="2018-05", outlet=outlet.pk)

    article.refresh_from_db()
    assert (article.title, article.title_is_ours, article.outlet) == ("Bridge at Harrow Ford hit", False, outlet)
    assert (article.published_earliest.isoformat(), article.published_latest.isoformat()) == (
        "2018-05-01",
        "2018-05-31",
    )
    assert article.edited == ["outlet", "published", "title"]


def test_saving_without_a_change_changes_nothing(client, editor):
    article, _, quote = make_report_with_quote(published=None)
    events = article.events.count(), quote.events.count()
    save(client, article)
    article.refresh_from_db()
    assert article.edited == []
    assert (article.events.count(), quote.events.count()) == events
    assert article.versions.count() == 1


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("6/7/2016", "two ways"),
        ("yesterday", "is no date"),
        ("2018-02-30", "2018-02-30"),
        ("2018 to 2017", "is no range of days"),
    ],
)
def test_a_date_that_makes_no_sense_is_explained(client, editor, written, error):
    article = make_article()
    page = save(client, article, published=written)
    assert error in page.content.decode()
    article.refresh_from_db()
    assert article.published_earliest is None


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("2018-05-30", date(2018, 5, 30), date(2018, 5, 30)),
        ("2018-05", date(2018, 5, 1), date(2018, 5, 31)),
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("", None, None),
    ],
)
def test_a_date_is_set_as_far_as_it_is_known_and_shown_as_it_was_written(client, editor, written, earliest, latest):
    article = make_article(published=date(2001, 2, 3))
    save(client, article, published=written)
    article.refresh_from_db()
    assert (article.published_earliest, article.published_latest) == (earliest, latest)
    assert article.edited == ["published"]
    page = client.get(address(article))
    assert page.context["adminform"].form["published"].value() == written


def test_a_range_of_days_is_shown_as_it_is_entered(client, editor):
    article = make_article()
    save(client, article, published="2018-05-01 to 2018-05-05")
    assert 'value="2018-05-01 to 2018-05-05"' in client.get(address(article)).content.decode()
    save(client, article, published="")
    article.refresh_from_db()
    assert article.published_latest is None


def test_a_wrong_speaker_is_corrected(client, editor):
    article, _, quote = make_report_with_quote()
    other = make_person("Marta Quill")
    save(client, article, **{"quotes-0-speaker": other.pk})
    quote.refresh_from_db()
    assert (quote.speaker, quote.state, quote.rule, quote.confidence) == (other, "corrected", "editor", None)


def test_a_speaker_is_taken_off_and_said_to_be_unnamed(client, editor):
    article, _, quote = make_report_with_quote()
    save(client, article, **{"quotes-0-speaker": "", "quotes-0-speaker_kind": "unnamed"})
    quote.refresh_from_db()
    assert (quote.speaker, quote.speaker_kind, quote.state) == (None, "unnamed", "corrected")


def test_a_quote_is_rejected_and_another_confirmed(client, editor):
    article, _, quote = make_report_with_quote()
    save(client, article, **{"quotes-0-state": "rejected"})
    quote.refresh_from_db()
    assert (quote.state, quote.speaker.name) == ("rejected", "Vera Lindqvist")
    assert client.get(quote.get_absolute_url()).status_code == 410
    save(client, article, **{"quotes-0-state": "confirmed"})
    assert client.get(quote.get_absolute_url()).status_code == 200


def new_quote(page, words, speaker=""):
    fields = {"words": words, "kind": "direct", "speaker": speaker, "speaker_kind": "unknown", "role": "", "state": ""}
    count = int(filled(page)["quotes-INITIAL_FORMS"])
    return {"quotes-TOTAL_FORMS": count + 1} | {f"quotes-{count}-{name}": value for name, value in fields.items()}


def test_a_quote_is_added_by_its_words(client, editor):
    article, person, _ = make_report_with_quote()
    page = client.get(address(article))
    data = filled(page) | new_quote(page, "The ministry did not answer questions.", person.pk)
    data["quotes-1-article"] = article.pk
    client.post(address(article), data)
    added = Quote.objects.with_words().get(state="added")
    assert (added.words, added.speaker, added.speaker_kind) == (
        "The ministry did not answer questions.",
        person,
        "person",
    )


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("Words of another report", "These words are not in the report"),
        ('"We counted nine shells before dawn"', "This quote is there already"),
        ("", "These words are not in the report"),
    ],
)
def test_a_quote_whose_words_are_not_there_is_not_added(client, editor, words, error):
    article, _, _ = make_report_with_quote()
    page = client.get(address(article))
    data = filled(page) | new_quote(page, words)
    data["quotes-1-article"] = article.pk
    data["quotes-1-role"] = "somebody"
    answer = client.post(address(article), data)
    assert error in answer.content.decode()
    assert Quote.objects.count() == 1


def test_a_new_text_is_a_new_version_and_says_what_was_lost(client, editor):
    article, _, quote = make_report_with_quote()
    answer = save(client, article, text="The ministry did not answer questions.")
    assert "The text is now version 2." in answer.content.decode()
    assert "Quotes whose words are no longer in the text: 1." in answer.content.decode()
    quote.refresh_from_db()
    assert quote.gone
    assert article.shown_version.maker == "editor"


def test_a_page_that_is_older_than_the_record_changes_nothing(client, editor):
    article, _, quote = make_report_with_quote()
    page = client.get(address(article))
    save(client, article, text=TEXT + "\n\nThe first editor's line.", **{"quotes-0-state": "rejected"})
    for change in ({"text": TEXT + "\n\nThe second editor's line."}, {"author": "A. Writer"}):
        answer = client.post(address(article), filled(page, **change))
        assert "This record was changed after you opened its page" in answer.content.decode()
    quote.refresh_from_db()
    article.refresh_from_db()
    assert (quote.state, article.author) == ("rejected", "")
    assert "first editor" in article.shown_version.text


def test_a_text_is_not_emptied_and_holds_nothing_that_cannot_be_shown(client, editor):
    article = make_article()
    assert "A report keeps a text" in save(client, article, text=" \n").content.decode()
    assert "a character that cannot be shown, at 5" in save(client, article, text="Black\x0bout").content.decode()
    assert article.versions.count() == 1


def test_an_edit_that_loses_nothing_does_not_say_so(client, editor):
    article, _, quote = make_report_with_quote()
    save(client, article, text="The ministry did not answer questions.")
    answer = save(client, article, text="The ministry did not answer any questions.").content.decode()
    assert "The text is now version 3." in answer
    assert "no longer in the text" not in answer


def test_nothing_is_deleted_or_added_by_hand(client, editor):
    article, person, quote = make_report_with_quote()
    for name, record in [("article", article), ("person", person), ("quote", quote)]:
        assert client.get(reverse(f"admin:archive_{name}_delete", args=[record.pk])).status_code == 403
    assert client.get(reverse("admin:archive_article_add")).status_code == 403
    original = article.shown_version.readings.get().original
    page = client.get(reverse("admin:archive_original_change", args=[original.pk]))
    assert page.status_code == 200
    assert "_save" not in page.content.decode()


def test_history_shows_who_changed_what_through_which_page(client, editor):
    article, _, _ = make_report_with_quote()
    other = make_person("Marta Quill")
    save(client, article, title="Another title", **{"quotes-0-speaker": other.pk})
    history = client.get(reverse("admin:archive_article_history", args=[article.pk]))
    changes = {(change.who, change.what, name) for change in history.context["changes"] for name, _, _ in change.fields}
    assert ("editor", f"article {article.pk} changed", "title") in changes
    assert any(who == "editor" and name == "speaker" for who, _, name in changes)
    assert address(article) in history.content.decode()
    assert "Another title" in history.content.decode()


def test_the_list_asks_as_often_for_many_reports_as_for_two(client, editor, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("admin:archive_article_changelist")).status_code == 200
        return len(captured)

    make_report_with_quote("One", outlet=make_outlet("A"))
    make_report_with_quote("Two", outlet=make_outlet("B"))
    few = queries()
    for number in range(10):
        make_report_with_quote(f"Report {number}", outlet=make_outlet(f"Outlet {number}"))
    assert queries() == few
    assert Article.objects.count() == 12
    assert Person.objects.count() == 1


def test_the_reason_is_asked_for_below_the_description(client, editor):
    page = client.get(reverse("admin:archive_article_change", args=[make_article().pk])).text
    places = [page.index(f'name="{name}"') for name in ("title", "url", "language", "reason", "text")]
    assert places == sorted(places)
    assert page.index('name="reason"') < page.index("Text with its quotes")
