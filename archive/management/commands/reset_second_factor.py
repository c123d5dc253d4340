"""`manage.py reset_second_factor`: for who has lost what gives their codes, when no administrator can log in."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from archive.accounts.second_factor import RESET, reset
from archive.management.errors import told_in_one_line


class Command(BaseCommand):
    help = "Forget the second factor of a user, who sets up a new one at the next login. It is kept in their history."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username, **options):
        with told_in_one_line():
            user = get_user_model().objects.filter(username=username).first()
            if user is None:
                raise CommandError(f"There is no user {username!r}.")
            if not reset(user):
                raise CommandError(f"{username} has no second factor.")
            told = f"{RESET} by manage.py reset_second_factor"
            LogEntry.objects.log_actions(user.pk, [user], CHANGE, told, single_object=True)
        self.stdout.write(f"{username} sets up a new second factor at the next login.")
