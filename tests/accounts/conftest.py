"""Users with roles, and the codes that their apps would show."""

from base64 import b32decode
from time import time

import pytest
from django_otp.oath import TOTP

from tests.admin.conftest import editor, make_user

__all__ = ["editor", "make_user"]

PASSWORD = "a long password"


@pytest.fixture
def code_of():
    """What an app shows for a key, as hex or as typed by hand; `steps` half minutes from now."""

    def code(key: str, steps: int = 0) -> str:
        key = key.replace(" ", "")
        totp = TOTP(bytes.fromhex(key) if len(key) == 40 else b32decode(key))
        totp.time = time() + 30 * steps
        return f"{totp.token():06}"

    return code
