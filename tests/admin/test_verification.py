"""The list of what a verification found wrong: what kind, of which report and quote, and how it narrows."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import Quote, Reading, VerificationFailure, Version
from archive.verifying.run import verify
from tests.factories import import_report

pytestmark = pytest.mark.django_db
LIST = "admin:archive_verificationfailure_changelist"


def failing(title="Bridge shelled at Harrow Ford"):
    """A report whose map leads nowhere."""
    article = import_report(title)
    Reading.objects.filter(version__article=article).update(runs=[])
    return article


def verified():
    for _ in verify(Version.objects.all(), jobs=1):
        pass


def shown(page):
    return list(page.context["cl"].queryset.values_list("kind", flat=True))


def test_each_failure_is_listed_with_its_report_quote_and_original(client, editor):
    article = failing()
    verified()
    page = client.get(reverse(LIST)).text
    quote, original = Quote.objects.spoken().get(), Reading.objects.get().original
    assert re.search(r'<th class="field-what"><a href="[^"]*">quotation at another place</a></th>', page)
    for kind, record, words in (
        ("article", article, article.title),
        ("quote", quote, quote),
        ("original", original, "report.txt"),
    ):
        assert f'href="{reverse(f"admin:archive_{kind}_change", args=[record.pk])}">{words}</a>' in page
    assert "recorded at no place of the original, found at" in page


def test_it_narrows_to_a_kind_and_to_a_report(client, editor):
    lost, moved = import_report("Lost"), failing()
    Reading.objects.filter(version__article=lost).delete()
    verified()
    assert sorted(shown(client.get(reverse(LIST)))) == ["moved", "moved", "no_original"]
    assert shown(client.get(reverse(LIST), {"kind__exact": "no_original"})) == ["no_original"]
    assert shown(client.get(reverse(LIST), {"q": str(moved.pk)})) == ["moved", "moved"]
    assert shown(client.get(reverse(LIST), {"q": "bridge"})) == []
    for digits in (30, 5000):  # Python makes no number of so many
        assert shown(client.get(reverse(LIST), {"q": "9" * digits})) == []


def test_nobody_changes_it_by_hand(client, editor):
    failing()
    verified()
    failure = VerificationFailure.objects.first()
    page = client.get(reverse("admin:archive_verificationfailure_change", args=[failure.pk]))
    assert failure.detail in page.text
    assert 'name="_save"' not in page.text
    assert client.get(reverse("admin:archive_verificationfailure_add")).status_code == 403
    address = reverse("admin:archive_verificationfailure_delete", args=[failure.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403


def test_the_list_asks_as_often_for_many_failures_as_for_one_and_reads_no_text(client, editor):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(LIST))
        return captured.captured_queries

    failing()
    verified()
    few = queries()
    for number in range(10):
        failing(f"Report {number}")
    verified()
    many = queries()
    assert len(many) == len(few)
    assert not any('"archive_version"."text",' in query["sql"] for query in many)
