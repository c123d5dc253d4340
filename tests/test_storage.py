"""Originals lie on disk whole or not at all, and cannot be changed there."""

import stat
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from archive.storage import OriginalStorage


def test_a_file_is_kept_once_under_its_name_and_read_only(tmp_path):
    storage = OriginalStorage(location=tmp_path)

    assert storage.save("ab/cd/abcd", ContentFile(b"as it came")) == "ab/cd/abcd"
    assert storage.save("ab/cd/abcd", ContentFile(b"as it came")) == "ab/cd/abcd"

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in files] == [b"as it came"]
    assert not files[0].stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def test_what_breaks_off_leaves_nothing_under_the_name(tmp_path):
    class Broken(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError("the disk is full")

    storage = OriginalStorage(location=tmp_path)
    with pytest.raises(OSError, match="disk is full"):
        storage.save("ab/cd/abcd", Broken(b""))
    assert not (Path(tmp_path) / "ab/cd/abcd").exists()
