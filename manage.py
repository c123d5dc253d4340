#!/usr/bin/env python
"""The archive's command line: `python manage.py help` lists its commands."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    execute_from_command_line(sys.argv)
