import hashlib
from datetime import date

import pghistory
import pytest

from archive.curation.withholding import hide
from archive.models import Article, ErrorReport, Original, Quote
from tests.factories import (
    make_article,
    make_mention,
    make_organisation,
    make_outlet,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db


def test_reports_are_listed_as_they_came(get, settings):
    article = make_article(outlet=make_outlet(), published=date(2018, 5, 30), author="A. Marsh", language="en")
    other = make_article("Other")
    page = get("reports")
    assert page["next"] is None
    assert [report["id"] for report in page["results"]] == [article.pk, other.pk]
    first, second = page["results"]
    assert first.pop("added").startswith("20")
    assert first == {
        "id": article.pk,
        "url": f"{settings.SITE_URL}{article.get_absolute_url()}",
        "title": "Bridge shelled at Harrow Ford",
        "outlet": {"name": "Harrow Gazette", "slug": "harrow-gazette"},
        "published": {"earliest": "2018-05-30", "latest": "2018-05-30", "text": "30 May 2018"},
        "title_is_ours": False,
        "author": "A. Marsh",
        "language": "en",
        "source": "",
    }
    assert second["outlet"] is None
    assert second["published"] == {"earliest": None, "latest": None, "text": "date not known"}


def test_pages_go_on_with_what_came_meanwhile(get):
    made = [make_article().pk for _ in range(3)]
    first = get("reports", limit=2)
    made.append(make_article().pk)
    second = get("reports", limit=2, cursor=first["next"])
    assert [report["id"] for report in first["results"] + second["results"]] == made
    assert second["next"] is None


def test_the_list_narrows_to_an_outlet_and_a_time(get):
    gazette, _ = make_article(outlet=make_outlet(), published=date(2018, 5, 30)), make_article(outlet=make_outlet("B"))
    vague = make_article(published=(date(2017, 12, 1), date(2018, 1, 31)))
    assert [one["id"] for one in get("reports", outlet="harrow-gazette")["results"]] == [gazette.pk]
    assert [one["id"] for one in get("reports", published="2018")["results"]] == [gazette.pk, vague.pk]
    assert [one["id"] for one in get("reports", published="2018-05")["results"]] == [gazette.pk]
    assert get("reports", 404, outlet="nobody")["detail"] == "There is no outlet called “nobody”."


def test_a_report_has_its_text_and_all_that_was_found_in_it(get, settings):
    article, person, quote = make_report_with_quote(furniture=[(0, 8)])
    police = make_organisation("Harrow police")
    make_mention(article, police, "residents")
    reported = make_quote(article, "Shelling damaged the bridge", police, kind="reported")
    make_quote(article, "residents said", kind="reported", state="rejected")
    report = get(f"reports/{article.pk}")
    assert report["text"] == article.shown_version.text
    assert report["furniture"] == [[0, 8]]
    assert [each["id"] for each in report["quotes"]] == [reported.pk, quote.pk]
    for each in report["quotes"]:
        assert report["text"][each["start"] : each["end"]] == each["words"]
    assert [(one["name"], one["kind"]) for one in report["people"]] == [("Vera Lindqvist", "person")]
    assert [(one["name"], one["kind"]) for one in report["organisations"]] == [("Harrow police", "organisation")]


def test_its_originals_can_be_had_and_checked(get, client, settings):
    article = make_article()
    [version] = get(f"reports/{article.pk}")["versions"]
    assert (version["number"], version["shown"], version["maker"]) == (1, True, "reader")
    [original] = version["originals"]
    assert original["sha256"] == Original.objects.get().sha256
    content = client.get(original["url"].removeprefix(settings.SITE_URL)).getvalue()
    assert hashlib.sha256(content).hexdigest() == original["sha256"]
    assert original["size"] == len(content)


def test_what_readers_may_not_see_is_not_there(get):
    article, _, quote = make_report_with_quote()
    hide(article.pk, "It names a witness.")
    assert get("reports")["results"] == []
    assert get("quotes")["results"] == []
    reason = "An editor has hidden this report: It names a witness."
    assert get(f"reports/{article.pk}", 410)["detail"] == reason
    assert get(f"quotes/{quote.pk}", 410)["detail"] == f"The report that it stands in is not shown. {reason}"
    assert get(f"reports/{article.pk + 1}", 404)["detail"] == "There is no report of this number."
    assert get(f"quotes/{quote.pk + 1}", 404)["detail"] == "There is no quote of this number."


@pytest.mark.parametrize(
    ("number", "status"), [("7", 404), ("x", 404), ("0", 422), ("9" * 19, 422), ("1" + "0" * 400, 422)]
)
def test_a_number_that_is_no_reports(get, number, status):
    assert get(f"reports/{number}", status)["detail"]


def test_outlets_are_listed(get, settings):
    outlet = make_outlet()
    assert get("outlets") == {
        "results": [
            {
                "id": outlet.pk,
                "url": f"{settings.SITE_URL}/outlets/harrow-gazette/",
                "name": "Harrow Gazette",
                "slug": "harrow-gazette",
                "website": "",
            }
        ],
        "next": None,
    }


def test_queries_do_not_grow_with_reports_and_quotes(queries_of):
    def fill(numbers):
        for number in numbers:
            make_report_with_quote(f"Report {number}", outlet=make_outlet(f"Outlet {number}"))

    fill(range(2))
    article, _, _ = make_report_with_quote()
    addresses = ["/api/v1/reports", "/api/v1/outlets", f"/api/v1/reports/{article.pk}"]
    few = [queries_of(address) for address in addresses]
    fill(range(2, 6))
    make_quote(article, "before dawn", make_organisation("Harrow police"))
    make_quote(article, "nine shells", make_organisation("Harrow council"))
    assert [queries_of(address) for address in addresses] == few == [1, 1, 7]


@pytest.mark.django_db(transaction=True)
def test_a_report_and_its_speaker_say_when_an_editor_corrected_them(get):
    article, person, quote = make_report_with_quote()
    other = make_report_with_quote("Another")[0]
    assert (get(f"reports/{article.pk}")["corrected"], get("people/vera-lindqvist")["corrected"]) == (None, None)
    with pghistory.context(user=1, reason="as printed"):
        Quote.objects.filter(pk=quote.pk).update(role="Major", state="corrected")
    with pghistory.context(user=1, reason="no error"):
        ErrorReport.objects.create(kind="report", number=other.pk, text="Wrong.")
    corrected = get(f"reports/{article.pk}")["corrected"]
    assert corrected.startswith("20")
    assert get("people/vera-lindqvist")["corrected"] == corrected
    assert get(f"reports/{other.pk}")["corrected"] is None
    Article.objects.update(edited=["title"])
    assert get(f"reports/{article.pk}")["edited"] == ["title"]
