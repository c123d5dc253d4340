"""What all tests share: an index directory of their own, who logs in, and the environment of processes that see their
records."""

import os
from base64 import b32decode
from time import time
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django_otp.oath import TOTP

from archive.accounts.roles import keep_roles
from tests.clients import WhollyLoggedInClient


@pytest.fixture(autouse=True)
def index_directory(settings, tmp_path):
    """No test sees the index of another, or the archive's own."""
    settings.SEARCH_INDEX_DIR = tmp_path / "data" / "index"
    return settings.SEARCH_INDEX_DIR


@pytest.fixture
def client() -> WhollyLoggedInClient:
    return WhollyLoggedInClient()


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
def live_environment(transactional_db, index_directory) -> dict[str, str]:
    """The environment in which `manage.py` works on the test's own database and index.

    The server may be any: the archive's own one is reached at its socket, whose directory stands for the host.
    """
    database = connection.settings_dict
    user, password, host = (quote(str(database[key]), safe="") for key in ("USER", "PASSWORD", "HOST"))
    login = f"{user}:{password}@" if password else f"{user}@"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "DATABASE_URL": f"postgres://{login}{host}:{database['PORT']}/{quote(database['NAME'])}",
        "ARCHIVE_DATA_DIR": str(index_directory.parent),
    }


@pytest.fixture
def code_of():
    """What an app shows for a key, as hex or as typed by hand; `steps` half minutes from now."""

    def code(key: str, steps: int = 0) -> str:
        key = key.replace(" ", "")
        totp = TOTP(bytes.fromhex(key) if len(key) == 40 else b32decode(key))
        totp.time = time() + 30 * steps
        return f"{totp.token():06}"

    return code
