"""How a report and a quote are cited: on their pages, and as files of their own."""

import json
import re
from datetime import date

import bibtexparser
import pytest
import rispy
from django.utils import timezone

from archive.curation.withholding import hide
from archive.models import Outlet, Quote, Version
from tests.factories import make_article, make_original, make_outlet, make_person, make_quote, make_report_with_quote

pytestmark = pytest.mark.django_db
TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
}


@pytest.fixture
def records(settings):
    settings.SITE_URL = "https://archive.example.org"
    article, _, quote = make_report_with_quote(outlet=make_outlet(), published=date(2018, 5, 30))
    return {"report": article, "quote": quote}


def address_of(kind, record, suffix):
    return f"/{kind}s/{record.pk}/cite.{suffix}"


def head(text: str) -> str:
    return text[: text.index("</head>")]


@pytest.mark.parametrize("kind", ["report", "quote"])
@pytest.mark.parametrize("suffix", list(TYPES))
def test_each_format_is_a_file_of_its_own(client, records, kind, suffix):
    record = records[kind]
    response = client.get(address_of(kind, record, suffix))
    assert response.headers["Content-Type"] == TYPES[suffix]
    name = f"conflict-archive-{kind}-{record.pk}.{suffix}"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["X-Robots-Tag"] == "noindex"
    text = response.text
    assert f"https://archive.example.org{record.get_absolute_url()}" in text
    assert records["report"].shown_version.readings.get().original.sha256 in text
    today = timezone.localdate()
    if suffix == "json":
        [item] = json.loads(text)
        assert item["accessed"]["date-parts"] == [[today.year, today.month, today.day]]
    elif suffix == "ris":
        assert rispy.loads(text)[0]["access_date"] == f"{today:%Y/%m/%d}/"
    else:
        assert bibtexparser.parse_string(text).entries[0].fields_dict["urldate"].value == today.isoformat()


@pytest.mark.parametrize("kind", ["report", "quote"])
def test_the_page_shows_the_same_as_the_files(client, records, kind):
    response = client.get(records[kind].get_absolute_url())
    cited = response.context["cited"]
    assert [file.suffix for file in cited.files] == ["bib", "ris", "json"]
    for file in cited.files:
        assert client.get(file.address).text == file.text
        assert f'href="{file.address}"' in response.text
    section = re.search(r'<section class="cite".*?</section>', response.text, re.DOTALL)[0]
    assert "<details open" not in section
    assert f'Permanent address: <a href="{records[kind].get_absolute_url()}">https://archive.example.org/' in section
    assert section.count(" hidden>Copy") == 4  # until a script that can copy is there


def test_a_withheld_report_is_cited_no_more(client, records):
    hide(records["report"].pk, "It names a <witness>.")
    for kind, record in records.items():
        response = client.get(address_of(kind, record, "bib"))
        assert response.status_code == 410
        assert "It names a &lt;witness&gt;." in response.text and "Bridge" not in response.text


def test_a_quote_that_is_not_shown_is_cited_no_more(client, records):
    Quote.objects.update(state=Quote.State.REJECTED)
    response = client.get(address_of("quote", records["quote"], "ris"))
    assert response.status_code == 410 and "An editor rejected it" in response.text


@pytest.mark.parametrize(
    "address", ["/reports/999999/cite.bib", "/quotes/999999/cite.bib", f"/reports/{'9' * 30}/cite.bib"]
)
def test_what_never_was_is_not_found(client, records, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("kind", ["report", "quote"])
def test_an_unknown_format_is_not_found(client, records, kind):
    assert client.get(address_of(kind, records[kind], "doc")).status_code == 404
    assert client.post(address_of(kind, records[kind], "bib")).status_code == 405


def test_of_several_versions_the_one_that_readers_see_is_cited(client, records):
    article = records["report"]
    first = article.shown_version
    Version.objects.filter(pk=first.pk).update(shown=False)
    second = article.versions.create(number=2, title="New", text="New text.", text_sha256="1" * 64, shown=True)
    original = make_original(b"New text.")
    second.readings.create(original=original, reader_version=1, encoding="utf-8", runs=[])
    text = client.get(address_of("report", article, "ris")).text
    assert original.sha256 in text and first.readings.get().original.sha256 not in text


def test_programs_that_collect_references_are_told_what_it_is(client, records):
    text = head(client.get(records["report"].get_absolute_url()).text)
    told = dict(re.findall(r'<meta name="([zDC.:A-Za-z]+)"\s+content="([^"]*)">', text))
    assert told["z:itemType"] == "newspaperArticle"
    assert (told["DC.title"], told["DC.source"], told["DC.date"]) == (
        "Bridge shelled at Harrow Ford",
        "Harrow Gazette",
        "2018-05-30",
    )
    assert "DC.creator" not in told and "DC.language" not in told
    assert '<link rel="alternate"' in text and "cite.bib" in text


def test_without_an_outlet_it_is_a_page_of_the_archive(client):
    text = head(client.get(make_article("Undated").get_absolute_url()).text)
    assert re.search(r'<meta name="z:itemType"\s+content="webpage">', text)
    assert "DC.source" not in text and "DC.date" not in text


def linked_data_of(text: str) -> dict:
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert not set("<>&") & set(data)
    return json.loads(data)


def test_a_report_and_a_quote_are_told_in_the_words_of_schema_org(client, records):
    data = linked_data_of(client.get(records["report"].get_absolute_url()).text)
    assert data["@type"] == "NewsArticle"
    assert data["hasPart"][0]["@id"] == f"https://archive.example.org/quotes/{records['quote'].pk}/"
    data = linked_data_of(client.get(records["quote"].get_absolute_url()).text)
    assert (data["@type"], data["spokenByCharacter"]["name"]) == ("Quotation", "Vera Lindqvist")


def test_no_words_of_a_report_end_the_element_of_the_data(client):
    words = "“</script><script>alert(1)</script><!-- & so”"
    article = make_article("</script><b>Bridge", f"He said {words}.")
    quote = make_quote(article, words, make_person("Ada <i>Brenn"))
    for record in (article, quote, quote.speaker):
        text = client.get(record.get_absolute_url()).text
        assert "<script>alert" not in text and "</script><b>" not in text
        assert linked_data_of(text)["@context"] == "https://schema.org"
    assert linked_data_of(client.get(quote.get_absolute_url()).text)["text"] == words


def test_of_a_report_in_extracts_the_text_is_told_nowhere(client, records):
    Outlet.objects.update(extracts_only=True)
    text = head(client.get(records["report"].get_absolute_url()).text)
    assert "Shelling damaged" not in text
    assert "contentUrl" not in linked_data_of(client.get(records["report"].get_absolute_url()).text)["encoding"][0]
    for suffix in TYPES:
        assert "Shelling damaged" not in client.get(address_of("report", records["report"], suffix)).text
