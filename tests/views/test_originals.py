import pytest

from archive.models import Reading
from tests.factories import make_article, make_original

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
