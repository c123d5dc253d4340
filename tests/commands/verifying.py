"""Calls the command that verifies, and harms the originals that it reads."""

import io
from pathlib import Path

from django.core.management import call_command

from archive.models import Original

PROJECT = Path(__file__).resolve().parent.parent.parent
ALL_WELL = "texts 1: verified 1, without an original 0, failed 0"


def called(*arguments, **options):
    """What the command printed and the status it ended with."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify", *map(str, arguments), stdout=out, stderr=err, **{"jobs": 1} | options)
    except SystemExit as exit:
        return out.getvalue().splitlines(), err.getvalue().splitlines(), exit.code
    return out.getvalue().splitlines(), err.getvalue().splitlines(), 0


def file_of(article) -> Path:
    return Path(Original.objects.get(readings__version__article=article).file.path)


def damage(article, data: bytes) -> None:
    path = file_of(article)
    path.chmod(0o644)
    path.write_bytes(data)


def lose(article):
    file_of(article).unlink()
