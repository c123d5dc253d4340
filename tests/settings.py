"""The archive's settings for tests: a data directory and a database server of their own."""

import hashlib
import os
import tempfile
from pathlib import Path

# Kept between runs, so that a second run starts at once; never the archive's own directory, nor another checkout's. It
# lies where the user that PostgreSQL runs as can reach it, whoever runs the tests.
CHECKOUT = hashlib.sha256(os.fsencode(Path(__file__).resolve().parent)).hexdigest()[:8]
os.environ["ARCHIVE_DATA_DIR"] = os.environ.get("ARCHIVE_TEST_DATA_DIR") or str(
    Path(tempfile.gettempdir()) / f"archive-tests-{os.getuid()}-{CHECKOUT}"
)
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)

from archive.settings import *  # noqa: E402, F403 - the environment must be set before
from archive.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

SECOND_FACTOR = True  # as where others reach the archive
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns where it is missing

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
DATABASES["default"] |= {"TEST": {"NAME": "test_archive"}, "FSYNC": False}
