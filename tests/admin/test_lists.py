"""Lists in the admin: counted up to a limit, sorted and filtered by what has an index."""

from datetime import date

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.admin.lists import LargeListAdmin
from archive.extraction.calibration import RULES
from archive.models import Article, Quote
from tests.factories import make_article, make_original, make_quote, make_report_with_quote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("editor")]

QUOTES = reverse("admin:archive_quote_changelist")
ARTICLES = reverse("admin:archive_article_changelist")
ORIGINALS = reverse("admin:archive_original_changelist")


def titles(response):
    return [article.title for article in response.context["cl"].result_list]


def test_a_list_is_counted_up_to_a_limit(client, monkeypatch):
    monkeypatch.setattr("archive.admin.lists.MOST_COUNTED", 2)
    for number in range(2):
        make_article(f"Report {number}")
    assert "\n2 articles" in client.get(ARTICLES).text
    make_article("Report 2")
    with CaptureQueriesContext(connection) as context:
        page = client.get(ARTICLES)
    assert "\nmore than 2 articles" in page.text
    assert len(titles(page)) == 3
    [counting] = [query["sql"] for query in context.captured_queries if "COUNT(*) FROM (SELECT" in query["sql"]]
    assert "LIMIT 3" in counting
    assert "archive_quote" not in counting


def test_of_a_limited_count_all_pages_open(client, monkeypatch):
    monkeypatch.setattr("archive.admin.lists.MOST_COUNTED", 100)
    for number in range(101):
        make_article(f"Report {number}")
    assert "\nmore than 100 articles" in client.get(ARTICLES).text
    assert titles(client.get(ARTICLES, {"p": 2}))[-1] == "Report 1"


@pytest.mark.parametrize("model", [model for model in admin.site._registry if model._meta.app_label == "archive"])
def test_every_list_of_the_archive_is_one_for_a_million(model):
    assert isinstance(admin.site._registry[model], LargeListAdmin)


def test_reports_are_sorted_by_their_date_alone(client):
    for title, day in (("May", date(2018, 5, 1)), ("Undated", None), ("March", date(2018, 3, 1))):
        make_article(title, published=day)
    newest = client.get(ARTICLES)
    assert titles(newest) == ["March", "Undated", "May"]
    assert "?o=2" in newest.text
    assert "?o=0" not in newest.text
    assert titles(client.get(ARTICLES, {"o": "2"})) == ["May", "March", "Undated"]
    assert titles(client.get(ARTICLES, {"o": "-2"})) == ["Undated", "March", "May"]


def test_quotes_are_filtered_by_the_rule_that_decided(client):
    article, _, quote = make_report_with_quote()
    Quote.objects.filter(pk=quote.pk).update(rule="cue-after")
    other = make_quote(article, "Harrow")
    Quote.objects.filter(pk=other.pk).update(rule="editor")
    found = client.get(QUOTES, {"rule__exact": "cue-after"}).context["cl"].result_list
    assert [each.pk for each in found] == [quote.pk]
    assert {rule for rule, _ in client.get(QUOTES).context["cl"].filter_specs[-1].lookup_choices} == {*RULES, "editor"}


def test_the_number_of_quotes_leaves_out_rejected_ones(client):
    article, _, quote = make_report_with_quote()
    make_quote(article, "Harrow", state=Quote.State.REJECTED)
    [row] = client.get(ARTICLES).context["cl"].result_list
    assert (row.pk, row.quote_count) == (article.pk, 1)
    assert Article.objects.get().quotes.count() == 2


def test_originals_are_found_by_part_of_their_name_and_the_beginning_of_their_hash(client):
    original = make_original(b"one", "Harrow-bridge.txt")
    make_original(b"other", "mill.txt")
    for typed in ("w-BRIDGE", original.sha256[:12]):
        assert [found.pk for found in client.get(ORIGINALS, {"q": typed}).context["cl"].result_list] == [original.pk]


def test_what_is_cut_out_for_a_row_is_cut_out_for_those_of_its_page_alone(client):
    article = make_article("Harrow", " ".join(f'"Shell {number}"' for number in range(60)))
    for number in range(60):
        make_quote(article, f'"Shell {number}"')
    with CaptureQueriesContext(connection) as context:
        page = client.get(QUOTES, {"p": 2})
    assert [quote.words for quote in page.context["cl"].result_list] == [
        f'"Shell {number}"' for number in range(9, -1, -1)
    ]
    assert not [
        query for query in context.captured_queries if "OFFSET" in query["sql"] and "substr" in query["sql"].lower()
    ]
