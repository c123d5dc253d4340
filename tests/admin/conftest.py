"""Who is logged in: an editor, unless a test logs in somebody else."""

import pytest
from django.contrib.auth.models import Group

from archive.accounts.roles import keep_roles


@pytest.fixture
def make_user(db, django_user_model):
    """Makes a user who has a role, or none."""

    def make(role: str = "", name: str = ""):
        keep_roles()  # a test that commits takes the groups away
        user = django_user_model.objects.create_user(
            name or role or "visitor", f"{role}@archive.example", "a long password"
        )
        if role:
            user.groups.set([Group.objects.get(name=role)])
            user.is_staff = True
            user.save()
        return user

    return make


@pytest.fixture
def editor(client, make_user):
    user = make_user("editor")
    client.force_login(user)
    return user
