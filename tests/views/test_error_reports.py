"""A reader reports an error without an account: it waits for an editor, and is not published."""

import pytest
from django.core.cache import cache

from archive.curation.merging import merge
from archive.curation.withholding import hide, put_into_trash
from archive.models import ErrorReport, Quote
from tests.factories import make_mention, make_organisation, make_person, make_report_with_quote

pytestmark = pytest.mark.django_db
TEXT = "It was the mayor, <not> the colonel."


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def records():
    article, person, quote = make_report_with_quote()
    organisation = make_organisation("Harrow ministry")
    make_mention(article, organisation, "ministry")
    return {"report": article, "person": person, "quote": quote, "organisation": organisation}


def address(kind, record):
    return f"/report-an-error/{kind}/{record.pk}/"


@pytest.mark.parametrize("kind", ErrorReport.Kind.values)
def test_the_page_of_each_record_leads_to_a_form_that_takes_the_error(client, records, kind):
    record = records[kind]
    assert (
        f'<a href="{address(kind, record)}" rel="nofollow">Report an error</a>'
        in client.get(record.get_absolute_url()).text
    )
    page = client.get(address(kind, record)).text
    assert record.get_absolute_url() in page
    assert "What you write is not published" in page
    assert 'content="noindex"' in page
    sent = client.post(address(kind, record), {"text": f" {TEXT} \r\n"}, follow=True)
    assert sent.redirect_chain == [(f"{address(kind, record)}sent/", 302)]
    assert "Thank you" in sent.text
    report = ErrorReport.objects.open().get()
    assert (report.kind, report.number, report.text, report.state) == (kind, record.pk, TEXT, "open")


def test_what_the_reader_wrote_and_who_it_was_stands_nowhere(client, records):
    client.post(address("quote", records["quote"]), {"text": TEXT}, REMOTE_ADDR="192.0.2.77")
    addresses = ["/corrections/", "/corrections/feed.atom", f"/corrections/quote/{records['quote'].pk}/"]
    addresses += [record.get_absolute_url() for record in records.values()]
    assert all("mayor" not in client.get(each).text for each in addresses)
    report = ErrorReport.objects.get()
    kept = {field.name for field in ErrorReport._meta.fields}
    assert kept == {"id", "kind", "number", "text", "received", "state", "answer", "answered"}
    assert "192.0.2" not in str(report.events.get().pgh_context.metadata)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Write what is wrong."),
        (" \n ", "Write what is wrong."),
        ("a" * 2001, "at most 2000 characters (it has 2001)"),
        ("a\0b", "Null characters are not allowed."),
    ],
)
def test_a_text_that_cannot_be_taken_is_explained_and_kept_in_the_form(client, records, text, problem):
    answer = client.post(address("report", records["report"]), {"text": text})
    assert answer.status_code == 200
    assert problem in answer.text
    assert not ErrorReport.objects.exists()


def test_what_fills_in_the_field_that_readers_do_not_see_is_thanked_and_forgotten(client, records):
    sent = client.post(address("report", records["report"]), {"text": TEXT, "website": "https://buy.example"})
    assert sent.status_code == 302
    assert not ErrorReport.objects.exists()


def test_another_site_cannot_send_one(records):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(address("report", records["report"]), {"text": TEXT})
    assert answer.status_code == 403
    assert not ErrorReport.objects.exists()


def test_too_many_from_one_address_are_told_to_wait_and_lose_nothing(client, records, settings):
    settings.ERROR_REPORT_RATE = (2, 86_400)
    where = address("person", records["person"])
    for _ in range(2):
        assert client.post(where, {"text": TEXT}).status_code == 302
    assert client.post(where, {"text": ""}).status_code == 200
    refused = client.post(where, {"text": TEXT})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 86_401
    assert "Not more than 2 error reports are taken from one address in one day." in refused.text
    assert "It was the mayor, &lt;not&gt; the colonel." in refused.text
    assert ErrorReport.objects.count() == 2
    assert client.post(where, {"text": TEXT}, REMOTE_ADDR="192.0.2.2").status_code == 302
    settings.ERROR_REPORT_RATE = None
    assert client.post(where, {"text": TEXT}).status_code == 302


def test_the_api_is_counted_apart(client, records, settings):
    settings.ERROR_REPORT_RATE, settings.API_RATE = (1, 86_400), (1, 86_400)
    assert client.post(address("person", records["person"]), {"text": TEXT}).status_code == 302
    assert client.get("/api/v1/outlets").status_code == 200


@pytest.mark.parametrize("withhold", [hide, put_into_trash])
@pytest.mark.parametrize("kind", ErrorReport.Kind.values)
def test_nothing_can_be_reported_of_what_is_hidden(client, records, withhold, kind):
    withhold(records["report"].pk, "It names a witness.")
    for answer in (client.get(address(kind, records[kind])), client.post(address(kind, records[kind]), {"text": TEXT})):
        assert answer.status_code == 410
        assert "Bridge shelled" not in answer.text and "Lindqvist" not in answer.text and "ministry" not in answer.text
    assert client.get(f"{address(kind, records[kind])}sent/").status_code == 404
    assert not ErrorReport.objects.exists()


def test_nor_of_a_quote_that_was_rejected(client, records):
    Quote.objects.update(state="rejected")
    assert client.post(address("quote", records["quote"]), {"text": TEXT}).status_code == 410
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize("where", ["report/9", "quote/9", "person/9", "organisation/9", "outlet/1", f"person/{9**30}"])
def test_what_is_not_there_has_no_form(client, records, where):
    assert client.get(f"/report-an-error/{where}/").status_code == 404
    assert client.post(f"/report-an-error/{where}/", {"text": TEXT}).status_code == 404


def test_an_error_in_somebody_who_was_merged_meanwhile_is_one_in_who_stayed(client, records):
    stays = make_person("Wera Lindqvist")
    merge(stays.pk, [records["person"].pk], "one officer")
    client.post(address("person", records["person"]), {"text": TEXT})
    assert ErrorReport.objects.get().number == stays.pk


def test_other_ways_to_ask_are_refused(client, records):
    assert client.put(address("report", records["report"])).status_code == 405
