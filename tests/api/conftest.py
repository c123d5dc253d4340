"""What tests of the API share: an index, a count of queries, and a count of requests that begins at nothing."""

import pytest
from django.core.cache import cache

from tests.views.conftest import index, queries_of

__all__ = ["index", "queries_of"]


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def get(client):
    """The JSON at an address below /api/v1/, which must answer with the status."""

    def read(address: str, status: int = 200, **parameters):
        response = client.get(f"/api/v1/{address}", parameters)
        assert response.status_code == status, response.text
        assert response["Content-Type"] == "application/json; charset=utf-8"
        return response.json()

    return read


@pytest.fixture
def all_pages(get):
    """The results of every page of a list, one after the other."""

    def read(address: str, **parameters):
        page = get(address, **parameters)
        while True:
            yield from page["results"]
            if page["next"] is None:
                return
            page = get(address, **parameters, cursor=page["next"])

    return read
