"""What tests of pages share: the index built when they say so, and a count of a page's queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.search import sync


@pytest.fixture
def index():
    """Calling it builds the index from the database as it stands."""
    return sync.build


@pytest.fixture
def queries_of(client):
    """How many queries a page needs."""

    def count(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = client.get(address)
        assert response.status_code == 200
        return len(captured)

    return count
