"""`manage.py migrate` brings the roles, whoever calls it."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_the_roles_are_there_after_it():
    Group.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert {*Group.objects.values_list("name", flat=True)} == {"contributor", "editor", "administrator"}
    call_command("migrate", verbosity=0)
    assert Group.objects.count() == 3


def test_a_part_of_the_migrations_brings_none():
    Group.objects.all().delete()
    call_command("migrate", "sessions", verbosity=0)
    call_command("migrate", plan=True, verbosity=0)
    assert not Group.objects.exists()
