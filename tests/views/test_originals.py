import pytest

from archive.curation.withholding import hide
from archive.models import Outlet, Reading
from tests.factories import make_article, make_original, make_outlet

pytestmark = pytest.mark.django_db


def keep(data, name="report.txt", media_type="text/plain"):
    return make_original(data, name, media_type)


def get(client, original, **headers):
    return client.get(f"/originals/{original.sha256}/", headers=headers)


def test_the_bytes_come_as_they_came_as_a_download(client):
    data = b"\xef\xbb\xbfShells\r\n<script>alert(1)</script>\r\n"
    response = get(client, keep(data, name="folder/report one.txt"))
    assert b"".join(response.streaming_content) == data
    assert response.headers["Content-Disposition"] == 'attachment; filename="report one.txt"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Length"] == str(len(data))


def test_text_names_the_encoding_it_was_read_in(client):
    version = make_article().shown_version
    original = make_original("Überfall".encode("cp1252"))
    Reading.objects.create(version=version, original=original, reader_version=1, encoding="cp1252", runs=[])
    assert get(client, original).headers["Content-Type"] == "text/plain; charset=windows-1252"


@pytest.mark.parametrize(
    ("media_type", "sent"),
    [
        ("application/json", "application/json"),
        ("text/html", "text/plain; charset=utf-8"),
        ("TEXT/HTML; charset=utf-8", "text/plain; charset=utf-8"),
        ("image/svg+xml", "application/octet-stream"),
        ("application/xhtml+xml", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_nothing_is_sent_as_a_type_a_browser_would_run(client, media_type, sent):
    assert get(client, keep(b"<script>", media_type=media_type)).headers["Content-Type"] == sent


@pytest.mark.parametrize(
    ("name", "media_type", "filename"),
    [
        ("reports.jsonl:17", "application/json", "reports.jsonl-17.json"),
        ("https://example.org/news/strike?id=4", "text/plain", "strike.txt"),
        ("C:\\reports\\strike.txt", "text/plain", "strike.txt"),
        ("dispatch.md", "text/markdown", "dispatch.md.txt"),
    ],
)
def test_the_download_has_a_name_that_a_disk_can_take(client, name, media_type, filename):
    response = get(client, keep(b"x", name=name, media_type=media_type))
    assert response.headers["Content-Disposition"] == f'attachment; filename="{filename}"'


def test_a_name_of_nothing_but_an_address_becomes_the_hash(client):
    original = keep(b"x", name="https://example.org/")
    assert f'filename="{original.sha256[:16]}.txt"' in get(client, original).headers["Content-Disposition"]


def test_who_has_it_already_is_told_so(client):
    original = keep(b"x")
    first = get(client, original)
    assert first.headers["ETag"] == f'"{original.sha256}"'
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert get(client, original, if_none_match=first.headers["ETag"]).status_code == 304


def test_an_unknown_hash_is_not_found(client):
    assert client.get(f"/originals/{'0' * 64}/").status_code == 404
    assert client.get("/originals/nonsense/").status_code == 404


def test_a_file_that_is_missing_is_not_found_and_logged(client, caplog):
    original = keep(b"soon to be lost")
    original.file.storage.delete(original.file.name)
    assert get(client, original).status_code == 404
    assert original.sha256 in caplog.text


def view(client, original):
    return client.get(f"/originals/{original.sha256}/view/")


def test_html_is_shown_as_it_came_in_a_page_where_nothing_runs(client):
    data = "<!DOCTYPE html><meta charset=cp1252><script>alert(1)</script><p>Überfall".encode("cp1252")
    response = view(client, keep(data, "report.html", "text/html; charset=windows-1252"))
    assert response.content == data
    assert response.headers["Content-Type"] == "text/html"
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    assert "script-src" not in policy and "allow-" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "Content-Disposition" not in response.headers


def test_html_that_was_read_is_in_the_encoding_it_was_read_in(client):
    original = keep("<p>Überfall".encode("cp1252"), "report.html", "text/html")
    version = make_article().shown_version
    Reading.objects.create(version=version, original=original, reader_version=1, encoding="cp1252", runs=[])
    assert view(client, original).headers["Content-Type"] == "text/html; charset=windows-1252"


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", "text/markdown"])
def test_what_is_no_html_is_shown_as_its_characters(client, media_type):
    response = view(client, keep("<script>Überfall “so”".encode("cp1252"), media_type=media_type))
    assert response.content.decode() == "<script>Überfall “so”"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Content-Security-Policy"].startswith("sandbox;")


def test_what_is_no_text_or_too_large_is_not_shown_and_the_reason_is_given(client, monkeypatch):
    response = view(client, keep(b"<svg>", media_type="image/svg+xml"))
    assert response.status_code == 404
    assert "It is no text that a browser shows; it can be downloaded." in response.text
    monkeypatch.setattr("archive.views.originals.LARGEST_SHOWN", 10)
    assert view(client, keep(b"x" * 10)).status_code == 200
    response = view(client, keep(b"x" * 11))
    assert response.status_code == 404
    assert "It is larger than 1 MB, and only shorter originals are shown here; it can be downloaded." in response.text
    assert "sandbox" not in response.headers["Content-Security-Policy"]


def test_who_has_seen_it_already_is_told_so(client):
    original = keep(b"x")
    first = view(client, original)
    address = f"/originals/{original.sha256}/view/"
    assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    assert first.headers["ETag"] != get(client, original).headers["ETag"]


def test_an_unknown_hash_and_a_missing_file_have_nothing_to_show(client):
    assert client.get(f"/originals/{'0' * 64}/view/").status_code == 404
    original = keep(b"soon to be lost, and looked at")
    original.file.storage.delete(original.file.name)
    assert view(client, original).status_code == 404


def test_what_is_not_handed_out_is_not_shown_either(client):
    article = make_article(outlet=make_outlet("Wire"))
    original = article.shown_version.readings.get().original
    assert view(client, original).status_code == 200
    Outlet.objects.update(extracts_only=True)
    response = view(client, original)
    assert response.status_code == 403 and "Shelling" not in response.text
    hide(article.pk, "It names a witness.")
    response = view(client, original)
    assert response.status_code == 410 and "It names a witness." in response.text
    assert "sandbox" not in response.headers["Content-Security-Policy"]
