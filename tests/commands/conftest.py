"""Originals of their own, for tests that harm them."""

import pytest

from archive.models import Original
from archive.models.original import originals


@pytest.fixture
def own_originals(monkeypatch, index_directory):
    """The originals lie where a test may damage them, and where processes of their own look for them."""
    folder = index_directory.parent / "originals"
    # Those of the field were made when it was: where a test has changed the settings, they are no more these.
    for storage in (originals(), Original._meta.get_field("file").storage):
        monkeypatch.setitem(vars(storage), "location", str(folder))
    return folder
