#!/usr/bin/env python
"""The archive's command line: `python manage.py help` lists its commands."""

import os
import secrets
import signal
import sys

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import connection
from django.db.utils import OperationalError
from psycopg_pool import PoolTimeout


def reason(error: OperationalError) -> str:
    """What the database says; a pool that gave up says only that it did, so it is asked once more without."""
    if not isinstance(error.__cause__, PoolTimeout):
        return str(error)
    try:
        psycopg.connect(**connection.get_connection_params(), connect_timeout=5).close()
    except psycopg.OperationalError as refused:
        return f"{refused} (is DATABASE_URL right?)"
    return str(error)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    if sys.argv[1:2] == ["extract"] and not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)  # it signs nothing, and must work before there is a key
    # Ended in order, as by Ctrl-C, the last user of the embedded database stops it, and child processes go too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, OperationalError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"The database cannot be used: {reason(error)}" if isinstance(error, OperationalError) else str(error))
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
