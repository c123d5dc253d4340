"""Keeps originals on disk under their SHA-256, whole or not at all."""

import os
import tempfile
from pathlib import Path

from django.core.files.storage import FileSystemStorage


class OriginalStorage(FileSystemStorage):
    """Files whose name is made of their content: written once, never changed, never half there.

    A file appears under its name only after all its bytes are on disk, so a process killed while writing leaves a
    temporary file and no truncated original.
    """

    def get_available_name(self, name, max_length=None):
        return name  # the same name means the same bytes

    def _save(self, name, content):
        final = Path(self.path(name))
        if final.exists():
            return name
        final.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=final.parent, prefix=".incoming-", delete=False) as file:
            for chunk in content.chunks():
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).chmod(0o444)
        Path(file.name).replace(final)
        return name
