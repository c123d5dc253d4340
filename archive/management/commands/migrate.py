"""`manage.py migrate`: Django's own, and the roles with it."""

from django.core.management.commands.migrate import Command as Migrate
from django.db import DEFAULT_DB_ALIAS

from archive.accounts.roles import keep_roles


class Command(Migrate):
    """What a role may do is named by permissions, which Django makes after the last migration."""

    def handle(self, *args, **options):
        super().handle(*args, **options)
        whole = not (options["app_label"] or options["plan"] or options["check_unapplied"])
        if whole and options["database"] == DEFAULT_DB_ALIAS:
            keep_roles()
