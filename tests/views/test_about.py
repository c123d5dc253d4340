"""The pages that explain: their numbers are those of the documentation, and what they say of cookies is true."""

import re
from datetime import date

import pytest
from django.conf import settings

from tests.factories import make_outlet, make_report_with_quote

pytestmark = pytest.mark.django_db


def plain(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_every_measured_number_stands_in_the_documentation(client):
    measured = (settings.BASE_DIR / "docs" / "attribution.md").read_text(encoding="utf-8")
    shown = plain(client.get("/about/").text)
    for row in (
        "0.95 and more | 1,929 | 96.4 %",
        "0.8 up to 0.95 | 884 | 89.8 %",
        "0.6 up to 0.8 | 165 | 79.4 %",
        "under 0.6 | 90 | 15.6 %",
    ):
        assert f"| {row} |" in measured
        assert row.replace(" | ", " ") in shown
    for reports, precision, recall in (("56 conflict reports", 94.3, 93.0), ("45 political news articles", 91.5, 85.9)):
        assert re.search(rf"\| {reports} \| [\d.]+ \| {precision} \| {recall} \|", measured)
        assert f"{reports} {precision} {recall}" in shown
    assert "| reported | 75.3 | 67.1 | 75.7 |" in measured
    assert "75.3 % were right, and 67.1 % of those there were found; of the names given for it 75.7 %" in shown
    assert "387 conflict reports and news articles" in measured and "387 conflict reports and news articles" in shown


@pytest.mark.parametrize("address", ["/about/", "/help/"])
def test_each_link_of_the_contents_leads_to_its_heading(client, address):
    text = client.get(address).text
    contents = re.search(r'<nav class="guide-contents".*?</nav>', text, re.DOTALL)[0]
    assert re.findall(r'href="#([\w-]+)"', contents) == re.findall(r'<h2 id="([\w-]+)"', text)


def test_the_pages_lead_on(client):
    assert all(f'href="{address}"' in client.get("/about/").text for address in ("/corrections/", "/api/v1/docs"))
    help_page = client.get("/help/").text
    for address in ("/search/help/", "/calendar/", "/outlets/", "/people/", "/about/#confidence", "/admin/"):
        assert f'href="{address}"' in help_page


def test_to_read_sets_no_cookie(client, index):
    article, person, quote = make_report_with_quote(outlet=make_outlet(), published=date(2018, 5, 1))
    index()
    for address in (
        "/",
        "/search/?q=bridge",
        "/reports/",
        "/calendar/2018/",
        "/outlets/",
        "/outlets/harrow-gazette/",
        "/people/",
        "/about/",
        "/help/",
        "/corrections/",
        article.get_absolute_url(),
        person.get_absolute_url(),
        quote.get_absolute_url(),
    ):
        assert not client.get(address).cookies, address
    assert set(client.get(f"/report-an-error/report/{article.pk}/").cookies) == {"csrftoken"}
