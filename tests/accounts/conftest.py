"""Users with roles."""

from tests.admin.conftest import editor, make_user

__all__ = ["editor", "make_user"]
