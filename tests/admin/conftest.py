"""An editor who is logged in."""

import pytest


@pytest.fixture
def editor(client, make_user):
    user = make_user("editor")
    client.force_login(user)
    return user
