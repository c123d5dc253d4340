"""`manage.py reset_second_factor`, for who cannot log in and ask."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_totp.models import TOTPDevice

pytestmark = pytest.mark.django_db


def test_it_is_forgotten_and_kept_in_the_history(django_user_model, capsys):
    user = django_user_model.objects.create_user("first")
    TOTPDevice.objects.create(user=user, name="app")
    call_command("reset_second_factor", "first")
    assert capsys.readouterr().out == "first sets up a new second factor at the next login.\n"
    assert not TOTPDevice.objects.exists()
    assert LogEntry.objects.get().change_message == "Second factor reset by manage.py reset_second_factor"


def test_what_is_not_there_is_told(django_user_model):
    with pytest.raises(CommandError, match="There is no user 'nobody'"):
        call_command("reset_second_factor", "nobody")
    django_user_model.objects.create_user("first")
    with pytest.raises(CommandError, match="first has no second factor"):
        call_command("reset_second_factor", "first")
