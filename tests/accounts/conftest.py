"""Users with roles."""

from tests.admin.conftest import editor

__all__ = ["editor"]
