"""The documents as they came, byte for byte."""

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models
from django.db.models.functions import Upper

WRITING = 8  # files written at once: a disk confirms several in the time of one


def originals():
    return storages["originals"]


class OriginalQuerySet(models.QuerySet):
    def keep(self, documents: Iterable[tuple[bytes, str, str]]) -> "list[Original]":
        """New originals that hold these bytes; each document is its bytes, its name and its media type.

        The files are written before the rows: a process stopped in between leaves a file nobody names, never a row
        without its file. Raises IntegrityError where the archive holds such bytes.
        """
        with ThreadPoolExecutor(WRITING) as pool:
            return self.bulk_create(pool.map(_stored, documents))


def _stored(document: tuple[bytes, str, str]) -> "Original":
    """The original with its file on disk; its row is not yet in the database."""
    data, name, media_type = document
    sha256 = hashlib.sha256(data).hexdigest()
    path = originals().save(Original.path_of(sha256), ContentFile(data))
    return Original(sha256=sha256, media_type=media_type, size=len(data), name=name, file=path)


class Original(models.Model):
    """A file, or one line of a JSON lines file, as it came. It never changes."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField(help_text="in bytes")
    name = models.TextField(help_text="the file's name, with its line for JSON lines, or the address it came from")
    received = models.DateTimeField(auto_now_add=True)
    file = models.FileField(storage=originals, max_length=100)

    objects = OriginalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="original_sha256"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="original_not_empty"),
        ]
        indexes = [
            # For the editors' list.
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="original_name_trigrams"),
            models.Index(fields=["media_type"], name="original_media_type"),
            models.Index(fields=["received"], name="original_received"),
        ]
        triggers = [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update)]

    def __str__(self):
        return self.name

    @staticmethod
    def path_of(sha256: str) -> str:
        """Where the storage has the file of the bytes with this SHA-256."""
        return f"{sha256[:2]}/{sha256}"

    def content(self) -> bytes:
        with self.file.open("rb") as file:
            return file.read()
