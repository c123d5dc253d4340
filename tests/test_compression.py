import gzip

import pytest

from tests.factories import make_original

pytestmark = pytest.mark.django_db
TAKES_GZIP = {"accept-encoding": "gzip, deflate, br"}


def test_pages_are_sent_compressed_to_who_takes_that(client):
    response = client.get("/about-nothing/", headers=TAKES_GZIP)
    assert response["Content-Encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(response.content)
    assert "Accept-Encoding" in response["Vary"]
    assert "Content-Encoding" not in client.get("/about-nothing/").headers


def test_an_original_goes_out_byte_for_byte(client):
    data = b"Residents said nine shells fell on the market. " * 40
    original = make_original(data)
    response = client.get(f"/originals/{original.sha256}/", headers=TAKES_GZIP)
    assert "Content-Encoding" not in response.headers
    assert b"".join(response.streaming_content) == data
