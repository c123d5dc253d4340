"""An editor who is logged in."""

import pytest


@pytest.fixture
def editor(client, django_user_model):
    user = django_user_model.objects.create_superuser("editor", "editor@archive.example", "a long password")
    client.force_login(user)
    return user
