"""What holds for the whole API: its methods, its openness, and the page and the document that describe it."""

import pytest

from archive.api import api

pytestmark = pytest.mark.django_db


def test_it_only_reads(client):
    for method in ("post", "put", "patch", "delete", "options"):
        response = getattr(client, method)("/api/v1/reports")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
        assert response.json() == {"detail": "The API only reads: it answers GET and HEAD."}


def test_head_is_get_without_its_body(client):
    response = client.head("/api/v1/reports")
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Type"] == "application/json; charset=utf-8"


def test_pages_of_any_site_may_read_it_and_nothing_else(client):
    for address in ("/api/v1/reports", "/api/v1/reports/7", "/api/v1/openapi.json"):
        assert client.get(address)["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/reports/")


@pytest.mark.parametrize("address", ["nonsense", "reports/", "search/", "reports/7/8"])
def test_an_address_that_is_not_there_says_so_in_json(get, address):
    assert get(address, 404)["detail"].startswith("There is nothing at this address")


def test_its_root_leads_to_the_page_that_describes_it(client):
    assert client.get("/api/v1/")["Location"] == "/api/v1/docs"


def described(node, path=""):
    """Every property and parameter of the document, by where it stands."""
    if isinstance(node, dict):
        for name, one in node.get("properties", {}).items():
            yield f"{path}/{name}", one
        for one in node.get("parameters", ()):
            yield f"{path}/{one['name']}", one
        for key, below in node.items():
            yield from described(below, f"{path}/{key}")


def test_every_parameter_and_field_is_described():
    found = dict(described(api.get_openapi_schema()))
    assert len(found) > 100
    assert [path for path, one in found.items() if not one.get("description")] == []
    assert [path for path, one in found.items() if path.startswith("/paths") and "example" not in one] == []


def test_the_fields_are_these():
    """A field that goes or changes its name breaks what others have written."""
    schemas = api.get_openapi_schema()["components"]["schemas"]
    reference = {"id", "url", "title", "outlet", "published"}
    quote = {"words", "kind", "negated", "speaker", "speaker_kind", "speaker_text", "speaker_full", "role", "cue_text"}
    quote |= {"start", "end", "rule", "confidence", "state", "place_url"}
    named = {"id", "url", "name", "slug", "kind", "quotes", "reported", "reports"}
    report = reference | {"title_is_ours", "author", "language", "source", "added"}
    found = reference | {"type", "snippet", "highlights", "lacks"}
    expected = {
        "Counts": {"any", "half", "all"},
        "NamedDetail": named | {"names", "roles", "wikidata_id", "note", "corrected"},
        "NamedItem": named,
        "OriginalItem": {"sha256", "url", "name", "media_type", "size", "encoding"},
        "OutletItem": {"id", "url", "name", "slug", "website"},
        "OutletName": {"name", "slug"},
        "Problem": {"detail"},
        "Published": {"earliest", "latest", "text"},
        "QuoteFound": found | quote | {"report"},
        "QuoteInReport": quote | {"id", "url"},
        "QuoteItem": quote | {"id", "url", "report"},
        "ReportDetail": report
        | {"text", "extracts_only", "furniture", "quotes", "people", "organisations", "versions"}
        | {"edited", "corrected"},
        "ReportFound": found,
        "ReportItem": report,
        "ReportReference": reference,
        "RoleItem": {"text", "reports"},
        "SearchPage": {"total", "match", "counts", "hints", "results", "next"},
        "Speaker": {"name", "slug", "url", "kind"},
        "VersionItem": {"number", "shown", "maker", "added", "originals"},
    }
    for name, fields in expected.items():
        assert set(schemas[name]["properties"]) == fields, name
        assert set(schemas[name]["required"]) == fields, name


def test_the_page_lists_every_address_parameter_and_field(client):
    page = client.get("/api/v1/docs")
    document = client.get("/api/v1/openapi.json").json()
    assert page.status_code == 200
    for path, methods in document["paths"].items():
        assert f"<code>GET {path}</code>" in page.text
        for parameter in methods["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in page.text
    assert 'id="QuoteItem"' in page.text and 'href="#QuoteItem"' in page.text
    assert "SearchParameters" not in page.text
    assert "may ask 600 times in 60 seconds" in page.text


def test_the_page_is_the_same_for_all_addresses_it_links(client):
    page = client.get("/api/v1/docs").text
    links = {link.split('"')[0] for link in page.split('href="#')[1:]}
    assert [link for link in links if f'id="{link}"' not in page] == []
